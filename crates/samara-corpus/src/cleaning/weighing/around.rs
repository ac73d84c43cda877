//! What an item's page says of it: what is counted once for all of them, and the item's place in that.

use std::collections::HashMap;

use super::item::Item;
use super::numbers::{Numbers, put};
use crate::cleaning::rules::phrases::{self, Mark};
use crate::facts::date;
use crate::report::Rule;

/// Neighbours looked at on either side.
const REACH: usize = 3;
/// The distance to prose is counted up to here.
const FAR: usize = 30;

/// What is the same for the whole page.
pub(super) struct Around {
    pub prose: Vec<bool>,
    pub marks: Vec<Option<Mark>>,
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

pub(super) fn survey(items: &[Item<'_>]) -> Around {
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

/// What its place in the page says.
pub(super) fn placed(items: &[Item<'_>], at: usize, around: &Around, out: &mut impl Numbers) {
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
pub(super) fn contained(item: &Item<'_>, around: &Around, out: &mut impl Numbers) {
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
