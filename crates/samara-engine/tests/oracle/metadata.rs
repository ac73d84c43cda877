//! Filters, facets, order, near-duplicates and paging, computed by hand.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use samara_engine::{Condition, Index, Options, Searcher, Sort, Unicode};

use crate::corpus::{Page, index_of, pages};

/// Pages that hold the word and pass the filter, in order of the engine's own scores or of a field.
fn matching(pages: &[Page], word: &str) -> Vec<usize> {
    let all = pages.iter().enumerate();
    all.filter(|(_, page)| page.has(word))
        .map(|(number, _)| number)
        .collect()
}

/// The first of each group of near-duplicates, in order.
fn grouped(pages: &[Page], order: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for &number in order {
        let same = |(first, _): &&mut (usize, Vec<usize>)| {
            pages[*first].similar.is_some() && pages[*first].similar == pages[number].similar
        };
        match groups.iter_mut().find(same) {
            Some((_, others)) => others.push(number),
            None => groups.push((number, Vec::new())),
        }
    }
    groups
}

proptest! {
    #[test]
    fn facets_are_counts_before_and_after_the_filter(
        pages in pages(),
        word in "[abc]{1,2}",
        chosen in prop::collection::btree_set("[xyz]", 0..3),
    ) {
        let chosen: Vec<String> = chosen.into_iter().collect();
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let options = Options {
            limit: 1000,
            filters: Condition::of_fields(&[("tag".into(), chosen.clone())]),
            facets: vec!["tag".into()],
            ..Options::default()
        };
        let answer = Searcher::new(&index, &Unicode).search(&format!("{word} "), &options);
        let passes = |number: usize| {
            chosen.is_empty() || pages[number].tags.iter().any(|tag| chosen.contains(tag))
        };
        let all = matching(&pages, &word);
        let mut expected: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        let tags: BTreeSet<&String> = all.iter().flat_map(|&number| &pages[number].tags).collect();
        for tag in tags {
            let holds = |&number: &usize| pages[number].tags.contains(tag);
            let of_all: Vec<usize> = all.iter().copied().filter(holds).collect();
            let of_passing: Vec<usize> = of_all.iter().copied().filter(|&number| passes(number)).collect();
            let groups = |numbers: &[usize]| grouped(&pages, numbers).len() as u32;
            expected.insert(tag, (groups(&of_passing), groups(&of_all)));
        }
        let facet = answer.facets.get("tag").map(Vec::as_slice).unwrap_or_default();
        let found: BTreeMap<&str, (u32, u32)> = facet
            .iter()
            .map(|value| (value.value.as_str(), (value.count, value.total)))
            .collect();
        prop_assert_eq!(found, expected);
        prop_assert!(facet.is_sorted_by(|one, other| one.total >= other.total));
        let passing: Vec<usize> = all.into_iter().filter(|&number| passes(number)).collect();
        prop_assert_eq!(answer.total as usize, grouped(&pages, &passing).len());
    }

    #[test]
    fn numbers_and_dates_order_hits_and_pages_cut_them(
        pages in pages(),
        word in "[abc]{1,2}",
        descending: bool,
        by_date: bool,
        offset in 0..4usize,
        limit in 0..4usize,
    ) {
        // Without such a field anywhere the order is that of relevance.
        prop_assume!(pages.iter().any(|page| if by_date { page.date.is_some() } else { page.rank.is_some() }));
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let field = if by_date { "date" } else { "rank" };
        let direction = if descending { "desc" } else { "asc" };
        let options = Options {
            offset,
            limit,
            sort: Sort::parse(&format!("{field}:{direction}")),
            ..Options::default()
        };
        let answer = Searcher::new(&index, &Unicode).search(&format!("{word} "), &options);
        let mut order = matching(&pages, &word);
        // Those without a value come last either way; equals stay in the order of the corpus.
        order.sort_by(|&one, &other| {
            let (one, other) = (&pages[one], &pages[other]);
            let (missing, ordering) = if by_date {
                ((one.date.is_none(), other.date.is_none()), one.date.cmp(&other.date))
            } else {
                ((one.rank.is_none(), other.rank.is_none()), one.rank.cmp(&other.rank))
            };
            let ordering = if descending { ordering.reverse() } else { ordering };
            missing.0.cmp(&missing.1).then(ordering)
        });
        let groups = grouped(&pages, &order);
        prop_assert_eq!(answer.total as usize, groups.len());
        let number = |id: &str| id.parse::<usize>().unwrap();
        let found: Vec<(usize, Vec<usize>)> = answer
            .hits
            .iter()
            .map(|hit| {
                let others = hit.duplicates.iter().map(|other| number(&other.id));
                (number(&hit.id), others.collect())
            })
            .collect();
        let expected: Vec<(usize, Vec<usize>)> = groups.into_iter().skip(offset).take(limit).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn pages_of_an_answer_are_cut_from_one_list(pages in pages(), word in "[abc]{1,2}", offset in 0..5usize, limit in 0..5usize) {
        let bytes = index_of(&pages);
        let index = Index::open(&bytes).unwrap();
        let ask = |offset, limit| {
            let options = Options { offset, limit, ..Options::default() };
            Searcher::new(&index, &Unicode).search(&word, &options)
        };
        let whole = ask(0, 1000);
        let part = ask(offset, limit);
        prop_assert_eq!(part.total, whole.total);
        let expected: Vec<_> = whole.hits.into_iter().skip(offset).take(limit).collect();
        prop_assert_eq!(part.hits, expected);
    }
}
