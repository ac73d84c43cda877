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
        let (mut is_planned, mut is_found) = (false, false);
        for (planned, scored) in plan.clauses.iter().zip(&scores.contributions) {
            if covers(&planned.typed, &typed) {
                is_planned = true;
                is_found |= !scored.is_empty();
            }
        }
        // What was left out is listed already, and is in no plan.
        if !is_planned || clause.occur != Occur::Should {
            continue;
        }
        for atom in &clause.alternatives {
            let mut is_listed = is_found;
            for word in &atom.words {
                let mut is_known = false;
                for term in &plan.terms {
                    is_known |= covers(&term.range, &word.range) && !term.expansion.is_empty();
                }
                if !is_known {
                    ignore(&mut query.ignored, &text[word.range.clone()], UNKNOWN);
                    is_listed = true;
                }
            }
            if !is_listed {
                ignore(&mut query.ignored, &text[atom.typed()], UNKNOWN);
            }
        }
    }
}

const UNKNOWN: &str = "unknown";

fn covers(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.start && other.end <= one.end
}
