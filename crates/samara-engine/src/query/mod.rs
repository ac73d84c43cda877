//! Queries: what a person typed, understood as far as possible.
//!
//! Every text is a query. Parsing never fails; what could not be used is listed with the reason.
//!
//! | typed | means |
//! |---|---|
//! | `wang talks` | documents with either word, those that say more of them first |
//! | `"frank exchanges"` | these words in a row |
//! | `+summit -taiwan` | must hold the first, must not hold the second |
//! | `wang OR blinken` | either, counted as one |
//! | `title:summit` | in the title |
//! | `source:Yonhap`, `tag:"south asia"` | metadata is this, or contains it |
//! | `date:2023-07..2023-10`, `date:2023` | dated in this span; either end may be missing |
//! | `node.js`, `snake_case` | written exactly so first, then parts in a row, then each of them |
//! | `C++`, `.NET`, `--flag`, `&str` | with these signs first, then without |
//! | `->>`, `::`, `?` | this operator |
//! | `-m`, `-1`, `-Fc` | an option: one letter, a number, with capitals, or written so in the corpus |
//! | `inst*` | what begins so |
//! | `10000` | this number, with or without marks for its thousands |
//!
//! The last word is a beginning while it is being typed: as long as nothing follows it.

mod parser;

use crate::text::concat;

pub(crate) use parser::parse;

/// What a person asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// What to look for.
    pub clauses: Vec<Clause>,
    /// What metadata has to say.
    pub filters: Vec<Filter>,
    /// What was typed and not used.
    pub ignored: Vec<Ignored>,
}

/// Something to look for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Whether documents must, may or must not have it.
    pub occur: Occur,
    /// Any of these will do; there is at least one.
    pub alternatives: Vec<Atom>,
}

impl Clause {
    /// Where it stands in the query, in bytes: from the first word of its first alternative to the last one of its last.
    pub(crate) fn typed(&self) -> core::ops::Range<usize> {
        let last = &self.alternatives[self.alternatives.len() - 1];
        self.alternatives[0].typed().start..last.typed().end
    }
}

/// Whether documents must, may or must not have something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occur {
    Should,
    Must,
    MustNot,
}

/// A word, or words that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Atom {
    /// At least one word.
    pub words: Vec<Word>,
    /// What was typed between each two of them.
    pub gaps: Vec<String>,
    /// How they belong together.
    pub kind: AtomKind,
    /// Only in the title.
    pub in_title: bool,
    /// What stands around it and belongs to it.
    pub signs: Signs,
    /// The last word may be the beginning of one.
    pub prefix: bool,
    /// A minus was typed before it, which may be that of an option.
    pub may_be_option: bool,
}

impl Atom {
    /// Where it stands in the query, in bytes: from its first word to its last.
    pub(crate) fn typed(&self) -> core::ops::Range<usize> {
        self.words[0].range.start..self.words[self.words.len() - 1].range.end
    }

    /// Of no words and no signs.
    pub(crate) fn bare() -> Self {
        Atom {
            words: Vec::new(),
            gaps: Vec::new(),
            kind: AtomKind::Phrase,
            in_title: false,
            signs: Signs::default(),
            prefix: false,
            may_be_option: false,
        }
    }
}

/// Signs that make another word of a word: those of `.NET`, `--flag`, `C++`, `C#`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    /// Directly before the first word.
    pub before: String,
    /// Directly behind the last word.
    pub after: String,
}

/// How the words of an atom belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtomKind {
    /// Typed without a space between them, `node.js`: together if possible.
    Joined,
    /// Quoted: in a row, and no other forms of them.
    Phrase,
}

/// A word as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands in the query, in bytes.
    pub range: core::ops::Range<usize>,
    /// In lower case, NFC: how the dictionary would spell it.
    pub term: String,
    /// What it is compared as.
    pub folded: Vec<char>,
    /// What it is made of.
    pub nature: Nature,
}

/// What a word of a query is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// Letters and digits.
    Word,
    /// A character of an unspaced script, or a symbol: it says little without its neighbours.
    Single,
    /// Signs alone.
    Operator,
}

impl Word {
    /// Whether it says little without its neighbours.
    pub(crate) fn is_single(&self) -> bool {
        self.nature == Nature::Single
    }

    /// Whether it is made of digits.
    pub(crate) fn is_number(&self) -> bool {
        self.term.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// A condition on metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    /// Name of the field.
    pub field: String,
    /// What its value has to be.
    pub test: Test,
    /// Whether it must not be so.
    pub negated: bool,
}

/// What a metadata value has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// Equal to this or containing it as words, folded.
    Contains(Vec<char>),
    /// Between these, as text, the second compared as a beginning (`2023` includes all of that year).
    Between(String, String),
}

/// Something typed that was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// What was typed, shortened where it is long.
    pub text: String,
    /// Why it was not used: `operator`, `quote`, `symbols`, `length`, `words`, `common`, `date`; `unknown` where no document
    /// has it; `exclusion` where everything would have been excluded.
    pub reason: &'static str,
}

/// Pieces that are listed as ignored.
const MOST_REPORTS: usize = 32;
/// How much of an unused piece is repeated to the person.
const LONGEST_REPORT: usize = 40;

/// Lists a piece of a query that is not used, once and within bounds.
pub(crate) fn ignore(ignored: &mut Vec<Ignored>, text: &str, reason: &'static str) {
    let end = text.floor_char_boundary(LONGEST_REPORT);
    let rest = if end < text.len() { "…" } else { "" };
    let one = Ignored {
        text: concat(&[&text[..end], rest]),
        reason,
    };
    if ignored.len() < MOST_REPORTS && !ignored.contains(&one) {
        ignored.push(one);
    }
}
