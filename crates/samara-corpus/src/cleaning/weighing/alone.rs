//! What an item says by itself.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::item::Item;
use super::numbers::{Numbers, put};
use crate::cleaning::rules::phrases::Mark;
use crate::facts::date;
use crate::page::Kind;
use crate::report::Rule;
use crate::words::{AsItIs, word_hash};

/// Words whose number tells something, each list with its name.
const TELLING: [(&str, &[&str]); 7] = [
    // The reader is addressed.
    (
        "to-reader",
        &["you", "your", "du", "sie", "ihr", "ihre", "vous", "votre"],
    ),
    // The publisher speaks of itself.
    (
        "of-publisher",
        &[
            "our", "we", "us", "wir", "uns", "unser", "unsere", "nous", "notre",
        ],
    ),
    // Something is to be signed up for or agreed to.
    (
        "sign-up",
        &[
            "newsletter",
            "subscribe",
            "sign",
            "email",
            "inbox",
            "cookies",
            "cookie",
            "privacy",
            "terms",
            "rights",
            "reserved",
            "copyright",
            "account",
            "login",
            "register",
            "abo",
            "datenschutz",
            "abonnieren",
            "anmelden",
            "free",
            "app",
            "download",
        ],
    ),
    // Something is to be shared or commented on.
    (
        "share-or-comment",
        &[
            "share",
            "follow",
            "facebook",
            "twitter",
            "instagram",
            "linkedin",
            "youtube",
            "tweet",
            "whatsapp",
            "pinterest",
            "comment",
            "comments",
            "reply",
            "kommentar",
            "kommentare",
            "teilen",
        ],
    ),
    // Other pages are named.
    (
        "other-pages",
        &[
            "read", "more", "related", "posts", "articles", "stories", "news", "popular", "latest",
            "recent", "mehr", "lesen", "artikel", "weitere", "next", "previous", "min", "ago",
            "views",
        ],
    ),
    // Somebody is named as author.
    (
        "author",
        &[
            "by", "von", "photo", "image", "foto", "bild", "credit", "getty", "author",
        ],
    ),
    // Sentences are written.
    (
        "sentence",
        &[
            "the", "of", "and", "to", "der", "die", "und", "das", "in", "la", "de", "le",
        ],
    ),
];

/// The lists that a word is in.
static LISTS: LazyLock<HashMap<u64, usize, BuildHasherDefault<AsItIs>>> = LazyLock::new(|| {
    TELLING
        .iter()
        .enumerate()
        .flat_map(|(n, (_, list))| list.iter().map(move |word| (word_hash(word), n)))
        .collect()
});

/// What an item says by itself.
pub(super) fn alone(
    item: &Item<'_>,
    hashes: &[(u64, bool)],
    mark: Option<Mark>,
    out: &mut impl Numbers,
) {
    let (mut chars, mut stops, mut upper, mut digits, mut signs) = (0, 0, 0, 0, 0);
    let (mut pieces, mut capital, mut gap) = (0, 0, true);
    for c in item.text.chars() {
        chars += 1;
        let space = c.is_whitespace();
        let is_upper = c.is_uppercase();
        pieces += usize::from(gap && !space);
        capital += usize::from(gap && is_upper);
        gap = space;
        upper += usize::from(is_upper);
        match c {
            ',' | '.' | ';' | '。' | '、' | '，' => stops += 1,
            '|' | '·' | '•' | '›' | '»' | '→' | '/' | '#' | '@' => signs += 1,
            c => digits += usize::from(c.is_numeric()),
        }
    }
    let mut told = [0_usize; TELLING.len()];
    for (hash, _) in hashes {
        if let Some(list) = LISTS.get(hash) {
            told[*list] += 1;
        }
    }
    let words = item.words.max(1) as f32;
    let chars = (chars as f32).max(1.0);
    let dated = item.words <= 14 && date::find(item.text).is_some();
    put!(out, "words", item.words as f32);
    put!(out, "letters-per-word", chars / words);
    put!(out, "linked", item.link_words as f32 / words);
    put!(out, "ends-sentence", f32::from(item.ends_sentence()));
    put!(out, "stops-per-word", stops as f32 / words);
    put!(
        out,
        "capital-words",
        capital as f32 / (pieces as f32).max(1.0)
    );
    put!(out, "capitals", upper as f32 / chars);
    put!(out, "digits", digits as f32 / chars);
    put!(out, "signs", signs as f32);
    put!(
        out,
        "trade-marks",
        f32::from(item.text.contains(['©', '®', '™']))
    );
    put!(out, "ends-question", f32::from(item.text.ends_with('?')));
    put!(out, "ends-colon", f32::from(item.text.ends_with(':')));
    put!(
        out,
        "starts-small",
        f32::from(item.text.starts_with(char::is_lowercase))
    );
    put!(
        out,
        "starts-quote",
        f32::from(item.text.starts_with(['"', '“', '„', '«', '‘']))
    );
    put!(
        out,
        "web-address",
        f32::from(item.text.contains("http") || item.text.contains("www."),)
    );
    put!(out, "dated", f32::from(dated));
    put!(
        out,
        "only-date",
        f32::from(dated && date::is_only_a_date(item.text))
    );
    for ((name, _), count) in TELLING.iter().zip(told) {
        put!(out, "words-{name}", count as f32);
    }
    put!(out, "gap-before", f32::from(item.gap_before));
    put!(
        out,
        "kind",
        match item.kind {
            Kind::Heading => 1.0,
            Kind::Text => 0.0,
            Kind::Code => 2.0,
        }
    );
    put!(
        out,
        "phrase",
        mark.map_or(0.0, |mark| 1.0 + f32::from(mark.ends))
    );
    put!(
        out,
        "phrase-rule",
        mark.map_or(0.0, |mark| match mark.rule {
            Rule::Navigation => 1.0,
            Rule::Sharing => 2.0,
            Rule::CommentForm => 3.0,
            Rule::ListLabel => 4.0,
            Rule::CallToAction => 5.0,
            Rule::Legal => 6.0,
            _ => 7.0,
        })
    );
}
