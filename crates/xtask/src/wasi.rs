//! `cargo xtask wasi`: the `samara` command as a WebAssembly module, for every system that runs WASI.

use crate::build::Build;
use crate::{module, npm, process, workspace};
use anyhow::{Context, Result};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The target triple of the command's module.
const TARGET: &str = "wasm32-wasip1";

/// Builds the samara command as WebAssembly, whole and without the extractors, into target/wasi.
#[derive(Args)]
pub struct Wasi {}

/// What a module can do.
#[derive(Clone, Copy)]
pub enum Variant {
    /// All that the native command can, but for `serve`.
    Whole,
    /// Without the extractors: half the bytes, for pages that name their content.
    Light,
}

impl Variant {
    fn name(self) -> &'static str {
        match self {
            Variant::Whole => "samara.wasm",
            Variant::Light => "samara-light.wasm",
        }
    }
}

impl Wasi {
    /// Builds both and says what they weigh.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        for variant in [Variant::Whole, Variant::Light] {
            let path = build(variant)?;
            println!("{} {}", path.display(), fs::metadata(&path)?.len());
        }
        Ok(())
    }
}

/// Builds a module, for which the prebuilt engine must have been built, and returns its path.
pub fn build(variant: Variant) -> Result<PathBuf> {
    module::add_target(TARGET)?;
    npm::install()?;
    let compiled = compile(variant)?;
    let folder = workspace::target().join("wasi");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let optimised = folder.join(variant.name());
    let bytes =
        fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let inputs = format!("{:016x}", module::fingerprint(&bytes));
    let record = optimised.with_extension("inputs");
    if optimised.is_file() && fs::read_to_string(&record).is_ok_and(|last| last == inputs) {
        return Ok(optimised);
    }
    let mut node = npm::node();
    node.arg(npm::tool("binaryen/bin/wasm-opt")).arg(&compiled);
    node.args(["-Os", "--strip-producers", "--strip-target-features"])
        .args(module::FEATURES);
    npm::run(node.arg("--output").arg(&optimised))?;
    fs::write(&record, inputs).with_context(|| format!("cannot write {}", record.display()))?;
    Ok(optimised)
}

fn compile(variant: Variant) -> Result<PathBuf> {
    let mut cargo = Command::new(workspace::cargo());
    cargo.current_dir(workspace::root());
    cargo.args(["build", "--package", "samara-cli", "--bin", "samara"]);
    cargo.args(["--target", TARGET, "--profile", "wasi"]);
    if matches!(variant, Variant::Light) {
        cargo.arg("--no-default-features");
    }
    // No path of this machine in what others install.
    let flags = module::remapped_paths()
        .map(|flag| format!("{flag:?}"))
        .join(",");
    cargo
        .arg("--config")
        .arg(format!("target.{TARGET}.rustflags=[{flags}]"));
    for user_flags in [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
    ] {
        cargo.env_remove(user_flags);
    }
    process::run(&mut cargo, "install Rust from rustup.rs")?;
    Ok(workspace::target().join(TARGET).join("wasi/samara.wasm"))
}
