//! Texts of documents as builds before have coded them, in the cache.

use crate::output::Talk;
use crate::say;
use samara_corpus::{Appended, Key, Note, Records};
use samara_engine::CodedText;
use sha2::{Digest as _, Sha256};
use std::io;
use std::path::Path;

/// Number of the way in which texts are coded. What reads words otherwise counts it up, or the cache has them as they were read
/// before.
const CODING: u32 = 1;

/// The texts of a file of the cache. They depend on where the site lies beneath, since words of addresses are searched.
pub fn open(path: &Path, base_url: Option<&str>) -> Records {
    let mut stamp = Sha256::new();
    stamp.update(env!("CARGO_PKG_VERSION"));
    stamp.update(CODING.to_le_bytes());
    stamp.update(base_url.unwrap_or_default());
    let mut key = Key::default();
    key.copy_from_slice(&stamp.finalize()[..16]);
    Records::open(path, key)
}

/// Texts that are added to the cache.
pub struct NewTexts<'r> {
    before: &'r Records,
    appended: Appended,
    /// Of each document.
    keys: Vec<Option<Key>>,
}

impl<'r> NewTexts<'r> {
    /// None yet.
    pub fn of(before: &'r Records) -> Self {
        Self {
            before,
            appended: before.append(),
            keys: Vec::new(),
        }
    }

    /// Takes the key of the next document.
    pub fn number(&mut self, key: Option<Key>) {
        self.keys.push(key);
    }

    /// Keeps texts of documents, by their numbers.
    pub fn put(&mut self, coded: Vec<(usize, CodedText)>) {
        for (number, text) in coded {
            let key = self.keys.get(number).copied().flatten();
            if let Some(key) = key.filter(|key| !self.before.has(key)) {
                self.appended.put(key, &[text.bytes()]);
            }
        }
    }

    /// Ends it, and warns where something is not kept.
    pub fn close(self, talk: Talk) {
        let path = self.before.path();
        let closed = self.appended.close(self.keys.iter().flatten());
        warn(path, closed, talk);
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
