//! The term dictionary: an fst of all terms, and ranks derived from it.
//!
//! The fst is stored as a *set*, which automaton.rs writes. Its terms are numbered in order, so the ordinal of a term is the number of
//! terms before it, and that needs only how many terms lie below each node (Lucchesi and Kowaltowski,
//! "Applications of finite automata representing large vocabularies", 1993). Counting when the index is
//! opened costs milliseconds; storing ordinals as outputs makes the dictionary a fifth larger.

use fst::raw::{CompiledAddr, Fst, Node};

use super::postings::Neighbours;
use crate::Error;

/// Nodes deeper than the longest term can be: four bytes a character, generously rounded up.
const DEEPEST: usize = 256;

/// Number of a term: its place among all terms in the order of their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TermOrdinal(pub u32);

/// A dictionary without terms: version, kind, the root's address and the checksum of fst's format.
#[cfg(feature = "split")]
const NONE: &[u8] = &[
    3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 18, 0, 0, 0,
    0, 0, 0, 0, 84, 107, 45, 15,
];

/// The term dictionary.
pub(crate) struct Terms<'a> {
    fst: Fst<&'a [u8]>,
    /// A bit for every byte of the fst at which a node lies.
    nodes: Vec<u64>,
    /// Nodes before each word of `nodes`.
    ranks: Vec<u32>,
    /// Terms below each node, in the order of their addresses.
    counts: Vec<u32>,
    /// Terms before each transition of the root, and then of each of the nodes that it leads to: these have by far the most.
    starts: Vec<Vec<u32>>,
    /// The terms of a few documents, one after the other: compressed, a list is smaller than an fst. The fst is empty then.
    #[cfg(feature = "split")]
    listed: Vec<String>,
    /// All terms, for who asks for most of them: to read one from the fst takes a walk.
    #[cfg(all(feature = "split", feature = "write"))]
    written: Vec<String>,
}

impl<'a> Terms<'a> {
    pub(crate) fn decode(bytes: &'a [u8]) -> Result<Box<Self>, Error> {
        let damaged = Error::Damaged { section: "terms" };
        let fst = Fst::new(bytes).map_err(|_| damaged.clone())?;
        let mut nodes = vec![0u64; bytes.len() / 64 + 1];
        let mut pending = vec![fst.root().addr()];
        while let Some(address) = pending.pop() {
            let word = nodes.get_mut(address / 64).ok_or_else(|| damaged.clone())?;
            let bit = 1 << (address % 64);
            if *word & bit == 0 {
                *word |= bit;
                let node = fst.node(address);
                for number in 0..node.len() {
                    pending.push(node.transition_addr(number));
                }
            }
        }
        let mut ranks = Vec::with_capacity(nodes.len());
        let mut total = 0;
        for word in &nodes {
            ranks.push(total);
            total += word.count_ones();
        }
        let mut terms = Box::new(Terms {
            fst,
            nodes,
            ranks,
            counts: Vec::with_capacity(total as usize),
            starts: Vec::new(),
            #[cfg(feature = "split")]
            listed: Vec::new(),
            #[cfg(all(feature = "split", feature = "write"))]
            written: Vec::new(),
        });
        // A node is written after the nodes that it leads to, so in ascending order of addresses every
        // count is there when it is needed.
        for index in 0..terms.nodes.len() {
            let mut word = terms.nodes[index];
            while word != 0 {
                let address = index * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                let node = terms.fst.node(address);
                let mut count = u32::from(node.is_final());
                for number in 0..node.len() {
                    let below = node.transition_addr(number);
                    if below >= address {
                        return Err(damaged);
                    }
                    count += terms.count(below);
                }
                terms.counts.push(count);
            }
        }
        if terms.len() != terms.fst.len() {
            return Err(damaged);
        }
        terms.starts = vec![terms.starts_of(&terms.root())];
        for number in 0..terms.root().len() {
            let below = terms.node(terms.root().transition_addr(number));
            let starts = terms.starts_of(&below);
            terms.starts.push(starts);
        }
        Ok(terms)
    }

    /// A dictionary of these terms, which ascend.
    ///
    /// # Errors
    /// [`Error::Damaged`] where they do not.
    #[cfg(feature = "split")]
    pub(crate) fn of_list(listed: Vec<String>) -> Result<Box<Self>, Error> {
        let terms = Terms::decode(NONE)?;
        if listed.is_sorted_by(|one, other| one < other) {
            Ok(Box::new(Terms { listed, ..*terms }))
        } else {
            Err(Error::Damaged { section: "terms" })
        }
    }

    /// The terms, where they are a list.
    #[cfg(feature = "split")]
    pub(crate) fn listed(&self) -> &[String] {
        &self.listed
    }

    /// Has all terms at hand. Linear in their letters.
    #[cfg(all(feature = "split", feature = "write"))]
    pub(crate) fn write_out(&mut self) {
        use fst::Streamer;

        let mut terms = self.fst.stream();
        while let Some((term, _)) = terms.next() {
            // All are texts: what is none has ended opening.
            let term = core::str::from_utf8(term).unwrap_or_default();
            self.written.push(term.to_owned());
        }
    }

    /// Number of terms.
    pub(crate) fn len(&self) -> usize {
        #[cfg(feature = "split")]
        if !self.listed.is_empty() {
            return self.listed.len();
        }
        self.count(self.root().addr()) as usize
    }

    pub(crate) fn root(&self) -> Node<'_> {
        self.fst.root()
    }

    pub(crate) fn node(&self, address: CompiledAddr) -> Node<'_> {
        self.fst.node(address)
    }

    /// Terms before each transition of a node.
    fn starts_of(&self, node: &Node) -> Vec<u32> {
        let mut start = 0;
        let mut starts = Vec::with_capacity(node.len());
        for number in 0..node.len() {
            starts.push(start);
            start += self.count(node.transition_addr(number));
        }
        starts
    }

    /// Terms below the node at `address`, itself included. Constant time.
    pub(crate) fn count(&self, address: CompiledAddr) -> u32 {
        let before = self.nodes[address / 64] & ((1 << (address % 64)) - 1);
        self.counts[(self.ranks[address / 64] + before.count_ones()) as usize]
    }

    /// For each term which of [`Neighbours::BUCKETS`] sets its letters name. Linear in the letters.
    pub(crate) fn buckets(&self) -> Vec<u8> {
        let mut buckets = Vec::with_capacity(self.len());
        self.hash_below(&self.root(), 0, 0, &mut buckets);
        buckets
    }

    fn hash_below(&self, node: &Node, depth: usize, hash: u32, buckets: &mut Vec<u8>) {
        if node.is_final() {
            buckets.push(bucket(hash));
        }
        // What is deeper is no dictionary that was written here.
        for number in 0..if depth < DEEPEST { node.len() } else { 0 } {
            let transition = node.transition(number);
            let below = self.node(transition.addr);
            self.hash_below(&below, depth + 1, hashed(hash, transition.inp), buckets);
        }
    }

    /// Appends the term with this number. Linear in its length times the branching of the dictionary.
    pub(crate) fn push_term(&self, ordinal: TermOrdinal, out: &mut String) {
        #[cfg(feature = "split")]
        if let Some(text) = self.listed.get(ordinal.0 as usize) {
            return out.push_str(text);
        }
        #[cfg(all(feature = "split", feature = "write"))]
        if let Some(text) = self.written.get(ordinal.0 as usize) {
            return out.push_str(text);
        }
        let mut bytes = [0; DEEPEST];
        let mut length = 0;
        let mut left = ordinal.0;
        let mut node = self.root();
        let mut known = 0;
        while length < DEEPEST {
            if node.is_final() {
                if left == 0 {
                    break;
                }
                left -= 1;
            }
            let mut number = 0;
            if let Some(starts) = self.starts.get(known) {
                number = starts
                    .partition_point(|&start| start <= left)
                    .saturating_sub(1);
                left -= starts.get(number).copied().unwrap_or_default();
                known = if known == 0 { 1 + number } else { usize::MAX };
            }
            // Addresses alone: most transitions are only counted.
            while number < node.len() {
                let below = self.count(node.transition_addr(number));
                if left < below {
                    break;
                }
                left -= below;
                number += 1;
            }
            if number == node.len() {
                break;
            }
            let transition = node.transition(number);
            bytes[length] = transition.inp;
            length += 1;
            node = self.node(transition.addr);
        }
        out.push_str(core::str::from_utf8(&bytes[..length]).unwrap_or_default());
    }

    /// Number of exactly this term. Linear in its length times the branching of the dictionary.
    pub(crate) fn ordinal(&self, term: &str) -> Option<TermOrdinal> {
        #[cfg(feature = "split")]
        if !self.listed.is_empty() {
            let place = self
                .listed
                .binary_search_by(|other| other.as_str().cmp(term));
            return place.ok().map(|place| TermOrdinal(place as u32));
        }
        let mut ordinal = 0;
        let mut node = self.root();
        let mut known = 0;
        for byte in term.bytes() {
            ordinal += u32::from(node.is_final());
            let number = node.find_input(byte)?;
            if let Some(starts) = self.starts.get(known) {
                ordinal += starts[number];
                known = if known == 0 { 1 + number } else { usize::MAX };
            } else {
                for before in 0..number {
                    ordinal += self.count(node.transition_addr(before));
                }
            }
            node = self.node(node.transition_addr(number));
        }
        node.is_final().then_some(TermOrdinal(ordinal))
    }
}

/// The hash of a text that goes on with a byte.
pub(crate) fn hashed(hash: u32, byte: u8) -> u32 {
    // Fibonacci hashing (Knuth, TAOCP 3, 6.4).
    let hash = (hash ^ u32::from(byte)).wrapping_mul(0x9e37_79b9);
    hash ^ hash >> 15
}

/// The set that a hash names.
pub(crate) fn bucket(hash: u32) -> u8 {
    (hash >> 16) as u8 % Neighbours::BUCKETS as u8
}

/// The dictionary of `terms`, which are in ascending order and distinct.
#[cfg(feature = "write")]
pub(crate) fn encode<'t>(terms: impl Iterator<Item = &'t str>) -> Result<Vec<u8>, Error> {
    super::automaton::encode(terms.map(str::as_bytes)).ok_or(Error::Damaged { section: "terms" })
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ordinals_are_places_in_the_sorted_list(words in prop::collection::btree_set("[a-cé]{0,6}", 0..60)) {
            let words: BTreeSet<String> = words;
            let bytes = encode(words.iter().map(String::as_str)).unwrap();
            let terms = Terms::decode(&bytes).unwrap();
            prop_assert_eq!(terms.len(), words.len());
            for (place, word) in words.iter().enumerate() {
                prop_assert_eq!(terms.ordinal(word), Some(TermOrdinal(place as u32)));
                let mut text = String::new();
                terms.push_term(TermOrdinal(place as u32), &mut text);
                prop_assert_eq!(&text, word);
                let longer = format!("{word}x");
                prop_assert_eq!(terms.ordinal(&longer), None);
            }
        }
    }
}
