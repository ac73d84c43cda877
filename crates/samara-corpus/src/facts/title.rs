//! The title of a page, without the name of its site.

use std::collections::HashSet;

use super::page::Facts;
use crate::formats::html::{Dom, HtmlBlock, Names, NodeId, blocks};
use crate::page::Kind;
use crate::words::fold;

/// What stands between a page's title and its site's name.
const SEPARATORS: [&str; 9] = [
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " • ", " « ",
];
/// Longer than that is no title, and is left as it is.
const LONGEST: usize = 1000;
/// So many headings of the first level are asked whether they are the title.
const MOST_HEADINGS: usize = 100;
/// A heading is the title if it shares this much with what the head says.
const SHARED: f32 = 0.6;

/// Chooses the title of a page whose content is these blocks; it may stand outside of them, above
/// the article. Linear in the page.
pub(crate) fn choose(dom: &Dom, body: NodeId, facts: &Facts, inside: &[HtmlBlock]) -> String {
    let is_heading = |block: &&HtmlBlock| block.kind == Kind::Heading;
    let headings: Vec<&HtmlBlock> = inside.iter().filter(is_heading).collect();
    if headings.iter().any(|block| block.level == 1) {
        return among(facts, &headings);
    }
    let everything = blocks(dom, body, Names::All);
    among(
        facts,
        &everything.iter().filter(is_heading).collect::<Vec<_>>(),
    )
}

/// Chooses among headings and what the head says. A first-level heading that says what the page's head says is the title as the
/// author wrote it; otherwise the head's title is, without the site's name.
fn among(facts: &Facts, headings: &[&HtmlBlock]) -> String {
    if let Some(given) = facts.fields.get("title").and_then(|values| values.first()) {
        return given.clone();
    }
    let told: Vec<String> = facts
        .titles
        .iter()
        .chain(std::iter::once(&facts.page_title))
        .map(|title| without_site(title, &facts.site))
        .filter(|title| !title.is_empty())
        .collect();
    let tops: Vec<&str> = headings
        .iter()
        .filter(|block| block.level == 1)
        .take(MOST_HEADINGS)
        .map(|b| b.text.as_str())
        .collect();
    let agreeing = tops
        .iter()
        .map(|top| {
            (
                *top,
                told.iter()
                    .map(|title| overlap(top, title))
                    .fold(0.0, f32::max),
            )
        })
        .filter(|(_, shared)| *shared >= SHARED)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    match (agreeing, told.first(), tops.first()) {
        (Some((top, _)), _, _) => top.to_string(),
        (None, Some(title), _) => title.clone(),
        (None, None, Some(top)) => (*top).to_string(),
        (None, None, None) => headings.first().map(|b| b.text.clone()).unwrap_or_default(),
    }
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
