//! An index cut into blocks.

use super::cores::on_all_cores;
use super::cut::{Boundaries, Cut, Placed, beginnings, runs};
use super::dictionary::{MOST_OF_ONE, dictionary, samples};
use super::fingerprints::{ListSums, TextKey, TextSums};
use super::sizes::Sizes;
use super::uncut::Uncut;
use crate::Error;
use crate::index::Index;
use crate::search::{rarity, telling_words};
use crate::segment::blocks::encode::{self as blocks, TextsWriter};
use crate::segment::blocks::{Card, file_name, hash, id_hash, key, seal, unseal};
use crate::segment::{BlockKind, DocId, TermOrdinal, encode};
use std::ops::Range;

/// Blocks that are made at once.
const AT_ONCE: usize = 64;
/// Blocks of texts that are made at once, where memory does not say that they are fewer. Most are known, which takes little time.
const TEXTS_AT_ONCE: usize = 512;

/// An index in blocks: the files of a bundle.
pub struct Blocks {
    /// The root, which names the others.
    pub root: Vec<u8>,
    /// The other files, by their names.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A block as it is handed out.
pub struct CutBlock {
    /// The name of its file.
    pub name: String,
    /// The hash that its name carries.
    pub hash: u32,
    /// Its bytes.
    pub content: Content,
    /// Where it was asked whether the block is known, what it is made of: the same makes the same block, by the same version of
    /// this crate.
    pub made_of: Option<Vec<u8>>,
}

/// What a block holds.
pub enum Content {
    /// The bytes that the engine reads.
    Bytes(Vec<u8>),
    /// What [`KnownBlocks::block`] has given.
    Packed(Vec<u8>),
}

/// What whoever builds knows of blocks that were made before: of terms, of beginnings, and of texts.
pub struct KnownBlocks<'k> {
    /// The block of what the texts were compressed with. Where there is none, or a damaged one, it is made of the texts.
    pub dictionary: Option<&'k [u8]>,
    /// What tells the text of each document from others, where that is known. Blocks of other texts are made.
    pub keys: &'k [Option<TextKey>],
    /// The block that was made of this ([`CutBlock::made_of`]): its hash, and its bytes as whoever builds has packed them, which
    /// are handed out again.
    pub block: &'k FindBlock<'k>,
}

/// Finds the block that was made of something.
pub type FindBlock<'k> = dyn Fn(&[u8]) -> Option<(u32, Vec<u8>)> + Sync + 'k;

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
    let take = &mut |block: CutBlock| match block.content {
        Content::Bytes(bytes) | Content::Packed(bytes) => files.push((block.name, bytes)),
    };
    let uncut = Uncut::of(bytes, Index::open(bytes)?)?;
    let root = split_to(uncut, sizes, None, None, &mut |_| None, take)?;
    Ok(Blocks { root, files })
}

/// The same of an index that was opened. Hands out each block as soon as there is one, so that few are
/// there at once, and returns the root. Before any is made, `resize` is told how many they will be, and may ask for other sizes,
/// until it asks for none. Blocks that are `known` are not made again. `engine` is the second half of the engine's module, which
/// becomes a block as it is. Without one, [`Searcher::new`](crate::Searcher::new) has all of the engine, and a host whose engine
/// comes in halves has no second one.
///
/// # Errors
/// [`Error::Scratch`], or [`Error::Damaged`] where the index is none that this crate wrote.
pub fn split_to(
    mut uncut: Uncut<'_>,
    sizes: Sizes,
    known: Option<&KnownBlocks>,
    engine: Option<&[u8]>,
    resize: &mut dyn FnMut(usize) -> Option<Sizes>,
    take: &mut dyn FnMut(CutBlock),
) -> Result<Vec<u8>, Error> {
    uncut.write_out();
    let mut cut = Cut {
        has_facts: uncut.len() > sizes.few,
        uncut,
        sizes,
    };
    let terms = cut.placed();
    let (runs, beginnings) = (runs(&terms), beginnings(&terms));
    let mut of_terms = cut.term_blocks(&runs);
    loop {
        let count = cut.count(of_terms.len(), beginnings.len());
        let Some(sizes) = resize(count + usize::from(engine.is_some())) else {
            break;
        };
        if cut.sizes.terms != sizes.terms {
            cut.sizes = sizes;
            of_terms = cut.term_blocks(&runs);
        }
        cut.sizes = sizes;
    }
    let mut splitter = Splitter {
        cut,
        take,
        hashes: Default::default(),
    };
    let lists = match known {
        Some(known) => {
            let sums = ListSums::of(&splitter.cut.uncut, splitter.cut.has_facts)?;
            Some((known, sums))
        }
        None => None,
    };
    let of_terms = of_terms.into_iter().map(|of| &runs[of]).collect();
    let (starts, bases) = splitter.terms(&terms, of_terms, lists.as_ref())?;
    drop(runs);
    splitter.beginnings(&beginnings, &terms, lists.as_ref())?;
    drop(lists);
    splitter.put(Sealed::of(
        BlockKind::Spelling,
        0,
        &splitter.cut.spelling(&terms)?,
    ));
    drop(terms);
    splitter.cards()?;
    let text_counts = splitter.texts(known)?;
    splitter.columns();
    splitter.ids();
    if let Some(engine) = engine {
        splitter.put(Sealed::of(BlockKind::Engine, 0, engine));
    }
    let Splitter { cut, hashes, .. } = splitter;
    Ok(cut.root(Boundaries {
        starts,
        bases,
        beginnings,
        text_counts,
        hashes,
    }))
}

/// Hands out blocks.
struct Splitter<'t, 'i> {
    cut: Cut<'i>,
    take: &'t mut dyn FnMut(CutBlock),
    /// Of the blocks of each kind that were handed out.
    hashes: [Vec<u32>; BlockKind::ALL.len()],
}

/// A block with its place.
struct Sealed {
    kind: BlockKind,
    key: u32,
    hash: u32,
    content: Content,
    made_of: Option<Vec<u8>>,
}

impl Sealed {
    /// Linear in the body.
    fn of(kind: BlockKind, key: u32, body: &[u8]) -> Self {
        let bytes = seal(body);
        Self {
            kind,
            key,
            hash: hash(&bytes),
            content: Content::Bytes(bytes),
            made_of: None,
        }
    }

    /// The block that was made of something, where it is known, or the one of this body.
    ///
    /// # Errors
    /// Those of making it.
    fn known_or(
        kind: BlockKind,
        key: u32,
        known: Option<(&KnownBlocks, Vec<u8>)>,
        body: impl FnOnce() -> Result<Vec<u8>, Error>,
    ) -> Result<Self, Error> {
        let Some((known, made_of)) = known else {
            return Ok(Self::of(kind, key, &body()?));
        };
        let block = match (known.block)(&made_of) {
            Some((hash, packed)) => Self {
                kind,
                key,
                hash,
                content: Content::Packed(packed),
                made_of: None,
            },
            None => Self::of(kind, key, &body()?),
        };
        Ok(Self {
            made_of: Some(made_of),
            ..block
        })
    }
}

/// What is known of blocks of posting lists.
type KnownLists<'k> = (&'k KnownBlocks<'k>, ListSums);

impl Splitter<'_, '_> {
    fn put(&mut self, block: Sealed) {
        self.hashes[block.kind as usize].push(block.hash);
        (self.take)(CutBlock {
            name: file_name(block.kind, block.key, block.hash),
            hash: block.hash,
            content: block.content,
            made_of: block.made_of,
        });
    }

    /// Puts the terms into blocks of these runs; the first folded term of each, and at which numbers its terms begin.
    fn terms(
        &mut self,
        terms: &[Placed],
        blocks: Vec<&[&[Placed]]>,
        lists: Option<&KnownLists>,
    ) -> Result<(Vec<String>, Vec<Vec<u32>>), Error> {
        let slips = self.cut.slips(terms);
        let mut by_ordinal: Vec<&Placed> = terms.iter().collect();
        by_ordinal.sort_by_key(|term| term.ordinal);
        let (mut firsts, mut bases) = (Vec::new(), Vec::new());
        for some in blocks.chunks(AT_ONCE) {
            let cut = &self.cut;
            let made = on_all_cores(some, |runs| {
                let first = &runs[0][0].folded;
                let entries = cut.term_entries(runs, &by_ordinal, &slips);
                let bases = blocks::bases(&entries);
                let known = match lists {
                    Some((known, sums)) => Some((*known, sums.of_terms(&entries)?)),
                    None => None,
                };
                let body = || cut.term_block(entries);
                let block = Sealed::known_or(BlockKind::Terms, key(first), known, body)?;
                Ok::<_, Error>((block, first.to_string(), bases))
            });
            for made in made {
                let (block, first, of_block) = made?;
                self.put(block);
                firsts.push(first);
                bases.push(of_block);
            }
        }
        Ok((firsts, bases))
    }

    /// Puts the lists of beginnings of many terms into blocks of their own.
    fn beginnings(
        &mut self,
        beginnings: &[String],
        terms: &[Placed],
        lists: Option<&KnownLists>,
    ) -> Result<(), Error> {
        for some in beginnings.chunks(AT_ONCE) {
            let cut = &self.cut;
            let made = on_all_cores(some, |beginning| {
                let completions = cut.completions(beginning, terms);
                let of = cut.beginning_with(beginning);
                let known =
                    lists.map(|(known, sums)| (*known, sums.of_beginning(&of, &completions)));
                let body = || cut.beginning(&of, &completions);
                Sealed::known_or(BlockKind::Beginning, key(beginning), known, body)
            });
            for block in made {
                self.put(block?);
            }
        }
        Ok(())
    }

    fn cards(&mut self) -> Result<(), Error> {
        let documents = self.cut.index().len() as u32;
        let size = self.cut.sizes.cards.max(1);
        let mut cards: Vec<Card> = Vec::new();
        let mut number = 0;
        for documents in self.cut.uncut.stretches(0..documents) {
            self.cut.uncut.turn_to(documents.clone())?;
            let (cut, all) = (&self.cut, documents.end as usize == self.cut.uncut.len());
            let of: Vec<u32> = documents.collect();
            cards.extend(on_all_cores(&of, |&of| cut.card(DocId(of))));
            // What is left goes on with the next ones.
            let whole = cards.len() / size as usize * size as usize;
            let end = if all { cards.len() } else { whole };
            let bodies: Vec<Vec<u8>> = cards[..end]
                .chunks(size as usize)
                .map(blocks::cards)
                .collect();
            cards.drain(..end);
            for body in bodies {
                self.put(Sealed::of(BlockKind::Cards, number, &body));
                number += 1;
            }
        }
        Ok(())
    }

    /// Puts the documents into blocks; how many each holds.
    fn texts(&mut self, known: Option<&KnownBlocks>) -> Result<Vec<u32>, Error> {
        let index = self.cut.index();
        let rarities: Vec<Option<f32>> = (0..index.statistics().terms)
            .map(|term| rarity(index, TermOrdinal(term)))
            .collect();
        let texts = Texts {
            writer: TextsWriter::new(&index.segment),
            rarities: &rarities,
        };
        let before = known.and_then(|known| known.dictionary);
        let before = before.and_then(|block| unseal(block, "dictionary").ok());
        let dictionary = match before {
            Some(dictionary) => dictionary.to_vec(),
            None => {
                let mut of_samples = Vec::new();
                for of in samples(index, &self.cut.uncut.lengths) {
                    self.cut.uncut.turn_to(of..of + 1)?;
                    let (index, of) = (self.cut.index(), of..of + 1);
                    let mut text = texts.body(index, of.clone(), &texts.telling(index, of), 0);
                    text.truncate(MOST_OF_ONE as usize);
                    of_samples.push(text);
                }
                dictionary(&of_samples)
            }
        };
        if !dictionary.is_empty() {
            self.put(Sealed::of(BlockKind::Dictionary, 0, &dictionary));
        }
        let dictionary = self.hashes[BlockKind::Dictionary as usize].first();
        let dictionary = dictionary.copied().unwrap_or(0);
        let known = known.filter(|known| known.keys.iter().any(Option::is_some));
        let known = known.map(|known| (known, TextSums::of(&self.cut.uncut, &rarities)));
        let mut counts = Vec::new();
        let blocks = self.cut.text_blocks();
        let mut rest = &blocks[..];
        while let Some(first) = rest.first() {
            let (blocks, behind) = rest.split_at(self.cut.uncut.fitting(rest).min(TEXTS_AT_ONCE));
            let end = blocks.last().map_or(first.end, |last| last.end);
            self.cut.uncut.turn_to(first.start..end)?;
            let index = self.cut.index();
            let made = on_all_cores(blocks, |documents| {
                let known = known.as_ref().and_then(|(known, sums)| {
                    let segment = &index.segment;
                    let made_of = sums.of_block(segment, documents, known.keys, dictionary)?;
                    Some((*known, made_of))
                });
                Sealed::known_or(BlockKind::Texts, documents.end, known, || {
                    let telling = texts.telling(index, documents.clone());
                    Ok(texts.body(index, documents.clone(), &telling, dictionary))
                })
            });
            for block in made {
                self.put(block?);
            }
            counts.extend(blocks.iter().map(|of| of.end - of.start));
            rest = behind;
        }
        Ok(counts)
    }

    fn columns(&mut self) {
        let fields = self.cut.index().fields().len();
        for number in 0..fields {
            let index = self.cut.index();
            if let Some(column) = index.column(number) {
                let body = encode::column(column, index.len());
                self.put(Sealed::of(BlockKind::Column, number as u32, &body));
            }
        }
        let (index, mut places) = (self.cut.index(), Vec::new());
        for document in (0..index.len() as u32).map(DocId) {
            encode::put_varint(&mut places, index.title_place(document));
        }
        self.put(Sealed::of(BlockKind::Column, fields as u32, &places));
    }

    fn ids(&mut self) {
        let index = self.cut.index();
        let documents = index.len() as u32;
        let count = self.cut.id_blocks();
        let mut blocks: Vec<Vec<(u32, DocId)>> = vec![Vec::new(); count as usize];
        for document in (0..documents).map(DocId) {
            let hash = id_hash(index.id(document));
            blocks[(hash % count) as usize].push((hash, document));
        }
        for (number, entries) in blocks.iter_mut().enumerate() {
            entries.sort_unstable();
            self.put(Sealed::of(
                BlockKind::Ids,
                number as u32,
                &blocks::ids(entries),
            ));
        }
    }
}

/// What blocks of texts are made with.
struct Texts<'t> {
    writer: TextsWriter,
    rarities: &'t [Option<f32>],
}

impl Texts<'_> {
    /// The words that tell most about each of these documents.
    fn telling(&self, index: &Index, documents: Range<u32>) -> Vec<Vec<TermOrdinal>> {
        let rarity = |term: TermOrdinal| Some((self.rarities[term.0 as usize]?, term));
        let telling = documents.map(|of| {
            let words = telling_words(&index.segment, DocId(of), &rarity);
            words.into_iter().map(|(_, term)| term).collect()
        });
        telling.collect()
    }

    /// What a block of these documents holds, of which these words tell most.
    fn body(
        &self,
        index: &Index,
        documents: Range<u32>,
        telling: &[Vec<TermOrdinal>],
        dictionary: u32,
    ) -> Vec<u8> {
        let (segment, catalog) = (&*index.segment, &index.catalog);
        let of = documents.clone().map(DocId);
        let anchors: Vec<Vec<&str>> = of.map(|of| catalog.anchors(of)).collect();
        let of = (segment, &*index.letters);
        self.writer
            .block(of, documents, dictionary, &anchors, telling)
    }
}
