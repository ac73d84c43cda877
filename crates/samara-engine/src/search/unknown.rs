//! What was typed and no document has. It is known when all is scored.

use core::ops::Range;

use super::plan::Plan;
use super::scoring::Scores;
use crate::query::{Occur, Query, ignore};

/// Lists the words that no document has, whatever they were read as, and rows of words that are written nowhere. What is
/// required counts by finding nothing, and what is excluded by leaving out nothing.
pub(super) fn list(text: &str, query: &mut Query, plan: &Plan, scores: &Scores) {
    for clause in &query.clauses {
        let typed = clause.typed();
        // What was left out is listed, and is in no plan.
        let (mut is_planned, mut is_found) = (false, false);
        for (planned, scored) in plan.clauses.iter().zip(&scores.contributions) {
            let is_of_it = covers(&planned.typed, &typed);
            is_planned |= is_of_it;
            is_found |= is_of_it && !scored.is_empty();
        }
        if !is_planned || clause.occur != Occur::Should {
            continue;
        }
        for atom in &clause.alternatives {
            let mut is_told = is_found;
            for word in &atom.words {
                let mut terms = plan.terms.iter();
                if !terms.any(|term| !term.expansion.is_empty() && covers(&term.range, &word.range))
                {
                    ignore(&mut query.ignored, &text[word.range.clone()], "unknown");
                    is_told = true;
                }
            }
            if !is_told {
                ignore(&mut query.ignored, &text[atom.typed()], "unknown");
            }
        }
    }
}

fn covers(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.start && other.end <= one.end
}
