//! What a site's owner decides about answers: synonyms, boosts, recency, pinned documents.

use crate::Document;
use crate::segment::{DocId, ORDINARY};

/// What a site's owner decides about answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Words that mean others.
    pub synonyms: Vec<Synonym>,
    /// What documents count beside others.
    pub boosts: Vec<Boost>,
    /// How much newer documents count for more.
    pub recency: Option<Recency>,
    /// Documents that come first in the answer to a query.
    pub pins: Vec<Pin>,
}

/// Who types these words finds those as well. Phrases may stand on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Synonym {
    /// What is typed.
    pub from: String,
    /// What is looked for as well.
    pub to: String,
}

/// A factor for the scores of some documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Boost {
    /// Which documents.
    pub of: Chosen,
    /// The factor, from 0 to 7.9.
    pub factor: f32,
}

/// Some of the documents.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    /// Those with this value of a field.
    Field {
        /// Name of the field.
        name: String,
        /// The value.
        value: String,
    },
    /// Those whose address is this, where `*` stands for anything.
    Url(String),
}

/// Newer documents count for more, by their `date`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recency {
    /// After so many days, counted back from the newest document, half of the advantage is left.
    pub half_life: f32,
    /// By what the score of the newest document is multiplied; that of documents without a date by 1.
    pub factor: f32,
}

/// Documents that come first in the answer to a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// The query, compared word by word.
    pub query: String,
    /// Addresses or identifiers, the first one first.
    pub urls: Vec<String>,
}

impl Settings {
    /// What each document counts, in steps of [`ORDINARY`]; nothing where all count the same.
    pub(super) fn priors(&self, documents: impl Iterator<Item = Document> + Clone) -> Vec<u8> {
        if self.boosts.is_empty() && self.recency.is_none() {
            return Vec::new();
        }
        let days: Vec<Option<i32>> = documents
            .clone()
            .map(|document| days(date(&document)?))
            .collect();
        let newest = days.iter().flatten().max();
        let priors = documents.zip(&days).map(|(document, day)| {
            let chosen = self.boosts.iter().filter(|boost| boost.of.holds(&document));
            let mut factor: f32 = chosen.map(|boost| boost.factor.max(0.0)).product();
            if let (Some(recency), Some(day), Some(newest)) = (self.recency, day, newest) {
                let age = (newest - day) as f32 / recency.half_life.max(0.1);
                factor *= 1.0 + (recency.factor - 1.0) * (-age).exp2();
            }
            (factor * f32::from(ORDINARY)).round().clamp(0.0, 255.0) as u8
        });
        let priors: Vec<u8> = priors.collect();
        if priors.iter().all(|&prior| prior == ORDINARY) {
            Vec::new()
        } else {
            priors
        }
    }

    /// Queries with the numbers of their documents, of which addresses and identifiers are told; those of which no document is there are left out.
    pub(super) fn pinned<'d>(
        &self,
        documents: impl Iterator<Item = (&'d str, &'d str)> + Clone,
    ) -> Vec<(String, Vec<DocId>)> {
        let number = |url: &String| {
            let is_it = |(address, id): (&str, &str)| is_address(address, url) || id == url;
            let place = documents.clone().position(is_it);
            place.map(|place| DocId(place as u32))
        };
        let pins = self.pins.iter().map(|pin| {
            (
                pin.query.clone(),
                pin.urls.iter().filter_map(number).collect::<Vec<_>>(),
            )
        });
        pins.filter(|(_, pinned)| !pinned.is_empty()).collect()
    }

    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let pairs = self.synonyms.iter();
        pairs
            .map(|synonym| (synonym.from.clone(), synonym.to.clone()))
            .collect()
    }
}

impl Chosen {
    /// Whether a document is one of those. Linear in what it is chosen by.
    #[must_use]
    pub fn holds(&self, document: &Document) -> bool {
        match self {
            Chosen::Field { name, value } => {
                let is_language = name == "lang" && document.language.as_ref() == Some(value);
                is_language
                    || document
                        .meta
                        .get(name)
                        .is_some_and(|values| values.contains(value))
            }
            // Addresses of a corpus without a base have no slash in front.
            Chosen::Url(pattern) => matches(
                pattern.trim_start_matches('/'),
                document.url.trim_start_matches('/'),
            ),
        }
    }
}

/// Whether a text is a pattern in which `*` stands for anything. Linear in their product.
fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Whether two addresses are one: `/x/` and `x/index.html`.
fn is_address(one: &str, other: &str) -> bool {
    fn bare(url: &str) -> &str {
        url.trim_start_matches('/')
            .trim_end_matches("index.html")
            .trim_end_matches('/')
    }
    bare(one) == bare(other)
}

fn date(document: &Document) -> Option<&str> {
    document.meta.get("date")?.first().map(String::as_str)
}

/// Days since some day long ago, of an ISO date; a month or a year is its first day (Howard Hinnant, "chrono-compatible
/// low-level date algorithms").
fn days(date: &str) -> Option<i32> {
    let mut parts = date
        .get(..date.len().min(10))?
        .split('-')
        .map(|part| part.parse::<i32>().ok());
    let year = parts.next()??;
    let month = parts.next().unwrap_or(Some(1))?;
    let day = parts.next().unwrap_or(Some(1))?;
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text, expected) in [
            ("/docs/*", "/docs/a.html", true),
            ("*.html", "/docs/a.html", true),
            ("/docs/*/old/*", "/docs/v1/old/x", true),
            ("/docs/", "/docs/a", false),
            ("/docs/*", "/blog/", false),
            ("*", "", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(days("2024-03-01").unwrap() - days("2024-02-28").unwrap(), 2);
        assert_eq!(days("2023-03-01").unwrap() - days("2023-02-28").unwrap(), 1);
        assert_eq!(days("2024").unwrap() - days("2023").unwrap(), 365);
        assert_eq!(days("2024-05-06T10:00:00Z"), days("2024-05-06"));
        for nonsense in ["", "soon", "2024-13", "2024-01-99", "-5"] {
            assert_eq!(days(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn documents_count_what_was_decided() {
        let document = |url: &str, date: &str| Document {
            url: url.into(),
            meta: [("date".to_owned(), vec![date.to_owned()])].into(),
            ..Document::default()
        };
        let documents = [
            document("/a", "2024-01-31"),
            document("/b", "2024-01-01"),
            document("old/c", ""),
        ];
        let settings = Settings {
            boosts: vec![Boost {
                of: Chosen::Url("/old/*".into()),
                factor: 0.5,
            }],
            recency: Some(Recency {
                half_life: 30.0,
                factor: 2.0,
            }),
            ..Settings::default()
        };
        assert_eq!(settings.priors(documents.iter().cloned()), [64, 48, 16]);
        assert!(Settings::default().priors(documents.into_iter()).is_empty());
    }
}
