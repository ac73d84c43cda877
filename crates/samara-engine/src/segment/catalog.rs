//! What is known of each document beside its text: identifier, address, anchors of its sections, and which
//! documents are near-duplicates of one another.

use super::DocId;
use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::{put_str, put_varint};

/// Identifiers, addresses and anchors of all documents.
#[derive(Default)]
pub(crate) struct Catalog<'a> {
    urls: Vec<&'a str>,
    /// Empty where it is the address.
    ids: Vec<&'a str>,
    /// 0 where a document is alone, else the number of its group plus one.
    groups: Vec<u32>,
    /// Place of each document in the order of their titles.
    title_places: Vec<u32>,
    /// The anchors of all documents, as they are stored: those of a few are ever asked for.
    anchors: &'a [u8],
    /// Where in `anchors` those of each document begin.
    anchor_starts: Vec<u32>,
}

const SECTION: &str = "documents";

impl<'a> Catalog<'a> {
    pub(crate) fn len(&self) -> usize {
        self.urls.len()
    }

    pub(crate) fn url(&self, document: DocId) -> &'a str {
        self.urls[document.0 as usize]
    }

    pub(crate) fn id(&self, document: DocId) -> &'a str {
        match self.ids[document.0 as usize] {
            "" => self.url(document),
            id => id,
        }
    }

    /// The document with this identifier. Linear in the number of documents.
    pub(crate) fn find(&self, id: &str) -> Option<DocId> {
        (0..self.len() as u32)
            .map(DocId)
            .find(|&document| self.id(document) == id)
    }

    /// Number of the group of near-duplicates that a document belongs to.
    pub(crate) fn group(&self, document: DocId) -> Option<u32> {
        self.groups[document.0 as usize].checked_sub(1)
    }

    /// Place of a document in the order of titles, which equal ones share.
    pub(crate) fn title_place(&self, document: DocId) -> u32 {
        self.title_places[document.0 as usize]
    }

    /// How many groups of near-duplicates there may be.
    pub(crate) fn groups(&self) -> usize {
        self.groups.iter().max().map_or(0, |&most| most as usize)
    }

    /// Anchors of the sections of a document, in their order. Linear in their bytes.
    pub(crate) fn anchors(&self, document: DocId) -> Vec<&'a str> {
        let mut reader = self.sections_of(document);
        let count = reader.count();
        reader.strs(count)
    }

    /// Number of sections of a document.
    pub(crate) fn sections(&self, document: DocId) -> usize {
        self.sections_of(document).count()
    }

    fn sections_of(&self, document: DocId) -> Reader<'a> {
        let start = self.anchor_starts[document.0 as usize] as usize;
        Reader::new(&self.anchors[start..], SECTION)
    }

    pub(crate) fn decode(reader: &mut Reader<'a>, documents: usize) -> Self {
        let count = reader.count();
        if count != documents {
            reader.fault();
        }
        let documents = count;
        let urls = reader.strs(documents);
        let ids = reader.strs(documents);
        let groups = reader.numbers(documents, documents + 1);
        let title_places = reader.numbers(documents, documents);
        let anchors = reader.rest();
        let mut anchor_starts = Vec::with_capacity(documents);
        for _ in 0..documents {
            anchor_starts.push((anchors.len() - reader.rest().len()) as u32);
            for _ in 0..reader.count() {
                reader.str();
            }
        }
        Catalog {
            urls,
            ids,
            groups,
            title_places,
            anchors,
            anchor_starts,
        }
    }
}

/// Appends the anchors of a document's sections, which are the end of a catalog.
#[cfg(feature = "write")]
pub(crate) fn put_anchors(document: &crate::Document, out: &mut Vec<u8>) {
    put_varint(out, document.sections.len() as u32);
    for section in &document.sections {
        put_str(out, &section.anchor);
    }
}

/// Bytes of the catalog of these documents, of each its address, its identifier and its group of near-duplicates, given the place of
/// each in the order of titles and what [`put_anchors`] made of them.
#[cfg(feature = "write")]
pub(crate) fn encode<'d>(
    documents: impl Iterator<Item = (&'d str, &'d str, Option<u32>)> + Clone,
    title_places: &[u32],
    anchors: &[u8],
) -> Vec<u8> {
    // Groups are renumbered in order of appearance, so that equal corpora give equal bytes.
    let mut groups = std::collections::HashMap::new();
    let mut out = Vec::new();
    put_varint(&mut out, title_places.len() as u32);
    for (url, ..) in documents.clone() {
        put_str(&mut out, url);
    }
    for (url, id, _) in documents.clone() {
        put_str(&mut out, if id == url { "" } else { id });
    }
    for (.., similar) in documents {
        let number = similar.map_or(0, |group| {
            let next = groups.len() as u32 + 1;
            *groups.entry(group).or_insert(next)
        });
        put_varint(&mut out, number);
    }
    for &place in title_places {
        put_varint(&mut out, place);
    }
    out.extend_from_slice(anchors);
    out
}
