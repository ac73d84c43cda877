//! Terms inside forms: words of `getElementById`, operators of ` ->> `.

use super::forms::Forms;
use super::stream::FormId;
use super::terms::{TermOrdinal, Terms};
use crate::analysis::{operators, parts};

/// Terms that stand inside of forms.
pub(crate) struct Parts {
    /// The forms in ascending order, each with the end of its parts in `terms`.
    forms: Vec<(FormId, u32)>,
    terms: Vec<TermOrdinal>,
}

impl Parts {
    /// Finds the parts of all forms, and notes on the forms that they have some. Linear in the forms that are written in
    /// mixed case, and in what stands between words.
    pub(crate) fn of(forms: &mut Forms, terms: &Terms) -> Self {
        let mut found: Vec<(FormId, Vec<TermOrdinal>)> = Vec::new();
        let mut text = String::new();
        for (form, term, capitals) in forms.mixed() {
            text.clear();
            terms.push_term(term, &mut text);
            found.push((
                form,
                parts(&text, capitals)
                    .filter_map(|part| terms.ordinal(part))
                    .collect(),
            ));
        }
        for (form, separator) in forms.separators() {
            found.push((
                form,
                operators(separator)
                    .filter_map(|run| terms.ordinal(run))
                    .collect(),
            ));
        }
        found.retain(|(_, parts)| !parts.is_empty());
        let order = crate::order::order(found.len(), &|one, other| {
            found[one as usize].0.cmp(&found[other as usize].0)
        });
        let mut all = Parts {
            forms: Vec::with_capacity(found.len()),
            terms: Vec::new(),
        };
        for place in order {
            let (form, ref parts) = found[place as usize];
            forms.set_parts(form);
            all.terms.extend_from_slice(parts);
            all.forms.push((form, all.terms.len() as u32));
        }
        all
    }

    /// The parts of a form. Logarithmic in the number of forms that have some.
    pub(crate) fn parts(&self, forms: &Forms, form: FormId) -> &[TermOrdinal] {
        if !forms.has_parts(form) {
            return &[];
        }
        let Ok(place) = self.forms.binary_search_by(|entry| entry.0.0.cmp(&form.0)) else {
            return &[];
        };
        let start = place
            .checked_sub(1)
            .map_or(0, |before| self.forms[before].1);
        &self.terms[start as usize..self.forms[place].1 as usize]
    }
}
