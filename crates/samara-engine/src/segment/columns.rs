//! Metadata: a column a field, each with its distinct values and, for each document, which of them it has.

use super::DocId;
use super::codec::Reader;
#[cfg(feature = "write")]
use super::codec::{put_str, put_varint};

/// The values of one metadata field.
pub(crate) struct Column<'a> {
    /// Name of the field.
    pub name: &'a str,
    /// Distinct values in the order of a person.
    pub values: Vec<&'a str>,
    /// Numbers of values, document after document.
    entries: Vec<u32>,
    /// End in `entries` of each document.
    ends: Vec<u32>,
}

impl<'a> Column<'a> {
    /// Numbers of the values that a document has.
    pub(crate) fn numbers(&self, document: DocId) -> &[u32] {
        let index = document.0 as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entries[start as usize..self.ends[index] as usize]
    }

    /// How many values all documents have.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Values that a document has.
    pub(crate) fn of(&self, document: DocId) -> impl ExactSizeIterator<Item = &'a str> + '_ {
        self.numbers(document)
            .iter()
            .map(|&number| self.values[number as usize])
    }
}

/// Reads the columns of an index of `documents` documents.
pub(crate) fn decode<'a>(reader: &mut Reader<'a>, documents: usize) -> Vec<Column<'a>> {
    let mut columns = Vec::new();
    while !reader.is_at_end() {
        let name = reader.str();
        let count = reader.count();
        let values = reader.strs(count);
        let (mut entries, mut ends) = (Vec::new(), Vec::with_capacity(documents));
        for _ in 0..documents {
            for _ in 0..reader.count() {
                entries.push(reader.below(values.len()));
            }
            ends.push(entries.len() as u32);
        }
        columns.push(Column {
            name,
            values,
            entries,
            ends,
        });
    }
    columns
}

/// Bytes of one column, which holds so many documents, as those of several.
#[cfg(all(feature = "split", feature = "write"))]
pub(crate) fn encode_one(column: &Column, documents: usize) -> Vec<u8> {
    let mut out = Vec::new();
    put_str(&mut out, column.name);
    put_varint(&mut out, column.values.len() as u32);
    column
        .values
        .iter()
        .for_each(|value| put_str(&mut out, value));
    for document in 0..documents as u32 {
        let numbers = column.numbers(DocId(document));
        put_varint(&mut out, numbers.len() as u32);
        numbers
            .iter()
            .for_each(|&number| put_varint(&mut out, number));
    }
    out
}

/// Appends the column of a field, given the values of each document. `places` tells the place of each of different values in their
/// order.
#[cfg(feature = "write")]
pub(crate) fn encode<'d, Values: Iterator<Item = Vec<&'d str>>>(
    out: &mut Vec<u8>,
    name: &str,
    documents: impl Fn() -> Values,
    places: &dyn Fn(&[&str]) -> Vec<u32>,
) {
    use std::collections::BTreeSet;
    let values: BTreeSet<&str> = documents().flatten().collect();
    let values: Vec<&str> = values.into_iter().collect();
    let places = places(&values);
    let mut ordered = vec![""; values.len()];
    for (value, &place) in values.iter().zip(&places) {
        ordered[place as usize] = value;
    }
    put_str(out, name);
    put_varint(out, values.len() as u32);
    ordered.iter().for_each(|value| put_str(out, value));
    for of in documents() {
        put_varint(out, of.len() as u32);
        for value in of {
            let number = values.partition_point(|known| *known < value);
            put_varint(out, places[number]);
        }
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_by_document() {
        let columns: [(&str, [Vec<&str>; 3]); 2] = [
            ("source", [vec!["b"], vec![], vec!["a"]]),
            ("tag", [vec!["x", "a"], vec![], vec![]]),
        ];
        let mut bytes = Vec::new();
        for (name, documents) in &columns {
            encode(&mut bytes, name, || documents.iter().cloned(), &|values| {
                (0..values.len() as u32).rev().collect()
            });
        }
        let columns = Reader::whole(&bytes, |reader| decode(reader, 3)).unwrap();
        assert_eq!(
            columns.iter().map(|c| c.name).collect::<Vec<_>>(),
            ["source", "tag"]
        );
        assert_eq!(columns[0].of(DocId(0)).collect::<Vec<_>>(), ["b"]);
        assert_eq!(columns[0].of(DocId(1)).len(), 0);
        assert_eq!(columns[0].of(DocId(2)).collect::<Vec<_>>(), ["a"]);
        assert_eq!(columns[1].of(DocId(0)).collect::<Vec<_>>(), ["x", "a"]);
        for end in 0..bytes.len() {
            let _ = Reader::whole(&bytes[..end], |reader| decode(reader, 3));
        }
    }
}
