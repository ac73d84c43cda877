//! The pages of a corpus while it is built: in memory up to a bound, the rest in a file without a name.

use std::fs::File;
use std::io;
use std::sync::{PoisonError, RwLock};

use super::record;
use super::spill::Shared;
use crate::page::Page;

/// Where a record lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    source: u32,
    start: u64,
    length: u32,
}

impl Place {
    pub fn length(self) -> u32 {
        self.length
    }
}

/// What holds records.
enum Source {
    Memory(RwLock<Vec<Box<[u8]>>>),
    File(Shared),
}

/// Records, which are bytes, and where they lie.
pub(crate) struct Store {
    sources: Vec<Source>,
    /// Bytes that memory may hold; all where nothing is said.
    most: usize,
    held: usize,
    /// The file of what memory does not hold, and its end.
    overflow: Option<(u32, u64)>,
}

impl Store {
    /// A store without records, of which so many bytes are held in memory.
    pub fn new(most: Option<usize>) -> Self {
        Self {
            sources: vec![Source::Memory(RwLock::default())],
            // WebAssembly has no file without a name.
            most: most
                .filter(|_| !cfg!(target_family = "wasm"))
                .unwrap_or(usize::MAX),
            held: 0,
            overflow: None,
        }
    }

    /// Puts a record. Linear in it.
    ///
    /// # Errors
    /// There is no temporary file, or it cannot be written.
    pub fn put(&mut self, bytes: Vec<u8>) -> io::Result<Place> {
        let length = u32::try_from(bytes.len())
            .map_err(|_| io::Error::other("a page of more than four gigabytes"))?;
        if self.held + bytes.len() <= self.most
            && let Source::Memory(records) = &self.sources[0]
        {
            let mut records = records.write().unwrap_or_else(PoisonError::into_inner);
            self.held += bytes.len();
            records.push(bytes.into_boxed_slice());
            return Ok(Place {
                source: 0,
                start: records.len() as u64 - 1,
                length,
            });
        }
        let (source, start) = match self.overflow {
            Some(overflow) => overflow,
            None => (self.add(tempfile::tempfile()?), 0),
        };
        if let Source::File(file) = &mut self.sources[source as usize] {
            file.write_at(start, &bytes)?;
        }
        self.overflow = Some((source, start + u64::from(length)));
        Ok(Place {
            source,
            start,
            length,
        })
    }

    /// Adds a file that holds records; the number by which [`Self::place`] knows it.
    pub fn add(&mut self, file: File) -> u32 {
        self.sources.push(Source::File(Shared::of(file)));
        self.sources.len() as u32 - 1
    }

    /// The place of a record in a file that was added.
    pub fn place(source: u32, start: u64, length: u32) -> Place {
        Place {
            source,
            start,
            length,
        }
    }

    /// The bytes of a record.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn bytes(&self, place: Place) -> io::Result<Vec<u8>> {
        match &self.sources[place.source as usize] {
            Source::Memory(records) => {
                let records = records.read().unwrap_or_else(PoisonError::into_inner);
                Ok(records[place.start as usize].to_vec())
            }
            Source::File(file) => {
                let mut bytes = vec![0; place.length as usize];
                file.read(place.start, &mut bytes)?;
                Ok(bytes)
            }
        }
    }

    /// What is known of a page beside its blocks.
    ///
    /// # Errors
    /// The file cannot be read, or was changed.
    pub fn head(&self, place: Place) -> io::Result<Page> {
        self.with(place, record::head)
    }

    /// A page.
    ///
    /// # Errors
    /// As for [`Self::head`].
    pub fn page(&self, place: Place) -> io::Result<Page> {
        self.with(place, record::decode)
    }

    /// A page that is not asked for again: the memory that it takes is free.
    ///
    /// # Errors
    /// As for [`Self::head`].
    pub fn take(&self, place: Place) -> io::Result<Page> {
        let bytes = match &self.sources[place.source as usize] {
            Source::Memory(records) => {
                let mut records = records.write().unwrap_or_else(PoisonError::into_inner);
                std::mem::take(&mut records[place.start as usize])
            }
            Source::File(_) => self.bytes(place)?.into(),
        };
        record::decode(&bytes).ok_or_else(damaged)
    }

    /// Gives back the memory of a record that is not asked for again.
    pub fn forget(&self, place: Place) {
        if let Source::Memory(records) = &self.sources[place.source as usize] {
            let mut records = records.write().unwrap_or_else(PoisonError::into_inner);
            records[place.start as usize] = Box::default();
        }
    }

    fn with(&self, place: Place, decode: fn(&[u8]) -> Option<Page>) -> io::Result<Page> {
        let decoded = match &self.sources[place.source as usize] {
            Source::Memory(records) => {
                let records = records.read().unwrap_or_else(PoisonError::into_inner);
                decode(&records[place.start as usize])
            }
            Source::File(_) => decode(&self.bytes(place)?),
        };
        decoded.ok_or_else(damaged)
    }
}

fn damaged() -> io::Error {
    io::Error::other("something else has changed it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_from_memory_and_file() {
        for most in [None, Some(0), Some(40)] {
            let mut store = Store::new(most);
            let record = |number: u8| vec![number; usize::from(number)];
            let places: Vec<Place> = (0..20)
                .map(|number| store.put(record(number)).unwrap())
                .collect();
            assert_eq!(store.overflow.is_some(), most.is_some(), "{most:?}");
            for (number, place) in (0..20).zip(places) {
                assert_eq!(store.bytes(place).unwrap(), record(number));
            }
        }
    }
}
