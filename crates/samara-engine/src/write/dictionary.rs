//! What many documents have in common: a dictionary that the blocks of their texts are compressed with.
//!
//! A block of texts is small, so most of what it repeats stands in other blocks. The dictionary is put together of parts whose
//! bytes stand in most documents, one of each stretch of the samples, as Zstandard's FastCover does it (after Liao, Petri,
//! Moffat and Wirth, "Effective Construction of Relative Lempel-Ziv Dictionaries", 2016).

use crate::index::Index;
use crate::segment::DocId;
use crate::segment::blocks::id_hash;

/// Bytes of a dictionary, which each visitor fetches once: they take 14 in a hundred off the texts of the library (measured).
const SIZE: usize = 16 << 10;
/// Bytes of samples that each byte of a dictionary takes at least. Of fewer, it holds what one document repeats.
const SAMPLED: usize = 16;
/// Bytes of a part.
const PART: usize = 64;
/// Bytes that are compared: shorter ones are hardly worth pointing at.
const COMPARED: usize = 8;
/// Bits of the number that such bytes have. Others may share it, which costs a little and breaks nothing.
const BITS: u32 = 20;

/// Bytes that one document adds to the samples at the most, or a manual's changelog would be all of them.
pub(super) const MOST_OF_ONE: u32 = 1 << 15;

/// Documents whose texts tell what all have in common, in no order that means anything. They are chosen by their identifiers, so
/// that few changes of a site change the choice, which would give all texts another dictionary. `lengths` are those of the streams.
pub(super) fn samples(index: &Index, lengths: &[u32]) -> Vec<u32> {
    /// Bytes of their streams, and how many there are, at the most.
    const ENOUGH: (u32, usize) = (400_000, 512);
    let mut documents: Vec<(u32, u32)> = (0..index.len() as u32)
        .map(|document| (id_hash(index.id(DocId(document))), document))
        .collect();
    documents.sort_unstable();
    let mut bytes = 0u32;
    let documents = documents.into_iter().map(|(_, document)| document);
    let enough = documents.take_while(|&document| {
        let is_wanted = bytes < ENOUGH.0;
        bytes += lengths[document as usize].min(MOST_OF_ONE);
        is_wanted
    });
    enough.take(ENOUGH.1).collect()
}

/// What these samples share, and what most of them share at the end, where pointing at it costs least; nothing where they are
/// too few to tell. Linear in the samples.
pub(super) fn dictionary(samples: &[Vec<u8>]) -> Vec<u8> {
    let text = samples.concat();
    let size = (text.len() / SAMPLED).min(SIZE);
    let stretch = text.len().div_ceil((size / PART).max(1)).max(1);
    let mut counts = counts(samples);
    let mut chosen: Vec<(u32, &[u8])> = Vec::new();
    let mut length = 0;
    loop {
        let before = length;
        for stretch in text.chunks(stretch) {
            let Some((gain, part)) = best(stretch, &counts) else {
                continue;
            };
            if length + part.len() > size {
                break;
            }
            length += part.len();
            // What is there already is worth nothing any more.
            part.windows(COMPARED)
                .for_each(|bytes| counts[number(bytes)] = 0);
            chosen.push((gain, part));
        }
        if length == before {
            break;
        }
    }
    chosen.sort_by_key(|&(gain, _)| gain);
    let parts: Vec<&[u8]> = chosen.into_iter().map(|(_, part)| part).collect();
    parts.concat()
}

/// How many of the samples hold the bytes of each number, beside the first one.
fn counts(samples: &[Vec<u8>]) -> Vec<u32> {
    let mut counts = vec![0; 1 << BITS];
    let mut seen = vec![0; 1 << BITS];
    for (sample, place) in samples.iter().zip(1..) {
        for bytes in sample.windows(COMPARED) {
            let number = number(bytes);
            if seen[number] != place {
                counts[number] += u32::from(seen[number] != 0);
                seen[number] = place;
            }
        }
    }
    counts
}

/// The part of a stretch whose bytes stand in most samples, and in how many, all added up; none where nothing is shared.
fn best<'t>(stretch: &'t [u8], counts: &[u32]) -> Option<(u32, &'t [u8])> {
    const WITHIN: usize = PART - COMPARED + 1;
    let numbers: Vec<usize> = stretch.windows(COMPARED).map(number).collect();
    let mut best = None;
    let mut gain = 0;
    for end in 0..numbers.len() {
        // What a part repeats in itself counts once.
        let is_first = |at: usize, from: usize| !numbers[from..at].contains(&numbers[at]);
        let start = (end + 1).saturating_sub(WITHIN);
        if is_first(end, start) {
            gain += counts[numbers[end]];
        }
        if gain > best.map_or(0, |(most, _)| most) {
            best = Some((gain, start));
        }
        if end + 1 >= WITHIN && !numbers[start + 1..=end].contains(&numbers[start]) {
            gain -= counts[numbers[start]];
        }
    }
    let (gain, start) = best?;
    let end = numbers.len().min(start + WITHIN);
    let counts = |at: &usize| counts[numbers[*at]] > 0;
    let (first, last) = ((start..end).find(counts)?, (start..end).rfind(counts)?);
    Some((gain, &stretch[first..last + COMPARED]))
}

/// A number of these bytes, the same wherever they stand.
fn number(bytes: &[u8]) -> usize {
    let mut eight = [0; COMPARED];
    eight.copy_from_slice(bytes);
    let mixed = u64::from_le_bytes(eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (u64::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_samples_share_is_there_and_most_shared_last() {
        let often = "what stands on every page of this site, and has to be said again. ";
        let seldom = "a sentence that only some of the pages have, at another place. ";
        let sample = |number: usize| {
            let words = (0..40).map(|word| number * 1_000 + word);
            let own: String = words.map(|word| format!("{word:x}/")).collect();
            let seldom = if number.is_multiple_of(8) { seldom } else { "" };
            format!("{own}{often}{own}{seldom}").into_bytes()
        };
        let samples: Vec<Vec<u8>> = (0..64).map(sample).collect();
        let found = dictionary(&samples);
        let place = |part: &str| {
            let part = part.as_bytes();
            found.windows(part.len()).position(|bytes| bytes == part)
        };
        let often = place("every page of this site").unwrap();
        let seldom = place("some of the pages have").unwrap();
        assert!(seldom < often, "{seldom} {often}");
        assert_eq!(found, dictionary(&samples));
    }

    #[test]
    fn of_little_there_is_none() {
        assert_eq!(dictionary(&[]), []);
        assert_eq!(dictionary(&[vec![], vec![]]), []);
        assert_eq!(dictionary(&[b"short".to_vec(), b"short".to_vec()]), []);
        // Nothing of it stands in two of them.
        let apart = |letter: u8| vec![letter; 9_000];
        assert_eq!(dictionary(&[apart(b'a'), apart(b'b')]), []);
        let long = dictionary(&vec![b"the same, again and again, ".repeat(40); 900]);
        assert!(!long.is_empty() && long.len() <= SIZE, "{}", long.len());
    }
}
