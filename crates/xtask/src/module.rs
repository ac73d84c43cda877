//! The wasm module: compiled by cargo, its panics silenced, bound to JavaScript by wasm-bindgen, made small by `wasm-opt`.

use crate::{halves, imports, liveness, locals, npm, panics, process, workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use walrus::ModuleConfig;
use wasm_bindgen_cli_support::Bindgen;

/// File name of the module beside its glue `samara.js` and the types of both.
pub const WASM: &str = "samara_bg.wasm";
/// File name of the second half of a module that was cut in two.
pub const SECOND: &str = "samara_second.wasm";
/// What the second half alone exports.
const EXTEND: &str = "extend";

/// What the compiler may assume of every browser of the last two years, and `wasm-opt` may use.
pub const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What LLVM leaves alone when all code is compiled together. All of it saves time in loops, at the price of more variables
/// and more code around them: 1.7 % of the compressed module (measured).
const LLVM: [&str; 4] = [
    "-disable-lsr",
    "-disable-licm-promotion",
    "-enable-pre=0",
    "-enable-load-pre=0",
];

/// What a module is built with.
pub enum Variant {
    /// The index of a folder of documents, or of `seeds/`.
    WithCorpus(Option<PathBuf>),
    /// No index: the engine that the `samara` command carries.
    Empty,
    /// The engine of an index in blocks, which the page fetches; the command carries it, too.
    Split,
}

/// Adds one of the compiler's wasm targets where it is missing.
pub fn add_target(target: &str) -> Result<()> {
    let rustc = std::env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
    let folder = process::output(
        Command::new(rustc).args(["--print", "target-libdir", "--target", target]),
        "install Rust from rustup.rs",
    )?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    process::run(
        Command::new("rustup").args(["target", "add", target]),
        &format!(
            "this Rust has no {target} target and there is no rustup to add it: install Rust from rustup.rs, or your \
             distribution's package of that target (Debian: libstd-rust-dev-wasm32)"
        ),
    )
}

/// Builds a variant of the module and returns the folder of [`WASM`], its glue and its types.
///
/// When the compiler's output is that of the last time, the folder of the last time is returned.
pub fn build(variant: &Variant) -> Result<PathBuf> {
    let compiled = fs::read(compile(variant)?).context("cannot read the compiled module")?;
    let folder = workspace::target().join("module").join(match variant {
        Variant::WithCorpus(_) => "corpus",
        Variant::Empty => "empty",
        Variant::Split => "split",
    });
    let lock = fs::read(workspace::path("www/package-lock.json"))
        .context("cannot read www/package-lock.json")?;
    // What is done to a module stands in these files.
    let steps = [
        include_str!("module.rs"),
        include_str!("locals.rs"),
        include_str!("halves.rs"),
        include_str!("imports.rs"),
        include_str!("liveness.rs"),
        include_str!("panics.rs"),
    ];
    let inputs = format!(
        "{:016x} {:016x} {:016x}",
        fingerprint(&compiled),
        fingerprint(&lock),
        fingerprint(steps.concat().as_bytes())
    );
    let record = folder.with_extension("inputs");
    if fs::read_to_string(&record).is_ok_and(|last| last == inputs) {
        return Ok(folder);
    }
    // What is interrupted from here on is of no use to the next build.
    let _ = fs::remove_file(&record);
    bind(&compiled, &folder)?;
    optimise(&folder.join(WASM))?;
    if let Variant::Split = variant {
        cut(&compiled, &folder)?;
    }
    fs::write(&record, inputs).with_context(|| format!("cannot write {}", record.display()))?;
    Ok(folder)
}

/// Runs cargo and returns the path of the compiled module.
fn compile(variant: &Variant) -> Result<PathBuf> {
    let mut cargo = Command::new(workspace::cargo());
    cargo.current_dir(workspace::root());
    // The package is a Rust library, too, for its tests. Built as both, it goes without link-time
    // optimisation, and the module is 15 % larger (measured).
    cargo.args([
        "rustc",
        "--crate-type",
        "cdylib",
        "--profile",
        "wasm",
        "--target",
        workspace::WASM_TARGET,
        "--package",
        "samara",
        "--lib",
    ]);
    // No path of this machine in what a visitor downloads, and no flag of its user either.
    let flags = remapped_paths().map(|flag| format!("{flag:?}")).join(",");
    cargo.arg("--config").arg(format!(
        "target.{}.rustflags=[{flags}]",
        workspace::WASM_TARGET
    ));
    for user_flags in [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
    ] {
        cargo.env_remove(user_flags);
    }
    match variant {
        Variant::WithCorpus(Some(folder)) => {
            cargo.env("SAMARA_CORPUS", folder);
        }
        Variant::WithCorpus(None) => {}
        // Without its default features the module compiles no corpus in.
        Variant::Empty => {
            cargo.arg("--no-default-features");
        }
        Variant::Split => {
            cargo.args(["--no-default-features", "--features", "split"]);
        }
    }
    // The list of references that `liveness` follows.
    cargo.args(["--", "-C", "link-arg=--emit-relocs"]);
    for flag in LLVM {
        cargo.arg("-C").arg(format!("llvm-args={flag}"));
    }
    process::run(&mut cargo, "install Rust from rustup.rs")?;
    Ok(workspace::target()
        .join(workspace::WASM_TARGET)
        .join("wasm/samara.wasm"))
}

/// Flags of the compiler that keep paths of this machine out of what it writes.
pub fn remapped_paths() -> [String; 2] {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    [(home, "cargo"), (workspace::root().to_owned(), "samara")]
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
}

/// Writes the module with the glue that calls it and the types of both.
fn bind(compiled: &[u8], folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    let mut module = ModuleConfig::new()
        .generate_name_section(false)
        .generate_producers_section(false)
        .parse(compiled)
        .context("cannot read the compiled module")?;
    let unused = liveness::unused_data(compiled, &panics::is_report)?;
    panics::silence(&mut module, unused)?;
    Bindgen::new()
        .input_module("samara", module)
        .out_name("samara")
        .web(true)?
        .typescript(true)
        // The loader finds the module itself, and `import.meta` is a syntax error in the classic
        // script that the glue becomes part of.
        .omit_default_module_path(true)
        .generate(folder)
        .context("wasm-bindgen refused the compiled module")?;
    imports::shorten(&folder.join(WASM), &folder.join("samara.js"))
}

fn optimise(wasm: &Path) -> Result<()> {
    let mut node = npm::node();
    node.arg(npm::tool("binaryen/bin/wasm-opt")).arg(wasm);
    node.args([
        // The stack ends at address 0, and nothing has its place in the last kilobyte of it.
        "--low-memory-unused",
        // Large functions that are called once compress better by themselves.
        "--one-caller-inline-max-function-size=30",
        // Flat code shows what it has in common; as a first pass this is worth 1 % of the module.
        "--flatten",
        "--rereloop",
        "-Oz",
        "-Oz",
        "--converge",
        // Variables for what is computed twice cost more than computing it again.
        "--skip-pass=local-cse",
        // What is said of alignment is a hint that no engine needs, and varies.
        "--dealign",
        "--strip-producers",
        "--strip-target-features",
    ])
    .args(FEATURES);
    npm::run(node.arg("--output").arg(wasm))?;
    let optimised = fs::read(wasm).context("cannot read the optimised module")?;
    fs::write(wasm, locals::renumber(&optimised)?)
        .with_context(|| format!("cannot write {}", wasm.display()))
}

/// Cuts the module of a folder in two: [`WASM`] and [`SECOND`].
fn cut(compiled: &[u8], folder: &Path) -> Result<()> {
    let places = liveness::places_behind(compiled, EXTEND, &panics::is_report)?;
    let whole = folder.join(WASM);
    let whole = fs::read(&whole).with_context(|| format!("cannot read {}", whole.display()))?;
    let halves = halves::cut(&whole, EXTEND, &places)?;
    // The compiler would have called directly what was to be called by its place.
    ensure!(
        halves.second.len() > whole.len() / 10,
        "nearly nothing of the module lies behind {EXTEND} alone"
    );
    for (name, bytes) in [(WASM, halves.first), (SECOND, halves.second)] {
        let path = folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Tells bytes from others; not for anyone who means harm.
pub fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
