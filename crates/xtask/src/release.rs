//! `cargo xtask release --dry-run`: everything of a release that can be made on one Linux machine, and the proof that each
//! of it works where it is installed: in an empty folder, with an empty home and without a compiler on the search path.

use crate::build::Build;
use crate::packages::{self, Native, VERSION};
use crate::{installed, integrations, process, wasi, workspace};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RUST: &str = "install Rust from rustup.rs";

/// Makes everything of a release that one Linux machine can make, and installs each of it.
#[derive(Args)]
pub struct Release {
    /// Publish nothing. Releases are published by the workflow alone, so that this has to be said.
    #[arg(long, required = true)]
    dry_run: bool,
    /// Only what begins with these names, such as `npm`.
    parts: Vec<String>,
}

/// A system that the command is compiled for here.
struct System {
    target: &'static str,
    npm: &'static str,
    wheel: &'static str,
    /// The linker, where the compiler's own choice is for another machine.
    linker: Option<&'static str>,
}

const SYSTEMS: [System; 3] = [
    System {
        target: "x86_64-unknown-linux-musl",
        npm: "linux-musl-x64",
        // Linked with everything it needs, it runs beside every C library.
        wheel: "manylinux2014_x86_64.musllinux_1_1_x86_64",
        linker: None,
    },
    System {
        target: "x86_64-unknown-linux-gnu",
        npm: "linux-gnu-x64",
        wheel: "manylinux_2_36_x86_64",
        linker: None,
    },
    System {
        target: "aarch64-unknown-linux-musl",
        npm: "linux-musl-arm64",
        wheel: "manylinux2014_aarch64.musllinux_1_1_aarch64",
        linker: Some("rust-lld"),
    },
];

impl Release {
    /// Builds, packs, installs, tries, and lists what came out.
    pub fn run(self) -> Result<()> {
        debug_assert!(self.dry_run);
        Build { corpus: None }.run()?;
        let out = packages::folder().join("release");
        if out.exists() {
            fs::remove_dir_all(&out).with_context(|| format!("cannot clear {}", out.display()))?;
        }
        fs::create_dir_all(&out)?;
        for system in SYSTEMS.iter().filter(|system| self.wants(system.target)) {
            system.make(&out)?;
        }
        if self.wants("wasm") {
            for variant in [wasi::Variant::Whole, wasi::Variant::Light] {
                keep(&wasi::build(variant)?, &out)?;
            }
        }
        if self.wants("npm") {
            let names: Vec<&str> = SYSTEMS.iter().map(|system| system.npm).collect();
            let package = keep(&packages::npm_package(&names)?, &out)?;
            installed::try_npx(&package, None)?;
            if let Some(native) = find(&out, "samara-search-linux-musl-x64") {
                installed::try_npx(&package, Some(&native))?;
            }
        }
        if self.wants("wheel") {
            installed::try_wheel(&keep(&packages::wheel(None)?, &out)?)?;
        }
        if self.wants("generators") {
            for package in integrations::packed()? {
                keep(&package, &out)?;
            }
        }
        if self.wants("page") {
            let page = packages::page()?;
            archive(&page, &out.join(format!("samara-page-{VERSION}.tar.gz")))?;
        }
        list(&out)
    }

    fn wants(&self, name: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|part| name.contains(part.as_str()))
    }
}

impl System {
    /// The command as an archive, as a package for npm, and as a wheel.
    fn make(&self, out: &Path) -> Result<()> {
        process::run(
            Command::new("rustup").args(["target", "add", self.target]),
            RUST,
        )?;
        let mut cargo = Command::new(workspace::cargo());
        cargo.current_dir(workspace::root());
        cargo.args(["build", "--release", "--locked", "--package", "samara-cli"]);
        cargo.args(["--bins", "--target", self.target]);
        if let Some(linker) = self.linker {
            let variable = self.target.to_uppercase().replace('-', "_");
            cargo.env(format!("CARGO_TARGET_{variable}_LINKER"), linker);
        }
        process::run(&mut cargo, RUST)?;
        let built = workspace::target().join(self.target).join("release");
        let name = format!("samara-{VERSION}-{}", self.target);
        let folder = packages::folder().join(&name);
        fs::create_dir_all(&folder)?;
        for file in ["samara", "mdbook-samara"] {
            fs::copy(built.join(file), folder.join(file))?;
        }
        for file in ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "CHANGELOG.md"] {
            fs::copy(workspace::path(file), folder.join(file))?;
        }
        archive(&folder, &out.join(format!("{name}.tar.gz")))?;
        let program = built.join("samara");
        let native = Native {
            program: &program,
            npm: self.npm,
            wheel: self.wheel,
        };
        keep(&packages::npm_native(&native)?, out)?;
        let wheel = keep(&packages::wheel(Some(&native))?, out)?;
        if self.target.starts_with(env::consts::ARCH) {
            installed::try_program(&folder.join("samara"))?;
            installed::try_wheel(&wheel)?;
        } else {
            println!("{}: built, not run on this machine", self.target);
        }
        Ok(())
    }
}

/// Packs a folder, the same bytes from the same files.
fn archive(folder: &Path, to: &Path) -> Result<()> {
    let (parent, name) = (folder.parent(), folder.file_name());
    let (Some(parent), Some(name)) = (parent, name) else {
        bail!("{} cannot be packed", folder.display());
    };
    let mut tar = Command::new("tar");
    tar.args([
        "--sort=name",
        "--mtime=@315532800",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
    ]);
    tar.args(["--use-compress-program=gzip -9n", "-cf"]).arg(to);
    process::run(
        tar.arg("-C").arg(parent).arg(name),
        "install GNU tar and gzip",
    )
}

fn keep(file: &Path, out: &Path) -> Result<PathBuf> {
    let to = out.join(file.file_name().unwrap_or_default());
    fs::copy(file, &to).with_context(|| format!("cannot copy {}", file.display()))?;
    Ok(to)
}

fn find(folder: &Path, start: &str) -> Option<PathBuf> {
    let mut entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    entries.find_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with(start).then(|| entry.path())
    })
}

/// Writes the checksums beside the files, and prints all of them with their sizes.
fn list(out: &Path) -> Result<()> {
    let mut names: Vec<String> = fs::read_dir(out)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    names.sort();
    ensure!(
        !names.is_empty(),
        "nothing was made; the parts are linux, wasm, npm, wheel, generators and page"
    );
    let mut sha = Command::new("sha256sum");
    let sums = process::output(sha.current_dir(out).args(&names), "install coreutils")?;
    fs::write(out.join("SHA256SUMS"), &sums)?;
    for line in sums.lines() {
        let name = line.split_whitespace().last().unwrap_or_default();
        println!("{:>10}  {line}", fs::metadata(out.join(name))?.len());
    }
    println!("Artefacts are in {}", out.display());
    Ok(())
}
