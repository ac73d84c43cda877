//! More like this: the documents that share the words which tell most about a document.

use super::collect::{by_score, keep, thousandths};
use super::plan::{Node, Plan, PlannedClause, QueryTerm};
use super::scoring::score;
use super::searcher::Searcher;
use super::{FieldWeights, Options};
use crate::answer::Hit;
use crate::index::{Index, inverse_document_frequency};
use crate::list::{Keep, ToList};
use crate::order::{self, descending};
use crate::query::Occur;
use crate::segment::{Control, DocId, Segment, TermOrdinal, Token};

/// Words of a document that are looked for in others.
const MOST_WORDS: usize = 16;
/// How often a word of the title counts.
const IN_TITLE: u32 = 3;

/// The documents most like the one with this id.
pub(super) fn similar(searcher: &Searcher, id: &str, limit: usize) -> Vec<Hit> {
    let index = searcher.index;
    let Some(document) = index.with_id(id) else {
        return Vec::new();
    };
    let options = Options {
        limit,
        fields: FieldWeights {
            meta: 0.0,
            ..FieldWeights::default()
        },
        ..Options::default()
    };
    let mut plan = Plan::default();
    for (weight, term) in searcher.telling_words(document) {
        let mut word = QueryTerm {
            weight: Some(weight),
            ..QueryTerm::default()
        };
        word.expansion.add_group(index, term, 1.0);
        plan.clauses.push(PlannedClause {
            typed: 0..0,
            occur: Occur::Should,
            node: Node::Term(plan.terms.len(), 1.0),
            words: Vec::new(),
            is_extra: false,
        });
        plan.terms.push(word);
    }
    if plan.terms.is_empty() {
        return Vec::new();
    }
    if index.is_waiting() {
        return Vec::new();
    }
    let mut scores = score(searcher, &plan, &options);
    if index.is_waiting() {
        return Vec::new();
    }
    let group = index.group(document);
    scores.matches.keep(&mut |other| {
        let is_duplicate = group.is_some() && index.group(other.document) == group;
        thousandths(other.score) > 0 && other.document != document && !is_duplicate
    });
    searcher.hits("", &plan, &scores, &by_score, &options).1
}

impl Searcher<'_> {
    /// The words that tell most about a document, each with its weight.
    pub(crate) fn telling_words(&self, document: DocId) -> Vec<(f32, TermOrdinal)> {
        let Some(text) = self.index.text(document) else {
            return Vec::new();
        };
        telling_words(text.segment, text.document, &|term| {
            let term = self.index.telling(document, text, term)?;
            Some((rarity(self.index, term)?, term))
        })
    }
}

/// How little of an index has a term; none where that tells nothing.
pub(crate) fn rarity(index: &Index, term: TermOrdinal) -> Option<f32> {
    let documents = index.document_frequency(term);
    (documents > 1 && !index.is_stop_word(term))
        .then(|| inverse_document_frequency(roughly(index.len()), roughly(documents as usize)))
}

/// The words that tell most about a document of a segment, each with its weight: frequent in it, rare elsewhere. `rarity` knows
/// how rare a term of the segment is among all, and its number there.
pub(crate) fn telling_words(
    segment: &Segment,
    document: DocId,
    rarity: &dyn Fn(TermOrdinal) -> Option<(f32, TermOrdinal)>,
) -> Vec<(f32, TermOrdinal)> {
    let mut terms = Vec::new();
    let mut weight = IN_TITLE;
    for token in segment.tokens(document) {
        match token {
            Token::Word(_, term) => {
                for _ in 0..weight {
                    terms.push(u64::from(term.0));
                }
            }
            Token::Separator(_) => {}
            Token::Control(Control::Fields) => break,
            Token::Control(_) => weight = 1,
        }
    }
    order::sort(&mut terms);
    let (mut words, mut best) = (Vec::new(), Vec::new());
    for same in terms.chunk_by(|one, other| one == other) {
        let count = same.len() as f32;
        let Some((rarity, term)) = rarity(TermOrdinal(same[0] as u32)) else {
            continue;
        };
        let weight = rarity * count / (count + 1.5);
        let key = descending(thousandths(weight), words.len() as u32);
        keep(&mut best, key, MOST_WORDS);
        words.push((weight, term));
    }
    let words = best
        .into_iter()
        .map(|key| words[order::second(key) as usize]);
    words.list()
}

/// A number to three bits: words of a document are the same ones where few other documents have changed.
fn roughly(count: usize) -> usize {
    let bits = count.max(1).ilog2().saturating_sub(2);
    count >> bits << bits
}
