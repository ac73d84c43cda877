//! The root of an index in blocks: what is known of the whole, and where the rest lies.

use super::{Block, BlockKind, Reader, file_name, front_coded, key, kind_of, nested, unzigzag};
#[cfg(feature = "write")]
use super::{put_front_coded, put_varint, zigzag};
use crate::Error;
use crate::segment::{DocId, Language, Letters, Rules};

/// The root of an index in blocks.
pub(crate) struct Root<'a> {
    pub documents: u32,
    pub words: u32,
    pub terms: u32,
    /// In words.
    pub average_length: f32,
    pub letters: Letters<'a>,
    pub language: Language<'a>,
    pub rules: Rules<'a>,
    /// Names of the metadata fields, and whether documents share the values.
    pub fields: Vec<(&'a str, bool)>,
    /// Length and title of each document, where the documents are few; else they stand beside the postings.
    pub facts: Option<(&'a [u8], &'a [u8])>,
    /// 0 where a document is alone, else the number of its group of near-duplicates plus one; nothing where all are alone.
    pub groups: Vec<u32>,
    /// The first folded term of each block of terms.
    pub starts: Vec<String>,
    /// Beginnings of many terms, in ascending order.
    pub beginnings: Vec<String>,
    /// Documents of a block of cards.
    pub cards: u32,
    /// The number of the document behind each block of texts.
    pub text_ends: Vec<u32>,
    /// Hashes of the blocks, kind by kind.
    hashes: Vec<Vec<u32>>,
    /// Per block of terms the numbers at which its terms begin, and go on after others.
    bases: Vec<Vec<u32>>,
}

const SECTION: &str = "root";

impl<'a> Root<'a> {
    pub(crate) fn decode(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, SECTION);
        let documents = reader.varint();
        let words = reader.varint();
        let terms = reader.varint();
        let average_length = f32::from_bits(reader.varint());
        let letters = nested(&mut reader, Letters::decode);
        let language = nested(&mut reader, |reader| {
            Language::decode(reader, terms as usize)
        });
        let rules = nested(&mut reader, |reader| {
            Rules::decode(reader, documents as usize)
        });
        let mut fields = Vec::new();
        for _ in 0..reader.count() {
            fields.push((reader.str(), reader.byte() == 1));
        }
        let (norms, titles) = (reader.bytes(), reader.bytes());
        if norms.len() != titles.len() || !norms.is_empty() && norms.len() != documents as usize {
            reader.fault();
        }
        let facts = (!norms.is_empty()).then_some((norms, titles));
        let mut groups = Vec::new();
        let grouped = reader.count();
        if grouped > 0 {
            groups.resize(documents as usize, 0);
        }
        let mut document = 0u32;
        for _ in 0..grouped {
            document = document.saturating_add(reader.varint());
            let group = reader.varint();
            match groups.get_mut(document as usize) {
                Some(of) if group <= documents => *of = group,
                _ => reader.fault(),
            }
        }
        let count = reader.count();
        let starts = front_coded(&mut reader, count);
        let count = reader.count();
        let beginnings = front_coded(&mut reader, count);
        let cards = reader.varint().max(1);
        let mut text_ends = Vec::new();
        let mut end = 0u32;
        for _ in 0..reader.count() {
            end = end.saturating_add(reader.varint());
            text_ends.push(end);
        }
        if end != documents {
            reader.fault();
        }
        let mut hashes = Vec::new();
        for _ in BlockKind::ALL {
            let of_kind = reader.bytes().chunks_exact(4);
            let of_kind =
                of_kind.map(|hash| u32::from_le_bytes([hash[0], hash[1], hash[2], hash[3]]));
            hashes.push(of_kind.collect());
        }
        let mut bases = Vec::new();
        let mut base = 0u32;
        for _ in &starts {
            let mut of_block = Vec::new();
            for _ in 0..reader.count() {
                base = (i64::from(base) + unzigzag(reader.varint())) as u32;
                of_block.push(base);
            }
            bases.push(of_block);
        }
        reader.end()?;
        Ok(Root {
            documents,
            words,
            terms,
            average_length,
            letters,
            language,
            rules,
            fields,
            facts,
            groups,
            starts,
            beginnings,
            cards,
            text_ends,
            hashes,
            bases,
        })
    }

    /// The hash of a block; none where there is no such block.
    pub(crate) fn hash(&self, block: Block) -> Option<u32> {
        self.hashes[block.kind as usize]
            .get(block.number as usize)
            .copied()
    }

    /// The name of the file of a block; none where there is no such block.
    pub(crate) fn file_name(&self, block: Block) -> Option<String> {
        Some(file_name(block.kind, self.key(block), self.hash(block)?))
    }

    /// The block in a file of this name and with this hash; none where there is no such block.
    pub(crate) fn block_in(&self, name: &str, hash: u32) -> Option<Block> {
        let kind = kind_of(name)?;
        let mut blocks = (0..self.blocks(kind)).map(|number| Block { kind, number });
        blocks.find(|&block| {
            self.hash(block) == Some(hash) && self.file_name(block).as_deref() == Some(name)
        })
    }

    /// What a name says beside the hash, so that blocks with one hash have two names: where the block begins or ends, which
    /// other blocks do not move.
    fn key(&self, block: Block) -> u32 {
        let number = block.number as usize;
        match block.kind {
            BlockKind::Terms => self.starts.get(number).map_or(0, |start| key(start)),
            BlockKind::Beginning => self.beginnings.get(number).map_or(0, |start| key(start)),
            BlockKind::Texts => self.text_ends.get(number).copied().unwrap_or(0),
            _ => block.number,
        }
    }

    /// The numbers at which the terms of a block begin, and go on after others.
    pub(crate) fn bases(&self, block: u32) -> &[u32] {
        self.bases.get(block as usize).map_or(&[], Vec::as_slice)
    }

    /// The blocks of a kind.
    pub(crate) fn blocks(&self, kind: BlockKind) -> u32 {
        self.hashes[kind as usize].len() as u32
    }

    /// The block of terms in which a folded term lies, if anywhere.
    pub(crate) fn block_of(&self, folded: &str) -> u32 {
        let behind = self
            .starts
            .partition_point(|start| start.as_str() <= folded);
        behind.saturating_sub(1) as u32
    }

    /// The block of texts that a document lies in, and its number there.
    pub(crate) fn text_of(&self, document: DocId) -> (u32, DocId) {
        let block = self.text_ends.partition_point(|&end| end <= document.0);
        let start = block
            .checked_sub(1)
            .map_or(0, |before| self.text_ends[before]);
        (block as u32, DocId(document.0 - start))
    }

    /// Number of the beginning of many terms that is spelt so.
    pub(crate) fn beginning(&self, folded: &str) -> Option<u32> {
        let place = self
            .beginnings
            .binary_search_by(|other| other.as_str().cmp(folded));
        place.ok().map(|place| place as u32)
    }
}

/// What a root is written from, beside sections of the index.
#[cfg(feature = "write")]
pub(crate) struct RootParts<'p> {
    pub counts: [u32; 3],
    pub average_length: f32,
    pub letters: &'p [u8],
    pub language: Vec<u8>,
    pub rules: &'p [u8],
    pub fields: Vec<(&'p str, bool)>,
    pub facts: [Vec<u8>; 2],
    pub groups: Vec<(u32, u32)>,
    pub starts: Vec<String>,
    pub beginnings: Vec<String>,
    pub cards: u32,
    pub text_counts: Vec<u32>,
    pub hashes: [Vec<u32>; BlockKind::ALL.len()],
    pub bases: Vec<Vec<u32>>,
}

/// Bytes of a root.
#[cfg(feature = "write")]
pub(crate) fn encode(parts: &RootParts) -> Vec<u8> {
    use crate::segment::codec::put_str;
    let mut out = Vec::new();
    parts
        .counts
        .iter()
        .for_each(|&count| put_varint(&mut out, count));
    put_varint(&mut out, parts.average_length.to_bits());
    for bytes in [parts.letters, &parts.language, parts.rules] {
        put_varint(&mut out, bytes.len() as u32);
        out.extend_from_slice(bytes);
    }
    put_varint(&mut out, parts.fields.len() as u32);
    for (name, is_shared) in &parts.fields {
        put_str(&mut out, name);
        out.push(u8::from(*is_shared));
    }
    for bytes in &parts.facts {
        put_varint(&mut out, bytes.len() as u32);
        out.extend_from_slice(bytes);
    }
    put_varint(&mut out, parts.groups.len() as u32);
    let mut last = 0;
    for &(document, group) in &parts.groups {
        put_varint(&mut out, document - last);
        put_varint(&mut out, group);
        last = document;
    }
    for texts in [&parts.starts, &parts.beginnings] {
        put_varint(&mut out, texts.len() as u32);
        put_front_coded(&mut out, texts.iter().map(String::as_str));
    }
    put_varint(&mut out, parts.cards);
    put_varint(&mut out, parts.text_counts.len() as u32);
    parts
        .text_counts
        .iter()
        .for_each(|&count| put_varint(&mut out, count));
    for hashes in &parts.hashes {
        put_varint(&mut out, 4 * hashes.len() as u32);
        hashes
            .iter()
            .for_each(|hash| out.extend(hash.to_le_bytes()));
    }
    let mut last = 0;
    for bases in &parts.bases {
        put_varint(&mut out, bases.len() as u32);
        for &base in bases {
            put_varint(&mut out, zigzag(i64::from(base) - last));
            last = i64::from(base);
        }
    }
    out
}
