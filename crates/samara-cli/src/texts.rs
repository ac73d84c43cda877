//! Texts of documents as builds before have coded them, in the cache.

use crate::output::Talk;
use crate::say;
use samara_corpus::{Appended, Key, Note, Records, key_of};
use samara_engine::CodedText;
use std::io;
use std::path::Path;

/// Number of the way in which texts are coded. What reads words otherwise counts it up, or the cache has them as they were read
/// before.
const CODING: u32 = 1;
/// How it is written.
pub const STAMP: Key = *b"coded documents1";

/// Texts of documents, by their keys.
pub struct Texts {
    records: Records,
    /// Where the site lies beneath: words of addresses are searched.
    base_url: Option<String>,
}

impl Texts {
    /// Those of these records.
    pub fn of(records: Records, base_url: Option<&str>) -> Self {
        Self {
            records,
            base_url: base_url.map(str::to_owned),
        }
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

    /// The text of the document with this key, if it is whole.
    pub fn get(&self, document: &Key) -> Option<Vec<u8>> {
        let key = self.key(document);
        let text = self.records.get(&key)?;
        let is_whole = CodedText::is_whole(&text);
        if !is_whole {
            self.records.refuse(&key);
        }
        is_whole.then_some(text)
    }
}

/// Texts that are added to the cache.
pub struct NewTexts {
    appended: Appended,
    /// Of the text of each document, and whether it is there.
    keys: Vec<Option<(Key, bool)>>,
}

impl NewTexts {
    /// None yet.
    pub fn of(before: &Texts) -> Self {
        Self {
            appended: before.records.append(),
            keys: Vec::new(),
        }
    }

    /// Takes the key of the next document.
    pub fn number(&mut self, document: Option<Key>, before: &Texts) {
        let key = document.map(|document| before.key(&document));
        let key = key.map(|key| (key, before.records.has(&key)));
        self.keys.push(key);
    }

    /// Keeps texts of documents, by their numbers.
    pub fn put(&mut self, coded: Vec<(usize, CodedText)>) {
        for (number, text) in coded {
            if let Some(Some((key, false))) = self.keys.get(number) {
                self.appended.put(*key, &[text.bytes()]);
            }
        }
    }

    /// Ends it, and warns where something is not kept; what tells the text of each document from others.
    pub fn close(self, before: Texts, talk: Talk) -> Vec<Option<Key>> {
        let path = before.records.path().to_owned();
        let keys = self.keys.into_iter().map(|of| of.map(|(key, _)| key));
        let keys: Vec<Option<Key>> = keys.collect();
        let closed = self.appended.close(before.records, keys.iter().flatten());
        warn(&path, closed, talk);
        keys
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
