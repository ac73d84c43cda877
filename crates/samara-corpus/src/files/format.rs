//! What kind of file a file is, by its name.

/// Documents that are not read: of these people may expect that they are found.
const OTHER_DOCUMENTS: [&str; 17] = [
    "adoc", "asciidoc", "doc", "docx", "epub", "ipynb", "odp", "ods", "odt", "org", "pdf", "ppt",
    "pptx", "rst", "rtf", "tex", "textile",
];

/// Whether a file is a document of a kind that is not read.
pub(crate) fn is_other_document(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    OTHER_DOCUMENTS.contains(&extension)
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
}

impl Format {
    /// The format of a file, by the end of its name; `.gz` behind it is left aside.
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        let (stem, extension) = name.rsplit_once('.')?;
        match extension {
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" | "xhtml" | "shtml" | "xht" => Some(Self::Html),
            "md" | "markdown" | "mkd" | "mdown" | "mkdn" | "qmd" | "rmd" => Some(Self::Markdown),
            "mdx" => Some(Self::Mdx),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "js" if stem
                .rsplit('/')
                .next()
                .is_some_and(|s| s.starts_with("searchindex")) =>
            {
                Some(Self::JsonScript)
            }
            _ => None,
        }
    }

    /// Whether files of this kind name their encoding in a tag or in XML's declaration.
    pub fn is_markup(self) -> bool {
        self == Self::Html
    }

    /// Whether files of this kind may be data of a site instead of documents: beside pages of HTML
    /// they are.
    pub fn may_be_data(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines | Self::JsonScript)
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
            ("README", None),
            ("a.PDF", None),
        ] {
            assert_eq!(Format::of(name), expected, "{name}");
            assert_eq!(is_other_document(name), name == "a.PDF", "{name}");
        }
    }
}
