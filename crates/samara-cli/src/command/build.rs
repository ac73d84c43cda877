//! `samara build`: a corpus to a bundle.

use crate::bundle::{assets, files, module, page};
use crate::corpus::Paths;
use crate::failure::Outcome;
use crate::output;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use samara_corpus::{Corpus, Options, Report};
use samara_engine::IndexWriter;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Builds a deployable search from a folder of documents.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  samara build public/ -o public/samara\n  samara build letters/ -o letters.html --layout single"
)]
pub struct Build {
    #[command(flatten)]
    paths: Paths,
    /// Where the bundle goes: a folder of its own, or a file named .html for the single layout.
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// A folder with a script and a module, or one page that opens without any server.
    #[arg(long, value_enum, default_value_t)]
    layout: Layout,
    /// Title of the page of the single layout.
    #[arg(long, default_value = "Search")]
    title: String,
    /// Say nothing but warnings and errors.
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// Script and module beside one another.
    #[default]
    Embedded,
    /// One page that holds everything.
    Single,
}

impl Build {
    /// Reads, cleans, indexes and writes.
    pub fn run(self) -> Result<Outcome> {
        let start = Instant::now();
        let page = self.page_path();
        if page.is_none() {
            files::claim(&self.output)?;
        }
        let Corpus { documents, report } = self.paths.read(&Options::default())?;
        warn(&report);
        let count = documents.len();
        let mut writer = IndexWriter::new();
        documents
            .into_iter()
            .for_each(|document| writer.add(document));
        let module = module::put_index(assets::ENGINE, &writer.finish()?)?;
        let written = match page {
            Some(path) => {
                self.write_page(&path, &module)?;
                path
            }
            None => {
                files::write(&self.output, &module)?;
                self.output.clone()
            }
        };
        if !self.quiet {
            eprintln!(
                "{count} documents into {} of {} in {:.1} s",
                written.display(),
                output::bytes(module.len()),
                start.elapsed().as_secs_f32()
            );
        }
        Ok(Outcome::Done)
    }

    /// Where the page goes, if the layout is a page.
    fn page_path(&self) -> Option<PathBuf> {
        let named = self.output.extension() == Some(OsStr::new("html"));
        match self.layout {
            Layout::Embedded => None,
            Layout::Single if named => Some(self.output.clone()),
            Layout::Single => Some(self.output.join(files::PAGE)),
        }
    }

    fn write_page(&self, path: &Path, module: &[u8]) -> Result<()> {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files::replace(
            folder,
            &name,
            page::write(&self.title, assets::SCRIPT, module)?.as_bytes(),
        )
    }
}

fn warn(report: &Report) {
    for warning in &report.warnings {
        eprintln!(
            "warning: {}: {}",
            output::printable(&warning.path),
            output::printable(&warning.reason)
        );
    }
}
