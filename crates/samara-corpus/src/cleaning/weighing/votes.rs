//! What other extractors make of a page, as votes on its blocks.
//!
//! Each extractor errs on other pages. Which blocks of a page they keep, added to the weight of our
//! own trees, is better than any one of them and than ours.

use std::collections::HashSet;
use std::time::Duration;

use crate::faults::contained;
use crate::formats::html::{Dom, HtmlBlock, write};
use crate::report::Note;
use crate::words::{WordSet, fold, mix, word_hash};
use crate::workers::Workers;

/// What an extractor's word weighs beside the sum of the trees: between −1 and 1 each. Measured in
/// cross-validation; from 1.5 to 2.5 little changes.
const WEIGHT: f32 = 2.0;
/// Larger trees are judged without them: the extractors are not linear.
const MOST_NODES: usize = 150_000;
/// The largest page takes ten seconds, and on a machine that is busy a few times that; what takes so long never ends.
const PATIENCE: Duration = Duration::from_secs(600);
/// Abandoned extractors that still run: beyond these, none is started.
const MOST_ABANDONED: usize = 2;

static EXTRACTORS: Workers = Workers::new(MOST_ABANDONED);

/// For every block, what the extractors add to its weight; why there are no votes otherwise.
pub(crate) fn votes(dom: &Dom, blocks: &[HtmlBlock], folded: &[String]) -> Result<Vec<f32>, Note> {
    if dom.len() > MOST_NODES {
        return Err(Note::TooLargeForExtractors);
    }
    let texts = extract(write(dom)).ok_or(Note::ExtractorsTookTooLong)?;
    let mut votes = vec![0.0; blocks.len()];
    for text in texts {
        let kept = Kept::of(&text);
        for (vote, (block, folded)) in votes.iter_mut().zip(blocks.iter().zip(folded)) {
            *vote += WEIGHT * (kept.share(folded, block.words) - 0.5);
        }
    }
    Ok(votes)
}

/// What the extractors will add where nobody asks them, because it is clear what the blocks are.
pub(crate) fn expected(alone: &[f32]) -> Vec<f32> {
    alone.iter().map(|weight| WEIGHT * weight.tanh()).collect()
}

/// What it keeps of a page.
type Extractor = fn(&str) -> String;

/// The texts of all extractors, within the time that a page may take. One that fails has kept nothing.
fn extract(html: String) -> Option<[String; 2]> {
    EXTRACTORS.run(PATIENCE, move || {
        let extractors: [(_, Extractor); 2] = [
            ("trafilatura", with_trafilatura),
            ("rs-trafilatura", with_rs_trafilatura),
        ];
        extractors.map(|(name, extractor)| contained(name, || extractor(&html)).unwrap_or_default())
    })
}

fn with_trafilatura(html: &str) -> String {
    // Dates are read elsewhere; here they would take a tenth of its time.
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    trafilatura::extract(html, &options).map_or_else(|_| String::new(), |page| page.content_text)
}

fn with_rs_trafilatura(html: &str) -> String {
    rs_trafilatura::extract(html).map_or_else(|_| String::new(), |page| page.content_text)
}

/// What an extractor kept, as runs of words: its blocks need not be ours.
struct Kept {
    lines: HashSet<String>,
    pairs: WordSet,
    triples: WordSet,
}

impl Kept {
    fn of(text: &str) -> Self {
        let words: Vec<u64> = fold(text).split(' ').map(word_hash).collect();
        Self {
            lines: text.lines().map(fold).collect(),
            pairs: words.windows(2).map(run).collect(),
            triples: words.windows(3).map(run).collect(),
        }
    }

    /// How much of a block was kept. A short one counts where it is a line of its own, half where
    /// its words are found in a row.
    fn share(&self, folded: &str, words: usize) -> f32 {
        if words == 0 {
            return 0.0;
        }
        let hashes: Vec<u64> = folded.split(' ').map(word_hash).collect();
        if hashes.len() >= 4 {
            let shared = hashes.windows(3).filter(|w| self.triples.contains(&run(w)));
            return shared.count() as f32 / (hashes.len() - 2) as f32;
        }
        if self.lines.contains(folded) {
            return 1.0;
        }
        let in_a_row = hashes.len() > 1 && hashes.windows(2).all(|w| self.pairs.contains(&run(w)));
        if in_a_row { 0.5 } else { 0.0 }
    }
}

fn run(words: &[u64]) -> u64 {
    words.iter().fold(0, |sum, &word| mix(sum, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_counts_as_kept_by_its_runs_of_words() {
        let kept = Kept::of("The title\nOne two three four five. Six seven.");
        for (block, expected) in [
            ("the title", 1.0),
            ("one two three four five six seven", 1.0),
            ("six seven", 0.5),
            ("one two three four nine", 2.0 / 3.0),
            ("seven six", 0.0),
            ("", 0.0),
        ] {
            let words = block.split_whitespace().count();
            assert_eq!(kept.share(block, words), expected, "{block}");
        }
    }
}
