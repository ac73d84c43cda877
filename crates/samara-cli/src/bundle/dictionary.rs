//! What the texts of the build before had in common, kept in the cache: texts that are compressed with it again have the same
//! names as long as they are the same.

use std::fs;
use std::path::Path;

/// Of so many times as many documents, or as few, another one may serve much better.
const OTHER: usize = 2;
/// More bytes are no dictionary.
const LARGEST: usize = 1 << 15;

/// A dictionary, and how many documents there were when it was made.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    /// Number of the documents.
    pub documents: u32,
    /// The block that texts are compressed with.
    pub bytes: Vec<u8>,
}

impl Dictionary {
    /// The one that was kept in a file, if it serves so many documents.
    pub fn kept(path: &Path, documents: usize) -> Option<Self> {
        let file = fs::read(path).ok()?;
        let (before, bytes) = file.split_first_chunk()?;
        let before = u32::from_le_bytes(*before);
        let serves = documents < OTHER * before as usize && (before as usize) < OTHER * documents;
        (serves && !bytes.is_empty() && bytes.len() <= LARGEST).then(|| Self {
            documents: before,
            bytes: bytes.to_vec(),
        })
    }

    /// Keeps it for the next build. Where it cannot be kept, that makes another one.
    pub fn keep(&self, path: &Path) {
        let file = [&self.documents.to_le_bytes()[..], &self.bytes].concat();
        // Who reads half of it compresses worse.
        let _ = fs::write(path, file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_serves_about_as_many_documents() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dictionary");
        assert_eq!(Dictionary::kept(&path, 100), None);
        let dictionary = Dictionary {
            documents: 100,
            bytes: b"what they share".to_vec(),
        };
        dictionary.keep(&path);
        for documents in [51, 100, 199] {
            assert_eq!(
                Dictionary::kept(&path, documents).as_ref(),
                Some(&dictionary)
            );
        }
        for documents in [0, 1, 50, 200, 10_000] {
            assert_eq!(Dictionary::kept(&path, documents), None);
        }
        fs::write(&path, b"cut").unwrap();
        assert_eq!(Dictionary::kept(&path, 100), None);
    }
}
