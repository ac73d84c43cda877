//! From a query to a plan: every word with its terms, misspellings corrected, common words left out.

use core::ops::Range;

use super::Options;
use super::apart::{apart, in_one};
use super::correction::{self, Corrected};
use super::expansion::{Expansion, Scope, expand};
use super::option::is_option;
use super::plan::{Highlight, Node, Phrase, Plan, PlannedClause, QueryTerm};
use super::searcher::Searcher;
use crate::analysis::Normalizer;
use crate::index::Index;
use crate::list::{Keep, ToList};
use crate::query::{Atom, AtomKind, Clause, Nature, Occur, Query, Signs, Word, ignore};
use crate::text::{concat, until};

/// What words in a row are worth where they were typed as one, in mean worths of a word, beside what each of them is
/// worth by itself; as much again where they are written exactly so.
const JOINED_PHRASE: f32 = 1.0;
/// What an option of one letter is worth at the most, in what the word before it is: it says what that does, and rarity says
/// nothing of it. With all of it, manuals of commands lose .02.
const OPTION: f32 = 0.5;
/// Letters that a part of a longer word has where it says something by itself.
const TELLING_PART: usize = 3;

impl Plan {
    /// Looks up every word of a query, and lists what is not used of it.
    pub(crate) fn of(
        searcher: &Searcher,
        text: &str,
        query: &mut Query,
        options: &Options,
    ) -> Plan {
        let mut planner = Planner {
            searcher,
            index: searcher.index,
            normalizer: searcher.normalizer,
            text,
            options,
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
        plan.corrected = replaced(text, &planner.corrections);
        plan.offered = replaced(text, &planner.offers);
        plan
    }
}

/// Builds a plan.
pub(super) struct Planner<'p> {
    searcher: &'p Searcher<'p>,
    pub index: &'p Index<'p>,
    pub normalizer: &'p dyn Normalizer,
    pub text: &'p str,
    pub options: &'p Options,
    pub plan: Plan,
    corrections: Vec<(Range<usize>, String)>,
    offers: Vec<(Range<usize>, String)>,
}

impl Planner<'_> {
    fn clause(&mut self, clause: &mut Clause) {
        let mut option_of = None;
        for atom in &mut clause.alternatives {
            atom.prefix &= self.options.prefix && !self.options.exact;
            if atom.may_be_option {
                if is_option(self.searcher, self.text, atom) {
                    clause.occur = Occur::Should;
                    if atom.words[0].folded.len() == 1 {
                        option_of = self.plan.terms.len().checked_sub(1);
                    }
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
        for atom in &clause.alternatives {
            let first = self.plan.terms.len();
            let is_first = nodes.is_empty();
            nodes.push(self.atom(atom, occur, as_wholes));
            if is_first {
                words = (first..self.plan.terms.len()).list();
                words.keep(&mut |&slot| !self.plan.terms[slot].is_made);
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
        if let (Some(command), Some(&option)) = (option_of, words.first()) {
            self.plan.terms[option].at_most = Some((command..command + 1, OPTION));
        }
        let node = match nodes.len() {
            1 => nodes.remove(0),
            _ => Node::Best(nodes),
        };
        self.add_clause(clause.typed(), occur, node, words, false);
    }

    /// Adds something to look for that was typed there.
    pub(super) fn add_clause(
        &mut self,
        typed: Range<usize>,
        occur: Occur,
        node: Node,
        words: Vec<usize>,
        is_extra: bool,
    ) {
        self.plan.clauses.push(PlannedClause {
            typed,
            occur,
            node,
            words,
            is_extra,
        });
    }

    /// Looks up the words of an atom.
    fn atom(&mut self, atom: &Atom, occur: Occur, as_whole: bool) -> Node {
        let first = self.plan.terms.len();
        let mut words: Vec<Word> = Vec::new();
        let is_loose = atom.kind != AtomKind::Phrase && occur != Occur::MustNot;
        for (place, word) in atom.words.iter().enumerate() {
            let scope = Scope {
                prefix: atom.prefix && place + 1 == atom.words.len(),
                stems: is_loose && !self.options.exact,
            };
            self.word(word, scope, occur, first, &mut words);
        }
        let count = words.len();
        let slots = first..first + count;
        let highlight = match occur {
            Occur::MustNot => Highlight::Never,
            _ => Highlight::Alone,
        };
        for (slot, word) in slots.clone().zip(&words) {
            let is_part = word.is_single() || is_short(word) || atom.kind == AtomKind::Phrase;
            let term = &mut self.plan.terms[slot];
            term.in_title = atom.in_title;
            term.highlight = match highlight {
                Highlight::Alone if count > 1 && is_part => Highlight::InRow,
                _ => highlight,
            };
        }
        if count == 1 && atom.signs == Signs::default() {
            return Node::Term(first, 1.0);
        }
        let all_together = if as_whole { 1.0 } else { count as f32 };
        let phrase = self.phrase(slots.clone(), atom, count == 1);
        if atom.kind == AtomKind::Phrase {
            return Node::Phrase(phrase, all_together);
        }
        let mut nodes = Vec::new();
        if count > 1 && !atom.in_title {
            let all: Vec<&Word> = words.iter().list();
            let expansion = in_one(self.index, &all);
            if !expansion.is_empty() {
                // A number is all of its parts.
                let is_number = words.iter().all(Word::is_number);
                let worth = if is_number { all_together } else { 1.0 };
                nodes.push(Node::Term(self.plan.terms.len(), worth));
                self.plan.terms.push(QueryTerm {
                    expansion,
                    range: words[0].range.start..words[count - 1].range.end,
                    highlight,
                    is_made: true,
                    at_most: Some((slots.clone(), worth / count as f32)),
                    ..QueryTerm::default()
                });
            }
        }
        if occur != Occur::Should || as_whole && count > 1 {
            nodes.push(Node::Phrase(phrase, all_together));
            return Node::Best(nodes);
        }
        let all_common = slots.clone().all(|slot| self.plan.terms[slot].is_common);
        for (place, word) in words.iter().enumerate() {
            let slot = first + place;
            let term = &mut self.plan.terms[slot];
            let is_left_out = term.is_common && !all_common;
            if is_left_out && count > 1 {
                term.highlight = Highlight::InRow;
            }
            if !(word.is_single() && count > 1 || is_left_out) {
                // What begins with a letter or two is too much.
                term.goes_on_in_row = count > 1 && is_short(word);
                nodes.push(Node::Term(slot, 1.0));
            }
            if place + 1 < count && count > 2 {
                // Words that say something by themselves are marked beside one another, and not scored.
                let pair = self.phrase(slot..slot + 2, &Atom::bare(), false);
                if word.is_single() || words[place + 1].is_single() {
                    nodes.push(Node::Phrase(pair, 1.0));
                }
            }
        }
        nodes.push(Node::Phrase(phrase, JOINED_PHRASE));
        Node::Sum(nodes)
    }

    /// Looks up a word; where it was written in one and the corpus has it apart, there are several. Those from `first` on
    /// belong to the same atom.
    fn word(
        &mut self,
        word: &Word,
        scope: Scope,
        occur: Occur,
        first: usize,
        words: &mut Vec<Word>,
    ) {
        let mut expansion = expand(self.index, word, scope, &self.options.ranking);
        let may_correct = self.options.correct && !self.options.exact && occur != Occur::MustNot;
        if word.nature != Nature::Word {
        } else if expansion.is_empty() {
            let language = self.language(first);
            match correction::correct(self.searcher, word, scope, may_correct, language) {
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
                        self.add_word(expansion, part, words);
                    }
                    self.corrections.push((word.range.clone(), text));
                    return;
                }
                Corrected::Nothing => {}
            }
        } else if may_correct
            && scope.stems
            && let Some((term, text)) = correction::likelier(self.index, word, &expansion)
        {
            expansion.add_group(self.index, term, correction::LIKELIER);
            self.offers.push((word.range.clone(), text));
        }
        self.add_word(expansion, word.clone(), words);
    }

    fn add_word(&mut self, expansion: Expansion, word: Word, words: &mut Vec<Word>) {
        let is_common = expansion
            .spelt
            .is_some_and(|term| self.index.is_stop_word(term));
        let is_meant = is_common && self.is_meant(&word);
        self.plan.terms.push(QueryTerm {
            is_common: is_common && !is_meant,
            is_meant,
            expansion,
            range: word.range.clone(),
            ..QueryTerm::default()
        });
        words.push(word);
    }

    /// The language of the words before this one; none where they say nothing of it.
    fn language(&self, before: usize) -> Option<u8> {
        let known = self.plan.terms[..before].iter().rev();
        let mut known = known.filter(|term| !term.is_common);
        let spelt = known.find_map(|term| term.expansion.spelt);
        spelt.map(|term| self.index.language_of(term))
    }

    /// Whether a word that is common in a language is meant all the same: capitals beside small letters (`IT department`),
    /// a letter that stands last or is no article (`vitamin a`).
    fn is_meant(&self, word: &Word) -> bool {
        let written = &self.text[word.range.clone()];
        let is_capital = written.bytes().all(|byte| byte.is_ascii_uppercase());
        let has_small = self.text.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_text = |letter: char| !letter.is_whitespace();
        match written.len() {
            1 => {
                let is_first = word.range.start == until(self.text, &is_text);
                let rest = &self.text[word.range.end..];
                let is_last = until(rest, &is_text) == rest.len();
                !is_first && (is_last || is_capital && has_small)
            }
            _ => is_capital && has_small,
        }
    }

    pub(super) fn phrase(&mut self, slots: Range<usize>, atom: &Atom, exact_only: bool) -> usize {
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
        let mut has_telling = false;
        let mut reasons = Vec::new();
        for (planned, clause) in self.plan.clauses.iter().zip(&query.clauses) {
            let (mut finds, mut is_common) = (false, true);
            for &slot in &planned.words {
                let term = &self.plan.terms[slot];
                finds |= !term.expansion.is_empty();
                is_common &= term.is_common;
            }
            is_common &= planned.occur == Occur::Should
                && clause.alternatives.len() == 1
                && clause.alternatives[0].kind == AtomKind::Joined;
            // Beside a word that finds nothing, common words are all there is.
            has_telling |= planned.occur != Occur::MustNot && !is_common && finds;
            let is_sign = |word: &Word| word.nature == Nature::Operator;
            let mut atoms = clause.alternatives.iter();
            let are_signs = atoms.all(|atom| atom.words.iter().all(is_sign));
            reasons.push(match (are_signs && !finds, is_common) {
                (true, _) => "symbols",
                (_, true) => "common",
                _ => "",
            });
        }
        let mut reasons = reasons.into_iter();
        let mut clauses = query.clauses.iter();
        let (text, ignored) = (self.text, &mut query.ignored);
        self.plan.clauses.keep(&mut |_| {
            let (Some(reason), Some(clause)) = (reasons.next(), clauses.next()) else {
                return true;
            };
            if reason.is_empty() || reason == "common" && !has_telling {
                return true;
            }
            for atom in &clause.alternatives {
                for word in &atom.words {
                    ignore(ignored, &text[word.range.clone()], reason);
                }
            }
            false
        });
    }

    /// The number of a word that was typed.
    pub(super) fn slot_of(&self, word: &Word) -> Option<usize> {
        let is_it = |term: &QueryTerm| term.range == word.range && !term.is_made;
        self.plan.terms.iter().position(is_it)
    }
}

/// Whether a part of a longer word says little by itself, as those of `1.2.3` and `R&D` do.
fn is_short(word: &Word) -> bool {
    word.folded.len() < TELLING_PART
}

/// `text` with other words in the places given, which ascend; none without any.
fn replaced(text: &str, replacements: &[(Range<usize>, String)]) -> Option<String> {
    let mut out = String::new();
    let mut position = 0;
    for (range, replacement) in replacements {
        if range.start >= position {
            out = concat(&[&out, &text[position..range.start], replacement]);
            position = range.end;
        }
    }
    out.push_str(&text[position..]);
    (!replacements.is_empty()).then_some(out)
}
