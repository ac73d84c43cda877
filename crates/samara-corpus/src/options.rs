//! What the owner of a corpus may decide.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::words::fold;

/// How a corpus is read. The default is right for most; in a configuration file these are the keys
/// of a table.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Lines never dropped, compared without regard to case and punctuation.
    pub keep: Vec<String>,
    /// Lines always dropped, compared likewise.
    pub drop: Vec<String>,
    /// Patterns of the files that are read, as `.gitignore` has them; all where there is none.
    pub include: Vec<String>,
    /// Patterns of files and folders that are left out.
    pub exclude: Vec<String>,
    /// Pattern of the paths of files that are read, relative to the folder that was named, as in `**/*.{html,htm}`; all where
    /// there is none. It narrows what `include` takes in.
    pub glob: Option<String>,
    /// CSS selector of the elements that hold the content of pages of HTML; pages without one are left out.
    pub root_selector: Option<String>,
    /// CSS selectors of elements of pages of HTML that are left out.
    pub exclude_selectors: Vec<String>,
    /// Read pages that ask not to be indexed (`noindex`) as well: what shows how pages are cleaned
    /// wants them, an index does not.
    pub noindex: bool,
    /// Report what stands outside of the regions that pages name, or is marked to be ignored, among what was dropped:
    /// as above, and it takes a second reading of these pages.
    pub outside: bool,
    /// Whether addresses of pages end without `.html`, as some hosts serve them. Where nothing is said, they do if the
    /// site's own links do.
    pub strip_html: Option<bool>,
    /// Whether addresses of folders end with `index.html`. Where nothing is said, they do if the site's own links do.
    pub keep_index: Option<bool>,
    /// The language of every page, whatever the page says.
    pub force_language: Option<String>,
    /// What only Pagefind knows is kept as well: the description of a page's picture.
    pub pagefind: bool,
    /// Follow links that lead out of the folders that are named.
    pub follow_links: bool,
    /// Threads that read; all cores where none is given.
    pub threads: Option<NonZeroUsize>,
    /// Bytes of cleaned pages that are held in memory; the rest lies in a temporary file. All where nothing is said.
    pub memory: Option<usize>,
    /// A folder that keeps what was read, so that only what has changed is read again.
    pub cache: Option<PathBuf>,
}

/// A number that tells whether two things are the same.
pub(crate) type Digested = [u8; 32];

/// To be raised with every change of what becomes of a file, from its bytes to its document: of what a program of another number
/// has kept, nothing is taken.
const READING: u32 = 4;

impl Options {
    /// What decides about what is read of a corpus, and what is made of it.
    pub(crate) fn digest(&self) -> Digested {
        digest(&Self {
            threads: None,
            memory: None,
            cache: None,
            ..self.clone()
        })
    }

    /// What decides about what is read of a file, whatever others there are.
    pub(crate) fn digest_for_a_file(&self) -> Digested {
        digest(&Self {
            keep: self.keep.clone(),
            drop: self.drop.clone(),
            root_selector: self.root_selector.clone(),
            exclude_selectors: self.exclude_selectors.clone(),
            noindex: self.noindex,
            outside: self.outside,
            force_language: self.force_language.clone(),
            pagefind: self.pagefind,
            ..Self::default()
        })
    }

    /// Whether the owner's list keeps a folded line.
    pub(crate) fn keeps(&self, folded: &str) -> bool {
        self.keep.iter().any(|line| fold(line) == folded)
    }

    /// Whether the owner's list drops a folded line.
    pub(crate) fn drops(&self, folded: &str) -> bool {
        self.drop.iter().any(|line| fold(line) == folded)
    }
}

/// Of the options, and of the program that has them.
fn digest(options: &Options) -> Digested {
    let written = serde_json::to_vec(options).unwrap_or_default();
    let mut digest = Sha256::new();
    digest.update(env!("CARGO_PKG_VERSION"));
    digest.update(READING.to_le_bytes());
    digest.update([
        u8::from(cfg!(feature = "extract")),
        u8::from(cfg!(feature = "documents")),
        u8::from(cfg!(feature = "pdf")),
    ]);
    digest.update(written);
    digest.finalize().into()
}
