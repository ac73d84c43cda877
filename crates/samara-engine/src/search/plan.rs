//! From a query to what has to be computed: every word with its terms, misspellings corrected, common words left out.
//!
//! Words of the query become [`QueryTerm`]s, which are numbered; [`Phrase`]s are words in a row; a [`Node`] says how the
//! scores of both are put together.

use core::ops::Range;

use super::Options;
use super::apart::{apart, in_one};
use super::correction::{self, Corrected};
use super::expansion::{Expansion, Scope, expand};
use super::option::is_option;
use crate::analysis::{Normalizer, fold, lower, tokens};
use crate::index::Index;
use crate::query::{Atom, AtomKind, Clause, Ignored, Nature, Occur, Query, Signs, Word};
use crate::text::concat;

/// What a search has to compute.
#[derive(Default)]
pub(crate) struct Plan {
    pub clauses: Vec<PlannedClause>,
    pub terms: Vec<QueryTerm>,
    pub phrases: Vec<Phrase>,
    /// The query as it was understood, where that is not how it was typed.
    pub corrected: Option<String>,
    /// What may have been meant by words that the corpus has, but hardly.
    pub offered: Option<String>,
}

/// A word of the query with what it may mean.
#[derive(Default)]
pub(crate) struct QueryTerm {
    pub expansion: Expansion,
    /// Where it was typed, in bytes.
    pub range: Range<usize>,
    /// Only in the title.
    pub in_title: bool,
    pub highlight: Highlight,
    /// Too common to be looked for beside other words.
    pub is_common: bool,
    /// As common, but meant all the same.
    pub is_meant: bool,
    /// What begins like it counts in a row with its neighbours alone.
    pub goes_on_in_row: bool,
    /// The words that it was made of, and of which share of their worth it may be worth at the most. Nothing for a word that
    /// was typed.
    pub made_of: Option<(Range<usize>, f32)>,
}

/// Where a word of the query is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Highlight {
    /// Wherever it stands.
    #[default]
    Alone,
    /// In a row with its neighbours of the query.
    InRow,
    /// Nowhere: it is excluded.
    Never,
}

/// Words in a row.
pub(crate) struct Phrase {
    /// Numbers of the terms.
    pub slots: Range<usize>,
    /// What was typed between each two of them.
    pub gaps: Vec<String>,
    /// Typed in one, so that it counts for more where it is written exactly so.
    pub is_joined: bool,
    pub signs: Signs,
    /// Counts only where all is written as it was typed.
    pub exact_only: bool,
    pub in_title: bool,
    /// Another way to write this word: where the corpus has the word, it is worth no more.
    pub instead_of: Option<usize>,
}

/// How scores are put together.
pub(crate) enum Node {
    /// That of a word, times a boost.
    Term(usize, f32),
    /// That of a phrase, times a boost.
    Phrase(usize, f32),
    /// The sum of what is found.
    Sum(Vec<Node>),
    /// The best of what is found: of alternatives, so that they do not add up.
    Best(Vec<Node>),
}

/// Something to look for.
pub(crate) struct PlannedClause {
    /// What was typed of it.
    pub text: String,
    pub occur: Occur,
    pub node: Node,
    /// Words that were asked for, in their order: those of the first alternative.
    pub words: Vec<usize>,
    /// Adds to the score of a document but is nothing that was asked for.
    pub is_extra: bool,
}

/// What words in a row are worth where they were typed as one, in mean worths of a word, beside what each of them is
/// worth by itself; as much again where they are written exactly so.
const JOINED_PHRASE: f32 = 1.0;
/// Letters that a part of a longer word has where it says something by itself.
const TELLING_PART: usize = 3;
/// Words that are joined with a neighbour are no shorter, but for numbers and their units.
const SHORTEST_JOINED: usize = 3;

/// Of two words that were typed apart, what they are worth in one: as much as one of them.
const GUESSED: f32 = 0.5;
/// What a synonym is worth beside what was typed.
const SYNONYM: f32 = 0.8;

impl Plan {
    /// Looks up every word of a query, and lists what is not used of it.
    pub(crate) fn of(
        index: &Index,
        text: &str,
        query: &mut Query,
        options: &Options,
        normalizer: &dyn Normalizer,
    ) -> Plan {
        let mut planner = Planner {
            index,
            text,
            options,
            normalizer,
            plan: Plan::default(),
            corrections: Vec::new(),
            offers: Vec::new(),
        };
        for clause in &mut query.clauses {
            planner.clause(clause);
        }
        planner.leave_out(query);
        planner.neighbours_in_one(&query.clauses);
        if !options.exact {
            planner.synonyms(&query.clauses);
        }
        let mut plan = planner.plan;
        if !planner.corrections.is_empty() {
            plan.corrected = Some(replaced(text, &planner.corrections));
        }
        if !planner.offers.is_empty() {
            plan.offered = Some(replaced(text, &planner.offers));
        }
        plan
    }
}

/// Builds a plan.
struct Planner<'p> {
    index: &'p Index<'p>,
    text: &'p str,
    options: &'p Options,
    normalizer: &'p dyn Normalizer,
    plan: Plan,
    corrections: Vec<(Range<usize>, String)>,
    offers: Vec<(Range<usize>, String)>,
}

impl Planner<'_> {
    fn clause(&mut self, clause: &mut Clause) {
        for atom in &mut clause.alternatives {
            atom.prefix &= self.options.prefix && !self.options.exact;
            if atom.may_be_option {
                if is_option(self.index, self.text, atom) {
                    clause.occur = Occur::Should;
                } else {
                    atom.signs.before.clear();
                }
            }
        }
        let occur = clause.occur;
        let mut nodes = Vec::new();
        let mut words = Vec::new();
        // Alternatives are compared as wholes.
        let as_wholes = clause.alternatives.len() > 1;
        for (number, atom) in clause.alternatives.iter().enumerate() {
            let first = self.plan.terms.len();
            nodes.push(self.atom(atom, occur, as_wholes));
            if number == 0 {
                words.extend(first..self.plan.terms.len());
                words.retain(|&slot| self.plan.terms[slot].made_of.is_none());
            }
        }
        if !self.options.exact {
            for atom in &clause.alternatives {
                let Some(other) = apart(self.text, atom) else {
                    continue;
                };
                let slot = self.slot_of(&atom.words[0]);
                nodes.push(self.atom(&other, occur, true));
                if let Some(phrase) = self.plan.phrases.last_mut() {
                    phrase.instead_of = slot;
                }
            }
        }
        let typed = clause.alternatives.iter().flat_map(|atom| &atom.words);
        let typed = typed
            .map(|word| word.range.clone())
            .reduce(|first, last| first.start..last.end);
        let node = match nodes.len() {
            1 => nodes.remove(0),
            _ => Node::Best(nodes),
        };
        self.plan.clauses.push(PlannedClause {
            text: self.text[typed.unwrap_or_default()].to_owned(),
            occur,
            node,
            words,
            is_extra: false,
        });
    }

    /// Looks up the words of an atom.
    fn atom(&mut self, atom: &Atom, occur: Occur, as_whole: bool) -> Node {
        let mut words: Vec<(Word, Expansion)> = Vec::new();
        let last = atom.words.len() - 1;
        for (place, word) in atom.words.iter().enumerate() {
            let is_loose = atom.kind != AtomKind::Phrase && occur != Occur::MustNot;
            let scope = Scope {
                prefix: atom.prefix && place == last,
                stems: is_loose && !self.options.exact,
            };
            self.word(word, scope, occur, &mut words);
        }
        let count = words.len();
        let first = self.plan.terms.len();
        let in_row = |word: &Word| {
            count > 1 && (word.is_single() || is_short(word) || atom.kind == AtomKind::Phrase)
        };
        let whole = words[0].0.range.start..words[count - 1].0.range.end;
        let in_one = match atom.kind {
            AtomKind::Joined if count > 1 => in_one(self.index, words.iter().map(|(word, _)| word)),
            _ => Expansion::default(),
        };
        // A number is all of its parts.
        let is_number = words.iter().all(|(word, _)| word.is_number());
        let mut parts = Vec::new();
        for (word, expansion) in words {
            let highlight = match occur {
                Occur::MustNot => Highlight::Never,
                _ if in_row(&word) => Highlight::InRow,
                _ => Highlight::Alone,
            };
            let is_common = expansion
                .spelt
                .is_some_and(|term| self.index.language.is_stop_word(term));
            let is_meant = is_common && self.is_meant(&word);
            self.plan.terms.push(QueryTerm {
                is_common: is_common && !is_meant,
                is_meant,
                goes_on_in_row: false,
                expansion,
                range: word.range.clone(),
                in_title: atom.in_title,
                highlight,
                made_of: None,
            });
            parts.push(word);
        }
        let slots = first..first + count;
        if count == 1 && atom.signs == Signs::default() {
            return Node::Term(first, 1.0);
        }
        let all_together = if as_whole { 1.0 } else { count as f32 };
        let phrase = self.phrase(slots.clone(), atom, count == 1);
        if atom.kind == AtomKind::Phrase {
            return Node::Phrase(phrase, all_together);
        }
        let mut nodes = Vec::new();
        if !in_one.is_empty() && !atom.in_title {
            nodes.push(Node::Term(
                self.plan.terms.len(),
                if is_number { all_together } else { 1.0 },
            ));
            self.plan.terms.push(QueryTerm {
                expansion: in_one,
                range: whole,
                in_title: false,
                highlight: match occur {
                    Occur::MustNot => Highlight::Never,
                    _ => Highlight::Alone,
                },
                is_common: false,
                is_meant: false,
                goes_on_in_row: false,
                made_of: Some((slots.clone(), 1.0)),
            });
        }
        if occur != Occur::Should || as_whole && count > 1 {
            nodes.push(Node::Phrase(phrase, all_together));
            return Node::Best(nodes);
        }
        let all_common = slots.clone().all(|slot| self.plan.terms[slot].is_common);
        for slot in slots.clone() {
            let term = &mut self.plan.terms[slot];
            if term.is_common && !all_common && count > 1 {
                term.highlight = Highlight::InRow;
            }
        }
        for (place, word) in parts.iter().enumerate() {
            let slot = first + place;
            if !(word.is_single() && count > 1) && (all_common || !self.plan.terms[slot].is_common)
            {
                // What begins with a letter or two is too much.
                if count > 1 && is_short(word) {
                    self.plan.terms[slot].goes_on_in_row = true;
                }
                nodes.push(Node::Term(slot, 1.0));
            }
            if place + 1 < count && count > 2 && (word.is_single() || parts[place + 1].is_single())
            {
                let pair = self.phrase(slot..slot + 2, &Atom::bare(), false);
                nodes.push(Node::Phrase(pair, 1.0));
            } else if place + 1 < count && count > 2 {
                // Marked, not scored: words that say little by themselves, beside one another.
                self.phrase(slot..slot + 2, &Atom::bare(), false);
            }
        }
        nodes.push(Node::Phrase(phrase, JOINED_PHRASE));
        Node::Sum(nodes)
    }

    /// Looks up a word; where it was written in one and the corpus has it apart, there are several.
    fn word(
        &mut self,
        word: &Word,
        scope: Scope,
        occur: Occur,
        words: &mut Vec<(Word, Expansion)>,
    ) {
        let mut expansion = expand(self.index, word, scope, &self.options.ranking);
        let may_correct = self.options.correct && !self.options.exact && occur != Occur::MustNot;
        if expansion.is_empty() && word.nature == Nature::Word {
            let language = self.language();
            match correction::correct(
                self.index,
                word,
                scope,
                may_correct,
                language,
                self.normalizer,
            ) {
                Corrected::Word {
                    expansion: of,
                    text,
                } => {
                    expansion = of;
                    self.corrections
                        .extend(text.map(|text| (word.range.clone(), text)));
                }
                Corrected::Split(parts) => {
                    let mut text = String::new();
                    for part in parts {
                        let space = if text.is_empty() { "" } else { " " };
                        text = concat(&[&text, space, &part.term]);
                        let exact = Scope {
                            prefix: false,
                            stems: false,
                        };
                        let expansion = expand(self.index, &part, exact, &self.options.ranking);
                        words.push((part, expansion));
                    }
                    self.corrections.push((word.range.clone(), text));
                    return;
                }
                Corrected::Nothing => {}
            }
        } else if may_correct
            && scope.stems
            && word.nature == Nature::Word
            && let Some((term, text)) = correction::likelier(self.index, word, &expansion)
        {
            expansion.add_group(self.index, term, correction::LIKELIER);
            self.offers.push((word.range.clone(), text));
        }
        words.push((word.clone(), expansion));
    }

    /// The language of the words so far; none where they say nothing of it.
    fn language(&self) -> Option<u8> {
        let known = self.plan.terms.iter().filter(|term| !term.is_common);
        let spelt = known.filter_map(|term| term.expansion.spelt).next_back();
        spelt.map(|term| self.index.language.of(term))
    }

    /// Whether a word that is common in a language is meant all the same: capitals beside small letters (`IT department`),
    /// a letter that stands last or is no article (`vitamin a`).
    fn is_meant(&self, word: &Word) -> bool {
        let written = &self.text[word.range.clone()];
        let is_capital = written.bytes().all(|byte| byte.is_ascii_uppercase());
        let has_small = self.text.bytes().any(|byte| byte.is_ascii_lowercase());
        let others = self.text.len() - self.text.trim_start().len();
        match written.len() {
            1 => {
                let is_first = word.range.start == others;
                let is_last = self.text[word.range.end..].trim().is_empty();
                !is_first && (is_last || is_capital && has_small)
            }
            _ => is_capital && has_small,
        }
    }

    fn phrase(&mut self, slots: Range<usize>, atom: &Atom, exact_only: bool) -> usize {
        self.plan.phrases.push(Phrase {
            slots,
            gaps: atom.gaps.clone(),
            is_joined: atom.kind == AtomKind::Joined,
            signs: atom.signs.clone(),
            exact_only,
            in_title: atom.in_title,
            instead_of: None,
        });
        self.plan.phrases.len() - 1
    }

    /// Common words say nothing beside others; a query of nothing else is looked up as it is. Operators that the corpus
    /// lacks are listed.
    fn leave_out(&mut self, query: &mut Query) {
        let terms = &self.plan.terms;
        let is_common = |planned: &PlannedClause, clause: &Clause| {
            let joined = clause
                .alternatives
                .iter()
                .all(|atom| atom.kind == AtomKind::Joined);
            let words = &planned.words;
            planned.occur == Occur::Should
                && joined
                && words.iter().all(|&slot| terms[slot].is_common)
                && clause.alternatives.len() == 1
        };
        // Beside a word that finds nothing, common words are all there is.
        let is_telling = |(planned, clause): (&PlannedClause, &Clause)| {
            planned.occur != Occur::MustNot
                && !is_common(planned, clause)
                && planned
                    .words
                    .iter()
                    .any(|&slot| !terms[slot].expansion.is_empty())
        };
        let has_telling = self.plan.clauses.iter().zip(&query.clauses).any(is_telling);
        let mut left_out = Vec::new();
        for (planned, clause) in self.plan.clauses.iter().zip(&query.clauses) {
            let is_unknown_sign = clause.alternatives.iter().all(|atom| {
                atom.words
                    .iter()
                    .all(|word| word.nature == Nature::Operator)
            }) && planned
                .words
                .iter()
                .all(|&slot| terms[slot].expansion.is_empty());
            let reason = if is_unknown_sign {
                Some("symbols")
            } else if has_telling && is_common(planned, clause) {
                Some("common")
            } else {
                None
            };
            left_out.push(reason.is_some());
            let Some(reason) = reason else { continue };
            for word in clause.alternatives.iter().flat_map(|atom| &atom.words) {
                let ignored = Ignored {
                    text: self.text[word.range.clone()].to_owned(),
                    reason,
                };
                if !query.ignored.contains(&ignored) {
                    query.ignored.push(ignored);
                }
            }
        }
        let mut left_out = left_out.into_iter();
        self.plan
            .clauses
            .retain(|_| !left_out.next().unwrap_or(false));
    }

    /// The number of a word that was typed.
    fn slot_of(&self, word: &Word) -> Option<usize> {
        let is_it = |term: &QueryTerm| term.range == word.range && term.made_of.is_none();
        self.plan.terms.iter().position(is_it)
    }

    /// `data base` finds `database`, too, and `10 kg` finds `10kg`.
    fn neighbours_in_one(&mut self, clauses: &[Clause]) {
        for pair in clauses.windows(2) {
            let [Some(one), Some(other)] = [&pair[0], &pair[1]].map(lone_word) else {
                continue;
            };
            let (Some(first), Some(second)) = (self.slot_of(one), self.slot_of(other)) else {
                continue;
            };
            let [left, right] = [first, second].map(|slot| &self.plan.terms[slot]);
            // A word that may go on is no word yet.
            let is_meant = left.is_meant && !right.is_common || right.is_meant && !left.is_common;
            if is_meant && right.expansion.completions.is_empty() {
                // Nothing but its neighbour tells a common word that is meant from one that is not.
                let row = self.plan.terms.len();
                for slot in [first, second] {
                    let word = &self.plan.terms[slot];
                    self.plan.terms.push(QueryTerm {
                        expansion: word.expansion.clone(),
                        range: word.range.clone(),
                        highlight: Highlight::InRow,
                        made_of: Some((row..row, 1.0)),
                        ..QueryTerm::default()
                    });
                }
                let phrase = self.phrase(row..row + 2, &Atom::bare(), false);
                self.plan.clauses.push(PlannedClause {
                    text: self.text[one.range.start..other.range.end].to_owned(),
                    occur: Occur::Should,
                    node: Node::Phrase(phrase, 2.0),
                    words: Vec::new(),
                    is_extra: true,
                });
            }
            let is_short = |word: &Word| word.folded.len() < SHORTEST_JOINED;
            let is_common = self.plan.terms[first].is_common || self.plan.terms[second].is_common;
            let is_measure = one.is_number() && !other.is_number();
            if !is_measure && (is_common || is_short(one) || is_short(other)) {
                continue;
            }
            let expansion = in_one(self.index, [one, other].into_iter());
            if expansion.is_empty() || self.options.exact {
                continue;
            }
            let slot = self.plan.terms.len();
            let range = one.range.start..other.range.end;
            self.plan.terms.push(QueryTerm {
                expansion,
                range: range.clone(),
                in_title: false,
                highlight: Highlight::Alone,
                is_common: false,
                is_meant: false,
                goes_on_in_row: false,
                made_of: Some((first..second + 1, GUESSED)),
            });
            self.plan.clauses.push(PlannedClause {
                text: self.text[range].to_owned(),
                occur: Occur::Should,
                node: Node::Term(slot, 1.0),
                words: Vec::new(),
                is_extra: true,
            });
        }
    }

    /// Looks for what the site's owner says that words mean as well.
    fn synonyms(&mut self, clauses: &[Clause]) {
        let typed: Vec<Option<&Word>> = clauses.iter().map(lone_word).collect();
        for &(from, to) in &self.index.rules.synonyms {
            let from: Vec<Vec<char>> = tokens(from)
                .map(|token| fold(&from[token.range], self.normalizer))
                .collect();
            let is_typed = |words: &[Option<&Word>]| {
                words
                    .iter()
                    .zip(&from)
                    .all(|(word, from)| word.is_some_and(|word| word.folded == *from))
            };
            let Some(place) = typed.windows(from.len().max(1)).position(is_typed) else {
                continue;
            };
            let words = &typed[place..place + from.len()];
            let (Some(Some(first)), Some(Some(last))) = (words.first(), words.last()) else {
                continue;
            };
            let range = first.range.start..last.range.end;
            let slot_of = |word: &Word| {
                let is_it = |term: &QueryTerm| term.range == word.range;
                self.plan.terms.iter().position(is_it).unwrap_or(0)
            };
            let typed_slots = slot_of(first)..slot_of(last) + 1;
            let words = tokens(to).map(|token| Word {
                range: range.clone(),
                term: lower(&to[token.range.clone()], self.normalizer),
                folded: fold(&to[token.range], self.normalizer),
                nature: Nature::Word,
            });
            let atom = Atom {
                kind: AtomKind::Phrase,
                words: words.collect(),
                ..Atom::bare()
            };
            if atom.words.is_empty() {
                continue;
            }
            let first = self.plan.terms.len();
            for word in &atom.words {
                let scope = Scope {
                    prefix: false,
                    stems: true,
                };
                self.plan.terms.push(QueryTerm {
                    expansion: expand(self.index, word, scope, &self.options.ranking),
                    range: range.clone(),
                    in_title: false,
                    highlight: if atom.words.len() > 1 {
                        Highlight::InRow
                    } else {
                        Highlight::Alone
                    },
                    is_common: false,
                    is_meant: false,
                    goes_on_in_row: false,
                    made_of: Some((typed_slots.clone(), 1.0 / from.len() as f32)),
                });
            }
            // As many words as were typed, however many stand for them.
            let boost = SYNONYM * from.len() as f32;
            let node = match atom.words.len() {
                1 => Node::Term(first, boost),
                count => Node::Phrase(self.phrase(first..first + count, &atom, false), boost),
            };
            let of_word = self.plan.clauses.iter_mut().find(|clause| {
                from.len() == 1
                    && clause.occur != Occur::MustNot
                    && self.text[range.clone()] == clause.text
            });
            match of_word {
                Some(clause) => {
                    let typed = core::mem::replace(&mut clause.node, Node::Sum(Vec::new()));
                    clause.node = Node::Best(vec![typed, node]);
                }
                None => self.plan.clauses.push(PlannedClause {
                    text: self.text[range].to_owned(),
                    occur: Occur::Should,
                    node,
                    words: Vec::new(),
                    is_extra: false,
                }),
            }
        }
    }
}

/// Whether a part of a longer word says little by itself, as those of `1.2.3` and `R&D` do.
fn is_short(word: &Word) -> bool {
    word.folded.len() < TELLING_PART
}

/// The word of a clause that is nothing else.
fn lone_word(clause: &Clause) -> Option<&Word> {
    match clause.alternatives.as_slice() {
        [
            Atom {
                words,
                kind: AtomKind::Joined,
                in_title: false,
                ..
            },
        ] if words.len() == 1
            && clause.occur == Occur::Should
            && words[0].nature == Nature::Word =>
        {
            Some(&words[0])
        }
        _ => None,
    }
}

/// `text` with other words in the places given, which ascend.
fn replaced(text: &str, replacements: &[(Range<usize>, String)]) -> String {
    let mut out = String::new();
    let mut position = 0;
    for (range, replacement) in replacements {
        if range.start < position {
            continue;
        }
        out.push_str(&text[position..range.start]);
        out.push_str(replacement);
        position = range.end;
    }
    out.push_str(&text[position..]);
    out
}
