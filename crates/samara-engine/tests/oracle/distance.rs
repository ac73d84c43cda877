//! Optimal string alignment distance by the book: insertions, deletions, substitutions, swapped neighbours.

pub fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let kept = table[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                let mut least = kept.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[one.len()][other.len()]
}

#[test]
fn the_distance_is_the_one_of_the_book() {
    for (one, other, expected) in [
        ("", "", 0),
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abc", "ab", 1),
        ("abc", "xabc", 1),
        ("abcd", "badc", 2),
        // Nothing is edited twice.
        ("ca", "abc", 3),
    ] {
        assert_eq!(distance(one, other), expected, "{one} {other}");
    }
}
