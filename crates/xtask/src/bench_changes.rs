//! `cargo xtask bench-changes`: what a small change of a large site costs its visitors, and the build.

use crate::bench_split::{Built, clear, watched};
use crate::build::Build;
use crate::{folder, samara, workspace, zipf};
use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds a site with a cache, changes it a little in several ways, and tells how much of the bundle's bytes keeps its names, so
/// that browsers need not fetch it again, and how long the second build takes beside the first.
#[derive(Args)]
pub struct BenchChanges {
    /// Number of generated pages.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(2..))]
    pages: u32,
    /// A site in the place of generated pages.
    #[arg(long, value_name = "DIR", requires = "page")]
    site: Option<PathBuf>,
    /// A page for that site which it lacks.
    #[arg(long, value_name = "FILE", requires = "site")]
    page: Option<PathBuf>,
}

/// Words that are in no page.
const NEW_WORDS: &str = "<p>bamboozling cquarz dzungar hgquick jumblet lqwonder nzthings quxible rzent troublvin wzart zyxt</p>";

/// A way to change a site.
struct Change {
    name: &'static str,
    /// The page that is changed, and its new text; nothing where the page goes.
    path: PathBuf,
    text: Option<String>,
}

impl BenchChanges {
    /// Measures and prints.
    ///
    /// # Errors
    /// A build fails, or the site has no pages.
    pub fn run(self) -> Result<()> {
        Build { corpus: None }.run()?;
        let samara = samara::build(samara::Profile::Release)?;
        let work = workspace::target().join("bench-changes");
        let (site, cache) = (work.join("site"), work.join("cache"));
        clear(&work)?;
        let page = match (&self.site, &self.page) {
            (Some(of), Some(page)) => {
                folder::copy(of, &site)?;
                fs::read_to_string(page)
                    .with_context(|| format!("cannot read {}", page.display()))?
            }
            _ => {
                zipf::write(&site, self.pages)?;
                zipf::another(self.pages)
            }
        };
        let changes = changes(&site, &page)?;
        let bundle = work.join("bundle");
        let first = build(&samara, &site, &bundle, &cache)?;
        let before = sizes(&bundle)?;
        println!(
            "{:<28} {:>7} {:>8} {:>6}  all of {} kB in {} files, built in {:.2} s",
            "changed",
            "kept, %",
            "built, s",
            "share",
            before.values().sum::<u64>() / 1000,
            before.len(),
            first.time.as_secs_f64()
        );
        for (number, change) in changes.into_iter().enumerate() {
            // As builds go on: with the cache and in the folder of the one before. Nothing is deleted between them, since some file
            // systems take long to create files for some seconds after they have deleted many.
            let of = |what: &str| work.join(format!("{what}-{number}"));
            let (again, kept, whole) = (of("bundle"), of("cache"), &change.path);
            folder::copy(&bundle, &again)?;
            folder::copy(&cache, &kept)?;
            let old = fs::read(whole).ok();
            match &change.text {
                Some(text) => fs::write(whole, text),
                None => fs::remove_file(whole),
            }
            .with_context(|| format!("cannot change {}", whole.display()))?;
            let second = build(&samara, &site, &again, &kept)?;
            match old {
                Some(old) => fs::write(whole, old),
                None => fs::remove_file(whole),
            }
            .with_context(|| format!("cannot restore {}", whole.display()))?;
            let after = sizes(&again)?;
            // The root has one name, and is looked up anew.
            let root = fs::metadata(again.join("samara.root"))?.len();
            let all = root + after.values().sum::<u64>();
            let named = after.iter().filter(|(name, _)| before.contains_key(*name));
            let same: u64 = named.map(|(_, size)| size).sum();
            println!(
                "{:<28} {:>7.1} {:>8.2} {:>6.2}",
                change.name,
                100.0 * same as f64 / all as f64,
                second.time.as_secs_f64(),
                second.time.as_secs_f64() / first.time.as_secs_f64()
            );
        }
        clear(&work)
    }
}

/// The ways to change a site, to which `page` can be added.
fn changes(site: &Path, page: &str) -> Result<Vec<Change>> {
    let paths = folder::files(site, "html")?;
    let middle = paths
        .get(paths.len() / 2)
        .context("the site has no pages")?;
    let text = fs::read_to_string(middle)?;
    let end = ["</main>", "</body>"]
        .into_iter()
        .find_map(|tag| text.rfind(tag));
    let end = end.context("the page in the middle has no end")?;
    let with_words = format!("{}{NEW_WORDS}{}", &text[..end], &text[end..]);
    let change = |name, path: &Path, text: Option<&str>| Change {
        name,
        path: site.join(path),
        text: text.map(str::to_owned),
    };
    Ok(vec![
        change("a dozen new words in a page", middle, Some(&with_words)),
        change("all words of a page", middle, Some(page)),
        change("a new page, the first", Path::new("0.html"), Some(page)),
        change(
            "a new page, in the middle",
            &middle.with_extension("a.html"),
            Some(page),
        ),
        change("a new page, the last", Path::new("~.html"), Some(page)),
        change("a page is gone", middle, None),
    ])
}

fn build(samara: &Path, site: &Path, bundle: &Path, cache: &Path) -> Result<Built> {
    let mut command = Command::new(samara);
    command.args(["build", "--quiet", "--layout", "split", "--cache"]);
    watched(command.arg(cache).arg(site).arg("--output").arg(bundle))
}

/// Bytes of each block that the root names; those of the build before lie beside.
fn sizes(bundle: &Path) -> Result<BTreeMap<String, u64>> {
    let path = bundle.join("samara.manifest");
    let manifest = || format!("cannot read {}", path.display());
    let manifest: Value = serde_json::from_slice(&fs::read(&path).with_context(manifest)?)?;
    let names = manifest["blocks"].as_array().into_iter().flatten();
    let blocks = bundle.join("blocks");
    let sized = names.filter_map(Value::as_str).map(|name| {
        let file = fs::metadata(blocks.join(name));
        let size = file.with_context(|| format!("{name} is missing"))?.len();
        Ok((name.to_owned(), size))
    });
    sized.collect()
}
