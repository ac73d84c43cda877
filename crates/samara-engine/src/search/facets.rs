//! Facets: how the matches divide by metadata.

use super::Options;
use super::documents::DocSet;
use super::scoring::Scored;
use crate::answer::{FacetValue, Fields};
use crate::index::Index;
use crate::order::{self, descending};
use crate::segment::{Column, DocId};

/// A field with more values is no choice that a person makes from a list.
const MOST_VALUES: usize = 64;

/// Counts per value before and after filtering, the most frequent first. Near-duplicates count once for each value,
/// so that choosing a value leaves as many hits as it says. Linear in the matches, but for near-duplicates, which
/// are sorted.
///
/// The options name the fields; where they name none, those are taken whose values documents share.
pub(crate) fn facets(
    index: &Index,
    options: &Options,
    matches: &[Scored],
    passing: Option<&DocSet>,
) -> Fields<Vec<FacetValue>> {
    let mut facets = Fields::default();
    for column in &index.columns {
        let chosen = if options.facets.is_empty() {
            is_shared(column, index.len())
        } else {
            options.facets.iter().any(|name| name == column.name)
        };
        if !chosen {
            continue;
        }
        let mut counts = vec![(0u32, 0u32); column.values.len()];
        let mut count = |value: u32, passes: u32| {
            let (count, total) = &mut counts[value as usize];
            *total += 1;
            *count += passes;
        };
        let mut grouped = Vec::new();
        for document in matches.iter().map(|scored| scored.document) {
            let passes = u32::from(passing.is_none_or(|passing| passing.contains(document)));
            for &value in column.numbers(document) {
                match index.catalog.group(document).filter(|_| !options.apart) {
                    None => count(value, passes),
                    Some(group) => {
                        grouped.push(u64::from(value) << 32 | u64::from(group << 1 | passes));
                    }
                }
            }
        }
        order::sort(&mut grouped);
        let mut last = u64::MAX;
        // From the end, where those of a group that pass stand first.
        for entry in grouped.into_iter().rev() {
            if entry >> 1 != last {
                last = entry >> 1;
                count((entry >> 32) as u32, entry as u32 & 1);
            }
        }
        // Values ascend already, so their numbers break ties.
        let total = |value: usize| counts[value].1;
        let mut keys: Vec<u64> = (0..counts.len())
            .filter(|&value| options.zeros || total(value) > 0)
            .map(|value| descending(total(value), value as u32))
            .collect();
        order::sort(&mut keys);
        let values = keys
            .into_iter()
            .map(|key| {
                let number = order::second(key) as usize;
                let (count, total) = counts[number];
                FacetValue {
                    value: column.values[number].to_owned(),
                    count,
                    total,
                }
            })
            .collect();
        facets.0.push((column.name.to_owned(), values));
    }
    facets
}

fn is_shared(column: &Column, documents: usize) -> bool {
    let entries: usize = (0..documents)
        .map(|document| column.numbers(DocId(document as u32)).len())
        .sum();
    (2..=MOST_VALUES).contains(&column.values.len())
        && (column.values.len() < entries || matches!(column.name, "source" | "tag"))
        && column.name != "date"
}
