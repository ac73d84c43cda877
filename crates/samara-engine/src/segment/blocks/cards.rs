//! Blocks of cards: what lists of hits show of documents.

use super::{Reader, front_coded};
#[cfg(feature = "write")]
use super::{put_front_coded, put_varint};
use crate::Error;

/// What lists of hits show of some documents that follow one another.
pub(crate) struct Cards {
    cards: Vec<Card>,
}

/// What lists of hits show of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Card {
    pub url: String,
    /// Empty where it is the address.
    pub id: String,
    pub title: String,
    /// Number of the field and the value.
    pub metadata: Vec<(u32, String)>,
}

impl Cards {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, "cards");
        let count = reader.count();
        let urls = front_coded(&mut reader, count);
        let mut cards = Vec::with_capacity(count);
        for url in urls {
            let mut card = Card {
                url,
                id: reader.str().to_owned(),
                title: reader.str().to_owned(),
                metadata: Vec::new(),
            };
            for _ in 0..reader.count() {
                card.metadata
                    .push((reader.varint(), reader.str().to_owned()));
            }
            cards.push(card);
        }
        reader.end()?;
        Ok(Cards { cards })
    }

    /// The card at this place.
    pub(crate) fn get(&self, place: usize) -> Option<&Card> {
        self.cards.get(place)
    }
}

/// Bytes of these cards.
#[cfg(feature = "write")]
pub(crate) fn encode(cards: &[Card]) -> Vec<u8> {
    use crate::segment::codec::put_str;
    let mut out = Vec::new();
    put_varint(&mut out, cards.len() as u32);
    put_front_coded(&mut out, cards.iter().map(|card| card.url.as_str()));
    for card in cards {
        put_str(&mut out, &card.id);
        put_str(&mut out, &card.title);
        put_varint(&mut out, card.metadata.len() as u32);
        for (field, value) in &card.metadata {
            put_varint(&mut out, *field);
            put_str(&mut out, value);
        }
    }
    out
}
