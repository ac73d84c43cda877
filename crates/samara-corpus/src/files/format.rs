//! What kind of file a file is, by its name.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Documents that are not read: of these people may expect that they are found.
const OTHER_DOCUMENTS: [&str; 13] = [
    "doc", "docx", "epub", "ipynb", "odp", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "tex",
    "textile",
];
/// Files of text in which sites and programs keep what is not for readers.
const FOR_PROGRAMS: [&str; 30] = [
    "css",
    "scss",
    "sass",
    "less",
    "js",
    "mjs",
    "cjs",
    "ts",
    "map",
    "svg",
    "webmanifest",
    "lock",
    "inv",
    "key",
    "pem",
    "conf",
    "ini",
    "cfg",
    "toml",
    "env",
    "sh",
    "bat",
    "mk",
    "cmake",
    "patch",
    "diff",
    "asc",
    "sig",
    "sha256",
    "pagefind",
];
/// Texts that have no extension by custom.
const NAMED_TEXTS: [&str; 14] = [
    "readme",
    "license",
    "licence",
    "copying",
    "changelog",
    "changes",
    "news",
    "authors",
    "contributing",
    "notice",
    "install",
    "todo",
    "thanks",
    "faq",
];
/// A text shows itself within so many bytes.
const SAMPLE: u64 = 1 << 10;

/// Whether people may expect that a file is found: a document of a kind that is not read, or any other text.
pub(crate) fn looks_like_text(name: &str, path: &Path) -> bool {
    let name = name.to_ascii_lowercase();
    let file = name.rsplit('/').next().unwrap_or_default();
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    if OTHER_DOCUMENTS.contains(&extension) {
        return true;
    }
    if FOR_PROGRAMS.contains(&extension)
        || file.starts_with('_') && extension.is_empty()
        || file == "cname"
    {
        return false;
    }
    let start = start(path);
    !start.is_empty() && is_text(&start)
}

/// The first bytes of a file; none of one that cannot be read.
fn start(path: &Path) -> Vec<u8> {
    let mut start = Vec::new();
    if let Ok(file) = File::open(path) {
        let _ = file.take(SAMPLE).read_to_end(&mut start);
    }
    start
}

/// Whether bytes are UTF-8 without anything but text; the last character may be cut.
fn is_text(bytes: &[u8]) -> bool {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.is_empty() && !valid.contains(|c: char| c.is_control() && !c.is_whitespace())
}

/// A kind of file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    Text,
    Html,
    Markdown,
    /// Markdown with components.
    Mdx,
    Json,
    JsonLines,
    /// JSON inside a script: mdBook's `searchindex.js`.
    JsonScript,
    /// CSV and TSV.
    Table,
    /// RSS, Atom, and what WordPress exports.
    Feed,
    #[cfg(feature = "documents")]
    Mail,
    #[cfg(feature = "documents")]
    Mailbox,
    #[cfg(feature = "documents")]
    Epub,
    #[cfg(feature = "documents")]
    Pdf,
    Asciidoc,
    Restructured,
    Org,
}

impl Format {
    /// The format of a file, by the end of its name; `.gz` behind it is left aside.
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        // A page that was fetched with a query: `index.html?p=13`.
        let file = name.rsplit('/').next().unwrap_or(name);
        let fetched = file.split_once('?').map(|(file, _)| file);
        if let Some(format) = fetched.and_then(Self::of) {
            return Some(format);
        }
        let (stem, extension) = file.rsplit_once('.')?;
        match extension {
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" | "xhtml" | "shtml" | "xht" => Some(Self::Html),
            "md" | "markdown" | "mkd" | "mdown" | "mkdn" | "qmd" | "rmd" => Some(Self::Markdown),
            "mdx" => Some(Self::Mdx),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" | "tsv" => Some(Self::Table),
            "adoc" | "asciidoc" => Some(Self::Asciidoc),
            "rst" | "rest" => Some(Self::Restructured),
            "org" => Some(Self::Org),
            #[cfg(feature = "documents")]
            "eml" => Some(Self::Mail),
            #[cfg(feature = "documents")]
            "mbox" => Some(Self::Mailbox),
            #[cfg(feature = "documents")]
            "epub" => Some(Self::Epub),
            #[cfg(feature = "documents")]
            "pdf" => Some(Self::Pdf),
            "xml" | "rss" | "atom" => Some(Self::Feed),
            "js" if stem.starts_with("searchindex") => Some(Self::JsonScript),
            _ => None,
        }
    }

    /// The format of a file by its name, or by its first bytes where the name has no end that tells it.
    pub fn of_file(name: &str, path: &Path) -> Option<Self> {
        if let Some(format) = Self::of(name) {
            return Some(format);
        }
        let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        if file.contains('.') {
            return None;
        }
        let start = start(path);
        let begin = String::from_utf8_lossy(&start).trim_start().to_lowercase();
        if begin.starts_with("<!doctype html") || begin.starts_with("<html") {
            return Some(Self::Html);
        }
        (NAMED_TEXTS.contains(&file.as_str()) && is_text(&start)).then_some(Self::Text)
    }

    /// Whether files of this kind name their encoding in a tag or in XML's declaration.
    pub fn is_markup(self) -> bool {
        matches!(self, Self::Html | Self::Feed)
    }

    /// Whether files of this kind may be data of a site instead of documents: beside pages of HTML
    /// they are.
    pub fn may_be_data(self) -> bool {
        matches!(
            self,
            Self::Json | Self::JsonLines | Self::JsonScript | Self::Table | Self::Feed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_formats() {
        for (name, expected) in [
            ("a/b.HTML", Some(Format::Html)),
            ("a.txt.gz", Some(Format::Text)),
            ("a.tar.gz", None),
            ("book/searchindex-1f.js", Some(Format::JsonScript)),
            ("app.js", None),
            ("a/index.html?p=13", Some(Format::Html)),
            ("style.css?v=1", None),
            ("README", None),
            (
                "a.PDF",
                cfg!(feature = "documents")
                    .then(|| Format::of("a.pdf"))
                    .flatten(),
            ),
            ("a.DOCX", None),
            ("blog.d/index.html?p=1", Some(Format::Html)),
            ("a.html?p=1.html", Some(Format::Html)),
            ("what.md/README", None),
        ] {
            assert_eq!(Format::of(name), expected, "{name}");
            assert_eq!(
                looks_like_text(name, Path::new("")),
                matches!(name, "a.PDF" | "a.DOCX"),
                "{name}"
            );
        }
    }
}
