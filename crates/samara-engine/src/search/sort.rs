//! Order by metadata instead of relevance.

use crate::index::Index;
use crate::segment::{Column, DocId};
use crate::text::split_once;

/// An order of hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// `title`, or a metadata field; numbers are ordered by size.
    pub field: String,
    /// The last or largest first.
    pub descending: bool,
}

impl Sort {
    /// Reads `field`, `field:asc` or `field:desc`. None for `relevance` and nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Sort> {
        let (field, direction) = split_once(text, b':').unwrap_or((text, "asc"));
        (!field.is_empty() && field != "relevance").then(|| Sort {
            field: field.to_owned(),
            descending: direction == "desc",
        })
    }
}

/// An order of the documents of an index.
pub(crate) struct Order<'i> {
    /// A place for each document: equal values share one, documents without a value come last.
    pub places: Vec<u32>,
    /// The values, where they are those of a field.
    pub column: Option<&'i Column<'i>>,
}

/// The order of the documents; none where the index has no such field.
pub(crate) fn order<'i>(index: &'i Index, sort: &Sort) -> Option<Order<'i>> {
    let is_title = sort.field == "title";
    let mut fields = index.fields().iter();
    let number = fields.position(|field| field.name == sort.field);
    let column = match number {
        _ if is_title => None,
        Some(number) => index.column(number),
        None => return None,
    };
    let mut places = Vec::with_capacity(index.len());
    for document in (0..index.len() as u32).map(DocId) {
        let place = match column {
            Some(column) => column.numbers(document).first().copied(),
            None => is_title.then(|| index.title_place(document)),
        };
        places.push(match place {
            Some(place) if sort.descending => LAST - 1 - place,
            place => place.unwrap_or(LAST),
        });
    }
    Some(Order { places, column })
}

/// The place of a document without a value.
const LAST: u32 = u32::MAX;
