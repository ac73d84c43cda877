//! What is weighed when a block is judged.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::cleaning::rules::phrases::{self, Mark};
use crate::facts::date;
use crate::page::Kind;
use crate::report::Rule;
use crate::words::{AsItIs, WordSet, fold, word_hash};

/// Where a block's number of words stands among its numbers.
pub(crate) const WORDS: usize = 0;

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
const KINDS: usize = 7;

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
    let around = survey(items);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for item in items {
        *counts.entry(item.folded).or_default() += 1;
    }
    let folded_title = fold(title);
    let title: WordSet = folded_title.split(' ').map(word_hash).collect();
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
    let mut earlier: HashSet<&str> = HashSet::new();
    (0..items.len())
        .map(|at| {
            let mut out = Vec::with_capacity(96);
            alone(&items[at], &hashes[at], around.marks[at], &mut out);
            out.push(counts[items[at].folded] as f32);
            out.push(f32::from(!earlier.insert(items[at].folded)));
            out.push(share(&hashes[at], &title));
            out.push(share(&hashes[at], &topic));
            placed(items, at, &around, &mut out);
            contained(&items[at], &around, &mut out);
            out.extend(&items[at].markup);
            out
        })
        .collect()
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

/// Words whose number tells something, each list with its meaning.
const TELLING: [&[&str]; 7] = [
    // The reader is addressed.
    &["you", "your", "du", "sie", "ihr", "ihre", "vous", "votre"],
    // The publisher speaks of itself.
    &[
        "our", "we", "us", "wir", "uns", "unser", "unsere", "nous", "notre",
    ],
    // Something is to be signed up for or agreed to.
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
    // Something is to be shared or commented on.
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
    // Other pages are named.
    &[
        "read", "more", "related", "posts", "articles", "stories", "news", "popular", "latest",
        "recent", "mehr", "lesen", "artikel", "weitere", "next", "previous", "min", "ago", "views",
    ],
    // Somebody is named as author.
    &[
        "by", "von", "photo", "image", "foto", "bild", "credit", "getty", "author",
    ],
    // Sentences are written.
    &[
        "the", "of", "and", "to", "der", "die", "und", "das", "in", "la", "de", "le",
    ],
];

/// The lists that a word is in.
static LISTS: LazyLock<HashMap<u64, usize, BuildHasherDefault<AsItIs>>> = LazyLock::new(|| {
    TELLING
        .iter()
        .enumerate()
        .flat_map(|(n, list)| list.iter().map(move |word| (word_hash(word), n)))
        .collect()
});

/// What an item says by itself.
fn alone(item: &Item<'_>, hashes: &[(u64, bool)], mark: Option<Mark>, out: &mut Vec<f32>) {
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
    out.push(item.words as f32);
    out.push(chars / words);
    out.push(item.link_words as f32 / words);
    out.push(f32::from(item.ends_sentence()));
    out.push(stops as f32 / words);
    out.push(capital as f32 / (pieces as f32).max(1.0));
    out.push(upper as f32 / chars);
    out.push(digits as f32 / chars);
    out.push(signs as f32);
    out.push(f32::from(item.text.contains(['©', '®', '™'])));
    out.push(f32::from(item.text.ends_with('?')));
    out.push(f32::from(item.text.ends_with(':')));
    out.push(f32::from(item.text.starts_with(char::is_lowercase)));
    out.push(f32::from(item.text.starts_with(['"', '“', '„', '«', '‘'])));
    out.push(f32::from(
        item.text.contains("http") || item.text.contains("www."),
    ));
    out.push(f32::from(dated));
    out.push(f32::from(dated && date::is_only_a_date(item.text)));
    out.extend(told.map(|count| count as f32));
    out.push(f32::from(item.gap_before));
    out.push(match item.kind {
        Kind::Heading => 1.0,
        Kind::Text => 0.0,
        Kind::Code => 2.0,
    });
    out.push(mark.map_or(0.0, |mark| 1.0 + f32::from(mark.ends)));
    out.push(mark.map_or(0.0, |mark| match mark.rule {
        Rule::Navigation => 1.0,
        Rule::Sharing => 2.0,
        Rule::CommentForm => 3.0,
        Rule::ListLabel => 4.0,
        Rule::CallToAction => 5.0,
        Rule::Legal => 6.0,
        _ => 7.0,
    }));
}

/// What its place in the page says.
fn placed(items: &[Item<'_>], at: usize, around: &Around, out: &mut Vec<f32>) {
    let item = &items[at];
    let (words, prose) = (around.words.max(1) as f32, around.prose_words.max(1) as f32);
    out.push(around.words_before[at] as f32 / words);
    out.push(around.prose_before[at] as f32 / prose);
    out.push(at as f32 / items.len() as f32);
    out.push(at.min(200) as f32);
    out.push((items.len() - at).min(200) as f32);
    out.push(around.since[at] as f32);
    out.push(around.until[at] as f32);
    out.push(around.since_end[at] as f32);
    out.push(f32::from(around.prose[at]));
    for step in 1..=REACH {
        for near in [at.checked_sub(step), Some(at + step)] {
            match near.and_then(|near| items.get(near).map(|item| (near, item))) {
                Some((near, item)) => {
                    out.push(item.words.min(100) as f32);
                    out.push(f32::from(around.prose[near]));
                    out.push(around.marks[near].map_or(0.0, |mark| 1.0 + f32::from(mark.ends)));
                }
                None => out.extend([-1.0, -1.0, -1.0]),
            }
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
        out.push(all as f32 / near.len() as f32);
        out.push(prose as f32 / all.max(1) as f32);
        out.push(links as f32 / all.max(1) as f32);
        out.push(marked as f32 / near.len() as f32);
        out.push(short as f32 / near.len() as f32);
    }
    for kind in 0..KINDS {
        let before = around.kin_before[at][kind];
        let near = (at + 12).min(items.len() - 1);
        let from = around.kin_before[at.saturating_sub(12)][kind];
        out.push(before.min(50) as f32);
        out.push((around.kin[kind] - before).min(50) as f32);
        out.push((before - from) as f32);
        out.push((around.kin_before[near][kind] - before) as f32);
    }
    let prose_behind = around.prose_words
        - around.prose_before[at]
        - if around.prose[at] { item.words } else { 0 };
    out.push(prose_behind as f32 / prose);
    out.push(words.min(5000.0));
    out.push(prose / words);
    out.push(around.marked);
    out.push(around.gaps);
}

/// What its containers hold: the share of the page's prose, how much of them is links.
fn contained(item: &Item<'_>, around: &Around, out: &mut Vec<f32>) {
    const LEVELS: usize = 4;
    if item.markup.is_empty() {
        return;
    }
    for level in 0..LEVELS {
        match item
            .containers
            .get(level)
            .and_then(|id| around.containers.get(id))
        {
            Some([prose, words, links]) => {
                out.push(*prose as f32 / around.prose_words.max(1) as f32);
                out.push(*links as f32 / (*words).max(1) as f32);
                out.push(*words as f32 / around.words.max(1) as f32);
            }
            None => out.extend([-1.0, -1.0, -1.0]),
        }
    }
}
