//! Words and separators by their numbers, which a later build can go on with.

use std::hash::BuildHasher;

use compact_str::CompactString;
use hashbrown::{DefaultHashBuilder, HashTable};

use crate::Weight;
use crate::analysis::Kind;
use crate::segment::Reader;
use crate::segment::encode::put_varint;

/// A word or separator of the corpus.
#[derive(Default)]
pub(super) struct Entry {
    pub text: CompactString,
    /// None for a separator.
    pub kind: Option<Kind>,
    /// Words that count for less or more have forms of their own.
    pub weight: Option<Weight>,
    pub count: u64,
    /// How often it occurs in each language, by the language's number: in the one in which it came first, and in others, which
    /// most words have not. Of separators, nobody asks.
    first: (u16, u64),
    others: Vec<(u16, u64)>,
}

impl Entry {
    /// How often it occurs in each language, by the language's number.
    pub fn languages(&self) -> impl Iterator<Item = (u16, u64)> {
        [self.first].into_iter().chain(self.others.iter().copied())
    }

    /// It occurs so many times in a language.
    pub fn occurs(&mut self, language: u16, times: u64) {
        self.count += times;
        let first = Some(&mut self.first).filter(|(of, count)| *of == language || *count == 0);
        if let Some(first) = first {
            *first = (language, first.1 + times);
            return;
        }
        match self.others.iter_mut().find(|(of, _)| *of == language) {
            Some((_, count)) => *count += times,
            None => self.others.push((language, times)),
        }
    }

    /// Whether it has this text and this weight.
    fn is(&self, text: &str, weight: Option<Weight>) -> bool {
        *self.text == *text && self.weight == weight
    }

    /// Adds where else it occurs.
    fn merge(&mut self, other: &Entry) {
        for (language, count) in other.languages() {
            self.occurs(language, count);
        }
    }
}

/// Words and separators by their numbers.
#[derive(Default)]
pub struct Lexicon {
    pub(super) entries: Vec<Entry>,
    /// Numbers of the entries, by their texts and weights. Every word is looked up here, so it matters how fast they are hashed.
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Lexicon {
    /// Number of the words and separators.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Goes on with words that a build has written ([`ClosedWriter::new_words`](crate::ClosedWriter::new_words)), behind those that
    /// it knew; whether the bytes are whole. Linear in them.
    #[must_use]
    pub fn extend(&mut self, bytes: &[u8]) -> bool {
        let mut reader = Reader::new(bytes, "lexicon");
        while !reader.is_at_end() {
            let kind = match reader.byte() {
                0 => None,
                1 => Some(Kind::Word),
                2 => Some(Kind::Single),
                _ => return false,
            };
            // Weights are steps of a byte, of which the highest is not used.
            let weight = Some(reader.byte()).filter(|&steps| steps != u8::MAX);
            let text = reader.str();
            if reader.end().is_err() && reader.is_at_end() {
                return false;
            }
            self.entries.push(Entry {
                text: text.into(),
                kind,
                weight: weight.map(Weight::of_steps),
                ..Entry::default()
            });
        }
        reader.end().is_ok()
    }

    /// Bytes of the words from a number on. Linear in them.
    pub(super) fn written(&self, from: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in &self.entries[from..] {
            bytes.push(match entry.kind {
                None => 0,
                Some(Kind::Word) => 1,
                Some(Kind::Single) => 2,
            });
            bytes.push(entry.weight.map_or(u8::MAX, Weight::steps));
            put_varint(&mut bytes, entry.text.len() as u32);
            bytes.extend(entry.text.as_bytes());
        }
        bytes
    }

    /// Counts how often each word occurs in a language. Linear in the words.
    pub(super) fn count(&mut self, language: u16, counts: Vec<u32>) {
        let counted = self.entries.iter_mut().zip(counts);
        for (entry, count) in counted.filter(|(_, count)| *count > 0) {
            entry.occurs(language, u64::from(count));
        }
    }

    /// The number of a word or separator, which may be new.
    pub(super) fn number(&mut self, text: &str, kind: Option<Kind>, weight: Option<Weight>) -> u32 {
        let next = self.entries.len() as u32;
        let number = self.find_or_put(text, weight);
        if number == next {
            self.entries.push(Entry {
                text: text.into(),
                kind,
                weight,
                ..Entry::default()
            });
        }
        number
    }

    /// Adds the words of others with their counts; the numbers that they have here. Linear in both.
    pub(super) fn merge(&mut self, other: Self) -> Vec<u32> {
        if self.is_empty() {
            *self = other;
            return (0..self.entries.len() as u32).collect();
        }
        if self.numbers.len() < self.entries.len() {
            self.number_all();
        }
        let numbers = other.entries.into_iter().map(|entry| {
            let number = self.find_or_put(&entry.text, entry.weight);
            match self.entries.get_mut(number as usize) {
                Some(known) => known.merge(&entry),
                None => self.entries.push(entry),
            }
            number
        });
        numbers.collect()
    }

    /// The number of an entry, or that of the next one, which is believed to be put there.
    fn find_or_put(&mut self, text: &str, weight: Option<Weight>) -> u32 {
        let (entries, hasher) = (&self.entries, &self.hasher);
        let hash = hashed(hasher, text, weight);
        let is_same = |&number: &u32| entries[number as usize].is(text, weight);
        if let Some(&number) = self.numbers.find(hash, is_same) {
            return number;
        }
        let number = entries.len() as u32;
        self.numbers.insert_unique(hash, number, |&number: &u32| {
            hashed_entry(hasher, &entries[number as usize])
        });
        number
    }

    /// Numbers what was read.
    fn number_all(&mut self) {
        let (entries, hasher) = (&self.entries, &self.hasher);
        let hash = |number: u32| hashed_entry(hasher, &entries[number as usize]);
        self.numbers = HashTable::with_capacity(entries.len());
        for number in 0..entries.len() as u32 {
            self.numbers
                .insert_unique(hash(number), number, |&number| hash(number));
        }
    }
}

fn hashed_entry(hasher: &DefaultHashBuilder, entry: &Entry) -> u64 {
    hashed(hasher, &entry.text, entry.weight)
}

/// The hash of an entry with this text and this weight.
fn hashed(hasher: &DefaultHashBuilder, text: &str, weight: Option<Weight>) -> u64 {
    hasher.hash_one(text) ^ weight.map_or(0, |weight| u64::from(weight.steps()) + 1)
}
