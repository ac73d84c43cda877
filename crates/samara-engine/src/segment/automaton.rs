//! Writing a set of terms as the smallest automaton, in the bytes that the crate `fst` reads.
//!
//! The builder of that crate keeps some of the nodes that it has seen, and which depends on the width of addresses of the
//! machine: a build in WebAssembly would have other bytes than one beside it. This one keeps all of them (Daciuk, Mihov,
//! Watson and Watson, "Incremental construction of minimal acyclic finite-state automata", 2000).

use std::sync::LazyLock;

use hashbrown::HashMap;

/// What `fst` calls its format, and this kind of map in it.
const HEADER: [u64; 2] = [3, 0];
/// The address of the node that ends a term and leads nowhere; it takes no bytes.
const END: u64 = 0;
/// The first bits of nodes: with one transition to the node just before, with one, and with any number.
const NEXT: u8 = 0b1100_0000;
const ONE: u8 = 0b1000_0000;
const FINAL: u8 = 0b0100_0000;
/// The other bits: how many transitions, or which frequent byte.
const FEW: u8 = 0b0011_1111;
/// From more transitions on, a node has a table of them.
const MANY: usize = 32;

/// A state of the automaton.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Node {
    is_final: bool,
    transitions: Vec<(u8, u64)>,
}

/// The set of `terms`, which are in ascending order and distinct; nothing where they are not. Linear in their bytes.
pub(super) fn encode<'t>(terms: impl Iterator<Item = &'t [u8]>) -> Option<Vec<u8>> {
    let mut builder = Builder {
        bytes: HEADER.map(u64::to_le_bytes).concat(),
        last: None,
        known: HashMap::new(),
        frequent: (*FREQUENT)?,
        open: vec![Node::default()],
    };
    let mut before: Option<Vec<u8>> = None;
    let mut count: u64 = 0;
    for term in terms {
        let shared = match &before {
            Some(before) if before[..] >= *term => return None,
            Some(before) => before.iter().zip(term).take_while(|(a, b)| a == b).count(),
            None => 0,
        };
        builder.close(shared, before.as_deref().unwrap_or_default());
        builder.open.resize(term.len() + 1, Node::default());
        builder.open[term.len()].is_final = true;
        count += 1;
        before = Some(term.to_vec());
    }
    builder.close(0, before.as_deref().unwrap_or_default());
    let root = std::mem::take(&mut builder.open[0]);
    let root = builder.write(root);
    let mut bytes = builder.bytes;
    bytes.extend(count.to_le_bytes());
    bytes.extend(root.to_le_bytes());
    let sum = checksum(&bytes);
    bytes.extend(sum.to_le_bytes());
    Some(bytes)
}

struct Builder {
    bytes: Vec<u8>,
    /// The address of the node that was written last.
    last: Option<u64>,
    known: HashMap<Node, u64>,
    /// How nodes with one transition say its byte, or 0 where they spell it out.
    frequent: [u8; 256],
    /// The nodes on the way of the term before, from the root.
    open: Vec<Node>,
}

impl Builder {
    /// Writes the nodes of the term before that lie deeper than what it shares with the next one.
    fn close(&mut self, shared: usize, before: &[u8]) {
        while self.open.len() > shared + 1 {
            let node = self.open.pop().unwrap_or_default();
            let address = self.write(node);
            let parent = self.open.len() - 1;
            self.open[parent]
                .transitions
                .push((before[parent], address));
        }
    }

    /// The address of a node, which is written unless an equal one was.
    fn write(&mut self, node: Node) -> u64 {
        if node.is_final && node.transitions.is_empty() {
            return END;
        }
        if let Some(&address) = self.known.get(&node) {
            return address;
        }
        let start = self.bytes.len() as u64;
        match node.transitions[..] {
            [(byte, to)] if !node.is_final => self.write_one(start, byte, to),
            _ => self.write_any(start, &node),
        }
        let address = self.bytes.len() as u64 - 1;
        self.last = Some(address);
        self.known.insert(node, address);
        address
    }

    fn write_one(&mut self, start: u64, byte: u8, to: u64) {
        let is_next = Some(to) == self.last;
        if !is_next {
            let width = width(distance(start, to));
            self.put(distance(start, to), width);
            self.bytes.push((width as u8) << 4);
        }
        let frequent = self.frequent[usize::from(byte)];
        if frequent == 0 {
            self.bytes.push(byte);
        }
        self.bytes.push(if is_next { NEXT } else { ONE } | frequent);
    }

    fn write_any(&mut self, start: u64, node: &Node) {
        let transitions = &node.transitions;
        let widths = transitions
            .iter()
            .map(|&(_, to)| width(distance(start, to)));
        let width = widths.max().unwrap_or(0);
        for &(_, to) in transitions.iter().rev() {
            self.put(distance(start, to), width);
        }
        self.bytes
            .extend(transitions.iter().rev().map(|&(byte, _)| byte));
        if transitions.len() > MANY {
            let mut places = [u8::MAX; 256];
            for (place, &(byte, _)) in transitions.iter().enumerate() {
                places[usize::from(byte)] = place as u8;
            }
            self.bytes.extend(places);
        }
        self.bytes.push((width as u8) << 4);
        let count = transitions.len();
        let few = if count <= usize::from(FEW) {
            count as u8
        } else {
            0
        };
        if few == 0 {
            // 256 does not fit into a byte, and 1 would be said in the first one.
            self.bytes.push(if count == 256 { 1 } else { count as u8 });
        }
        self.bytes.push(if node.is_final { FINAL } else { 0 } | few);
    }

    fn put(&mut self, number: u64, width: usize) {
        self.bytes.extend(&number.to_le_bytes()[..width]);
    }
}

/// How far back a node lies.
fn distance(start: u64, to: u64) -> u64 {
    if to == END { 0 } else { start - to }
}

/// Bytes that a number takes.
fn width(number: u64) -> usize {
    (u64::BITS - number.leading_zeros()).div_ceil(8).max(1) as usize
}

/// How `fst` numbers frequent bytes.
static FREQUENT: LazyLock<Option<[u8; 256]>> = LazyLock::new(frequent_bytes);

/// Their numbers are read off a set that it writes, in which each byte is the one transition of a node.
fn frequent_bytes() -> Option<[u8; 256]> {
    let set = fst::Set::from_iter((0..=u8::MAX).map(|byte| [byte, byte])).ok()?;
    let fst = set.as_fst();
    let mut numbers = [0; 256];
    for transition in fst.root().transitions() {
        numbers[usize::from(transition.inp)] = fst.as_bytes().get(transition.addr)? & FEW;
    }
    Some(numbers)
}

/// CRC-32C, masked as `fst` has it at its end.
fn checksum(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0x82f6_3b78;
    const MASK: u32 = 0xa282_ead8;
    let table: [u32; 256] = std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |sum, _| (sum >> 1) ^ (POLYNOMIAL * (sum & 1)))
    });
    let sum = bytes.iter().fold(u32::MAX, |sum, &byte| {
        (sum >> 8) ^ table[usize::from(sum as u8 ^ byte)]
    });
    (!sum).rotate_right(15).wrapping_add(MASK)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn ours(terms: &BTreeSet<Vec<u8>>) -> Vec<u8> {
        encode(terms.iter().map(Vec::as_slice)).unwrap()
    }

    proptest! {
        #[test]
        fn a_small_set_has_the_bytes_that_fst_writes(terms in prop::collection::btree_set("[a-zé0-9]{0,7}", 0..60)) {
            let terms: BTreeSet<Vec<u8>> = terms.into_iter().map(String::into_bytes).collect();
            let theirs = fst::Set::from_iter(&terms).unwrap();
            // A hundred nodes or so are few enough that it forgets none, almost always.
            let ours = ours(&terms);
            prop_assert!(ours.len() <= theirs.as_fst().as_bytes().len());
            let set = fst::Set::new(ours).unwrap();
            set.as_fst().verify().unwrap();
            prop_assert_eq!(set.stream().into_bytes(), terms.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn nodes_of_all_kinds_have_the_bytes_that_fst_writes() {
        let all: BTreeSet<Vec<u8>> = (0..=u8::MAX).map(|byte| vec![byte]).collect();
        let most: BTreeSet<Vec<u8>> = (0..70).map(|byte| vec![byte, b'a', byte]).collect();
        let empty = BTreeSet::from([Vec::new(), b"a".to_vec(), b"ab".to_vec()]);
        for terms in [BTreeSet::new(), all, most, empty] {
            let theirs = fst::Set::from_iter(&terms).unwrap();
            assert_eq!(ours(&terms), theirs.as_fst().as_bytes());
        }
    }

    #[test]
    fn terms_out_of_order_are_refused() {
        for terms in [["b", "a"], ["a", "a"]] {
            assert_eq!(encode(terms.iter().map(|term| term.as_bytes())), None);
        }
    }
}
