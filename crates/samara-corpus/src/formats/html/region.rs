//! Which part of a page is its content, where the page says so itself.

use html5ever::{LocalName, local_name};

use super::dom::{Data, Dom, NodeId, Step};
use super::furniture::Names;
use super::generator;
use crate::generators::Generator;
use crate::page::Region;

/// A region has at least so many characters of text…
const LEAST_TEXT: usize = 120;
/// …and this share of the page's.
const LEAST_SHARE: f32 = 0.15;
/// An article stands for the main part if it holds this share of it.
const MOST: f32 = 0.6;

/// The content of a page by its own word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Roots of the content, in the order of the page; none where the page does not say.
    pub tops: Vec<NodeId>,
    pub region: Region,
    /// Everything inside is content: nothing there needs judging.
    pub complete: bool,
    /// What may say of an element inside that it is none.
    pub names: Names,
    /// It is not known what wrote the page.
    pub unknown: bool,
    /// Where the text is likely to be, for pages of which every block is weighed: the article in the main part.
    #[cfg_attr(
        not(feature = "extract"),
        expect(dead_code, reason = "only pages whose blocks are weighed are asked")
    )]
    pub likely: Vec<NodeId>,
}

impl Found {
    fn complete(tops: Vec<NodeId>, region: Region, names: Names) -> Self {
        Self {
            likely: tops.clone(),
            tops,
            region,
            complete: true,
            names,
            unknown: false,
        }
    }
}

/// Finds the region that a page names: an attribute made for search, a generator's container,
/// `<main>`, `<article>`. Linear in the tree's size.
pub(crate) fn find(dom: &Dom) -> Found {
    if let Some(found) = marked(dom) {
        return found;
    }
    let sizes = text_sizes(dom);
    let size = |id: NodeId| sizes[id.index()];
    let all = size(Dom::ROOT).max(1);
    let generator = generator::written_by(dom);
    let is_known = generator.is_some_and(|generator| !generator.is_framework);
    // What a generator of people's own sites puts into an article is one, however short.
    let least = if is_known { 1 } else { LEAST_TEXT };
    let enough = |id: NodeId| {
        let size = size(id);
        size >= least.min(all / 2) && size as f32 >= all as f32 * LEAST_SHARE
    };
    if let Some(found) = contained(dom, generator, size) {
        return found;
    }
    let mains = outermost(dom, |id| {
        *dom.tag(id) == local_name!("main") || dom.attribute(id, "role") == Some("main")
    });
    let articles = outermost(dom, |id| *dom.tag(id) == local_name!("article"));
    let bodies = outermost(dom, |id| {
        dom.attribute(id, "itemprop").is_some_and(|names| {
            names
                .split_ascii_whitespace()
                .any(|name| name.eq_ignore_ascii_case("articleBody"))
        })
    });
    let around = if mains.is_empty() {
        all
    } else {
        mains.iter().copied().map(size).sum()
    };
    let in_main = |id: NodeId| dom.ancestors(id).any(|above| mains.contains(&above));
    // The article that holds most of what is there is the page; cards in a list hold a little each.
    let article = articles
        .iter()
        .copied()
        .max_by_key(|&id| size(id))
        .filter(|&id| {
            let others: usize = articles.iter().map(|&id| size(id)).sum();
            size(id) as f32 >= others as f32 * MOST
                && (!in_main(id) || size(id) as f32 >= around as f32 * MOST)
        });
    // The main part is what the page calls its content; the article in it is where the text is.
    let named = |likely: Vec<NodeId>| Found {
        tops: if likely.iter().all(|&id| in_main(id)) {
            mains.clone()
        } else {
            likely.clone()
        },
        region: Region::Named,
        complete: false,
        names: Names::Region(generator),
        unknown: generator.is_none_or(|generator| generator.is_framework),
        likely,
    };
    if let [body] = bodies[..]
        && enough(body)
    {
        let around = article.filter(|&id| dom.ancestors(body).any(|up| up == id));
        return named(vec![around.unwrap_or(body)]);
    }
    if let Some(article) = article.filter(|&id| enough(id)) {
        return named(vec![article]);
    }
    // A page has one main part, says the standard; of a page with several none says which it could do without.
    if mains.iter().any(|&id| enough(id)) {
        return Found {
            tops: mains.clone(),
            ..named(mains.clone())
        };
    }
    Found::default()
}

/// What a page marks for search.
fn marked(dom: &Dom) -> Option<Found> {
    let has = |id, name| dom.attribute(id, name).is_some();
    let marked = outermost(dom, |id| {
        has(id, "data-pagefind-body") || has(id, "data-samara-body")
    });
    if marked.is_empty() {
        return None;
    }
    let names = if marked.iter().any(|&id| has(id, "data-samara-body")) {
        Names::Region(None)
    } else {
        Names::Pagefind
    };
    Some(Found::complete(marked, Region::Marked, names))
}

/// What stands in the containers of a known generator, however little it is.
fn contained(
    dom: &Dom,
    written: Option<&'static Generator>,
    size: impl Fn(NodeId) -> usize,
) -> Option<Found> {
    let in_parts = written.filter(|generator| !generator.parts.is_empty());
    let tops = match in_parts {
        Some(generator) => outermost(dom, |id| generator::is_one_of(dom, id, generator.parts)),
        None => outermost(dom, |id| {
            generator::container_of(dom, id, written).is_some()
        }),
    };
    let first = *tops.iter().find(|&&id| size(id) > 0)?;
    let owner = written.or_else(|| generator::container_of(dom, first, written));
    Some(Found::complete(tops, Region::Named, Names::Region(owner)))
}

/// The body of a page, or its root.
pub(crate) fn body(dom: &Dom) -> NodeId {
    generator::half(dom, &local_name!("body")).unwrap_or(Dom::ROOT)
}

/// Elements of a kind that stand in no other of their kind.
fn outermost(dom: &Dom, is: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut walk = dom.walk(Dom::ROOT);
    while let Some(step) = walk.next() {
        if let Step::Enter(id) = step
            && matches!(dom.data(id), Data::Element { .. })
            && is(id)
        {
            found.push(id);
            walk.skip_children(id);
        }
    }
    found
}

/// Characters of visible text beneath every node.
fn text_sizes(dom: &Dom) -> Vec<usize> {
    let mut sizes = vec![0; dom.len()];
    let mut walk = dom.walk(Dom::ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => match dom.data(id) {
                Data::Text(text) => {
                    sizes[id.index()] = text.split_ascii_whitespace().map(str::len).sum();
                }
                Data::Element { .. } if is_silent(dom.tag(id)) => walk.skip_children(id),
                _ => {}
            },
            Step::Leave(id) => {
                if let Some(parent) = dom.parent(id) {
                    sizes[parent.index()] += sizes[id.index()];
                }
            }
        }
    }
    sizes
}

fn is_silent(tag: &LocalName) -> bool {
    matches!(
        *tag,
        local_name!("script")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("head")
            | local_name!("svg")
            | local_name!("nav")
            | local_name!("footer")
            | local_name!("select")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(html: &str) -> (Region, String) {
        let dom = Dom::parse(html);
        let found = find(&dom);
        (
            found.region,
            found
                .tops
                .iter()
                .map(|&id| dom.text(id))
                .collect::<Vec<_>>()
                .join("+"),
        )
    }

    #[test]
    fn the_most_explicit_region_wins() {
        let long = "word ".repeat(60);
        for (html, expected) in [
            (
                format!("<main>{long}<p data-pagefind-body>b</p></main>"),
                Region::Marked,
            ),
            (
                format!("<main><div class='md-content__inner'>{long}</div>x</main>"),
                Region::Named,
            ),
            (
                format!("<div><article>{long}</article></div>"),
                Region::Named,
            ),
            (format!("<div>{long}</div>"), Region::Guessed),
            (
                format!("<main>tiny</main><div>{long}</div>"),
                Region::Guessed,
            ),
        ] {
            assert_eq!(region(&html).0, expected, "{html}");
        }
    }

    #[test]
    fn cards_in_a_list_are_no_article() {
        let card = format!("<article>{}</article>", "card ".repeat(40));
        let (_, text) = region(&format!("<main>{}</main>", card.repeat(5)));
        assert_eq!(text.matches("card").count(), 200);
    }
}
