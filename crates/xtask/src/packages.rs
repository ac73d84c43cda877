//! The command as others install it: a package for npm, wheels for PyPI, and the page that builds in a browser.
//!
//! Sources stand in `packages/`; what comes out lies in `target/packages`.

use crate::build::Build;
use crate::wasi::{self, Variant};
use crate::{folder, npm, process, workspace};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The version of everything that is released.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
const PYTHON: &str =
    "install Python 3.9 or later with venv (Debian, Ubuntu: `apt-get install python3-venv`)";
const BUILDERS: [&str; 2] = ["build==1.3.0", "hatchling==1.27.0"];

/// Where packages lie when they are done.
pub fn folder() -> PathBuf {
    workspace::target().join("packages")
}

/// A native command, as a package carries it.
pub struct Native<'a> {
    /// The program.
    pub program: &'a Path,
    /// What npm calls its systems: `linux-musl-x64`.
    pub npm: &'a str,
    /// What Python calls them.
    pub wheel: &'a str,
}

/// Builds the package for npm: the widget's, with the command beside it. Returns the packed file.
pub fn npm_package(natives: &[&str]) -> Result<PathBuf> {
    Build { corpus: None }.run()?;
    npm::install_in("packages/npm")?;
    let out = emptied("npm")?;
    let widget = packed(&workspace::path("www"), &out)?;
    untar(&widget, &out)?;
    let package = out.join("package");
    folder::copy(&workspace::path("packages/npm/src"), &package.join("src"))?;
    fs::copy(wasi::build(Variant::Whole)?, package.join("samara.wasm"))?;
    fs::copy(
        workspace::path("packages/npm/README.md"),
        package.join("COMMAND.md"),
    )?;
    declare(&package)?;

    let own = read_json(&workspace::path("packages/npm/package.json"))?;
    let mut joined = read_json(&package.join("package.json"))?;
    joined["version"] = json!(VERSION);
    joined["bin"] = own["bin"].clone();
    joined["dependencies"] = own["dependencies"].clone();
    for (name, place) in own["exports"].as_object().into_iter().flatten() {
        joined["exports"][name] = place.clone();
    }
    joined["optionalDependencies"] = natives
        .iter()
        .map(|name| (format!("samara-search-{name}"), json!(VERSION)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let files = joined["files"]
        .as_array_mut()
        .context("www/package.json names no `files`")?;
    files.extend(["src", "samara.wasm", "COMMAND.md"].map(Value::from));
    for key in ["scripts", "devDependencies"] {
        joined.as_object_mut().map(|object| object.remove(key));
    }
    write_json(&package.join("package.json"), &joined)?;
    fs::remove_file(&widget)?;
    packed(&package, &out)
}

/// The package for npm that carries a native command.
pub fn npm_native(native: &Native) -> Result<PathBuf> {
    let name = format!("samara-search-{}", native.npm);
    let package = emptied(&format!("npm-{}", native.npm))?;
    fs::create_dir_all(package.join("bin"))?;
    fs::copy(native.program, package.join("bin/samara"))
        .with_context(|| format!("cannot copy {}", native.program.display()))?;
    let parts: Vec<&str> = native.npm.split('-').collect();
    let mut told = json!({
        "name": name,
        "version": VERSION,
        "description": "The samara command, native; samara-search uses it where it is installed",
        "license": "MIT OR Apache-2.0",
        "repository": env!("CARGO_PKG_REPOSITORY"),
        "os": [parts[0]],
        "cpu": [parts[parts.len() - 1]],
        "files": ["bin"],
        "preferUnplugged": true,
    });
    if parts.contains(&"gnu") {
        told["libc"] = json!(["glibc"]);
    }
    write_json(&package.join("package.json"), &told)?;
    packed(&package, &package)
}

/// Builds a wheel: with the native command, or for any system.
pub fn wheel(native: Option<&Native>) -> Result<PathBuf> {
    let out = emptied(native.map_or("wheel-any", |native| native.wheel))?;
    let python = python_with(&BUILDERS)?;
    let mut build = Command::new(&python);
    let source = workspace::path("packages/python");
    wheel_of(&mut build, &source, &out).env("SAMARA_VERSION", VERSION);
    match native {
        Some(native) => build
            .env("SAMARA_PROGRAM", native.program)
            .env("SAMARA_TAG", native.wheel),
        None => build.env("SAMARA_MODULE", wasi::build(Variant::Whole)?),
    };
    process::run(&mut build, PYTHON)?;
    only_file(&out, "whl")
}

/// Builds a wheel that is the same on every system: `packages/mkdocs`, `packages/sphinx`.
pub fn pure_wheel(name: &str, out: &Path) -> Result<PathBuf> {
    let out = folder::emptied(&out.join(name))?;
    let mut build = Command::new(python_with(&BUILDERS)?);
    wheel_of(&mut build, &workspace::path("packages").join(name), &out);
    process::run(&mut build, PYTHON)?;
    only_file(&out, "whl")
}

fn wheel_of<'a>(build: &'a mut Command, source: &Path, out: &Path) -> &'a mut Command {
    build
        .args(["-m", "build", "--wheel", "--no-isolation", "--outdir"])
        .arg(out)
        .arg(source)
        // Archives carry no time of their making.
        .env("SOURCE_DATE_EPOCH", "315532800")
}

/// The interpreter of an environment that has these packages.
pub fn python_with(packages: &[&str]) -> Result<PathBuf> {
    let venv = folder().join("python");
    if !venv.join("bin/pip").is_file() {
        process::run(
            Command::new("python3").args(["-m", "venv"]).arg(&venv),
            PYTHON,
        )?;
    }
    let mut pip = Command::new(venv.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    process::run(pip.args(packages), PYTHON)?;
    Ok(venv.join("bin/python"))
}

/// `cargo xtask page`.
pub fn page_alone() -> Result<()> {
    Build { corpus: None }.run()?;
    println!("{}", page()?.join("build.html").display());
    Ok(())
}

/// Builds the page that builds, and returns its folder.
pub fn page() -> Result<PathBuf> {
    npm::install_in("packages/page")?;
    let out = emptied("page")?;
    let modules = wasi::build(Variant::Light)?;
    wasi::build(Variant::Whole)?;
    let mut node = npm::node();
    node.current_dir(workspace::path("packages/page"))
        .args(["pack.mjs", "--modules"])
        .arg(modules.parent().context("the modules lie in a folder")?)
        .arg("--out")
        .arg(&out);
    npm::run(&mut node)?;
    Ok(out)
}

/// Declarations for TypeScript, from the comments of the sources.
fn declare(package: &Path) -> Result<()> {
    let mut tsc = npm::node();
    tsc.current_dir(workspace::path("packages/npm"))
        .arg(npm::tool("typescript/bin/tsc"))
        .args([
            "--project",
            ".",
            "--noEmit",
            "false",
            "--declaration",
            "--emitDeclarationOnly",
            "--outDir",
        ])
        .arg(package.join("types"));
    npm::run(&mut tsc)?;
    for path in folder::files(&package.join("types/src"), "mts")? {
        let name = path.file_name().unwrap_or_default();
        fs::copy(&path, package.join("src").join(name))
            .with_context(|| format!("cannot copy {}", path.display()))?;
    }
    fs::remove_dir_all(package.join("types")).context("cannot clear the declarations")
}

/// Packs a folder for npm, without running scripts of others, and returns the file.
pub fn packed(package: &Path, out: &Path) -> Result<PathBuf> {
    let mut pack = Command::new("npm");
    pack.current_dir(package)
        .args(["pack", "--json", "--pack-destination"])
        .arg(out);
    let told = process::output(&mut pack, npm::REMEDY)?;
    // What the package's own script says stands before it.
    let start = told.find("\n[").map_or(0, |at| at + 1);
    let told: Value = serde_json::from_str(&told[start..])
        .or_else(|_| serde_json::from_str(told[told.find(['[', '{']).unwrap_or(0)..].trim()))
        .context("`npm pack` told something that is not JSON")?;
    let first = told.as_array().and_then(|list| list.first());
    let first = first.or_else(|| told.as_object().and_then(|map| map.values().next()));
    let name = first.and_then(|entry| entry["filename"].as_str());
    Ok(out.join(name.context("`npm pack` told no file")?))
}

fn untar(archive: &Path, into: &Path) -> Result<()> {
    process::run(
        Command::new("tar")
            .arg("-xzf")
            .arg(archive)
            .arg("-C")
            .arg(into),
        "install tar",
    )
}

fn read_json(path: &Path) -> Result<Value> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| path.display().to_string())
}

fn write_json(path: &Path, value: &Value) -> Result<()> {
    fs::write(path, serde_json::to_string_pretty(value)? + "\n")
        .with_context(|| format!("cannot write {}", path.display()))
}

/// A folder of packages, without what was in it.
pub fn emptied(name: &str) -> Result<PathBuf> {
    folder::emptied(&folder().join(name))
}

fn only_file(folder: &Path, extension: &str) -> Result<PathBuf> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            return Ok(path);
        }
    }
    bail!("{} holds no .{extension}", folder.display())
}
