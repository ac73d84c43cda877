//! What the site's owner has decided: synonyms, pinned documents, and what documents count.

use super::DocId;
use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::{put_str, put_varint};

/// The decisions of a site's owner.
#[derive(Default)]
pub(crate) struct Rules<'a> {
    /// What may be typed, and what is looked for as well.
    pub synonyms: Vec<(&'a str, &'a str)>,
    /// Queries and the numbers of the documents that come first in their answers.
    pub pins: Vec<(&'a str, Vec<u32>)>,
    /// What each document counts beside others, in 32nds; nothing where all count the same.
    priors: &'a [u8],
}

/// What a document counts that counts like most others.
pub(crate) const ORDINARY: u8 = 32;

impl<'a> Rules<'a> {
    /// The factor of a document's score.
    pub(crate) fn prior(&self, document: DocId) -> f32 {
        let prior = self.priors.get(document.0 as usize).copied();
        f32::from(prior.unwrap_or(ORDINARY)) / f32::from(ORDINARY)
    }

    pub(crate) fn decode(reader: &mut Reader<'a>, documents: usize) -> Self {
        let synonyms = reader.pairs();
        let mut pins = Vec::new();
        for _ in 0..reader.count() {
            let query = reader.str();
            let count = reader.count();
            pins.push((query, reader.numbers(count, documents)));
        }
        let priors = reader.bytes();
        if !priors.is_empty() && priors.len() != documents {
            reader.fault();
        }
        Rules {
            synonyms,
            pins,
            priors,
        }
    }
}

/// Bytes of these decisions.
#[cfg(feature = "write")]
pub(crate) fn encode(
    synonyms: &[(String, String)],
    pins: &[(String, Vec<DocId>)],
    priors: &[u8],
) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(&mut out, synonyms.len() as u32);
    for (typed, meant) in synonyms {
        put_str(&mut out, typed);
        put_str(&mut out, meant);
    }
    put_varint(&mut out, pins.len() as u32);
    for (query, documents) in pins {
        put_str(&mut out, query);
        put_varint(&mut out, documents.len() as u32);
        documents
            .iter()
            .for_each(|document| put_varint(&mut out, document.0));
    }
    put_varint(&mut out, priors.len() as u32);
    out.extend_from_slice(priors);
    out
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;

    #[test]
    fn decisions_come_back() {
        let synonyms = [("car".to_owned(), "automobile".to_owned())];
        let pins = [("start".to_owned(), vec![DocId(2), DocId(0)])];
        let bytes = encode(&synonyms, &pins, &[32, 64, 16]);
        let decode =
            |bytes, documents| Reader::whole(bytes, |reader| Rules::decode(reader, documents));
        let rules = decode(&bytes, 3).unwrap();
        assert_eq!(rules.synonyms, [("car", "automobile")]);
        assert_eq!(rules.pins, [("start", vec![2, 0])]);
        assert_eq!(
            [0, 1, 2].map(|number| rules.prior(DocId(number))),
            [1.0, 2.0, 0.5]
        );
        for end in 0..bytes.len() {
            assert!(decode(&bytes[..end], 3).is_err(), "{end}");
        }
        assert!(decode(&bytes, 2).is_err());
    }
}
