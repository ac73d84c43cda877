//! Documents that builds before have coded make the same index as the documents themselves.

use proptest::prelude::*;
use samara_engine::{CodedText, Document, IndexWriter, Lexicon, Section, Weight};

/// Words, separators and what lies between: capitals, hyphens, letters without spaces, numbers and more than one space.
const TEXTS: [&str; 12] = [
    "wheat", "Rye", "e-mail", "email", "東京", "3.2", "…", "\n", "  ", "O'Brien", "größe", "NASA",
];

const LANGUAGES: [&str; 12] = [
    "en", "de", "ja", "fr", "it", "es", "nl", "sv", "da", "fi", "pt", "ru",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&TEXTS[..]), 0..12).prop_map(|of| of.join(" "))
}

fn section() -> impl Strategy<Value = Section> {
    let weights = prop::option::of(0_u8..=240);
    (text(), "[a-c]{0,2}", text(), weights.clone(), weights).prop_map(
        |(heading, anchor, text, heading_weight, weight)| Section {
            heading_weight: heading_weight.map(Weight::of_steps),
            weights: weight
                .map(|steps| (0..text.len(), Weight::of_steps(steps)))
                .into_iter()
                .collect(),
            heading,
            anchor,
            text,
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    let language = prop::option::of(prop::sample::select(&LANGUAGES[..]));
    let sections = prop::collection::vec(section(), 0..4);
    let word = "[a-z]{1,3}";
    (text(), language, sections, text(), word).prop_map(
        |(title, language, sections, author, own)| Document {
            title,
            language: language.map(str::to_owned),
            sections,
            meta: [("author".to_owned(), vec![author, own])].into(),
            ..Document::default()
        },
    )
}

/// With identifiers.
fn numbered(mut documents: Vec<Document>) -> Vec<Document> {
    for (number, document) in documents.iter_mut().enumerate() {
        document.id = number.to_string();
        document.url = format!("{number}.html");
    }
    documents
}

/// What builds keep for later ones: words, and texts by what they are texts of.
#[derive(Default)]
struct Kept {
    words: Vec<Vec<u8>>,
    texts: Vec<(Document, CodedText)>,
}

impl Kept {
    fn lexicon(&self) -> Lexicon {
        let mut lexicon = Lexicon::default();
        assert!(self.words.iter().all(|words| lexicon.extend(words)));
        lexicon
    }

    fn text(&self, of: &Document) -> Option<&CodedText> {
        let found = self.texts.iter().find(|(document, _)| document == of);
        found.map(|(_, text)| text)
    }

    /// The index of documents, of which the known ones are taken as they were coded.
    fn build(&mut self, documents: &[Document], anew: bool) -> Vec<u8> {
        let lexicon = self.lexicon();
        let words = lexicon.len();
        let mut writer = IndexWriter::knowing(lexicon);
        let mut coded = 0;
        for document in documents {
            match self.text(document) {
                Some(text) => {
                    assert!(CodedText::is_whole(text.bytes(), words));
                    assert_eq!(text.length(), document.length());
                    coded += 1;
                    let text = CodedText::new(text.bytes().to_vec());
                    let sections = Vec::new();
                    let document = document.clone();
                    writer.add_coded(
                        Document {
                            sections,
                            ..document
                        },
                        &text,
                    );
                }
                None => writer.add(document.clone()),
            }
        }
        let writer = if anew {
            writer.close_anew()
        } else {
            writer.close()
        };
        if writer.is_anew() {
            *self = Self::default();
            coded = 0;
        }
        assert!(writer.is_anew() || !anew);
        self.words.push(writer.new_words());
        let handed_over = writer.coded(|number, text| {
            let document = &documents[number];
            assert!(self.text(document).is_none(), "kept twice");
            self.texts.push((document.clone(), text));
            coded += 1;
        });
        handed_over.unwrap();
        assert_eq!(coded, documents.len());
        writer.finish().unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_coded_makes_the_same_index(
        documents in prop::collection::vec(document(), 2..12).prop_map(numbered),
        builds in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..6), 1..6),
    ) {
        let mut kept = Kept::default();
        for (from, to, anew) in builds {
            let (from, to) = (from.index(documents.len()), to.index(documents.len()));
            let documents = &documents[from.min(to)..=from.max(to)];
            let expected = Kept::default().build(documents, false);
            prop_assert!(kept.build(documents, anew == 0) == expected);
        }
    }

    #[test]
    fn what_is_damaged_is_refused_or_read_to_the_end(
        document in document(), at in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let mut kept = Kept::default();
        kept.build(std::slice::from_ref(&document), false);
        let words = kept.lexicon().len();
        let bytes = kept.texts[0].1.bytes().to_vec();
        let cut = at.index(bytes.len());
        prop_assert!(!CodedText::is_whole(&bytes[..cut], words));
        prop_assert!(!CodedText::is_whole(&[&bytes[..], &bytes[cut..]].concat(), words));
        // A word more than there is.
        prop_assert!(words == 0 || !CodedText::is_whole(&bytes, words - 1));
        let mut damaged = bytes;
        damaged[cut] ^= 1 << bit;
        if CodedText::is_whole(&damaged, words) {
            let mut writer = IndexWriter::knowing(kept.lexicon());
            writer.add_coded(Document::default(), &CodedText::new(damaged));
            writer.finish().unwrap();
        }
    }

    #[test]
    fn damaged_words_are_refused_or_read_to_the_end(
        document in document(), at in any::<prop::sample::Index>(), bit in 0_u8..8,
    ) {
        let mut kept = Kept::default();
        kept.build(std::slice::from_ref(&document), false);
        let mut damaged = kept.words[0].clone();
        let at = at.index(damaged.len());
        damaged[at] ^= 1 << bit;
        let mut lexicon = Lexicon::default();
        let text = &kept.texts[0].1;
        if lexicon.extend(&damaged) && CodedText::is_whole(text.bytes(), lexicon.len()) {
            let mut writer = IndexWriter::knowing(lexicon);
            writer.add_coded(Document::default(), text);
            writer.finish().unwrap();
        }
    }
}

#[test]
fn words_that_are_used_no_longer_are_forgotten() {
    let document = |words: std::ops::Range<u32>| {
        let words: Vec<String> = words.map(|word| format!("word{word}")).collect();
        let text = words.join(" ");
        let sections = vec![Section {
            text,
            ..Section::default()
        }];
        Document {
            sections,
            ..Document::default()
        }
    };
    let mut kept = Kept::default();
    let numbered = |of: [Document; 2]| numbered(of.to_vec());
    let all = numbered([document(0..40), document(40..80)]);
    kept.build(&all, false);
    let few = numbered([document(0..40), document(80..90)]);
    kept.build(&few, false);
    assert_eq!(kept.words.len(), 2, "most of them are used");
    assert_eq!(kept.texts.len(), 3);
    // Of a document with other words.
    kept.build(&[document(80..90)], false);
    assert_eq!((kept.words.len(), kept.texts.len()), (1, 1));
    assert!(kept.lexicon().len() < 16, "{}", kept.lexicon().len());
}

#[test]
fn words_of_many_languages_are_counted() {
    let document = |(language, number): (&&str, usize)| Document {
        id: number.to_string(),
        language: Some((*language).to_owned()),
        sections: vec![Section {
            text: format!("word{number} and others").repeat(number + 1),
            ..Section::default()
        }],
        ..Document::default()
    };
    let documents: Vec<Document> = LANGUAGES.iter().zip(0..).map(document).collect();
    let mut kept = Kept::default();
    let first = kept.build(&documents, false);
    assert!(kept.build(&documents, false) == first);
}
