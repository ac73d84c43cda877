//! Telling options of commands from exclusions: `git add -p`, `error code -1`.

use super::plan::{Highlight, Phrase, QueryTerm};
use super::reading::{Lookout, Reading};
use super::searcher::Searcher;
use crate::index::Index;
use crate::query::Atom;
use crate::segment::{DocId, TermOrdinal};

/// A word of so many letters with a capital among them is no name.
const SHORT: usize = 3;
/// Documents that are read for the option.
const MOST_READ: usize = 64;

/// Whether a word behind a minus is an option: one letter, a number, with capitals that no name has, or written so in
/// the corpus. Linear in the documents read, at most [`MOST_READ`].
pub(crate) fn is_option(searcher: &Searcher, text: &str, atom: &Atom) -> bool {
    let word = &atom.words[0];
    if atom.signs.before != "-" {
        return false;
    }
    let written = &text[word.range.clone()];
    let capitals = written.bytes().filter(u8::is_ascii_uppercase).count();
    let is_name =
        written.len() > SHORT && capitals == 1 && written.as_bytes()[0].is_ascii_uppercase();
    // `-C++` and `-e-mail` are more than a letter.
    let is_alone = atom.words.len() == 1 && atom.signs.after.is_empty();
    let is_short = is_alone && (written.len() == 1 || word.is_number());
    let has_capitals = capitals > 0 && !is_name && (is_alone || written.len() > 1);
    if is_short || has_capitals {
        return true;
    }
    let index = searcher.index;
    let Some(term) = index.ordinal(&word.term) else {
        return false;
    };
    let second = searcher.second(&mut read_for(index, term));
    second.is_some_and(|second| second.is_written_so(index, term, atom))
}

/// The documents that are read for a term.
fn read_for<'i>(index: &'i Index, term: TermOrdinal) -> impl Iterator<Item = DocId> + 'i {
    let read = index.postings(term).take(MOST_READ);
    read.map(|posting| posting.document)
}

/// Whether documents that hold a word have it with the signs that it was typed with.
pub(super) fn is_written_so(index: &Index, term: TermOrdinal, atom: &Atom) -> bool {
    let mut word = QueryTerm::default();
    word.expansion.add(term, 1.0);
    word.highlight = Highlight::Never;
    let words = [word];
    let mut lookout = Lookout::new(index, &words, &|_| true, false);
    let mut signs = atom.signs.clone();
    signs.after.clear();
    let phrase = Phrase {
        slots: 0..1,
        gaps: Vec::new(),
        is_joined: true,
        signs,
        exact_only: true,
        in_title: false,
        instead_of: None,
    };
    let mut reading = Reading::default();
    read_for(index, term).any(|document| {
        let Some(text) = index.text(document) else {
            return false;
        };
        reading.read(text, lookout.wanted(text));
        let mut places = 0..reading.occurrences.len();
        places.any(|place| {
            // Within a word, as in `well-known`, it is no option.
            let before = reading.occurrences[place].before;
            let is_apart = before
                .is_some_and(|form| text.segment.separator(form).len() > phrase.signs.before.len());
            is_apart
                && reading
                    .row(text.segment, place, &phrase)
                    .is_some_and(|(_, is_exact)| is_exact)
        })
    })
}
