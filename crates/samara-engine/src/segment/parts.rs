//! Terms inside forms: words of `getElementById`, operators of ` ->> `.

use super::forms::Forms;
use super::stream::FormId;
use super::terms::{TermOrdinal, Terms};
use crate::analysis::{operators, parts};

/// Terms that stand inside of forms. Opening asks for those of every token, so that an answer takes constant time.
pub(crate) struct Parts {
    /// A bit for each form that has some.
    bits: Vec<u64>,
    /// Forms that have some before each word of `bits`.
    ranks: Vec<u32>,
    /// End in `terms` of the parts of each form that has some.
    ends: Vec<u32>,
    terms: Vec<TermOrdinal>,
}

impl Parts {
    /// Finds the parts of all forms, and notes which have some. Linear in the forms that are written in mixed case, and in
    /// what stands between words.
    pub(crate) fn of(forms: &mut Forms, terms: &Terms) -> Self {
        let mut all = Parts {
            bits: vec![0; forms.len() / 64 + 1],
            ranks: Vec::with_capacity(forms.len() / 64 + 1),
            ends: Vec::new(),
            terms: Vec::new(),
        };
        let mut text = String::new();
        for form in (0..forms.len() as u32).map(FormId) {
            let before = all.terms.len();
            let mut known = |part| all.terms.extend(terms.ordinal(part));
            match (forms.capitals(form, terms), forms.term(form)) {
                (capitals @ 1.., Some(term)) => {
                    text.clear();
                    terms.push_term(term, &mut text);
                    parts(&text, capitals, &mut known);
                }
                _ => operators(forms.separator(form), &mut known),
            }
            if all.terms.len() > before {
                forms.has_parts(form);
                all.bits[form.0 as usize / 64] |= 1 << (form.0 % 64);
                all.ends.push(all.terms.len() as u32);
            }
        }
        let mut rank = 0;
        for word in &all.bits {
            all.ranks.push(rank);
            rank += word.count_ones();
        }
        all
    }

    /// The parts of a form. Constant time.
    #[inline]
    pub(crate) fn parts(&self, form: FormId) -> &[TermOrdinal] {
        let (word, bit) = (form.0 as usize / 64, 1u64 << (form.0 % 64));
        let bits = self.bits.get(word).copied().unwrap_or(0);
        if bits & bit == 0 {
            return &[];
        }
        let place = (self.ranks[word] + (bits & (bit - 1)).count_ones()) as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.terms[start as usize..self.ends[place] as usize]
    }
}
