//! Texts of documents as builds before have coded them, and the words in whose numbers, in the cache.
//!
//! A text is coded by the numbers that words have in a lexicon, to which each build appends its new ones as a stretch of its own.
//! A stretch has a name that no other one ever has, and a text that of the last stretch it may have words of: so it is never read by
//! numbers of others, whatever became of the build that wrote it.

use crate::output::Talk;
use crate::say;
use samara_corpus::{Appended, Key, Note, Records, key_of};
use samara_engine::{ClosedWriter, CodedText, Lexicon};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// Number of the way in which texts are coded. What reads words otherwise counts it up, or the cache has them as they were read
/// before.
const CODING: u32 = 1;
/// How it is written.
pub const STAMP: Key = *b"coded documents2";
/// The key of the record that names the stretches. No text has it.
const STRETCHES: Key = [0; 16];
/// Of more stretches, the lexicon is written anew: each is a record that is read.
const MOST_STRETCHES: usize = 256;

/// What names a stretch of words.
type Name = [u8; 8];

/// Texts of documents, by their keys.
pub struct Texts {
    records: Records,
    /// Where the site lies beneath: words of addresses are searched.
    base_url: Option<String>,
    /// The stretches of the lexicon, and how many words there are at the end of each.
    stretches: Vec<(Name, usize)>,
}

impl Texts {
    /// Those of these records, with their words. Linear in the words.
    pub fn of(records: Records, base_url: Option<&str>) -> (Self, Lexicon) {
        let (stretches, lexicon) = read_words(&records).unwrap_or_default();
        let texts = Self {
            records,
            base_url: base_url.map(str::to_owned),
            stretches,
        };
        (texts, lexicon)
    }

    /// What tells a text from others, of the document with this key.
    fn key(&self, document: &Key) -> Key {
        let version = env!("CARGO_PKG_VERSION").as_bytes();
        let base = self.base_url.as_ref().map(String::as_bytes);
        let has_base = [u8::from(base.is_some())];
        let coding = CODING.to_le_bytes();
        key_of(&[
            version,
            &coding,
            &has_base,
            base.unwrap_or_default(),
            document,
        ])
    }

    /// Whether there are so many stretches that they are better written as one.
    pub fn are_scattered(&self) -> bool {
        self.stretches.len() >= MOST_STRETCHES
    }

    /// The text of the document with this key, if it is whole and its words are known.
    pub fn get(&self, document: &Key) -> Option<Vec<u8>> {
        let key = self.key(document);
        let mut text = self.records.get(&key)?;
        let is_whole = text.split_first_chunk().is_some_and(|(name, text)| {
            let stretch = self.stretches.iter().rfind(|(of, _)| of == name);
            stretch.is_some_and(|(_, words)| CodedText::is_whole(text, *words))
        });
        if !is_whole {
            self.records.refuse(&key);
            return None;
        }
        text.drain(..size_of::<Name>());
        Some(text)
    }
}

/// The stretches of the lexicon that records hold; none where one of them is not whole.
fn read_words(records: &Records) -> Option<(Vec<(Name, usize)>, Lexicon)> {
    let names = records.get(&STRETCHES)?;
    let (names, rest) = names.as_chunks();
    let mut lexicon = Lexicon::default();
    let mut stretches = Vec::with_capacity(names.len());
    for name in names {
        let words = records.get(&key_of_stretch(name))?;
        lexicon.extend(&words).then_some(())?;
        stretches.push((*name, lexicon.len()));
    }
    rest.is_empty().then_some((stretches, lexicon))
}

fn key_of_stretch(name: &Name) -> Key {
    // What is a word is told by what cuts texts into words.
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    key_of(&[b"stretch", version, &CODING.to_le_bytes(), name])
}

/// A name that no other stretch has.
fn new_name() -> Name {
    let now = SystemTime::now();
    let random = RandomState::new().hash_one((now, std::process::id()));
    random.to_le_bytes()
}

/// Keys of the documents of a build, by their numbers.
#[derive(Default)]
pub struct TextKeys {
    keys: Vec<Option<Key>>,
}

impl TextKeys {
    /// Takes the key of the next document.
    pub fn push(&mut self, document: Option<Key>, texts: &Texts) {
        self.keys
            .push(document.map(|document| texts.key(&document)));
    }

    /// Keeps texts and words of this build for the next one, and warns where they cannot be kept. What tells the text of each
    /// document from others. Linear in those that are new.
    ///
    /// # Errors
    /// The build has not got its texts: they were laid aside and cannot be read.
    pub fn keep(
        self,
        before: Texts,
        writer: &ClosedWriter,
        talk: Talk,
    ) -> Result<Vec<Option<Key>>, samara_engine::Error> {
        let Texts {
            records, stretches, ..
        } = before;
        let path = records.path().to_owned();
        let mut appended = records.append();
        let mut names: Vec<Name> = stretches.into_iter().map(|(name, _)| name).collect();
        if writer.is_anew() {
            names.clear();
        }
        let words = writer.new_words();
        if !words.is_empty() || names.is_empty() {
            let name = new_name();
            appended.put(key_of_stretch(&name), &[&words]);
            names.push(name);
        }
        // Another build may keep its own.
        if let Some(last) = names.last().filter(|_| appended.is_allowed()) {
            self.put(writer, last, &records, &mut appended)?;
        }
        // Texts of which it does not name the words are not there.
        if records.get(&STRETCHES).as_deref() != Some(names.as_flattened()) {
            appended.put(STRETCHES, &[names.as_flattened()]);
        }
        let of_words: Vec<Key> = names.iter().map(key_of_stretch).collect();
        let live = self.keys.iter().flatten().chain(&of_words);
        let closed = appended.close(records, live.chain([&STRETCHES]));
        warn(&path, closed, talk);
        Ok(self.keys)
    }

    /// Keeps the texts that are not there.
    fn put(
        &self,
        writer: &ClosedWriter,
        name: &Name,
        records: &Records,
        appended: &mut Appended,
    ) -> Result<(), samara_engine::Error> {
        writer.coded(|number, text| {
            if let Some(Some(key)) = self.keys.get(number)
                && (writer.is_anew() || !records.has(key))
            {
                appended.put(*key, &[name, text.bytes()]);
            }
        })
    }
}

/// Warns of what the next build will not know.
pub fn warn(path: &Path, kept: io::Result<()>, talk: Talk) {
    if let Err(fault) = kept
        && !talk.quiet
    {
        let note = Note::NotKept {
            fault: fault.to_string(),
        };
        say!("warning: {}: {note}", path.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use samara_engine::{Document, IndexWriter, Section};

    const TALK: Talk = Talk {
        quiet: true,
        verbose: false,
    };

    fn open(path: &Path) -> (Texts, Lexicon) {
        Texts::of(Records::open(path, STAMP), None)
    }

    fn key(word: &str) -> Key {
        key_of(&[word.as_bytes()])
    }

    /// A build of documents of one word each; their index, and how many of them were known.
    fn build(path: &Path, words: &[&str]) -> (Vec<u8>, usize) {
        let (texts, lexicon) = open(path);
        let mut writer = IndexWriter::knowing(lexicon);
        let (mut keys, mut known) = (TextKeys::default(), 0);
        for word in words {
            let document = Document {
                id: (*word).to_owned(),
                url: (*word).to_owned(),
                ..Document::default()
            };
            match texts.get(&key(word)).map(CodedText::new) {
                Some(text) => {
                    known += 1;
                    writer.add_coded(document, &text);
                }
                None => writer.add(Document {
                    sections: vec![Section {
                        text: format!("{word} and others"),
                        ..Section::default()
                    }],
                    ..document
                }),
            }
            keys.push(Some(key(word)), &texts);
        }
        let writer = if texts.are_scattered() {
            writer.close_anew()
        } else {
            writer.close()
        };
        keys.keep(texts, &writer, TALK).unwrap();
        (writer.finish().unwrap(), known)
    }

    fn fresh(words: &[&str]) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        build(&folder.path().join("texts"), words).0
    }

    #[test]
    fn texts_are_read_in_the_words_of_all_builds_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("texts");
        for (words, expected) in [
            (&["one", "two"][..], 0),
            (&["one", "two"], 2),
            (&["three", "one", "two"], 2),
            (&["three", "one", "four", "two"], 3),
            (&["three", "four", "five"], 2),
            // Most words are used no longer, so that numbers are given anew.
            (&["five"], 1),
            (&["five", "one"], 1),
            (&["one", "five"], 2),
        ] {
            let (index, known) = build(&path, words);
            assert_eq!(known, expected, "{words:?}");
            assert!(index == fresh(words), "{words:?}");
        }
    }

    #[test]
    fn many_stretches_become_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("texts");
        let words: Vec<String> = (0..MOST_STRETCHES + 2)
            .map(|of| format!("word{of}"))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for count in 1..=words.len() {
            let (_, known) = build(&path, &words[..count]);
            assert_eq!(known, count - 1);
            assert!(open(&path).0.stretches.len() <= MOST_STRETCHES);
        }
        assert_eq!(open(&path).0.stretches.len(), 2);
        assert!(build(&path, &words).0 == fresh(&words));
    }

    /// A build was killed before it named its words, and another one gave their numbers to others.
    #[test]
    fn words_of_a_killed_build_are_never_taken_for_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("texts");
        build(&path, &["one"]);
        let named = Records::open(&path, STAMP).get(&STRETCHES).unwrap();
        build(&path, &["one", "two"]);
        let records = Records::open(&path, STAMP);
        let mut appended = records.append();
        appended.put(STRETCHES, &[&named]);
        drop((appended, records));
        let (index, known) = build(&path, &["one", "other"]);
        assert_eq!(known, 1);
        assert!(index == fresh(&["one", "other"]));
        let (index, known) = build(&path, &["one", "two"]);
        assert_eq!(known, 1, "two was coded in words that are not there");
        assert!(index == fresh(&["one", "two"]));
        assert_eq!(build(&path, &["one", "two", "other"]).1, 3);
    }

    #[test]
    fn of_damaged_records_nothing_is_taken_that_is_not_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("texts");
        let words = ["one", "two"];
        build(&path, &words[..1]);
        build(&path, &words);
        let (whole, expected) = (std::fs::read(&path).unwrap(), fresh(&words));
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            std::fs::write(&path, damaged).unwrap();
            assert!(build(&path, &words).0 == expected, "damaged at {at}");
            let (index, known) = build(&path, &words);
            assert!(index == expected && known == 2, "mended at {at}");
        }
    }
}
