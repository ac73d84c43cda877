//! Conditions on metadata.

use crate::analysis::{Class, Normalizer, class, fold};
use crate::index::Index;
use crate::query::{Filter, Test};
use crate::segment::{Column, DocId};

/// Which documents meet all conditions. Each distinct value is looked at once.
pub(crate) fn passing(index: &Index, filters: &[Filter], normalizer: &dyn Normalizer) -> Vec<bool> {
    let mut passing = vec![true; index.len()];
    for filter in filters {
        let columns = index
            .columns
            .iter()
            .filter(|column| column.name.eq_ignore_ascii_case(&filter.field));
        let tested: Vec<(&Column, Vec<bool>)> = columns
            .map(|column| {
                let test = |value: &&str| meets(value, &filter.test, normalizer);
                (column, column.values.iter().map(test).collect())
            })
            .collect();
        for (place, passing) in passing.iter_mut().enumerate() {
            let met = tested.iter().any(|(column, met)| {
                column
                    .numbers(DocId(place as u32))
                    .iter()
                    .any(|&value| met[value as usize])
            });
            *passing &= met != filter.negated;
        }
    }
    passing
}

fn meets(value: &str, test: &Test, normalizer: &dyn Normalizer) -> bool {
    match test {
        Test::OneOf(values) => values.iter().any(|wanted| wanted == value),
        Test::Contains(wanted) => {
            let value = fold(value, normalizer);
            let begins_word = |at: usize| {
                at == 0 || class(value[at - 1]) != Class::Word || class(value[at]) != Class::Word
            };
            (0..value.len()).any(|at| begins_word(at) && value[at..].starts_with(wanted))
        }
        Test::Between(from, to) => {
            value >= from.as_str()
                && (value <= to.as_str() || to.is_empty() || value.starts_with(to.as_str()))
        }
    }
}
