//! The title of a page, without the name of its site.

use std::collections::HashSet;

use super::page::Facts;
use crate::formats::html::{HtmlBlock, Markup, Names, blocks, generators_title};
use crate::page::{Kind, Region, Titles};
use crate::words::fold;

/// What stands between a page's title and its site's name.
const SEPARATORS: [&str; 9] = [
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " • ", " « ",
];
/// Longer than that is no title, and is left as it is.
const LONGEST: usize = 1000;
/// So many headings of the first level are asked whether they are the title.
const MOST_HEADINGS: usize = 100;
/// So many words, those in links aside, may stand above a title. A heading further down may be a quotation.
const MOST_ABOVE: usize = 60;
/// A heading is the title if it shares this much with what the head says.
const SHARED: f32 = 0.6;

/// Chooses the title of a page whose content is these blocks, among what may be it; it may stand outside of
/// them, above the article. Linear in the page.
///
/// The content's own heading is the title. Of several the one that says what the page's head says is. Where
/// there is none, the head's title is, without the site's name. On a page that names no content, its only heading of the
/// first level is the title if somebody built the site from their own texts: others set their name there.
pub(crate) fn choose(
    markup: &Markup,
    facts: &Facts,
    inside: &[HtmlBlock],
    is_own_site: bool,
) -> (String, Titles) {
    let Markup {
        dom, body, found, ..
    } = markup;
    let in_content = |block: &HtmlBlock| {
        let is_top = |id| found.tops.contains(&id);
        is_top(block.element) || dom.ancestors(block.element).any(is_top)
    };
    let is_heading = |block: &&HtmlBlock| block.kind == Kind::Heading;
    let texts = |blocks: &[&HtmlBlock]| -> Vec<String> {
        let tops = blocks.iter().filter(|block| block.level == 1);
        tops.take(MOST_HEADINGS).map(|b| b.text.clone()).collect()
    };
    let headings: Vec<&HtmlBlock> = inside.iter().filter(is_heading).collect();
    let (own, mut others): (Vec<&HtmlBlock>, Vec<&HtmlBlock>) =
        headings.iter().partition(|block| in_content(block));
    let own = texts(&own);
    let everything;
    if !headings.iter().any(|block| block.level == 1) {
        everything = blocks(dom, *body, Names::All);
        others = everything.iter().filter(is_heading).collect();
    }
    let told = facts
        .titles
        .iter()
        .chain(std::iter::once(&facts.page_title));
    let mut titles = Titles {
        is_own: true,
        told: told.filter(|title| !title.is_empty()).cloned().collect(),
        headings: own,
        other: None,
    };
    if let Some(given) = facts.fields.get("title").and_then(|values| values.first()) {
        return (given.clone(), titles);
    }
    if let Some(title) = generators_title(dom) {
        return (title, titles);
    }
    let without: Vec<String> = titles
        .told
        .iter()
        .map(|title| without_site(title, &facts.site))
        .collect();
    let without: Vec<&String> = without.iter().filter(|title| !title.is_empty()).collect();
    let in_head = |candidates: &[String]| agreeing(candidates, &titles.told, &without);
    let only = || match &titles.headings[..] {
        [one] => Some(one.clone()),
        [one, ..] => Some(one.clone()).filter(|_| found.complete || without.is_empty()),
        [] => None,
    };
    if let Some(title) = in_head(&titles.headings).or_else(only) {
        titles.headings.extend(texts(&others));
        return (title, titles);
    }
    titles.is_own = false;
    // What the page's default says goes before what its head does.
    if let Some(given) = facts
        .defaults
        .get("title")
        .and_then(|values| values.first())
    {
        titles.is_own = true;
        return (given.clone(), titles);
    }
    let mut tops = std::mem::take(&mut titles.headings);
    tops.extend(texts(&others));
    let first = || others.first().map(|block| block.text.clone());
    let agreed = in_head(&tops);
    let of_head = || {
        spoken_of(&titles.told, inside).or_else(|| without.first().map(|title| (*title).clone()))
    };
    if found.region == Region::Guessed
        && let Some(only) = only_heading(inside)
    {
        if is_own_site {
            // Of a heading that the head agrees with, only one that is the site's name may be wrong.
            let may_be_sites = |told: &String| agreed.is_none() || overlap(told, &only) == 0.0;
            titles.is_own = true;
            titles.other = of_head().filter(may_be_sites);
            titles.headings = tops;
            return (only, titles);
        }
        titles.other = Some(only).filter(|_| agreed.is_none());
    }
    if found.region != Region::Guessed {
        titles.other = agreed
            .as_deref()
            .and_then(|part| rest_of(&titles.told, part));
    }
    let title = agreed
        .or_else(of_head)
        .or_else(|| tops.first().cloned())
        .or_else(first)
        .unwrap_or_default();
    titles.headings = tops;
    (title, titles)
}

/// The heading of the first level that a page has, if it is one, and stands above the text. What the page's structure
/// leaves out is asked neither for headings nor for text.
fn only_heading(inside: &[HtmlBlock]) -> Option<String> {
    let left = || inside.iter().filter(|block| block.furniture.is_none());
    let mut tops = left().filter(|block| block.level == 1);
    let only = tops.next().filter(|_| tops.next().is_none())?;
    let above = left().take_while(|block| block.level != 1);
    let words: usize = above
        .map(|block| block.words.saturating_sub(block.link_words))
        .sum();
    (words <= MOST_ABOVE).then(|| only.text.clone())
}

/// What the head says beside a part of it that a heading beyond the content repeats. Either may be the page's name, as many more
/// pages have the site's.
fn rest_of(told: &[String], part: &str) -> Option<String> {
    let is_part = |other: &str| fold(other) == fold(part);
    let mut rests = told.iter().map(|title| {
        let rest = without_affixes(title, is_part, is_part);
        (rest != title.trim() && !is_part(rest)).then(|| rest.to_owned())
    });
    rests.find_map(|rest| rest)
}

/// The heading that says what the head says: one of its parts, or most of its words.
fn agreeing(headings: &[String], told: &[String], without: &[&String]) -> Option<String> {
    let parts: HashSet<String> = told
        .iter()
        .flat_map(|title| parts(title))
        .map(fold)
        .collect();
    let part = headings
        .iter()
        .find(|heading| parts.contains(&fold(heading)));
    let shared = |heading: &String| {
        let shares = without.iter().map(|title| overlap(heading, title));
        shares.fold(0.0, f32::max)
    };
    let like = || {
        let scored = headings.iter().map(|heading| (heading, shared(heading)));
        let enough = scored.filter(|(_, shared)| *shared >= SHARED);
        enough
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(heading, _)| heading)
    };
    // Of a page's name and its site's, both of them headings, the first may be either.
    let several = headings
        .iter()
        .filter(|heading| parts.contains(&fold(heading)))
        .count()
        > 1;
    if several {
        like().or(part).cloned()
    } else {
        part.or_else(like).cloned()
    }
}

/// The last part of a title in two, where the page speaks of it and not of the first: most sites put their name
/// last, some put it first.
fn spoken_of(told: &[String], inside: &[HtmlBlock]) -> Option<String> {
    let all = told
        .iter()
        .map(|title| parts(title))
        .find(|parts| parts.len() == 3)?;
    let words: HashSet<String> = inside
        .iter()
        .flat_map(|block| {
            fold(&block.text)
                .split(' ')
                .map(str::to_string)
                .collect::<Vec<_>>()
        })
        .collect();
    let share = |part: &str| {
        let part = fold(part);
        let all = part.split(' ').count() as f32;
        part.split(' ').filter(|word| words.contains(*word)).count() as f32 / all
    };
    (share(all[2]) >= SHARED && share(all[1]) == 0.0).then(|| all[2].to_string())
}

/// The parts of a title between what separates them, itself first. Bounded work.
pub(crate) fn parts(title: &str) -> Vec<&str> {
    let title = title.trim();
    let mut parts = vec![title];
    if title.len() > LONGEST {
        return parts;
    }
    let mut start = 0;
    while let Some((at, separator)) = first_separator(&title[start..]) {
        parts.push(title[start..start + at].trim());
        start += at + separator.len();
    }
    if start > 0 {
        parts.push(title[start..].trim());
    }
    parts
}

/// The first separator, and where it stands. All begin with a space.
fn first_separator(title: &str) -> Option<(usize, &'static str)> {
    title.match_indices(' ').find_map(|(at, _)| {
        let rest = &title[at..];
        let mut separators = SEPARATORS.into_iter();
        Some((
            at,
            separators.find(|separator| rest.starts_with(separator))?,
        ))
    })
}

/// A title without those of its first and last parts that are not the page's; one part is left in any case.
pub(crate) fn without_affixes(
    title: &str,
    is_first: impl Fn(&str) -> bool,
    is_last: impl Fn(&str) -> bool,
) -> &str {
    let mut rest = title.trim();
    if rest.len() > LONGEST {
        return rest;
    }
    loop {
        let all = parts(rest);
        let [_, first, .., last] = all[..] else {
            return rest;
        };
        rest = if is_last(last) {
            rest[..rest.len() - last.len()]
                .trim_end()
                .trim_end_matches(is_separator)
        } else if is_first(first) {
            rest[first.len()..]
                .trim_start()
                .trim_start_matches(is_separator)
        } else {
            return rest;
        }
        .trim();
    }
}

fn is_separator(c: char) -> bool {
    SEPARATORS.iter().any(|separator| separator.contains(c)) && c != ' '
}

/// Words shared of the words of both.
fn overlap(a: &str, b: &str) -> f32 {
    let (a, b) = (fold(a), fold(b));
    if a == b {
        return if a.is_empty() { 0.0 } else { 2.0 };
    }
    let set = |text: &str| text.split(' ').map(str::to_string).collect::<HashSet<_>>();
    let (a, b) = (set(&a), set(&b));
    let shared = a.intersection(&b).count() as f32;
    shared / (a.len().min(b.len()).max(1) as f32).max(a.len().max(b.len()) as f32 * 0.5)
}

/// A title without the name of its site: the part that is that name goes, or, where the name is not
/// known, a last part that is shorter than what stands before it.
fn without_site(title: &str, site: &str) -> String {
    let title = title.trim();
    if title.len() > LONGEST {
        return title.to_string();
    }
    let site = fold(site);
    let mut rest = title;
    loop {
        let cut = SEPARATORS
            .iter()
            .filter_map(|s| rest.rfind(s).map(|at| (at, s.len())))
            .max();
        let Some((at, length)) = cut else { break };
        let (before, after) = (&rest[..at], &rest[at + length..]);
        let (folded_before, folded_after) = (fold(before), fold(after));
        if !site.is_empty() && folded_before == site {
            return after.trim().to_string();
        }
        let is_site = !site.is_empty()
            && (folded_after == site
                || site.contains(&folded_after)
                || folded_after.contains(&site));
        // A bar is set before a site's name only; a dash may be the author's.
        let bar = &rest[at..at + length] == " | ";
        let shorter = after.chars().count() <= before.chars().count()
            || (bar && after.split(' ').count() <= 4);
        if folded_before.is_empty() || !(is_site || shorter) {
            break;
        }
        rest = before;
    }
    rest.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_contents_own_before_the_heads() {
        let text = "<p>A lamp needs oil every evening, and a keeper who trims its wick before the night.</p>".repeat(4);
        for (head, body, expected) in [
            // The site's heading stands above, the page's own in its content.
            (
                "Oil · Lights",
                "<h1>Lights</h1><main><h1>Oil for lamps</h1>{}</main>",
                "Oil for lamps",
            ),
            // The content has two: the head tells which.
            (
                "Oil - Lights",
                "<main><h1>Lights</h1><h1>Oil</h1>{}</main>",
                "Oil",
            ),
            // No heading at all: the part that the page speaks of, else the first.
            ("Lighthouse | Keeper", "<div>{}</div>", "Keeper"),
            ("Keeper | Lighthouse", "<div>{}</div>", "Keeper"),
            (
                "Keeper of the lamp — Lighthouse",
                "<div>{}</div>",
                "Keeper of the lamp",
            ),
            ("", "<div><h2>Oil</h2>{}</div>", "Oil"),
            // One heading is the title, whatever the head says.
            ("Handbook", "<div><h1>Oil</h1>{}</div>", "Oil"),
            ("Lamps | Lights", "<div><h1>Oil</h1>{}</div>", "Oil"),
            ("Oil and wicks | Lights", "<div><h1>Oil</h1>{}</div>", "Oil"),
            // Far down it is a quotation.
            ("Handbook", "<div>{}<h1>Oil</h1>{}</div>", "Handbook"),
            // Not one of several, nor one that stands in what is no content.
            (
                "Handbook",
                "<h1>Lights</h1><div><h1>Oil</h1>{}</div>",
                "Handbook",
            ),
            (
                "Handbook",
                "<nav><h1>Lights</h1></nav><div>{}</div>",
                "Handbook",
            ),
        ] {
            let html = format!("<title>{head}</title>{}", body.replace("{}", &text));
            let markup =
                crate::formats::html::read(&html, "a.html", &Default::default()).expect("a page");
            let inside = blocks(&markup.dom, markup.body, Names::All);
            let facts = crate::facts::page::collect(&markup.dom);
            assert_eq!(choose(&markup, &facts, &inside, true).0, expected, "{html}");
        }
    }

    #[test]
    fn a_sites_name_is_no_part_of_the_title() {
        for (title, site, expected) in [
            ("Ferries return | Harbour Gazette", "", "Ferries return"),
            (
                "Ferries return – World – Harbour Gazette",
                "Harbour Gazette",
                "Ferries return",
            ),
            (
                "Gazette | Ferries return to the islands",
                "Gazette",
                "Ferries return to the islands",
            ),
            ("Well-known ferries", "", "Well-known ferries"),
            (
                "Home | A very long name of a site",
                "A very long name of a site",
                "Home",
            ),
        ] {
            assert_eq!(without_site(title, site), expected, "{title}");
        }
    }
}
