//! How an index is cut: which terms and documents lie in one block, and what a block holds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use compact_str::CompactString;

use super::cores::on_all_cores;
use super::sizes::Sizes;
use super::slips::Slips;
use super::sorted::{prefix, sorted};
use super::uncut::Uncut;
use crate::Error;
use crate::index::{Index, MANY, Merged};
use crate::query::{Nature, Word};
use crate::search::{Ranking, Scope, expand, likelier};
use crate::segment::blocks::encode::{self, RootParts, TermEntry};
use crate::segment::blocks::{Card, Completion, Relative, key, seal};
use crate::segment::{BlockKind, DocId, Posting, Section, TermOrdinal, encode as sections};

/// Terms that a beginning of many suggests.
const COMPLETIONS: usize = 24;

/// How an index is cut.
pub(super) struct Cut<'s> {
    pub uncut: Uncut<'s>,
    /// Whether what is known of the documents stands beside their postings.
    pub has_facts: bool,
    pub sizes: Sizes,
}

/// A term with what decides about its place.
pub(super) struct Placed {
    pub ordinal: TermOrdinal,
    pub text: CompactString,
    pub folded: CompactString,
}

/// Where an index was cut.
pub(super) struct Boundaries {
    /// The first folded term of each block of terms, and at which numbers its terms begin.
    pub starts: Vec<String>,
    pub bases: Vec<Vec<u32>>,
    /// Beginnings that have a block.
    pub beginnings: Vec<String>,
    /// How many documents each block of texts holds.
    pub text_counts: Vec<u32>,
    pub hashes: [Vec<u32>; BlockKind::ALL.len()],
}

impl<'s> Cut<'s> {
    pub fn index(&self) -> &Index<'s> {
        &self.uncut.index
    }

    /// All terms, in the order of what they are folded to.
    pub fn placed(&self) -> Vec<Placed> {
        let (terms, letters) = (&self.index().segment.terms, &self.index().letters);
        let ordinals: Vec<u32> = (0..self.index().statistics().terms).collect();
        let placed = on_all_cores(&ordinals, |&ordinal| {
            let ordinal = TermOrdinal(ordinal);
            let mut text = String::new();
            terms.push_term(ordinal, &mut text);
            let mut folded = Vec::new();
            text.chars()
                .for_each(|letter| letters.fold(letter, &mut folded));
            Placed {
                ordinal,
                text: text.into(),
                folded: folded.into_iter().collect(),
            }
        });
        let begins = placed.into_iter().map(|term| (prefix(&term.folded), term));
        let terms = sorted(begins.collect(), |(begins, one), (other_begins, other)| {
            let order = begins.cmp(other_begins);
            order.then_with(|| (&one.folded, &one.text).cmp(&(&other.folded, &other.text)))
        });
        terms.into_iter().map(|(_, term)| term).collect()
    }

    /// The block of the words that corrections may lead to.
    pub fn spelling(&self, terms: &[Placed]) -> Result<Vec<u8>, Error> {
        let index = self.index();
        let mut frequent: Vec<(String, u32, u32, u8)> = terms
            .iter()
            .filter_map(|term| {
                let documents = index.document_frequency(term.ordinal);
                let language = index.language_of(term.ordinal);
                let entry = (term.text.to_string(), term.ordinal.0, documents, language);
                (documents >= index.least).then_some(entry)
            })
            .collect();
        frequent.sort_unstable_by_key(|(_, ordinal, ..)| *ordinal);
        encode::spelling(&frequent)
    }

    /// How many blocks there will be, so many of terms and of beginnings among them.
    pub fn count(&self, of_terms: usize, beginnings: usize) -> usize {
        let index = self.index();
        let columns = (0..index.fields().len()).filter(|&number| index.column(number).is_some());
        let cards = (index.len() as u32).div_ceil(self.sizes.cards.max(1));
        of_terms
            + beginnings
            + 1
            + cards as usize
            + 1
            + self.text_blocks().len()
            + columns.count()
            + 1
            + self.id_blocks() as usize
    }

    /// Which runs of terms each block holds: as many as fit, and of the places at which the last ones may end the block, the one
    /// whose letters say so. So a block begins where it began, whatever became of the terms of others.
    pub fn term_blocks(&self, runs: &[&[Placed]]) -> Vec<Range<usize>> {
        let (least, most) = (
            self.sizes.terms - self.sizes.terms / 4,
            self.sizes.terms + self.sizes.terms / 4,
        );
        let long_list = self.sizes.terms / 2;
        let mut blocks: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        while start < runs.len() {
            // Behind a long list a new block begins.
            let mut end = start + 1;
            let mut size = self.bytes_of(runs[start]);
            if size <= long_list {
                // The best place until now.
                let mut cut = (0, start + 1);
                while let Some(run) = runs.get(end) {
                    let own = self.bytes_of(run);
                    if own > long_list {
                        break;
                    }
                    if size >= least {
                        cut = cut.max((key(&run[0].folded).wrapping_mul(0x9e37_79b9), end));
                    }
                    size += own;
                    if size > most {
                        end = cut.1;
                        break;
                    }
                    end += 1;
                }
            }
            blocks.push(start..end);
            start = end;
        }
        blocks
    }

    /// About how many bytes of a block these terms take.
    fn bytes_of(&self, run: &[Placed]) -> usize {
        let own = run.iter().map(|term| {
            let documents = self.index().document_frequency(term.ordinal);
            8 + term.text.len() + 3 * documents as usize
        });
        own.sum()
    }

    /// What a block says of the terms of these runs, without their posting lists. `by_ordinal` has all terms.
    pub fn term_entries<'t>(
        &self,
        runs: &[&'t [Placed]],
        by_ordinal: &[&'t Placed],
        slips: &Slips,
    ) -> Vec<TermEntry<'t>> {
        let mut placed: Vec<&Placed> = runs.iter().copied().flatten().collect();
        placed.sort_by_key(|term| term.ordinal);
        let relatives = |of: Vec<TermOrdinal>| -> Vec<Relative<'t>> {
            let of = of.into_iter();
            of.map(
                |term| match placed.binary_search_by_key(&term, |placed| placed.ordinal) {
                    Ok(place) => Relative::Here(place as u32),
                    Err(_) => Relative::Elsewhere(&by_ordinal[term.0 as usize].text),
                },
            )
            .collect()
        };
        let index = self.index();
        let entries = placed.iter().map(|term| TermEntry {
            text: &term.text,
            ordinal: term.ordinal.0,
            bucket: index.bucket(term.ordinal),
            language: index.language_of(term.ordinal),
            others: relatives(index.others(term.ordinal)),
            compounds: relatives(index.compounds(term.ordinal)),
            likelier: self.likelier(term, slips),
            postings: Vec::new(),
        });
        entries.collect()
    }

    /// A block of these terms, with their posting lists.
    pub fn term_block(&self, mut entries: Vec<TermEntry>) -> Result<Vec<u8>, Error> {
        let of = entries.iter().map(|entry| TermOrdinal(entry.ordinal));
        let (ordinals, mut rest): (Vec<_>, _) = (of.collect(), entries.iter_mut());
        self.uncut.postings(&ordinals, &mut |_, postings| {
            let postings = postings.map(|posting| self.index().with_facts(posting));
            if let Some(entry) = rest.next() {
                entry.postings = postings.collect();
            }
        })?;
        encode::terms(&entries, self.has_facts)
    }

    /// What rare terms may have been meant to be.
    pub fn slips(&self, terms: &[Placed]) -> Slips {
        /// Terms in fewer documents are not much more frequent than a rare one.
        const FREQUENT: u32 = 20;
        let frequent = terms.iter().filter(|term| {
            let documents = self.index().document_frequency(term.ordinal);
            documents >= FREQUENT.max(self.index().least)
        });
        Slips::of(frequent.map(|term| term.folded.chars().collect::<Vec<char>>()))
    }

    /// What a rare term was probably meant to be.
    fn likelier(&self, term: &Placed, slips: &Slips) -> Option<String> {
        /// Terms in more documents are meant.
        const RARE: u32 = 2;
        if self.index().document_frequency(term.ordinal) > RARE {
            return None;
        }
        let folded: Vec<char> = term.folded.chars().collect();
        if !slips.may_lead_to(&folded) {
            return None;
        }
        let word = Word {
            range: 0..0,
            term: term.text.to_string(),
            folded,
            nature: Nature::Word,
        };
        let scope = Scope {
            prefix: false,
            stems: true,
        };
        let expansion = expand(self.index(), &word, scope, &Ranking::default());
        likelier(self.index(), &word, &expansion).map(|(_, text)| text)
    }

    /// The terms that begin so.
    pub fn beginning_with(&self, beginning: &str) -> Vec<TermOrdinal> {
        let letters: Vec<char> = beginning.chars().collect();
        self.index().beginning_with(&letters)
    }

    /// What goes on with a beginning, of these terms, which ascend.
    pub fn completions<'t>(&self, beginning: &str, terms: &'t [Placed]) -> Vec<Completion<'t>> {
        let from = terms.partition_point(|term| &*term.folded < beginning);
        let of = terms[from..].iter();
        let of = of.take_while(|term| term.folded.starts_with(beginning));
        let telling = of.filter(|term| self.index().is_telling(term.ordinal));
        let frequent = telling.map(|term| {
            let documents = self.index().document_frequency(term.ordinal);
            (documents, Reverse(term.ordinal), &term.text)
        });
        // Few are asked for, so most need no place.
        let mut frequent: BinaryHeap<(u32, Reverse<TermOrdinal>, &CompactString)> =
            frequent.collect();
        let mut chosen: Vec<TermOrdinal> = Vec::new();
        let mut completions = Vec::new();
        while let Some((documents, Reverse(ordinal), text)) = frequent.pop() {
            // What differs by an ending alone is no other thing.
            let others = self.index().others(ordinal);
            if others.iter().any(|other| chosen.contains(other)) {
                continue;
            }
            chosen.push(ordinal);
            completions.push(Completion { documents, text });
            if completions.len() == COMPLETIONS {
                break;
            }
        }
        completions
    }

    /// The block of a beginning that these terms have, and of what goes on with it.
    pub fn beginning(
        &self,
        terms: &[TermOrdinal],
        completions: &[Completion],
    ) -> Result<Vec<u8>, Error> {
        let index = self.index();
        let mut merged = Merged::of(index.len());
        self.uncut.postings(terms, &mut |_, postings| {
            postings.for_each(|posting| merged.add(posting));
        })?;
        let postings: Vec<Posting> = merged
            .postings()
            .map(|posting| index.with_facts(posting))
            .collect();
        Ok(encode::beginning(&postings, completions, self.has_facts))
    }

    /// What a list shows of a document.
    pub fn card(&self, document: DocId) -> Card {
        let index = self.index();
        let (id, url) = (index.id(document), index.url(document));
        let mut metadata = Vec::new();
        for (field, _) in index.fields().iter().enumerate() {
            let values = index.column(field).into_iter();
            let values = values.flat_map(|column| column.of(document));
            metadata.extend(values.map(|value| (field as u32, value.to_owned())));
        }
        Card {
            url: url.to_owned(),
            id: if id == url {
                String::new()
            } else {
                id.to_owned()
            },
            title: index.title(document),
            metadata,
        }
    }

    /// Which documents each block of texts holds. Blocks begin anew after some documents, so that a document that became longer
    /// moves few of them.
    pub fn text_blocks(&self) -> Vec<Range<u32>> {
        /// Documents of which no block is moved by others.
        const APART: u32 = 64;
        let all = self.index().len() as u32;
        let least = all.div_ceil(self.sizes.most_texts);
        let apart = APART.max(16 * least);
        let mut blocks = Vec::new();
        let mut start = 0;
        while start < all {
            let documents = (start - start % apart).saturating_add(apart).min(all);
            let (mut end, mut size) = (start, 0);
            while end < documents && (end - start < least || size < self.sizes.texts) {
                let length = self.uncut.lengths[end as usize];
                if end > start && end - start >= least && size + length > self.sizes.texts {
                    break;
                }
                size += length;
                end += 1;
            }
            blocks.push(start..end);
            start = end;
        }
        blocks
    }

    /// How many blocks of identifiers there are.
    pub fn id_blocks(&self) -> u32 {
        (self.index().len() as u32).div_ceil(self.sizes.ids).max(1)
    }

    /// The root of what was cut here.
    pub fn root(&self, cuts: Boundaries) -> Vec<u8> {
        let index = self.index();
        let section = |section: Section| self.uncut.sections[section as usize];
        let stop_words: Vec<TermOrdinal> = index
            .stop_words()
            .iter()
            .map(|&ordinal| TermOrdinal(ordinal))
            .collect();
        let pairs: Vec<(String, String)> = index
            .suffix_pairs()
            .iter()
            .map(|(one, other)| ((*one).to_owned(), (*other).to_owned()))
            .collect();
        let groups = (0..index.len() as u32).filter_map(|document| {
            let group = index.group(DocId(document))?;
            Some((document, group + 1))
        });
        let statistics = index.statistics();
        let mut facts: [Vec<u8>; 2] = Default::default();
        if !self.has_facts {
            for document in (0..index.len() as u32).map(DocId) {
                let (norm, title) = index.facts(document);
                facts[0].push(norm.0);
                facts[1].push(title.0);
            }
        }
        let root = encode::root(&RootParts {
            counts: [statistics.documents, statistics.words, statistics.terms],
            average_length: index.average_length,
            letters: section(Section::Letters),
            language: sections::language(&stop_words, &pairs, &[]),
            rules: section(Section::Rules),
            fields: index
                .fields()
                .iter()
                .map(|field| (field.name, field.is_shared))
                .collect(),
            facts,
            groups: groups.collect(),
            starts: cuts.starts,
            beginnings: cuts.beginnings,
            cards: self.sizes.cards,
            text_counts: cuts.text_counts,
            hashes: cuts.hashes,
            bases: cuts.bases,
        });
        seal(&root)
    }
}

/// Terms that are equal when folded, which lie in one block.
pub(super) fn runs(terms: &[Placed]) -> Vec<&[Placed]> {
    let runs = terms.chunk_by(|one, other| one.folded == other.folded);
    runs.collect()
}

/// The beginnings of more than [`MANY`] of the terms, which ascend, in ascending order.
pub(super) fn beginnings(terms: &[Placed]) -> Vec<String> {
    let mut beginnings = Vec::new();
    many(terms, 0, &mut beginnings);
    beginnings.sort();
    beginnings
}

/// The beginnings of more than [`MANY`] of the terms, which ascend and share so many letters.
fn many(terms: &[Placed], shared: usize, beginnings: &mut Vec<String>) {
    let letter = |term: &Placed| term.folded.chars().nth(shared);
    for alike in terms.chunk_by(|one, other| letter(one) == letter(other)) {
        if alike.len() > MANY && letter(&alike[0]).is_some() {
            beginnings.push(alike[0].folded.chars().take(shared + 1).collect());
            many(alike, shared + 1, beginnings);
        }
    }
}
