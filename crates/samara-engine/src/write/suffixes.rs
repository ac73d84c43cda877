//! Endings that belong together.

use std::collections::BTreeMap;

/// Endings that are learnt have at most this many letters and follow at least [`SHORTEST_STEM`] others.
const LONGEST_SUFFIX: usize = 5;
const SHORTEST_STEM: usize = 3;

/// Pairs of endings that a language exchanges: what a corpus is taught that is too small to teach them.
const SHIPPED: &[(&str, &str)] = &[
    (
        "en",
        "/s /es /ed /ing /er /ly ed/ing s/ing ed/s e/ing e/ed e/es y/ies y/ied e/er er/ing er/ion er/ation ing/ation ing/ion \
         ed/ation ed/ion s/ation e/ation ise/ize ised/ized ising/izing isation/ization our/or ours/ors /ment /ness /ion /ation \
         ed/es es/ing /ning /ned /ping /ped /ting /ted /ming /med /ging /ged",
    ),
    (
        "de",
        "/e /n /en /er /s /es /em e/en e/er e/es en/t en/te en/ung ung/ungen en/end",
    ),
    (
        "fr",
        "/s /e /es /x al/aux er/é er/e er/ant er/ation e/es é/ée é/és ée/ées",
    ),
    (
        "es",
        "/s /es o/a o/os a/as o/as ar/ado ar/ando ar/ación ción/ciones er/ido",
    ),
    ("it", "o/i a/e e/i o/a are/ato are/ando zione/zioni"),
    ("pt", "/s /es o/a o/os a/as ar/ado ar/ando ção/ções"),
    ("nl", "/e /en /s /er e/en en/t en/de"),
    ("sv", "/en /er /ar /et /or /n a/or a/an"),
    (
        "ko",
        "/은 /는 /이 /가 /을 /를 /에 /에서 /에게 /으로 /로 /와 /과 /도 /만 /의 /까지 /부터",
    ),
    (
        "ru",
        "/а /ы /и /у /ом /ов /е а/ы а/у а/е ый/ая ый/ого ть/л ие/ия",
    ),
];

/// More pairs of endings cost bytes and hardly ever decide anything.
const SUFFIX_PAIRS: usize = 96;

/// Pairs of endings that terms of one of these groups differ in, the most frequent first: what is left of each after
/// the letters that both begin with.
///
/// Those that their `languages` are known to exchange follow where the corpus does not teach them.
pub(super) fn suffix_pairs(
    terms: &[&str],
    groups: &[u32],
    languages: &[&str],
) -> Vec<(String, String)> {
    let mut sizes = vec![0_u32; groups.len()];
    groups.iter().for_each(|&group| sizes[group as usize] += 1);
    // Most terms are alone.
    let by_group = groups.iter().copied().zip(0..);
    let by_group = by_group.filter(|(group, _)| sizes[*group as usize] > 1);
    let mut by_group: Vec<(u32, u32)> = by_group.collect();
    by_group.sort_unstable();
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for members in by_group.chunk_by(|one, other| one.0 == other.0) {
        for (number, &(_, one)) in members.iter().enumerate() {
            for &(_, other) in &members[number + 1..] {
                let (one, other) = (terms[one as usize], terms[other as usize]);
                let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
                let (count, bytes) = same.fold((0, 0), |(count, bytes), (a, _)| {
                    (count + 1, bytes + a.len_utf8())
                });
                let (a, b) = (&one[bytes..], &other[bytes..]);
                let longest = a.chars().count().max(b.chars().count());
                if count >= SHORTEST_STEM && longest <= LONGEST_SUFFIX {
                    *counts
                        .entry(if a < b { (a, b) } else { (b, a) })
                        .or_default() += 1;
                }
            }
        }
    }
    let mut pairs: Vec<_> = counts.into_iter().collect();
    pairs.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    pairs.truncate(SUFFIX_PAIRS);
    let mut pairs: Vec<(&str, &str)> = pairs.into_iter().map(|(pair, _)| pair).collect();
    for (language, shipped) in SHIPPED {
        if languages.contains(language) {
            for (one, other) in shipped
                .split_whitespace()
                .filter_map(|pair| pair.split_once('/'))
            {
                let pair = if one < other {
                    (one, other)
                } else {
                    (other, one)
                };
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
    }
    let owned = |(one, other): (&str, &str)| (one.to_owned(), other.to_owned());
    pairs.into_iter().map(owned).collect()
}
