//! An index cut into blocks.

use std::ops::Range;

use super::cores::on_all_cores;
use super::dictionary::{MOST_OF_ONE, dictionary, samples};
use super::sizes::Sizes;
use super::slips::Slips;
use crate::Error;
use crate::analysis::{Unicode, fold};
use crate::index::{Index, MANY};
use crate::query::{Nature, Word};
use crate::search::{Ranking, Scope, expand, likelier, rarity, telling_words};
use crate::segment::blocks::encode::{self, RootParts, TermEntry, TextsWriter};
use crate::segment::blocks::{
    Card, Completion, Relative, file_name, hash, id_hash, key, seal, unseal,
};
use crate::segment::{BlockKind, DocId, Posting, Section, TermOrdinal, encode as sections, unpack};

/// Terms that a beginning of many suggests.
const COMPLETIONS: usize = 24;

/// Blocks of texts that are made at once.
const AT_ONCE: usize = 64;

/// An index in blocks: the files of a bundle.
pub struct Blocks {
    /// The root, which names the others.
    pub root: Vec<u8>,
    /// The other files, by their names.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Cuts an index into blocks, of which a search needs few. Linear in the index, but for the corrections of rare words.
///
/// # Errors
/// Those of [`Index::open`].
pub fn split(bytes: &[u8]) -> Result<Blocks, Error> {
    split_into(bytes, Sizes::default())
}

/// The same into blocks of other sizes.
///
/// # Errors
/// Those of [`Index::open`].
pub fn split_into(bytes: &[u8], sizes: Sizes) -> Result<Blocks, Error> {
    let mut files = Vec::new();
    let take = &mut |name, block| files.push((name, block));
    let index = Index::open(bytes)?;
    let root = split_to(bytes, index, sizes, None, None, &mut |_| None, take)?;
    Ok(Blocks { root, files })
}

/// The same of an index in one piece that was opened from these bytes. Hands out each block with its name as soon as there is
/// one, so that few are there at once, and returns the root. Before any is made, `resize` is told how many they will be, and may
/// ask for other sizes, until it asks for none. `dictionary` is the block of what the texts were compressed with before; where
/// there is none, or a damaged one, it is made of them. `engine` is the second half of the engine's module, which becomes a block
/// as it is. Without one, [`Searcher::new`](crate::Searcher::new) has all of the engine, and a host whose engine comes in halves has
/// no second one.
///
/// # Errors
/// The bytes are no index.
pub fn split_to(
    bytes: &[u8],
    mut index: Index<'_>,
    sizes: Sizes,
    dictionary: Option<&[u8]>,
    engine: Option<&[u8]>,
    resize: &mut dyn FnMut(usize) -> Option<Sizes>,
    take: &mut dyn FnMut(String, Vec<u8>),
) -> Result<Vec<u8>, Error> {
    index.segment.write_out(&index.letters);
    let mut splitter = Splitter {
        index: &index,
        sections: &unpack(bytes)?,
        take,
        dictionary,
        engine,
        hashes: Default::default(),
        has_facts: index.len() > sizes.few,
        sizes,
    };
    let mut terms = splitter.placed();
    let frequent = splitter.spelling(&terms)?;
    terms.sort_by(|one, other| (&one.folded, &one.text).cmp(&(&other.folded, &other.text)));
    while let Some(sizes) = resize(splitter.count(&terms)) {
        splitter.sizes = sizes;
    }
    splitter.split(&terms, &frequent)
}

struct Splitter<'s> {
    index: &'s Index<'s>,
    sections: &'s [&'s [u8]; Section::ALL.len()],
    take: &'s mut dyn FnMut(String, Vec<u8>),
    dictionary: Option<&'s [u8]>,
    engine: Option<&'s [u8]>,
    /// Of the blocks of each kind that were handed out.
    hashes: [Vec<u32>; BlockKind::ALL.len()],
    /// Whether what is known of the documents stands beside their postings.
    has_facts: bool,
    sizes: Sizes,
}

/// A term with what decides about its place.
struct Placed {
    ordinal: TermOrdinal,
    text: String,
    folded: String,
}

impl Splitter<'_> {
    /// How many blocks there will be of these terms, which ascend.
    fn count(&self, terms: &[Placed]) -> usize {
        let index = self.index;
        let mut beginnings = Vec::new();
        many(terms, 0, &mut beginnings);
        let columns = (0..index.fields().len()).filter(|&number| index.column(number).is_some());
        let cards = (index.len() as u32).div_ceil(self.sizes.cards.max(1));
        self.term_blocks(&runs(terms)).len()
            + beginnings.len()
            + 1
            + cards as usize
            + 1
            + self.text_blocks().len()
            + columns.count()
            + 1
            + usize::from(self.engine.is_some())
            + self.id_blocks() as usize
    }

    fn split(mut self, terms: &[Placed], frequent: &[u8]) -> Result<Vec<u8>, Error> {
        let (starts, bases) = self.terms(terms)?;
        let beginnings = self.beginnings(terms);
        self.put(BlockKind::Spelling, 0, frequent);
        self.cards();
        let text_counts = self.texts()?;
        self.columns()?;
        self.ids();
        if let Some(engine) = self.engine {
            self.put(BlockKind::Engine, 0, engine);
        }

        let index = self.index;
        let section = |section: Section| self.sections[section as usize];
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
            starts,
            beginnings,
            cards: self.sizes.cards,
            text_counts,
            hashes: self.hashes,
            bases,
        });
        Ok(seal(&root))
    }

    fn put(&mut self, kind: BlockKind, key: u32, body: &[u8]) {
        let sealed = seal(body);
        let hash = hash(&sealed);
        self.hashes[kind as usize].push(hash);
        (self.take)(file_name(kind, key, hash), sealed);
    }

    /// All terms.
    fn placed(&self) -> Vec<Placed> {
        let mut terms = Vec::new();
        for ordinal in (0..self.index.statistics().terms).map(TermOrdinal) {
            let mut text = String::new();
            self.index.push_term(ordinal, &mut text);
            let mut folded = Vec::new();
            text.chars()
                .for_each(|letter| self.index.letters.fold(letter, &mut folded));
            terms.push(Placed {
                ordinal,
                text,
                folded: folded.into_iter().collect(),
            });
        }
        terms
    }

    fn spelling(&self, terms: &[Placed]) -> Result<Vec<u8>, Error> {
        let index = self.index;
        let frequent: Vec<(String, u32, u32, u8)> = terms
            .iter()
            .filter_map(|term| {
                let documents = index.document_frequency(term.ordinal);
                let language = index.language_of(term.ordinal);
                let entry = (term.text.clone(), term.ordinal.0, documents, language);
                (documents >= index.least).then_some(entry)
            })
            .collect();
        encode::spelling(&frequent)
    }

    /// The posting list of a term, with what is known of the documents.
    fn postings(&self, term: TermOrdinal) -> Vec<Posting> {
        let postings = self.index.postings(term);
        postings
            .map(|posting| self.index.with_facts(posting))
            .collect()
    }

    /// Which runs of terms each block holds: as many as fit, and of the places at which the last ones may end the block, the one
    /// whose letters say so. So a block begins where it began, whatever became of the terms of others.
    fn term_blocks(&self, runs: &[&[Placed]]) -> Vec<Range<usize>> {
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
            let documents = self.index.document_frequency(term.ordinal);
            8 + term.text.len() + 3 * documents as usize
        });
        own.sum()
    }

    /// Puts the terms into blocks; the first folded term of each, and at which numbers its terms begin.
    fn terms(&mut self, terms: &[Placed]) -> Result<(Vec<String>, Vec<Vec<u32>>), Error> {
        let runs = runs(terms);
        let ranges = self.term_blocks(&runs);
        let slips = self.slips(terms);
        let mut by_ordinal: Vec<&Placed> = terms.iter().collect();
        by_ordinal.sort_by_key(|term| term.ordinal);
        let (mut firsts, mut bases) = (Vec::new(), Vec::new());
        for range in ranges {
            let first = &runs[range.start][0].folded;
            let mut placed: Vec<&Placed> = runs[range].iter().copied().flatten().collect();
            placed.sort_by_key(|term| term.ordinal);
            let relatives = |of: Vec<TermOrdinal>| -> Vec<Relative> {
                let of = of.into_iter();
                of.map(
                    |term| match placed.binary_search_by_key(&term, |placed| placed.ordinal) {
                        Ok(place) => Relative::Here(place as u32),
                        Err(_) => Relative::Elsewhere(&by_ordinal[term.0 as usize].text),
                    },
                )
                .collect()
            };
            let entries: Vec<TermEntry> = placed
                .iter()
                .map(|term| TermEntry {
                    text: &term.text,
                    ordinal: term.ordinal.0,
                    bucket: self.index.bucket(term.ordinal),
                    language: self.index.language_of(term.ordinal),
                    others: relatives(self.index.others(term.ordinal)),
                    compounds: relatives(self.index.compounds(term.ordinal)),
                    likelier: self.likelier(term, &slips),
                    postings: self.postings(term.ordinal),
                })
                .collect();
            let body = encode::terms(&entries, self.has_facts)?;
            bases.push(encode::bases(&entries));
            firsts.push(first.clone());
            self.put(BlockKind::Terms, key(first), &body);
        }
        Ok((firsts, bases))
    }

    /// What rare terms may have been meant to be.
    fn slips(&self, terms: &[Placed]) -> Slips {
        /// Terms in fewer documents are not much more frequent than a rare one.
        const FREQUENT: u32 = 20;
        let mut slips = Slips::default();
        for term in terms {
            if self.index.document_frequency(term.ordinal) >= FREQUENT.max(self.index.least) {
                slips.add(&term.folded.chars().collect::<Vec<_>>());
            }
        }
        slips
    }

    /// What a rare term was probably meant to be.
    fn likelier(&self, term: &Placed, slips: &Slips) -> Option<String> {
        /// Terms in more documents are meant.
        const RARE: u32 = 2;
        if self.index.document_frequency(term.ordinal) > RARE {
            return None;
        }
        let word = Word {
            range: 0..0,
            term: term.text.clone(),
            folded: fold(&term.text, &Unicode),
            nature: Nature::Word,
        };
        if !slips.may_lead_to(&word.folded) {
            return None;
        }
        let scope = Scope {
            prefix: false,
            stems: true,
        };
        let expansion = expand(self.index, &word, scope, &Ranking::default());
        likelier(self.index, &word, &expansion).map(|(_, text)| text)
    }

    /// Puts the lists of beginnings of many terms into blocks of their own; the beginnings.
    fn beginnings(&mut self, terms: &[Placed]) -> Vec<String> {
        let mut beginnings = Vec::new();
        many(terms, 0, &mut beginnings);
        beginnings.sort();
        for beginning in &beginnings {
            let letters: Vec<char> = beginning.chars().collect();
            let postings: Vec<Posting> = self
                .index
                .merged(&letters)
                .into_iter()
                .map(|posting| self.index.with_facts(posting))
                .collect();
            let from = terms.partition_point(|term| term.folded < *beginning);
            let of = terms[from..].iter();
            let of = of.take_while(|term| term.folded.starts_with(beginning.as_str()));
            let mut frequent: Vec<(u32, &Placed)> = of
                .filter(|term| self.index.is_telling(term.ordinal))
                .map(|term| (self.index.document_frequency(term.ordinal), term))
                .collect();
            frequent.sort_by_key(|(documents, term)| (u32::MAX - documents, term.ordinal));
            let mut chosen: Vec<TermOrdinal> = Vec::new();
            let mut completions = Vec::new();
            for (documents, term) in frequent {
                // What differs by an ending alone is no other thing.
                let others = self.index.others(term.ordinal);
                if others.iter().any(|other| chosen.contains(other)) {
                    continue;
                }
                chosen.push(term.ordinal);
                completions.push(Completion {
                    documents,
                    text: &term.text,
                });
                if completions.len() == COMPLETIONS {
                    break;
                }
            }
            let body = encode::beginning(&postings, &completions, self.has_facts);
            self.put(BlockKind::Beginning, key(beginning), &body);
        }
        beginnings
    }

    fn cards(&mut self) {
        let documents = self.index.len() as u32;
        let starts = (0..documents).step_by(self.sizes.cards.max(1) as usize);
        for (number, start) in starts.enumerate() {
            let end = start.saturating_add(self.sizes.cards).min(documents);
            let cards: Vec<Card> = (start..end).map(|of| self.card(DocId(of))).collect();
            self.put(BlockKind::Cards, number as u32, &encode::cards(&cards));
        }
    }

    fn card(&self, document: DocId) -> Card {
        let index = self.index;
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
    fn text_blocks(&self) -> Vec<Range<u32>> {
        /// Documents of which no block is moved by others.
        const APART: u32 = 64;
        let all = self.index.len() as u32;
        let least = all.div_ceil(self.sizes.most_texts);
        let apart = APART.max(16 * least);
        let mut blocks = Vec::new();
        let mut start = 0;
        while start < all {
            let documents = (start - start % apart).saturating_add(apart).min(all);
            let (mut end, mut size) = (start, 0);
            while end < documents && (end - start < least || size < self.sizes.texts) {
                let length = self.index.stream_length(DocId(end));
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

    /// Puts the documents into blocks; how many each holds.
    fn texts(&mut self) -> Result<Vec<u32>, Error> {
        let index = self.index;
        let rarities: Vec<Option<f32>> = (0..index.statistics().terms)
            .map(|term| rarity(index, TermOrdinal(term)))
            .collect();
        let (segment, catalog) = (&index.segment, &index.catalog);
        let writer = TextsWriter::new(segment, &index.letters);
        let body = |documents: Range<u32>, dictionary| {
            let of = || documents.clone().map(DocId);
            let anchors: Vec<Vec<&str>> = of().map(|of| catalog.anchors(of)).collect();
            let rarity = |term: TermOrdinal| Some((rarities[term.0 as usize]?, term));
            let telling: Vec<Vec<TermOrdinal>> = of()
                .map(|of| {
                    let words = telling_words(segment, of, &rarity);
                    words.into_iter().map(|(_, term)| term).collect()
                })
                .collect();
            writer.block(documents, dictionary, &anchors, &telling)
        };
        let before = self
            .dictionary
            .and_then(|block| unseal(block, "dictionary").ok());
        let dictionary = before.map_or_else(
            || {
                let samples = samples(index).into_iter();
                let samples = samples.map(|of| {
                    let mut text = body(of..of + 1, 0);
                    text.truncate(MOST_OF_ONE as usize);
                    text
                });
                dictionary(&samples.collect::<Vec<_>>())
            },
            <[u8]>::to_vec,
        );
        if !dictionary.is_empty() {
            self.put(BlockKind::Dictionary, 0, &dictionary);
        }
        let dictionary = self.hashes[BlockKind::Dictionary as usize].first();
        let dictionary = dictionary.copied().unwrap_or(0);
        let mut counts = Vec::new();
        for blocks in self.text_blocks().chunks(AT_ONCE) {
            let bodies = on_all_cores(blocks, |documents| body(documents.clone(), dictionary));
            for (documents, body) in blocks.iter().zip(bodies) {
                counts.push(documents.end - documents.start);
                self.put(BlockKind::Texts, documents.end, &body);
            }
        }
        Ok(counts)
    }

    fn id_blocks(&self) -> u32 {
        (self.index.len() as u32).div_ceil(self.sizes.ids).max(1)
    }

    fn ids(&mut self) {
        let documents = self.index.len() as u32;
        let count = self.id_blocks();
        let mut blocks: Vec<Vec<(u32, DocId)>> = vec![Vec::new(); count as usize];
        for document in (0..documents).map(DocId) {
            let hash = id_hash(self.index.id(document));
            blocks[(hash % count) as usize].push((hash, document));
        }
        for (number, entries) in blocks.iter_mut().enumerate() {
            entries.sort_unstable();
            self.put(BlockKind::Ids, number as u32, &encode::ids(entries));
        }
    }

    fn columns(&mut self) -> Result<(), Error> {
        for number in 0..self.index.fields().len() {
            if let Some(column) = self.index.column(number) {
                let body = sections::column(column, self.index.len());
                self.put(BlockKind::Column, number as u32, &body);
            }
        }
        let mut places = Vec::new();
        for document in (0..self.index.len() as u32).map(DocId) {
            sections::put_varint(&mut places, self.index.title_place(document));
        }
        self.put(BlockKind::Column, self.index.fields().len() as u32, &places);
        Ok(())
    }
}

/// Terms that are equal when folded, which lie in one block.
fn runs(terms: &[Placed]) -> Vec<&[Placed]> {
    let runs = terms.chunk_by(|one, other| one.folded == other.folded);
    runs.collect()
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
