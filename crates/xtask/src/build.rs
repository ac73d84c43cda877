//! `cargo xtask build`: corpus → module → site.

use crate::module::{self, Variant};
use crate::{npm, workspace};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

const WORKER: &str = "samara-worker.js";
/// What the `samara` command carries.
const ASSETS: [&str; 14] = [
    "samara.js",
    "samara.search.js",
    "samara.extras.js",
    "samara.single.js",
    "samara.mjs",
    "samara.wasm",
    "samara.languages.json",
    "samara-highlight.js",
    "pagefind.js",
    "pagefind-highlight.js",
    "pagefind-ui.js",
    "pagefind-ui.css",
    "pagefind-component-ui.js",
    WORKER,
];

/// Of these the engine of an index in blocks has its own, in a folder of their own.
const SPLIT_ASSETS: [&str; 7] = [
    "samara.js",
    "samara.search.js",
    "samara.extras.js",
    "samara.mjs",
    "samara.wasm",
    "samara.second.wasm",
    "pagefind.js",
];

/// Builds the engine with a corpus inside, and the site around it, into target/site.
#[derive(Args)]
pub struct Build {
    /// Folder of documents to search, instead of seeds/.
    #[arg(long, value_name = "PATH")]
    pub corpus: Option<PathBuf>,
}

impl Build {
    /// Builds and returns the site's folder.
    ///
    /// Also writes the same bundle without an index into the assets of the `samara` command, which
    /// puts indexes into it without compiling anything.
    pub fn run(self) -> Result<PathBuf> {
        let corpus = self.corpus.as_deref().map(existing_folder).transpose()?;
        module::add_target(workspace::WASM_TARGET)?;
        npm::install()?;
        prebuilt_engine()?;
        let site = workspace::site();
        let documents = documents(corpus.as_deref());
        bundle(&Variant::WithCorpus(corpus), &site)?;
        mirror(&documents, &site.join(DOCUMENTS))?;
        eprintln!("Built {}", site.display());
        Ok(site)
    }
}

/// Folder of the site that hits lead into; the demo page calls it the base of their links.
const DOCUMENTS: &str = "documents";

/// The corpus that the module is built with.
fn documents(corpus: Option<&Path>) -> PathBuf {
    let named = || std::env::var_os("SAMARA_CORPUS").map(|path| workspace::root().join(path));
    corpus
        .map(Path::to_path_buf)
        .or_else(named)
        .unwrap_or_else(|| workspace::path("seeds"))
}

/// Makes a folder hold the same files as another one, so that every hit leads to its document.
fn mirror(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("cannot delete {}", to.display()))?;
    }
    copy(from, to)
}

/// Copies a file, or a folder with everything in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
        let list = || format!("cannot list {}", from.display());
        for entry in fs::read_dir(from).with_context(list)? {
            let entry = entry.with_context(list)?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    Ok(())
}

/// Writes the bundle without an index into the assets of the `samara` command. Files that stay the
/// same are left alone, or the command would be compiled again after every build.
fn prebuilt_engine() -> Result<()> {
    let assets = workspace::path("crates/samara-cli/assets");
    let built = workspace::target().join("engine-split");
    bundle(&Variant::Split, &built)?;
    carry(&built, &assets.join("split"), &SPLIT_ASSETS)?;
    let built = workspace::target().join("engine");
    bundle(&Variant::Empty, &built)?;
    service_worker(&built.join(WORKER))?;
    carry(&built, &assets, &ASSETS)
}

/// Copies files that differ.
fn carry(built: &Path, assets: &Path, names: &[&str]) -> Result<()> {
    fs::create_dir_all(assets).with_context(|| format!("cannot create {}", assets.display()))?;
    for name in names {
        let (from, to) = (built.join(name), assets.join(name));
        let bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        if !fs::read(&to).is_ok_and(|before| before == bytes) {
            fs::write(&to, bytes).with_context(|| format!("cannot write {}", to.display()))?;
        }
    }
    Ok(())
}

/// Writes the service worker with the places for its version and its files still open: the command fills them in.
fn service_worker(to: &Path) -> Result<()> {
    const MINIFY: &str = "const [entry, outfile] = process.argv.slice(1); \
        require('esbuild').buildSync({ entryPoints: [entry], outfile, minify: true, charset: 'utf8' })";
    npm::run(
        npm::node()
            .args(["--eval", MINIFY, "src/samara-worker.js"])
            .arg(to),
    )
}

/// Builds one variant of the module and joins it with the sources of `www/` into `out`.
fn bundle(variant: &Variant, out: &Path) -> Result<()> {
    let module = module::build(variant)?;
    let generated = workspace::path("www/generated");
    fs::create_dir_all(&generated)
        .with_context(|| format!("cannot create {}", generated.display()))?;
    for entry in fs::read_dir(&module)? {
        let entry = entry?;
        fs::copy(entry.path(), generated.join(entry.file_name()))
            .with_context(|| format!("cannot write into {}", generated.display()))?;
    }
    let mut node = npm::node();
    node.arg("tools/build.mjs")
        .arg("--wasm")
        .arg(generated.join(module::WASM))
        .arg("--out")
        .arg(out);
    if matches!(variant, Variant::Split) {
        node.arg("--split").arg(generated.join(module::SECOND));
    }
    npm::run(&mut node)
}

fn existing_folder(path: &Path) -> Result<PathBuf> {
    let path = path
        .canonicalize()
        .with_context(|| format!("--corpus {}", path.display()))?;
    if !path.is_dir() {
        bail!(
            "--corpus {}: not a folder; name the folder that holds the documents",
            path.display()
        );
    }
    Ok(path)
}
