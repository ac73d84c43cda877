//! What the weights of the blocks around say of a block.
//!
//! A paragraph between two that look like content is content, a date between two teasers is none: blocks are
//! weighed a second time by what their neighbours came to at first (stacked sequential learning, Cohen and
//! Carvalho, 2005). `training/train.py` computes the same numbers.

/// Neighbours looked at one by one on either side.
const NEAR: usize = 5;
/// Blocks on either side whose mean is taken.
const WINDOWS: [usize; 3] = [3, 8, 20];
/// A long block counts like one of so many words.
const LONGEST: f32 = 60.0;
/// What stands before the first block and behind the last: hardly content.
const OUTSIDE: f32 = -4.0;
/// From this weight on a block is good, and surely so, and below this surely none.
const GOOD: f32 = 0.5;
const SURELY: f32 = 1.0;
const SURELY_NOT: f32 = -1.0;
/// Distances are counted up to here.
const FAR: usize = 50;

/// For every block, numbers about its weight and its neighbours'; `words` are its words. Linear.
pub(crate) fn neighbours(weights: &[f32], words: &[f32]) -> Vec<Vec<f32>> {
    let all = weights.len();
    let words: Vec<f32> = words
        .iter()
        .map(|words| words.clamp(1.0, LONGEST))
        .collect();
    let size = Sums::of(words.iter().copied());
    let mass = Sums::of(
        weights
            .iter()
            .zip(&words)
            .map(|(weight, words)| weight * words),
    );
    let good = Sums::of(weights.iter().zip(&words).map(
        |(weight, words)| {
            if *weight > GOOD { *words } else { 0.0 }
        },
    ));
    let mean = |from, to| mass.between(from, to) / size.between(from, to).max(1.0);
    let near = |at: Option<usize>| {
        at.and_then(|at| weights.get(at))
            .copied()
            .unwrap_or(OUTSIDE)
    };
    let content = distances(weights.iter().map(|weight| *weight > SURELY));
    let chrome = distances(weights.iter().map(|weight| *weight < SURELY_NOT));
    let mut content_behind = distances(weights.iter().rev().map(|weight| *weight > SURELY));
    let mut chrome_behind = distances(weights.iter().rev().map(|weight| *weight < SURELY_NOT));
    let mut best_behind = best(weights.iter().rev());
    content_behind.reverse();
    chrome_behind.reverse();
    best_behind.reverse();
    let best_before = best(weights.iter());
    (0..all)
        .map(|at| {
            let mut out = vec![weights[at]];
            for step in 1..=NEAR {
                out.extend([near(at.checked_sub(step)), near(Some(at + step))]);
            }
            for reach in WINDOWS {
                let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(all));
                out.extend([mean(from, to), mean(from, at), mean(at + 1, to)]);
            }
            out.extend([mean(0, at), mean(at + 1, all), mean(0, all)]);
            let goods = good.between(0, all).max(1.0);
            out.push(good.between(0, at) / goods);
            out.push(good.between(at + 1, all) / goods);
            out.push(good.between(0, all) / size.between(0, all).max(1.0));
            out.extend([
                content[at],
                content_behind[at],
                chrome[at],
                chrome_behind[at],
            ]);
            out.extend([best_before[at], best_behind[at]]);
            out
        })
        .collect()
}

/// Sums of everything before each place.
struct Sums(Vec<f64>);

impl Sums {
    fn of(numbers: impl Iterator<Item = f32>) -> Self {
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for number in numbers {
            sum += f64::from(number);
            sums.push(sum);
        }
        Self(sums)
    }

    fn between(&self, from: usize, to: usize) -> f32 {
        (self.0[to] - self.0[from]) as f32
    }
}

/// Blocks since the last one of a kind.
fn distances(kind: impl Iterator<Item = bool>) -> Vec<f32> {
    let mut distance = FAR;
    kind.map(|is| {
        let before = distance;
        distance = if is { 1 } else { (distance + 1).min(FAR) };
        before as f32
    })
    .collect()
}

/// The largest weight so far.
fn best<'a>(weights: impl Iterator<Item = &'a f32>) -> Vec<f32> {
    weights
        .scan(f32::NEG_INFINITY, |best, weight| {
            *best = best.max(*weight);
            Some(*best)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_described_by_its_neighbours() {
        let numbers = neighbours(&[2.0, -2.0, 1.5], &[10.0, 1.0, 500.0]);
        let middle = &numbers[1];
        assert_eq!(middle[..5], [-2.0, 2.0, 1.5, OUTSIDE, OUTSIDE]);
        // Means of the window, of what stands before and of what stands behind.
        assert_eq!(middle[11..14], [(20.0 - 2.0 + 90.0) / 71.0, 2.0, 1.5]);
        let end = middle.len();
        assert_eq!(middle[end - 6..], [1.0, 1.0, 50.0, 50.0, 2.0, 1.5]);
        assert!(neighbours(&[], &[]).is_empty());
    }
}
