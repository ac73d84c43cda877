//! What is weighed when a block is judged.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::numbers::{Numbers, put};
use crate::cleaning::rules::phrases::{self, Mark};
use crate::facts::date;
use crate::page::Kind;
use crate::report::Rule;
use crate::words::{AsItIs, WordSet, fold, word_hash};

/// From this many words on a block is prose even without a full stop.
const PROSE_WORDS: usize = 20;
/// A sentence is prose from this many words on.
const SENTENCE_WORDS: usize = 8;
/// Neighbours looked at on either side.
const REACH: usize = 3;
/// The distance to prose is counted up to here.
const FAR: usize = 30;

/// A block as it is judged. What plain text does not know keeps its default.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    pub text: &'a str,
    pub folded: &'a str,
    pub words: usize,
    pub kind: Kind,
    /// An empty line stands before it.
    pub gap_before: bool,
    pub link_words: usize,
    /// Numbers that only markup gives: the same for every item of a page in length and meaning.
    pub markup: Vec<f32>,
    /// Which container it stands in, innermost first; empty in plain text.
    pub containers: Vec<u32>,
}

impl Item<'_> {
    fn ends_sentence(&self) -> bool {
        self.text
            .trim_end_matches(['"', '\'', '”', '’', '“', '»', ')', ']'])
            .ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';'])
    }

    fn is_prose(&self) -> bool {
        let linked = self.link_words * 2 > self.words;
        !linked
            && (self.words >= PROSE_WORDS || (self.words >= SENTENCE_WORDS && self.ends_sentence()))
    }
}

/// What is the same for the whole page.
struct Around {
    prose: Vec<bool>,
    marks: Vec<Option<Mark>>,
    /// Words, and words of prose, before each item.
    words_before: Vec<usize>,
    prose_before: Vec<usize>,
    words: usize,
    prose_words: usize,
    /// Items to the nearest prose before and behind.
    since: Vec<usize>,
    until: Vec<usize>,
    /// Items since the last line that may end a text.
    since_end: Vec<usize>,
    /// Share of items that match a phrase, and of those with an empty line before them.
    marked: f32,
    gaps: f32,
    /// Lines of each kind of kin before each item, and in all.
    kin_before: Vec<[usize; KINDS]>,
    kin: [usize; KINDS],
    /// Words of prose, words and linked words inside each container.
    containers: HashMap<u32, [usize; 3]>,
}

/// Kinds of lines that come in families: their number before and behind a line tells an article from
/// the comments beneath it, and a list of posts from one.
const KINDS: usize = KIN.len();

/// What these lines are, as [`kin`] finds them.
const KIN: [&str; 7] = [
    "end", "comments", "reply", "dated", "rating", "question", "label",
];

fn kin(item: &Item<'_>, mark: Option<Mark>) -> [bool; KINDS] {
    let short = item.words <= 12;
    let holds = |names: &[&str]| short && item.folded.split(' ').any(|word| names.contains(&word));
    [
        mark.is_some_and(|mark| mark.ends),
        mark.is_some_and(|mark| mark.rule == Rule::CommentForm)
            || (item.words <= 5 && holds(&["comments", "comment", "kommentare", "responses"])),
        holds(&[
            "reply",
            "says",
            "said",
            "permalink",
            "antworten",
            "schrieb",
            "quote",
            "report",
        ]),
        short && (date::find(item.text).is_some() || holds(&["ago", "vor", "am", "pm"])),
        holds(&[
            "helpful", "rated", "verified", "review", "reviews", "stars", "votes", "points",
        ]),
        short && item.text.ends_with('?'),
        item.words <= 3 && item.text.starts_with(char::is_uppercase),
    ]
}

/// The numbers that describe every item of a page, in the page's order. Linear in the page, times
/// the depth at which containers are looked at.
pub(crate) fn features(items: &[Item<'_>], title: &str) -> Vec<Vec<f32>> {
    let page = Described::of(items, title);
    (0..items.len())
        .map(|at| {
            let mut out = Vec::with_capacity(96 + items[at].markup.len());
            page.item(at, &mut out);
            out.extend(&items[at].markup);
            out
        })
        .collect()
}

/// The names of these numbers, in their order, where the names of those that only markup gives are
/// these.
pub(crate) fn names(markup: Vec<String>) -> Vec<String> {
    let item = Item {
        text: "",
        folded: "",
        words: 0,
        kind: Kind::Text,
        gap_before: false,
        link_words: 0,
        markup: vec![0.0; markup.len()],
        containers: Vec::new(),
    };
    let mut names = Vec::new();
    Described::of(&[item], "").item(0, &mut names);
    names.extend(markup);
    names
}

/// A page whose items are described.
struct Described<'a> {
    items: &'a [Item<'a>],
    around: Around,
    /// How often each text stands in the page.
    counts: HashMap<&'a str, usize>,
    /// The text of an item stands before it as well.
    is_copy: Vec<bool>,
    /// The words of each item, and whether they are long enough to tell what it is about.
    hashes: Vec<Vec<(u64, bool)>>,
    title: WordSet,
    /// Longer words of prose.
    topic: WordSet,
}

impl<'a> Described<'a> {
    fn of(items: &'a [Item<'a>], title: &str) -> Self {
        let around = survey(items);
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for item in items {
            *counts.entry(item.folded).or_default() += 1;
        }
        let mut earlier: HashSet<&str> = HashSet::new();
        let is_copy = items.iter().map(|item| !earlier.insert(item.folded));
        let hashes: Vec<Vec<(u64, bool)>> = items
            .iter()
            .map(|item| {
                item.folded
                    .split(' ')
                    .map(|word| (word_hash(word), word.len() > 4))
                    .collect()
            })
            .collect();
        let topic: WordSet = hashes
            .iter()
            .zip(&around.prose)
            .filter(|(_, prose)| **prose)
            .flat_map(|(hashes, _)| {
                hashes
                    .iter()
                    .filter(|(_, long)| *long)
                    .map(|(hash, _)| *hash)
            })
            .collect();
        Self {
            items,
            is_copy: is_copy.collect(),
            title: fold(title).split(' ').map(word_hash).collect(),
            around,
            counts,
            hashes,
            topic,
        }
    }

    /// All numbers of an item but those that only markup gives.
    fn item(&self, at: usize, out: &mut impl Numbers) {
        let (item, hashes) = (&self.items[at], &self.hashes[at]);
        alone(item, hashes, self.around.marks[at], out);
        put!(out, "copies", self.counts[item.folded] as f32);
        put!(out, "is-copy", f32::from(self.is_copy[at]));
        put!(out, "shared-with-title", share(hashes, &self.title));
        put!(out, "shared-with-prose", share(hashes, &self.topic));
        placed(self.items, at, &self.around, out);
        contained(item, &self.around, out);
    }
}

/// Share of an item's longer words that a set holds.
fn share(hashes: &[(u64, bool)], set: &WordSet) -> f32 {
    let (mut shared, mut all) = (0.0, 0.0_f32);
    for (hash, _) in hashes.iter().filter(|(_, long)| *long) {
        all += 1.0;
        shared += f32::from(set.contains(hash));
    }
    shared / all.max(1.0)
}

fn survey(items: &[Item<'_>]) -> Around {
    let prose: Vec<bool> = items.iter().map(Item::is_prose).collect();
    let marks: Vec<Option<Mark>> = items
        .iter()
        .map(|item| phrases::mark(item.folded, item.words))
        .collect();
    let all = items.len().max(1) as f32;
    let mut around = Around {
        marked: marks.iter().flatten().count() as f32 / all,
        gaps: items.iter().filter(|item| item.gap_before).count() as f32 / all,
        words_before: Vec::with_capacity(items.len()),
        prose_before: Vec::with_capacity(items.len()),
        words: 0,
        prose_words: 0,
        since: vec![FAR; items.len()],
        until: vec![FAR; items.len()],
        since_end: vec![FAR; items.len()],
        kin_before: Vec::with_capacity(items.len()),
        kin: [0; KINDS],
        containers: HashMap::new(),
        prose,
        marks,
    };
    let (mut since, mut since_end) = (FAR, FAR);
    for (at, item) in items.iter().enumerate() {
        around.words_before.push(around.words);
        around.prose_before.push(around.prose_words);
        around.kin_before.push(around.kin);
        for (sum, is) in around.kin.iter_mut().zip(kin(item, around.marks[at])) {
            *sum += usize::from(is);
        }
        around.words += item.words;
        let prose_words = if around.prose[at] { item.words } else { 0 };
        around.prose_words += prose_words;
        since_end = if around.marks[at].is_some_and(|m| m.ends) {
            0
        } else {
            (since_end + 1).min(FAR)
        };
        around.since_end[at] = since_end;
        around.since[at] = since;
        since = if around.prose[at] {
            0
        } else {
            (since + 1).min(FAR)
        };
        for container in &item.containers {
            let sums = around.containers.entry(*container).or_default();
            sums[0] += prose_words;
            sums[1] += item.words;
            sums[2] += item.link_words;
        }
    }
    let mut until = FAR;
    for at in (0..items.len()).rev() {
        around.until[at] = until;
        until = if around.prose[at] {
            0
        } else {
            (until + 1).min(FAR)
        };
    }
    around
}

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
fn alone(item: &Item<'_>, hashes: &[(u64, bool)], mark: Option<Mark>, out: &mut impl Numbers) {
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

/// What its place in the page says.
fn placed(items: &[Item<'_>], at: usize, around: &Around, out: &mut impl Numbers) {
    let item = &items[at];
    let (words, prose) = (around.words.max(1) as f32, around.prose_words.max(1) as f32);
    put!(out, "words-before", around.words_before[at] as f32 / words);
    put!(out, "prose-before", around.prose_before[at] as f32 / prose);
    put!(out, "place", at as f32 / items.len() as f32);
    put!(out, "from-start", at.min(200) as f32);
    put!(out, "from-end", (items.len() - at).min(200) as f32);
    put!(out, "since-prose", around.since[at] as f32);
    put!(out, "until-prose", around.until[at] as f32);
    put!(out, "since-end", around.since_end[at] as f32);
    put!(out, "is-prose", f32::from(around.prose[at]));
    for step in 1..=REACH {
        for (side, near) in [
            ("before", at.checked_sub(step)),
            ("behind", Some(at + step)),
        ] {
            let found = near.and_then(|near| items.get(near).map(|item| (near, item)));
            let [words, prose, phrase] = found.map_or([-1.0; 3], |(near, item)| {
                [
                    item.words.min(100) as f32,
                    f32::from(around.prose[near]),
                    around.marks[near].map_or(0.0, |mark| 1.0 + f32::from(mark.ends)),
                ]
            });
            put!(out, "{side}-{step}-words", words);
            put!(out, "{side}-{step}-prose", prose);
            put!(out, "{side}-{step}-phrase", phrase);
        }
    }
    for reach in [5, 12] {
        let near = &items[at.saturating_sub(reach)..(at + reach + 1).min(items.len())];
        let from = at.saturating_sub(reach);
        let all: usize = near.iter().map(|item| item.words).sum();
        let prose: usize = near
            .iter()
            .enumerate()
            .filter(|(n, _)| around.prose[from + n])
            .map(|(_, item)| item.words)
            .sum();
        let links: usize = near.iter().map(|item| item.link_words).sum();
        let marked = around.marks[from..from + near.len()]
            .iter()
            .flatten()
            .count();
        let short = near.iter().filter(|item| item.words <= 4).count();
        put!(out, "around-{reach}-words", all as f32 / near.len() as f32);
        put!(
            out,
            "around-{reach}-prose",
            prose as f32 / all.max(1) as f32
        );
        put!(
            out,
            "around-{reach}-linked",
            links as f32 / all.max(1) as f32
        );
        put!(
            out,
            "around-{reach}-phrases",
            marked as f32 / near.len() as f32
        );
        put!(
            out,
            "around-{reach}-short",
            short as f32 / near.len() as f32
        );
    }
    for (kind, name) in KIN.iter().enumerate() {
        let before = around.kin_before[at][kind];
        let near = (at + 12).min(items.len() - 1);
        let from = around.kin_before[at.saturating_sub(12)][kind];
        put!(out, "{name}-before", before.min(50) as f32);
        put!(
            out,
            "{name}-behind",
            (around.kin[kind] - before).min(50) as f32
        );
        put!(out, "{name}-near-before", (before - from) as f32);
        put!(
            out,
            "{name}-near-behind",
            (around.kin_before[near][kind] - before) as f32
        );
    }
    let prose_behind = around.prose_words
        - around.prose_before[at]
        - if around.prose[at] { item.words } else { 0 };
    put!(out, "prose-behind", prose_behind as f32 / prose);
    put!(out, "page-words", words.min(5000.0));
    put!(out, "page-prose", prose / words);
    put!(out, "page-phrases", around.marked);
    put!(out, "page-gaps", around.gaps);
}

/// What its containers hold: the share of the page's prose, how much of them is links.
fn contained(item: &Item<'_>, around: &Around, out: &mut impl Numbers) {
    const LEVELS: usize = 4;
    if item.markup.is_empty() {
        return;
    }
    for level in 0..LEVELS {
        let held = item.containers.get(level);
        let held = held.and_then(|id| around.containers.get(id));
        let [prose, linked, words] = held.map_or([-1.0; 3], |[prose, words, links]| {
            [
                *prose as f32 / around.prose_words.max(1) as f32,
                *links as f32 / (*words).max(1) as f32,
                *words as f32 / around.words.max(1) as f32,
            ]
        });
        put!(out, "container-{level}-prose", prose);
        put!(out, "container-{level}-linked", linked);
        put!(out, "container-{level}-words", words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_name_of_its_own() {
        for markup in [vec![], vec!["depth".to_string()]] {
            let names = names(markup);
            assert_eq!(names[0], "words");
            let different: HashSet<&String> = names.iter().collect();
            assert_eq!(different.len(), names.len(), "{names:?}");
            assert!(names.iter().all(|name| !name.contains(' ')), "{names:?}");
        }
    }
}
