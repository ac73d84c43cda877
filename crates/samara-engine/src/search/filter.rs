//! Conditions on metadata.

use super::documents::DocSet;
use super::options::Condition;
use crate::analysis::{Class, Normalizer, class, fold};
use crate::index::Index;
use crate::number::Number;
use crate::query::{Filter, Test};
use crate::segment::DocId;

/// Which documents meet all conditions that were typed. Each distinct value is looked at once.
pub(crate) fn typed(index: &Index, filters: &[Filter], normalizer: &dyn Normalizer) -> DocSet {
    let mut passing = DocSet::all(index.len());
    for filter in filters {
        let meets = |value: &str| match &filter.test {
            Test::Contains(wanted) => contains(&fold(value, normalizer), wanted),
            Test::Between(from, to) => is_between(value, from, to),
        };
        let met = having(index, &filter.field, &meets);
        if filter.negated {
            passing.subtract(&met);
        } else {
            passing.intersect(&met);
        }
    }
    passing
}

/// Which documents meet a condition.
pub(crate) fn passing(index: &Index, condition: &Condition) -> DocSet {
    let mut set = match condition {
        Condition::Any(_) => DocSet::none(index.len()),
        _ => DocSet::all(index.len()),
    };
    match condition {
        Condition::All(conditions) => {
            for condition in conditions {
                set.intersect(&passing(index, condition));
            }
        }
        Condition::Any(conditions) => {
            for condition in conditions {
                set.unite(&passing(index, condition));
            }
        }
        Condition::None(conditions) => {
            for condition in conditions {
                set.subtract(&passing(index, condition));
            }
        }
        Condition::Is { field, value } => set = having(index, field, &|other| other == value),
        Condition::Between { field, from, to } => {
            set = having(index, field, &|value| is_between(value, from, to));
        }
    }
    set
}

/// The documents that have a value of a field for which a test holds.
fn having(index: &Index, field: &str, holds: &dyn Fn(&str) -> bool) -> DocSet {
    let mut set = DocSet::none(index.len());
    for (number, of) in index.fields().iter().enumerate() {
        if !of.name.eq_ignore_ascii_case(field) {
            continue;
        }
        let Some(column) = index.column(number) else {
            continue;
        };
        let mut held = Vec::with_capacity(column.values.len());
        for value in &column.values {
            held.push(holds(value));
        }
        for document in (0..index.len() as u32).map(DocId) {
            for &value in column.numbers(document) {
                if held[value as usize] {
                    set.insert(document);
                }
            }
        }
    }
    set
}

fn contains(value: &[char], wanted: &[char]) -> bool {
    let begins_word = |at: usize| {
        at == 0 || class(value[at - 1]) != Class::Word || class(value[at]) != Class::Word
    };
    (0..value.len()).any(|at| begins_word(at) && value[at..].starts_with(wanted))
}

/// As numbers where the ends are numbers, else as texts, of which the second is compared as a beginning.
fn is_between(value: &str, from: &str, to: &str) -> bool {
    let may_be_number = |end: &str| end.is_empty() || Number::of(end).is_some();
    if may_be_number(from)
        && may_be_number(to)
        && let Some(value) = Number::of(value)
    {
        return Number::of(from).is_none_or(|from| from.cmp(&value).is_le())
            && Number::of(to).is_none_or(|to| value.cmp(&to).is_le());
    }
    value >= from && (value <= to || to.is_empty() || value.starts_with(to))
}
