//! Why a file was skipped, and what else its owner may want to know.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// What a warning is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A file or an entry became no document.
    Skipped(Skip),
    /// Something that costs no document.
    Noted(Note),
}

/// Why a file, a page or an entry became no document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Skip {
    /// Of a kind that is not read.
    UnreadKind {
        /// The end of its name; empty where it has none.
        extension: String,
    },
    /// Data of a site, beside its pages.
    SiteData,
    /// The source of a page that lies beside it.
    SourceOfPage,
    /// The source of a page, copied by the site's generator.
    CopiedSource,
    /// Written for programs that visit the site.
    ForPrograms,
    /// A link to a folder that is read already.
    LinkedTwice,
    /// A link out of the folder that was named.
    LeadsOut,
    /// A link to nowhere.
    DeadLink,
    /// A pipe or a device.
    NoFile,
    /// Nothing in it.
    Empty,
    /// No text.
    Binary,
    /// Packed, and too large to be unpacked.
    TooLarge {
        /// The most that a file may unpack to.
        megabytes: u64,
    },
    /// So many values or entries that reading them would take many times the file's size.
    TooManyEntries,
    /// Packed, and damaged.
    DamagedGzip(String),
    /// An archive or a document that is damaged, or none.
    Damaged(String),
    /// A draft.
    Draft,
    /// So many entries of a file are drafts, or private.
    Drafts(usize),
    /// The page asks not to be indexed.
    NoIndex,
    /// The page only leads to another one.
    Redirect,
    /// What the site answers where there is no page.
    NoPage,
    /// The whole site once more, for printing.
    Printed,
    /// A list of names, made by the site's generator.
    NameList,
    /// A list of other pages, by tag, date or author, made by the site's generator.
    Listing,
    /// A listing of source code, made by the site's generator.
    SourceListing,
    /// The site's own search or help page.
    SiteForm,
    /// The page does not name its content, and nothing is there to find it.
    NoRegion,
    /// A PDF, for which this build of the program has no reader.
    NoReader,
    /// Other pages mark their body for search, this one does not.
    Unmarked,
    /// The file holds no documents.
    NoDocuments,
    /// So many entries of a file hold neither text nor title.
    EmptyEntries(usize),
    /// Nothing but data that is no text.
    OnlyBlobs,
    /// Nothing but page chrome.
    OnlyChrome,
    /// Pages without a text: pictures of one.
    NoText,
    /// A password is needed to read it.
    Locked,
    /// The file's reader failed.
    ReaderFailed,
}

/// By what an owner chooses what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Choice {
    /// Patterns of files that are read.
    Include,
    /// Patterns of files that are not.
    Exclude,
    /// The pattern of whole paths.
    Glob,
    /// Selectors of elements that are left out.
    ExcludeSelectors,
    /// Lines that are kept.
    Keep,
    /// Lines that are left out.
    Drop,
}

/// What an owner may want to know of a document that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Note {
    /// No page holds what was said to hold the content.
    NoRoot,
    /// Nothing is what the owner has chosen.
    Unmatched(Choice),
    /// What was read cannot be kept for the next build.
    NotKept {
        /// What is wrong.
        fault: String,
    },
    /// Another build keeps what it reads in the same place.
    CacheInUse,
    /// The file's name is not UTF-8.
    NameNotUtf8,
    /// Characters that the encoding does not have were replaced.
    Replaced {
        /// Name of the encoding.
        encoding: Cow<'static, str>,
    },
    /// The encoding was guessed.
    Guessed {
        /// Name of the encoding.
        encoding: Cow<'static, str>,
    },
    /// Front matter that cannot be read.
    FrontMatter {
        /// What it is written in.
        language: Cow<'static, str>,
        /// What is wrong with it.
        fault: String,
    },
    /// XML that is none throughout.
    Xml {
        /// What is wrong with it, and where.
        fault: String,
    },
    /// A field that should hold an address holds none that is safe.
    UnsafeAddress {
        /// The field's name.
        field: String,
    },
    /// A date that is not understood.
    UnknownDate {
        /// As it is written.
        date: String,
    },
    /// A value of an attribute that says to ignore, and not how.
    UnknownIgnore {
        /// The attribute, as it is written.
        name: String,
        /// As it is written.
        value: String,
    },
    /// A weight that there is not.
    UnknownWeight {
        /// The attribute, as it is written.
        name: String,
        /// As it is written.
        value: String,
        /// What it counts as, if it is a number.
        taken: Option<u8>,
    },
    /// An attribute made for search that there is not.
    UnknownAttribute {
        /// As it is written.
        name: String,
        /// What may be meant.
        nearest: Option<String>,
    },
    /// A language that is not understood.
    UnknownLanguage {
        /// As it is written.
        language: String,
    },
    /// A folder named before holds a file of this name.
    TakenPath {
        /// The folder's name, which the file's address begins with.
        folder: String,
    },
    /// The page is too large for the extractors.
    TooLargeForExtractors,
    /// The extractors took too long.
    ExtractorsTookTooLong,
    /// Some pages of the file could not be read.
    PagesUnread {
        /// How many.
        pages: usize,
    },
    /// The page gives an address as its own that other pages give, too.
    SharedAddress,
    /// Another document has the id.
    TakenId {
        /// The id.
        id: String,
        /// How many documents have asked for it so far.
        times: usize,
    },
    /// The page lost most of its words.
    Lost {
        /// Words lost.
        lost: usize,
        /// Words that it had.
        of: usize,
    },
}

impl Skip {
    /// A file of a kind that is not read.
    pub(crate) fn unread(name: &str) -> Self {
        let file = name.rsplit('/').next().unwrap_or(name);
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
        Self::UnreadKind {
            extension: extension.to_lowercase(),
        }
    }
}

impl Reason {
    /// Whether something became no document.
    #[must_use]
    pub fn is_skip(&self) -> bool {
        matches!(self, Self::Skipped(_))
    }
}

impl From<Skip> for Reason {
    fn from(skip: Skip) -> Self {
        Self::Skipped(skip)
    }
}

impl From<Note> for Reason {
    fn from(note: Note) -> Self {
        Self::Noted(note)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Skipped(skip) => skip.fmt(f),
            Self::Noted(note) => note.fmt(f),
        }
    }
}

/// As its sentence.
impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnreadKind { extension } if extension.is_empty() => {
                "nothing tells what kind of file it is, skipped; give it a name that ends in .txt, .md or .html"
            }
            Self::UnreadKind { extension } => {
                return write!(
                    f,
                    "files that end in .{extension} are not read, skipped; make it HTML, Markdown or text to have it found"
                );
            }
            Self::SiteData => {
                "data beside pages of HTML, skipped; name the file itself to have it read"
            }
            Self::SourceOfPage => {
                "the source of the page beside it, skipped; name the file itself to have it read"
            }
            Self::CopiedSource => "the source of a page, which Sphinx copies beside it, skipped",
            Self::ForPrograms => "written for programs that visit the site, skipped",
            Self::LinkedTwice => "a link to a folder that is read already, skipped",
            Self::LeadsOut => {
                "a link out of the folder, skipped; `follow-links = true` in samara.toml follows it"
            }
            Self::DeadLink => "a link to nowhere, skipped",
            Self::NoFile => "neither file nor folder, skipped",
            Self::Empty => "empty, skipped",
            Self::Binary => "a binary file, skipped",
            Self::TooLarge { megabytes } => {
                return write!(
                    f,
                    "unpacks to more than {megabytes} MB, skipped; unpack it, or split it into several files"
                );
            }
            Self::TooManyEntries => {
                "too many entries for its size, skipped; split it into several files"
            }
            Self::DamagedGzip(fault) => return write!(f, "damaged gzip ({fault}), skipped"),
            Self::Damaged(fault) => return write!(f, "damaged ({fault}), skipped"),
            Self::Draft | Self::Drafts(1) => "a draft, skipped",
            Self::Drafts(count) => return write!(f, "{count} drafts, skipped"),
            Self::NoIndex => "the page asks not to be indexed (noindex), skipped",
            Self::Redirect => "the page only leads to another one, skipped",
            Self::NoPage => "what the site answers where there is no page, skipped",
            Self::Printed => "the whole site once more, for printing, skipped",
            Self::NameList => "a list of names, made by the site's generator, skipped",
            Self::Listing => "a list of the site's pages, made by its generator, skipped",
            Self::SourceListing => {
                "a listing of source code, made by the site's generator, skipped"
            }
            Self::SiteForm => "the site's own search or help page, skipped",
            Self::NoRegion => {
                "the page does not name its content, skipped; mark it with data-samara-body, or use the \
                 samara command, which finds it"
            }
            Self::NoReader => "a PDF, skipped; use the samara command, which reads it",
            Self::Unmarked => {
                "other pages mark their body for search, this one does not, skipped"
            }
            Self::NoDocuments => "holds no documents, skipped",
            Self::EmptyEntries(1) => "an entry holds neither text nor title, skipped",
            Self::EmptyEntries(count) => {
                return write!(f, "{count} entries hold neither text nor title, skipped");
            }
            Self::OnlyBlobs => "nothing but data that is no text, skipped",
            Self::OnlyChrome => "nothing but page chrome, skipped",
            Self::NoText => {
                "holds no text, skipped; where its pages are pictures, let a program recognise their text first"
            }
            Self::Locked => "a password locks it, skipped; save it without one",
            Self::ReaderFailed => "its reader failed, skipped; please report this file",
        })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRoot => {
                "no page holds an element of this root-selector, so it was not used; look at the pages' source, or leave it out"
            }
            Self::Unmatched(Choice::Include) => {
                "no file or folder matches this pattern of `include`; it counts from the folder that is read"
            }
            Self::Unmatched(Choice::Exclude) => {
                "no file or folder matches this pattern of `exclude`; it counts from the folder that is read"
            }
            Self::Unmatched(Choice::Glob) => {
                "no file's path matches this `glob`; it is compared with paths from the folder that is read"
            }
            Self::Unmatched(Choice::ExcludeSelectors) => {
                "no page holds an element of this selector of `exclude-selectors`, so it leaves out nothing; look at the pages' source"
            }
            Self::Unmatched(Choice::Keep) => {
                "no page has this line of `keep`; it is compared with a whole line or block, as `samara clean` shows them"
            }
            Self::Unmatched(Choice::Drop) => {
                "no page has this line of `drop`, so it leaves out nothing; it is compared with a whole line or block, as `samara clean` shows them"
            }
            Self::NotKept { fault } => {
                return write!(
                    f,
                    "cannot be written ({fault}), so the next build does this work again; delete it, make room, or name another \
                     folder with --cache"
                );
            }
            Self::CacheInUse => {
                "another build uses this cache at the moment, so what is new is not kept; build one after the other, or name \
                 another folder with --cache"
            }
            Self::NameNotUtf8 => "its name is not UTF-8 and no link can lead there; rename it",
            Self::Replaced { encoding } => {
                return write!(f, "some characters are no {encoding} and were replaced");
            }
            Self::Guessed { encoding } => return write!(f, "not UTF-8, taken for {encoding}"),
            Self::FrontMatter { language, fault } => {
                return write!(
                    f,
                    "front matter is not valid {language} ({fault}); only the lines that can be read are used"
                );
            }
            Self::Xml { fault } => {
                return write!(f, "not valid XML ({fault}); what can be read of it is kept");
            }
            Self::UnsafeAddress { field } => {
                return write!(f, "{field} is no safe address, ignored");
            }
            Self::UnknownDate { date } => {
                return write!(
                    f,
                    "the date {date} is not understood; write it as 2024-02-01"
                );
            }
            Self::UnknownIgnore { name, value } => {
                return write!(
                    f,
                    "{name}=\"{value}\" is taken for `index`; write `index` or `all`"
                );
            }
            Self::UnknownWeight {
                name,
                value,
                taken: Some(taken),
            } => {
                return write!(
                    f,
                    "{name}=\"{value}\" is taken for {taken}; write a number from 0 to 10"
                );
            }
            Self::UnknownWeight { name, value, .. } => {
                return write!(
                    f,
                    "{name}=\"{value}\" is no number and was not used; write one from 0 to 10"
                );
            }
            Self::UnknownAttribute { name, nearest } => {
                write!(f, "there is no attribute {name}")?;
                return match nearest {
                    Some(nearest) => write!(f, "; did you mean {nearest}?"),
                    None => write!(f, ", so it does nothing"),
                };
            }
            Self::UnknownLanguage { language } => {
                return write!(
                    f,
                    "the language {language} is not understood; write it as en or pt-BR"
                );
            }
            Self::TakenPath { folder } => {
                return write!(
                    f,
                    "another folder holds a file of this name; this one's address begins with {folder}/"
                );
            }
            Self::TooLargeForExtractors => {
                "the page is too large for the extractors; only its blocks were weighed"
            }
            Self::ExtractorsTookTooLong => {
                "the extractors took too long; only the page's blocks were weighed"
            }
            Self::PagesUnread { pages: 1 } => "one of its pages could not be read",
            Self::PagesUnread { pages } => {
                return write!(f, "{pages} of its pages could not be read");
            }
            Self::SharedAddress => {
                "gives an address as its own that other pages give too; its path is used"
            }
            Self::TakenId { id, times } => {
                return write!(f, "the id {id} is taken, {id}~{times} is used");
            }
            Self::Lost { lost, of } => {
                return write!(f, "lost {lost} of {of} words; `samara clean` shows which");
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sentences_second_halves() {
        for (reason, expected) in [
            (Reason::from(Skip::Empty), "empty, skipped"),
            (
                Skip::EmptyEntries(1).into(),
                "an entry holds neither text nor title, skipped",
            ),
            (
                Skip::EmptyEntries(2).into(),
                "2 entries hold neither text nor title, skipped",
            ),
            (
                Note::TakenId {
                    id: "a".into(),
                    times: 2,
                }
                .into(),
                "the id a is taken, a~2 is used",
            ),
        ] {
            assert_eq!(reason.to_string(), expected);
        }
    }
}
