//! An index whose documents and posting lists are laid aside is the same, and its blocks are.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use samara_engine::{
    Blocks, ClosedWriter, Content, CutBlock, Document, Error, Index, IndexAside, IndexWriter,
    KnownBlocks, Room, Scratch, Section, Sizes, Uncut, Weight, split_to,
};

/// Small enough that few documents make many blocks.
const SIZES: Sizes = Sizes {
    terms: 300,
    cards: 3,
    texts: 60,
    ids: 3,
    most_texts: 1000,
    few: 12,
};

/// Bytes in memory, of which an operation fails: the one of this number.
struct Bytes {
    bytes: Vec<u8>,
    left: Arc<AtomicUsize>,
}

impl Bytes {
    fn step(&self) -> io::Result<()> {
        let left = self.left.fetch_sub(1, Ordering::Relaxed);
        if left == 0 {
            return Err(io::Error::other("no space left"));
        }
        Ok(())
    }
}

impl Scratch for Bytes {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn read(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.step()?;
        let at = at as usize;
        bytes.copy_from_slice(&self.bytes[at..at + bytes.len()]);
        Ok(())
    }
}

/// Room for so many bytes, where an operation fails after so many that succeed.
fn room(memory: usize, left: &Arc<AtomicUsize>) -> Room {
    let left = Arc::clone(left);
    Room::new(memory, move || {
        Ok(Box::new(Bytes {
            bytes: Vec::new(),
            left: Arc::clone(&left),
        }))
    })
}

fn writer(documents: &[Document], room: Option<Room>) -> IndexWriter {
    let mut writer = IndexWriter::new();
    if let Some(room) = room {
        writer.lay_aside(room);
    }
    documents
        .iter()
        .for_each(|document| writer.add(document.clone()));
    writer
}

fn aside(documents: &[Document], room: Room) -> Result<IndexAside, Error> {
    writer(documents, Some(room.clone()))
        .close()
        .finish_aside(room)
}

/// What each block is made of, if it is one of texts.
type MadeOf = Vec<Option<Vec<u8>>>;

/// An index in blocks, and what these are made of.
fn cut(uncut: Uncut) -> Result<(Blocks, MadeOf), Error> {
    let keys: Vec<_> = (0..uncut.len())
        .map(|number| Some([number as u8; 16]))
        .collect();
    let known = KnownBlocks {
        dictionary: None,
        keys: &keys,
        block: &|_| None,
    };
    let (mut files, mut made_of) = (Vec::new(), Vec::new());
    let take = &mut |block: CutBlock| {
        if let Content::Bytes(bytes) = block.content {
            files.push((block.name, bytes));
            made_of.push(block.made_of);
        }
    };
    let root = split_to(uncut, SIZES, Some(&known), None, &mut |_| None, take)?;
    Ok((Blocks { root, files }, made_of))
}

/// The texts in codes that a later build would be handed.
fn coded(writer: &ClosedWriter) -> Result<Vec<(usize, Vec<u8>)>, Error> {
    let mut texts = Vec::new();
    writer.coded(|number, text| texts.push((number, text.bytes().to_vec())))?;
    Ok(texts)
}

/// Words of which some are relatives, some one and several, and some lie far from what they are folded to.
const PIECES: [&str; 24] = [
    "the",
    "walk",
    "walked",
    "walking",
    "café",
    "cafe",
    "Élan",
    "elan",
    "zebra",
    "e",
    "-",
    "mail",
    "email",
    "getUserName",
    "C++",
    "北京",
    "straße",
    "ab",
    "abc",
    "abd",
    "abe",
    ". ",
    "3.11",
    "naïve",
];

fn text(longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..longest).prop_map(|of| of.join(" "))
}

fn documents() -> impl Strategy<Value = Vec<Document>> {
    let document = (text(4), text(3), text(30), 0usize..20, 0u8..=240, 0u32..8);
    prop::collection::vec(document, 0..24).prop_map(|documents| {
        let documents = documents.into_iter().zip(0..);
        let documents = documents.map(|((title, heading, text, at, steps, of), number)| {
            let at = text.floor_char_boundary(at);
            let number: i32 = number;
            Document {
                id: number.to_string(),
                url: format!("{number}.html"),
                title,
                language: ["en", "de"]
                    .get(number as usize % 3)
                    .map(|&of| of.to_owned()),
                similar: Some(of).filter(|of| of % 2 == 1),
                meta: [("tag", "oats"), ("lang", "fr"), ("date", "2024-01-01")][..of as usize % 4]
                    .iter()
                    .map(|(name, value)| {
                        let values = (0..of % 3).map(|of| format!("{value}{of}"));
                        ((*name).to_owned(), values.collect())
                    })
                    .collect(),
                sections: vec![Section {
                    weights: vec![(at..text.len(), Weight::of_steps(steps))],
                    heading,
                    text,
                    anchor: "there".to_owned(),
                    ..Section::default()
                }],
            }
        });
        documents.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn it_is_cut_into_the_same_blocks(documents in documents(), memory in 0usize..20_000) {
        let bytes = writer(&documents, None).finish().unwrap();
        let never = Arc::new(AtomicUsize::new(usize::MAX));
        let index = aside(&documents, room(memory, &never)).unwrap();
        prop_assert_eq!(index.byte_len(), bytes.len() as u64);
        let whole = Uncut::of(&bytes, Index::open(&bytes).unwrap()).unwrap();
        let (aside, made_of) = cut(index.open().unwrap()).unwrap();
        let (whole, whole_made_of) = cut(whole).unwrap();
        prop_assert!(aside.root == whole.root && aside.files == whole.files);
        prop_assert!(made_of == whole_made_of);
        prop_assert!(index.into_bytes().unwrap() == bytes);
    }

    #[test]
    fn what_cannot_be_laid_aside_is_said(documents in documents(), works in 0usize..300) {
        let expected = coded(&writer(&documents, None).close()).unwrap();
        let left = Arc::new(AtomicUsize::new(works));
        let room = room(0, &left);
        let closed = writer(&documents, Some(room.clone())).close();
        // Who asks for texts in between gets them as they are, or none.
        let handed_over = coded(&closed);
        let built = closed.finish_aside(room).and_then(|index| cut(index.open()?));
        if let Ok(texts) = &handed_over {
            prop_assert_eq!(texts, &expected);
        }
        // Below zero, it wraps.
        let is_over = left.load(Ordering::Relaxed) > works;
        prop_assert_eq!(built.is_err(), is_over);
        prop_assert!(built.is_err() || handed_over.is_ok());
        if let Err(error) = built {
            prop_assert_eq!(error.code(), "scratch");
            prop_assert!(error.to_string().contains("no space left"));
        }
    }
}
