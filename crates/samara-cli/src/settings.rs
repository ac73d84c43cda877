//! What the owner of a site decides about answers: synonyms, boosts, recency and pinned pages, as `samara.toml` has
//! them, and what the engine makes of them once the pages are known.

use crate::bundle::read::Source;
use crate::config::Config;
use crate::expect::{is_same, without_base};
use crate::output;
use anyhow::{Result, bail};
use samara_engine::{Boost, Chosen, Document, Options, Settings, Synonym};
use serde::{Deserialize, Deserializer, de};
use std::str::FromStr;

/// The largest factor that an index can hold.
const LARGEST: f32 = 7.9;
/// From this likeness on, another address is named beside one that there is not.
const LIKE: f64 = 0.5;

/// Words that mean one another, or one that means another.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "WrittenSynonyms")]
pub struct Synonyms(pub Vec<Synonym>);

/// A factor for some pages.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "WrittenBoost")]
pub struct Boosted(pub Boost);

/// How much newer pages count for more.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Recency {
    /// After this time half of the advantage is left.
    pub half_life: Days,
    /// What the newest page counts.
    pub factor: Factor,
}

/// Pages that come first in the answer to a query.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Pin {
    /// What a visitor would type.
    pub query: String,
    /// Addresses of the pages, the first one first.
    pub urls: Vec<String>,
}

#[derive(Deserialize)]
struct WrittenSynonyms {
    words: Option<Vec<String>>,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Deserialize)]
struct WrittenBoost {
    field: Option<String>,
    value: Option<String>,
    url: Option<String>,
    factor: Factor,
}

/// What a score is multiplied by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor(pub f32);

/// A time, written `180` or `"180 days"`, also in weeks, months or years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Days(pub f32);

impl TryFrom<WrittenSynonyms> for Synonyms {
    type Error = &'static str;

    fn try_from(written: WrittenSynonyms) -> Result<Self, Self::Error> {
        let synonym = |from: &String, to: &String| Synonym {
            from: from.clone(),
            to: to.clone(),
        };
        match (written.words, written.from, written.to) {
            (Some(words), None, None) if words.len() > 1 => {
                let mut pairs = Vec::new();
                for (place, from) in words.iter().enumerate() {
                    let others = words
                        .iter()
                        .enumerate()
                        .filter(|&(other, _)| other != place);
                    pairs.extend(others.map(|(_, to)| synonym(from, to)));
                }
                Ok(Synonyms(pairs))
            }
            (None, Some(from), Some(to)) => Ok(Synonyms(vec![synonym(&from, &to)])),
            _ => Err("`synonyms` need `words`, two of them or more, or else `from` and `to`"),
        }
    }
}

impl TryFrom<WrittenBoost> for Boosted {
    type Error = &'static str;

    fn try_from(written: WrittenBoost) -> Result<Self, Self::Error> {
        let of = match (written.field, written.value, written.url) {
            (Some(name), Some(value), None) => Chosen::Field { name, value },
            (None, None, Some(url)) => Chosen::Url(url),
            _ => return Err("a `boost` needs `field` and `value`, or else `url`"),
        };
        let Factor(factor) = written.factor;
        Ok(Boosted(Boost { of, factor }))
    }
}

impl<'de> Deserialize<'de> for Factor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match f32::deserialize(deserializer)? {
            factor if (0.0..=LARGEST).contains(&factor) => Ok(Factor(factor)),
            _ => Err(de::Error::custom("write a number from 0 to 7.9")),
        }
    }
}

impl FromStr for Days {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = text[..text.len() - unit.len()].parse::<f32>();
        let days = match unit.trim() {
            "" | "day" | "days" => 1.0,
            "week" | "weeks" => 7.0,
            "month" | "months" => 30.4,
            "year" | "years" => 365.25,
            _ => return Err("write it as 180 days"),
        };
        match number {
            Ok(number) if number > 0.0 && number.is_finite() => Ok(Days(number * days)),
            _ => Err("write it as 180 days"),
        }
    }
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(f32),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(days) if days > 0.0 => Ok(Days(days)),
            Written::Number(_) => Err(de::Error::custom("write it as 180 days")),
            Written::Text(text) => text.parse().map_err(de::Error::custom),
        }
    }
}

/// What the engine is told, of pages whose addresses are those of hits.
///
/// # Errors
/// A pinned page does not exist; it is named, and the nearest one with it.
pub fn of<'u>(
    config: &Config,
    addresses: impl Iterator<Item = &'u str> + Clone,
) -> Result<Settings> {
    let pins = config.pin.iter().map(|pin| {
        let urls = pin.urls.iter();
        let urls = urls.map(|url| known(pin, url, addresses.clone()));
        Ok(samara_engine::Pin {
            query: pin.query.clone(),
            urls: urls.collect::<Result<_>>()?,
        })
    });
    Ok(Settings {
        synonyms: config
            .synonyms
            .iter()
            .flat_map(|Synonyms(pairs)| pairs.clone())
            .collect(),
        boosts: config
            .boost
            .iter()
            .map(|Boosted(boost)| boost.clone())
            .collect(),
        recency: config.recency.map(|recency| samara_engine::Recency {
            half_life: recency.half_life.0,
            factor: recency.factor.0,
        }),
        pins: pins.collect::<Result<_>>()?,
    })
}

/// The address of a pinned page as its document has it.
fn known<'u>(
    pin: &Pin,
    url: &str,
    mut addresses: impl Iterator<Item = &'u str> + Clone,
) -> Result<String> {
    let all = addresses.clone();
    if let Some(found) = addresses.find(|address| is_same(address, url)) {
        return Ok(found.to_owned());
    }
    let likeness = |address: &str| {
        strsim::normalized_levenshtein(address.trim_start_matches('/'), url.trim_start_matches('/'))
    };
    let nearest = all
        .map(|address| (likeness(address), address))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let hint = match nearest {
        Some((like, address)) if like >= LIKE => {
            format!("; did you mean {}?", output::printable(address))
        }
        _ => String::new(),
    };
    bail!(
        "`{}` cannot be pinned to {url}: no document has this address{hint}",
        pin.query
    )
}

/// The boosts that no document gets, each as a person would call it.
pub fn idle_boosts(config: &Config, documents: impl Iterator<Item = Document>) -> Vec<String> {
    let boosts = config.boost.iter().map(|Boosted(boost)| &boost.of);
    let mut idle: Vec<&Chosen> = boosts.collect();
    for document in documents {
        if idle.is_empty() {
            break;
        }
        idle.retain(|of| !of.holds(&document));
    }
    let named = idle.into_iter().map(|of| match of {
        Chosen::Field { name, value } => format!("{name} {value}"),
        Chosen::Url(pattern) => format!("url {pattern}"),
    });
    named.collect()
}

/// The synonyms that lead to no page: no document has a word that stands for another.
///
/// # Errors
/// Those of the source.
pub fn idle_synonyms(config: &Config, source: &Source) -> Result<Vec<String>> {
    let options = Options {
        limit: 1,
        correct: false,
        prefix: false,
        all: true,
        ..Options::default()
    };
    let mut idle = Vec::new();
    for Synonyms(pairs) in &config.synonyms {
        let mut leads = false;
        for synonym in pairs {
            let (answer, _) = source.ask(|searcher| searcher.search(&synonym.to, &options))?;
            leads |= answer.total > 0;
        }
        if let (Some(first), false) = (pairs.first(), leads) {
            idle.push(format!("{} and {}", first.from, first.to));
        }
    }
    Ok(idle)
}

/// Whether newer pages were to count for more, and none has a date.
pub fn is_recency_idle(config: &Config, mut documents: impl Iterator<Item = Document>) -> bool {
    let is_dated = |document: Document| document.meta.contains_key("date");
    config.recency.is_some() && !documents.any(is_dated)
}

impl Config {
    /// Takes the base from the addresses that the file names, for pages that are served without it.
    pub fn leave_base(&mut self) {
        let Some(base) = self.base_url.take() else {
            return;
        };
        let pinned = self.pin.iter_mut().flat_map(|pin| &mut pin.urls);
        let boosted = self
            .boost
            .iter_mut()
            .filter_map(|Boosted(boost)| match &mut boost.of {
                Chosen::Url(pattern) => Some(pattern),
                Chosen::Field { .. } => None,
            });
        let expected = self.expect.iter_mut().map(|expect| &mut expect.url);
        for url in pinned.chain(boosted).chain(expected) {
            *url = without_base(&base, url).to_owned();
        }
    }
}
