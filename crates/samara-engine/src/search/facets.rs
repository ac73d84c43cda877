//! Facets: how the matches divide by metadata.

use super::Options;
use super::documents::DocSet;
use super::scoring::Scored;
use crate::answer::{FacetValue, Fields};
use crate::index::{Field, Index};
use crate::list::ToList;
use crate::order::{self, descending};

/// Numbers of the fields that are counted: those that the options name; where they name none, those whose values documents
/// share.
pub(crate) fn chosen(index: &Index, options: &Options) -> Vec<usize> {
    let is_chosen = |field: &Field| {
        if options.facets.is_empty() {
            field.is_shared
        } else {
            options.facets.iter().any(|name| name == field.name)
        }
    };
    let fields = index.fields().iter().enumerate();
    let chosen = fields.filter(|(_, field)| is_chosen(field));
    chosen.map(|(number, _)| number).list()
}

/// Counts per value before and after filtering, the most frequent first. Near-duplicates count once for each value,
/// so that choosing a value leaves as many hits as it says. Linear in the matches, but for near-duplicates, which
/// are sorted.
pub(crate) fn facets(
    index: &Index,
    options: &Options,
    matches: &[Scored],
    passing: &DocSet,
) -> Fields<Vec<FacetValue>> {
    let mut facets = Fields::default();
    for number in chosen(index, options) {
        let Some(column) = index.column(number) else {
            continue;
        };
        let mut counts = vec![(0u32, 0u32); column.values.len()];
        let mut count = |value: u32, passes: u32| {
            let (count, total) = &mut counts[value as usize];
            *total += 1;
            *count += passes;
        };
        let mut grouped = Vec::new();
        for &Scored { document, .. } in matches {
            let passes = u32::from(passing.contains(document));
            for &value in column.numbers(document) {
                match index.group(document).filter(|_| !options.apart) {
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
        let mut keys = Vec::new();
        for value in 0..counts.len() {
            if options.zeros || total(value) > 0 {
                keys.push(descending(total(value), value as u32));
            }
        }
        order::sort(&mut keys);
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            let number = order::second(key) as usize;
            let (count, total) = counts[number];
            values.push(FacetValue {
                value: column.values[number].to_owned(),
                count,
                total,
            });
        }
        facets.0.push((column.name.to_owned(), values));
    }
    facets
}
