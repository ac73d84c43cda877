//! The numbers that documents had when they were built last.
//!
//! Documents are numbered in the order of their files' names, and an index counts them. Were a new one counted where its name
//! belongs, all behind it would have other numbers, and of an index in blocks hardly a byte would stay. So every document keeps
//! its number. The places of those that are gone are taken by the last ones, where there are fewer than before, and then by new
//! ones, of which the others come behind.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::records::{Key, refuse_others, shortened};
use super::whole;

const MAGIC: &[u8; 16] = b"SAMARAORDER00001";

/// The order of the documents of the build before, in a file.
pub(crate) struct Order {
    path: PathBuf,
    before: Vec<Key>,
}

impl Order {
    /// The order in a file; of nothing where there is none, or a damaged one.
    pub fn open(path: PathBuf) -> Self {
        let read = refuse_others(&path).and_then(|()| fs::read(&path));
        let before = read.ok().and_then(|bytes| keys(&bytes));
        Self {
            before: before.unwrap_or_default(),
            path,
        }
    }

    /// The file that holds it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// For each number, the place in the list of the document with this identifier that is given it. Linear.
    pub fn arrange<'i>(&self, ids: impl ExactSizeIterator<Item = &'i str>) -> Vec<usize> {
        let before: HashMap<&Key, usize> = self.before.iter().zip(0..).collect();
        let mut numbers: Vec<Option<usize>> = vec![None; ids.len()];
        let (mut moved, mut new) = (Vec::new(), Vec::new());
        for (place, id) in ids.enumerate() {
            match before.get(&key(id)) {
                Some(&number) => match numbers.get_mut(number) {
                    Some(free) => *free = Some(place),
                    None => moved.push(place),
                },
                None => new.push(place),
            }
        }
        let mut others = moved.into_iter().chain(new);
        let numbers = numbers.into_iter();
        numbers
            .filter_map(|number| number.or_else(|| others.next()))
            .collect()
    }

    /// Writes the order of these identifiers, for the next time.
    ///
    /// # Errors
    /// It cannot be written. What was there before is still there.
    pub fn write<'i>(&self, ids: impl Iterator<Item = &'i str>) -> io::Result<()> {
        let now: Vec<Key> = ids.map(key).collect();
        if now == self.before {
            return Ok(());
        }
        let bytes = [&MAGIC[..], now.as_flattened()].concat();
        let sum = shortened(Sha256::new_with_prefix(&bytes));
        whole::exchange(&self.path, |out| {
            out.write_all(&bytes)?;
            out.write_all(&sum)?;
            out.flush()?;
            // All names of blocks hang on it.
            out.get_ref().sync_all()
        })
    }
}

fn key(id: &str) -> Key {
    shortened(Sha256::new_with_prefix(id))
}

/// What a file says, if it is whole.
fn keys(bytes: &[u8]) -> Option<Vec<Key>> {
    let (rest, sum) = bytes.split_last_chunk::<{ size_of::<Key>() }>()?;
    if shortened(Sha256::new_with_prefix(rest)) != *sum {
        return None;
    }
    let (keys, rest) = rest.strip_prefix(MAGIC)?.as_chunks();
    rest.is_empty().then(|| keys.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_keep_their_numbers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("order");
        for (ids, expected) in [
            ("b d f", "b d f"),
            ("a b c d e f", "b d f a c e"),
            ("a b c d e", "b d e a c"),
            ("a b c d e z", "b d e a c z"),
            ("a c d e x z", "x d e a c z"),
            ("x", "x"),
            ("a b", "a b"),
        ] {
            let order = Order::open(path.clone());
            let ids: Vec<&str> = ids.split(' ').collect();
            let arranged = order.arrange(ids.iter().copied());
            let arranged: Vec<&str> = arranged.into_iter().map(|place| ids[place]).collect();
            assert_eq!(arranged.join(" "), expected);
            order.write(arranged.into_iter()).unwrap();
        }
        let bytes = fs::read(&path).unwrap();
        for length in 0..bytes.len() {
            fs::write(&path, &bytes[..length]).unwrap();
            assert_eq!(Order::open(path.clone()).before, Vec::<Key>::new());
        }
    }
}
