//! What is there of an index in blocks, and what a search found to be missing.

use super::Index;
use super::pages::{Field, Text};
use crate::Error;
use crate::cell::Noted;
use crate::list::ToList;
use crate::segment::blocks::{Beginning, Cards, Ids, Relative, Root, Spelling, TermBlock, Texts};
use crate::segment::blocks::{hash, id_hash, unseal};
use crate::segment::{
    Block, BlockKind, Column, Cursor, DocId, Found, Letters, Norm, Pattern, Posting, Reader,
    Segment, TermOrdinal, Title, decode_columns, lookup,
};

/// The blocks that are there, of those that a root names. A search reads them as it reads an index in one piece; where it asks
/// for one that is not there, it gets nothing, and the block is noted.
pub(super) struct Loaded<'a> {
    root: Root<'a>,
    terms: Vec<(u32, TermBlock<'a>)>,
    beginnings: Vec<(u32, Beginning<'a>)>,
    spelling: Option<Spelling<'a>>,
    cards: Vec<(u32, Cards)>,
    texts: Vec<(u32, Texts<'a>)>,
    columns: Vec<(u32, Vec<Column<'a>>)>,
    ids: Vec<(u32, Ids)>,
    /// Whether what texts were compressed with is there, which the host unpacks them with.
    has_dictionary: bool,
    /// Whether the second half of the engine is there, or nowhere.
    has_second: bool,
    /// Places of the documents in the order of titles: a column behind those of the fields.
    title_places: Option<Vec<u32>>,
    lacking: Noted<Lacking>,
}

/// What a search asked for that is not there.
#[derive(Default)]
struct Lacking {
    /// Without these there is no answer.
    missing: Vec<Block>,
    /// With these there is more of one. They are not worth fetching.
    welcome: Vec<Block>,
    /// Whether what is asked for now is welcome alone.
    is_extra: bool,
}

impl Lacking {
    /// The list for what is asked for now.
    fn now(&mut self) -> &mut Vec<Block> {
        if self.is_extra {
            &mut self.welcome
        } else {
            &mut self.missing
        }
    }
}

impl<'a> Index<'a> {
    /// An index in blocks, of which these are there, by the names of their files. Linear in the bytes.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`], [`Error::Version`] or [`Error::Damaged`] for the root; [`Error::Block`] for a block that is damaged,
    /// or another one than its name says.
    pub fn of_blocks(root: &'a [u8], blocks: &[(&str, &'a [u8])]) -> Result<Self, Error> {
        let mut root = Root::decode(unseal(root, "root")?)?;
        let letters = core::mem::take(&mut root.letters);
        let documents = root.documents as usize;
        let mut loaded = Loaded {
            terms: Vec::new(),
            beginnings: Vec::new(),
            spelling: None,
            cards: Vec::new(),
            texts: Vec::new(),
            columns: Vec::new(),
            ids: Vec::new(),
            has_dictionary: false,
            has_second: root.blocks(BlockKind::Engine) == 0,
            title_places: None,
            lacking: Noted::default(),
            root,
        };
        for &(name, bytes) in blocks {
            let fault = || Error::Block {
                name: name.to_owned(),
            };
            let block = loaded.root.block_in(name, hash(bytes));
            let added = loaded.add(block.ok_or_else(fault)?, bytes, documents);
            added.map_err(|_| fault())?;
        }
        let fields = loaded.root.fields.iter();
        let fields = fields.map(|&(name, is_shared)| Field { name, is_shared });
        Ok(Index {
            segment: Box::new(Segment::empty()?),
            letters: Box::new(letters),
            language: Box::new(core::mem::take(&mut loaded.root.language)),
            catalog: Box::default(),
            columns: Vec::new(),
            fields: fields.collect(),
            rules: Box::new(core::mem::take(&mut loaded.root.rules)),
            average_length: loaded.root.average_length,
            titles: Vec::new(),
            documents,
            least: 1,
            words: loaded.root.words,
            section_bytes: Default::default(),
            loaded: Some(loaded),
        })
    }

    /// File names of the blocks that searches asked for and that are not there, each once.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        self.lacking(|lacking| &lacking.missing)
    }

    /// File names of blocks with which answers would say more, each once. Whoever has them gives them; they are not worth fetching.
    #[must_use]
    pub fn welcome(&self) -> Vec<String> {
        self.lacking(|lacking| &lacking.welcome)
    }

    fn lacking(&self, which: fn(&Lacking) -> &Vec<Block>) -> Vec<String> {
        let Some(loaded) = &self.loaded else {
            return Vec::new();
        };
        loaded.lacking.with(|lacking| {
            let names = which(lacking).iter();
            names
                .filter_map(|&block| loaded.root.file_name(block))
                .collect()
        })
    }

    /// Does something with what is there. What it asks for beside that is welcome and not missing.
    pub(crate) fn with_what_is_there(&self, work: &mut dyn FnMut()) {
        let Some(loaded) = &self.loaded else {
            return work();
        };
        loaded.lacking.with(|lacking| lacking.is_extra = true);
        work();
        loaded.lacking.with(|lacking| lacking.is_extra = false);
    }

    /// Whether the second half of the engine is there, of an index in blocks as a block.
    pub(crate) fn has_second(&self) -> bool {
        self.loaded.as_ref().is_none_or(|loaded| loaded.has_second)
    }

    /// Notes that it is not, and texts of which it will be asked.
    pub(crate) fn lacks_second(&self, documents: &mut dyn Iterator<Item = DocId>) {
        if let Some(loaded) = self.loaded() {
            loaded.lacks_second(documents);
        }
    }

    /// File names of all blocks of a kind; none for an index in one piece.
    #[must_use]
    pub fn blocks(&self, kind: BlockKind) -> Vec<String> {
        let Some(loaded) = &self.loaded else {
            return Vec::new();
        };
        (0..loaded.root.blocks(kind))
            .filter_map(|number| loaded.root.file_name(Block { kind, number }))
            .collect()
    }
}

/// What has this number.
fn numbered<T>(all: &[(u32, T)], number: u32) -> Option<&T> {
    all.iter().find(|of| of.0 == number).map(|of| &of.1)
}

impl<'a> Loaded<'a> {
    fn add(&mut self, block: Block, bytes: &'a [u8], documents: usize) -> Result<(), Error> {
        let body = unseal(bytes, block.kind.name())?;
        let number = block.number;
        let has_facts = self.root.facts.is_none();
        match block.kind {
            BlockKind::Terms => {
                let terms = TermBlock::decode(body, self.root.bases(number), has_facts)?;
                self.terms.push((number, terms));
            }
            BlockKind::Beginning => self
                .beginnings
                .push((number, Beginning::decode(body, has_facts)?)),
            BlockKind::Spelling => self.spelling = Some(Spelling::decode(body)?),
            BlockKind::Cards => self.cards.push((number, Cards::decode(body)?)),
            BlockKind::Dictionary => self.has_dictionary = true,
            // It starts it.
            BlockKind::Engine => self.has_second = true,
            BlockKind::Texts => self.texts.push((number, Texts::new(body))),
            BlockKind::Ids => self.ids.push((number, Ids::decode(body)?)),
            BlockKind::Column => {
                let mut reader = Reader::new(body, "column");
                if number as usize == self.root.fields.len() {
                    self.title_places = Some(reader.numbers(documents, documents));
                    return reader.end();
                }
                let columns = decode_columns(&mut reader, documents);
                reader.end()?;
                self.columns.push((number, columns));
            }
        }
        Ok(())
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.lacking.with(|lacking| lacking.now().is_empty())
    }

    /// Notes that a block is missing.
    fn lacks(&self, kind: BlockKind, number: u32) {
        let block = Block { kind, number };
        if self.root.hash(block).is_none() {
            return;
        }
        self.lacking.with(|lacking| {
            let lacking = lacking.now();
            if !lacking.contains(&block) {
                lacking.push(block);
            }
        });
    }

    /// Notes that the second half of the engine is missing, and texts that it will ask for.
    fn lacks_second(&self, documents: &mut dyn Iterator<Item = DocId>) {
        self.lacks(BlockKind::Engine, 0);
        for document in documents {
            self.texts_of(document);
        }
    }

    /// The block of texts that a document lies in, and its number there.
    fn texts_of(&self, document: DocId) -> Option<(&Texts<'a>, DocId, u32)> {
        let (number, document) = self.root.text_of(document);
        let texts = numbered(&self.texts, number);
        if texts.is_none() {
            // It comes with the first texts.
            if !self.has_dictionary {
                self.lacks(BlockKind::Dictionary, 0);
            }
            self.lacks(BlockKind::Texts, number);
        }
        Some((texts?, document, number))
    }

    fn block_of_terms(&self, number: u32) -> Option<&TermBlock<'a>> {
        let found = numbered(&self.terms, number);
        if found.is_none() {
            self.lacks(BlockKind::Terms, number);
        }
        found
    }

    /// The block in which a term lies, and its place there.
    fn home(&self, term: TermOrdinal) -> Option<(&TermBlock<'a>, usize)> {
        let here = self.terms.iter();
        here.filter_map(|(_, block)| Some((block, block.place(term)?)))
            .next()
    }

    /// The same; the block of a frequent term that has to be fetched is noted. No others are known before they are there.
    fn sought(&self, term: TermOrdinal, letters: &Letters) -> Option<(&TermBlock<'a>, usize)> {
        let home = self.home(term);
        if home.is_none() {
            let mut text = String::new();
            self.push_term(term, &mut text);
            self.ordinal(&text, letters);
        }
        home
    }

    /// Those of the relatives that are there; blocks that have to be fetched are noted.
    fn there(
        &self,
        block: &TermBlock,
        relatives: &[Relative],
        letters: &Letters,
    ) -> Vec<TermOrdinal> {
        let mut there = Vec::with_capacity(relatives.len());
        for relative in relatives {
            match *relative {
                Relative::Here(place) => there.push(block.ordinal(TermOrdinal(place))),
                Relative::Elsewhere(text) => there.extend(self.ordinal(text, letters)),
            }
        }
        there
    }

    fn spelling(&self) -> Option<&Spelling<'a>> {
        if self.spelling.is_none() {
            self.lacks(BlockKind::Spelling, 0);
        }
        self.spelling.as_ref()
    }

    fn card(&self, document: DocId) -> Option<&crate::segment::blocks::Card> {
        let number = document.0 / self.root.cards;
        let cards = numbered(&self.cards, number);
        if cards.is_none() {
            self.lacks(BlockKind::Cards, number);
        }
        cards?.get((document.0 % self.root.cards) as usize)
    }

    pub(super) fn ordinal(&self, term: &str, letters: &Letters) -> Option<TermOrdinal> {
        let block = self.root.block_of(&folded(term.chars(), letters));
        let block = self.block_of_terms(block)?;
        Some(block.ordinal(block.terms.ordinal(term)?))
    }

    pub(super) fn find(&self, pattern: &Pattern, letters: &Letters) -> Vec<Found> {
        let mut found = Vec::new();
        let folded: String = pattern.letters.iter().collect();
        let first = self.root.block_of(&folded);
        let mut number = first;
        loop {
            if let Some(block) = self.block_of_terms(number) {
                for of in lookup(&block.terms, letters, pattern) {
                    let terms = of.terms().map(|term| (block.ordinal(term).0, of.distance));
                    found.extend(terms);
                }
            }
            number += 1;
            let next = self.root.starts.get(number as usize);
            if !pattern.prefix || !next.is_some_and(|start| start.starts_with(&folded)) {
                break;
            }
        }
        in_order(found)
    }

    /// The term that is spelt so, if it is a frequent one.
    pub(super) fn frequent(&self, term: &str) -> Option<TermOrdinal> {
        let spelling = self.spelling()?;
        Some(spelling.ordinal(spelling.terms.ordinal(term)?))
    }

    /// The frequent terms that match.
    pub(super) fn find_frequent(&self, pattern: &Pattern, letters: &Letters) -> Vec<Found> {
        let mut found = Vec::new();
        let Some(spelling) = self.spelling() else {
            return Vec::new();
        };
        for of in lookup(&spelling.terms, letters, pattern) {
            let terms = of.terms();
            found.extend(terms.map(|term| (spelling.ordinal(term).0, of.distance)));
        }
        in_order(found)
    }

    pub(super) fn push_term(&self, term: TermOrdinal, out: &mut String) {
        if let Some((block, place)) = self.home(term) {
            block.terms.push_term(TermOrdinal(place as u32), out);
        } else if let Some(spelling) = &self.spelling
            && let Some(place) = spelling.place(term)
        {
            spelling.terms.push_term(TermOrdinal(place as u32), out);
        }
    }

    pub(super) fn others(&self, term: TermOrdinal, letters: &Letters) -> Vec<TermOrdinal> {
        let sought = self.sought(term, letters);
        sought.map_or_else(Vec::new, |(block, place)| {
            self.there(block, block.others(place), letters)
        })
    }

    pub(super) fn compounds(&self, term: TermOrdinal, letters: &Letters) -> Vec<TermOrdinal> {
        let sought = self.sought(term, letters);
        sought.map_or_else(Vec::new, |(block, place)| {
            self.there(block, block.compounds(place), letters)
        })
    }

    pub(super) fn postings(&self, term: TermOrdinal, letters: &Letters) -> Cursor<'a> {
        match self.sought(term, letters) {
            Some((block, place)) => block.postings(place),
            None => Cursor::of_block(&[], false),
        }
    }

    pub(super) fn document_frequency(&self, term: TermOrdinal, letters: &Letters) -> u32 {
        if let Some((block, place)) = self.home(term) {
            return block.postings(place).documents;
        }
        let spelling = self.spelling.as_ref();
        let known = spelling.and_then(|spelling| {
            let place = spelling.place(term)?;
            Some(spelling.document_frequency(place))
        });
        known.unwrap_or_else(|| self.postings(term, letters).documents)
    }

    /// What is known of the document of a posting.
    pub(super) fn facts(&self, posting: &Posting) -> (Norm, Title) {
        let Some((norms, titles)) = self.root.facts else {
            return posting.facts;
        };
        let place = posting.document.0 as usize;
        let of = |bytes: &[u8]| bytes.get(place).copied().unwrap_or(0);
        (Norm(of(norms)), Title(of(titles)))
    }

    pub(super) fn bucket(&self, term: TermOrdinal, letters: &Letters) -> u8 {
        let sought = self.sought(term, letters);
        sought.map_or(crate::segment::UNNOTICED, |(block, place)| {
            block.bucket(place)
        })
    }

    pub(super) fn language_of(&self, term: TermOrdinal) -> u8 {
        if let Some((block, place)) = self.home(term) {
            return block.language(place);
        }
        let spelling = self.spelling.as_ref();
        let known = spelling.and_then(|spelling| Some(spelling.language(spelling.place(term)?)));
        known.unwrap_or(0)
    }

    pub(super) fn likelier(
        &self,
        term: TermOrdinal,
        letters: &Letters,
    ) -> Option<(TermOrdinal, &'a str)> {
        let (block, place) = self.sought(term, letters)?;
        let text = block.likelier(place)?;
        Some((self.ordinal(text, letters)?, text))
    }

    /// Whether many terms begin with these letters.
    pub(super) fn is_of_many(&self, letters: &[char]) -> bool {
        let letters: String = letters.iter().collect();
        let number = self.root.beginning(&letters);
        // Whoever asks will want the list: it is fetched together with the terms.
        number.is_some_and(|number| {
            self.of_beginning(number);
            true
        })
    }

    /// What the lists of many terms that begin with these letters say together.
    pub(super) fn merged(&self, letters: &[char]) -> Vec<Posting> {
        let letters: String = letters.iter().collect();
        let number = self.root.beginning(&letters);
        let beginning = number.and_then(|number| self.of_beginning(number));
        beginning.map_or_else(Vec::new, |beginning| beginning.postings().collect())
    }

    /// The most frequent of many terms that begin with these letters.
    pub(super) fn completions(&self, letters: &[char]) -> Vec<(u32, String)> {
        let letters: String = letters.iter().collect();
        let number = self.root.beginning(&letters);
        let beginning = number.and_then(|number| self.of_beginning(number));
        let completions = beginning.into_iter().flat_map(|of| &of.completions);
        completions
            .map(|completion| (completion.documents, completion.text.to_owned()))
            .collect()
    }

    /// Number of the terms of the whole index.
    pub(super) fn terms(&self) -> u32 {
        self.root.terms
    }

    /// The terms that begin like one of many.
    fn of_beginning(&self, number: u32) -> Option<&Beginning<'a>> {
        let found = numbered(&self.beginnings, number);
        if found.is_none() {
            self.lacks(BlockKind::Beginning, number);
        }
        found
    }

    pub(super) fn url(&self, document: DocId) -> &str {
        self.card(document).map_or("", |card| &card.url)
    }

    pub(super) fn id(&self, document: DocId) -> &str {
        match self.card(document) {
            Some(card) if card.id.is_empty() => &card.url,
            Some(card) => &card.id,
            None => "",
        }
    }

    pub(super) fn title(&self, document: DocId) -> String {
        self.card(document)
            .map_or_else(String::new, |card| card.title.clone())
    }

    pub(super) fn group(&self, document: DocId) -> Option<u32> {
        let group = self.root.groups.get(document.0 as usize).copied();
        group?.checked_sub(1)
    }

    pub(super) fn groups(&self) -> usize {
        self.root
            .groups
            .iter()
            .max()
            .map_or(0, |&most| most as usize)
    }

    pub(super) fn text(&self, document: DocId, letters: &Letters) -> Option<Text<'_>> {
        let (texts, document, number) = self.texts_of(document)?;
        let documents = texts.documents(letters)?;
        ((document.0 as usize) < documents.len()).then_some(Text {
            segment: &documents.segment,
            document,
            number,
        })
    }

    pub(super) fn anchors(&self, document: DocId, letters: &Letters) -> Vec<&str> {
        let (number, document) = self.root.text_of(document);
        let texts = numbered(&self.texts, number).and_then(|texts| texts.documents(letters));
        let anchors = texts.map_or(&[][..], |texts| texts.anchors(document));
        anchors.iter().map(String::as_str).list()
    }

    /// Numbers in its segment of the terms that tell most about a document.
    pub(super) fn telling(&self, document: DocId, letters: &Letters) -> &[TermOrdinal] {
        let (number, document) = self.root.text_of(document);
        let texts = numbered(&self.texts, number).and_then(|texts| texts.documents(letters));
        texts.map_or(&[], |texts| texts.telling(document))
    }

    /// The document with this identifier.
    pub(super) fn with_id(&self, id: &str) -> Option<DocId> {
        let hash = id_hash(id);
        let number = hash % self.root.blocks(BlockKind::Ids).max(1);
        let Some(ids) = numbered(&self.ids, number) else {
            self.lacks(BlockKind::Ids, number);
            return None;
        };
        ids.with_hash(hash)
            .find(|&document| self.id(document) == id)
    }

    pub(super) fn column(&self, number: usize) -> Option<&Column<'a>> {
        let column = numbered(&self.columns, number as u32);
        if column.is_none() {
            self.lacks(BlockKind::Column, number as u32);
        }
        column?.first()
    }

    pub(super) fn title_place(&self, document: DocId) -> u32 {
        if self.title_places.is_none() {
            self.lacks(BlockKind::Column, self.root.fields.len() as u32);
        }
        let places = self.title_places.as_ref();
        let place = places.and_then(|places| places.get(document.0 as usize));
        place.copied().unwrap_or(0)
    }

    pub(super) fn metadata(&self, document: DocId) -> Vec<(&str, Vec<&str>)> {
        let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
        let Some(card) = self.card(document) else {
            return all;
        };
        for (field, value) in &card.metadata {
            let Some(&(name, _)) = self.root.fields.get(*field as usize) else {
                continue;
            };
            match all.last_mut() {
                Some((last, values)) if *last == name => values.push(value),
                _ => all.push((name, vec![value])),
            }
        }
        all
    }
}

/// Terms with their distances, in ascending order.
fn in_order(mut found: Vec<(u32, u8)>) -> Vec<Found> {
    found.sort_unstable();
    let found = found.into_iter().map(|(ordinal, distance)| Found {
        terms: ordinal..ordinal + 1,
        distance,
    });
    found.collect()
}

/// Letters as they are compared.
pub(super) fn folded(letters_of: impl Iterator<Item = char>, letters: &Letters) -> String {
    let mut folded = Vec::new();
    letters_of.for_each(|letter| letters.fold(letter, &mut folded));
    folded.into_iter().collect()
}
