//! Scripts without spaces are found by any two characters in a row; emoji by themselves.

use crate::corpus::{Corpus, document};

const TEXTS: &[(&str, &str, &str)] = &[
    (
        "zh",
        "zh",
        "王毅同布林肯举行会谈。双方讨论了中东局势，气氛坦率。",
    ),
    (
        "ja",
        "ja",
        "東京タワーは夜景がきれいです。コーヒーを飲みました。",
    ),
    ("th", "th", "รัฐมนตรีพบกันที่จาการ์ตาเมื่อวานนี้"),
    ("km", "km", "ភាសាខ្មែរ"),
    ("my", "my", "မြန်မာဘာသာ"),
    ("lo", "lo", "ພາສາລາວ"),
];

fn corpus() -> Corpus {
    Corpus::new(
        TEXTS
            .iter()
            .map(|(id, language, text)| document(id, language, "", text)),
    )
}

#[test]
fn any_two_characters_of_an_unspaced_text_find_it() {
    let corpus = corpus();
    for (id, _, text) in TEXTS {
        let characters: Vec<char> = text.chars().collect();
        for length in [2, 3, 5] {
            for window in characters.windows(length) {
                // Punctuation divides words in these scripts, too.
                if window.iter().any(|c| "。，".contains(*c)) {
                    continue;
                }
                let query: String = window.iter().collect();
                let found = corpus.found(&query);
                assert_eq!(found.split(' ').next(), Some(*id), "{query}: {found}");
            }
        }
    }
}

#[test]
fn order_and_neighbourhood_matter() {
    corpus().check(&[
        ("毅王", ""),
        ("林布", ""),
        ("会举", ""),
        ("王林", ""),
        ("夜京", ""),
        ("\"布林肯\"", "zh"),
        ("\"林肯布\"", ""),
        ("布林肯 会谈", "zh"),
        ("会谈 +局势", "zh"),
        ("会谈 -局势", "zh"),
        ("東京", "ja"),
        ("タワー", "ja"),
        ("珈琲", ""),
    ]);
}

#[test]
fn one_character_finds_where_it_stands() {
    corpus().check(&[("毅", "zh"), ("夜", "ja"), ("龍", "")]);
}

#[test]
fn a_run_need_not_be_in_one_piece() {
    // Known words around one that this text lacks.
    Corpus::of(
        "zh",
        &[
            ("near", "中东局势"),
            ("exact", "中东和平局势"),
            ("none", "天气预报"),
        ],
    )
    .check(&[("中东和平", "exact near"), ("中东局势", "near exact")]);
}

#[test]
fn scripts_mix_in_one_text_and_one_query() {
    Corpus::of(
        "ja",
        &[
            (
                "mixed",
                "JavaScriptの基本。Rust言語とWebAssemblyで検索を作る。",
            ),
            ("other", "天気予報"),
        ],
    )
    .check(&[
        ("javascript", "mixed"),
        ("javascriptの", "mixed"),
        ("rust言語", "mixed"),
        ("言語", "mixed"),
        ("webassembly 検索", "mixed"),
        ("検索 WebAss", "mixed"),
    ]);
}

#[test]
fn korean_words_are_found_by_their_beginning() {
    Corpus::of("ko", &[("ko", "한국어 검색 엔진은 빠르다")]).check(&[
        ("한국어", "ko"),
        ("한국", "ko"),
        ("검색", "ko"),
        ("엔진", "ko"),
        ("한", "ko"),
    ]);
}

#[test]
fn signs_that_are_drawn_are_searchable() {
    Corpus::of(
        "en",
        &[
            ("coffee", "Morning ☕ and a heart ❤\u{fe0f}"),
            ("work", "She codes 👩‍💻 all day 👍🏽"),
            ("flag", "Flags: 🇫🇷 and 🇩🇪"),
            ("plain", "Nothing to see"),
        ],
    )
    .check(&[
        ("☕", "coffee"),
        ("❤", "coffee"),
        ("❤\u{fe0f}", "coffee"),
        ("👍", "work"),
        ("👍🏽", "work"),
        ("👍🏿", "work"),
        ("👩‍💻", "work"),
        ("🇫🇷", "flag"),
        ("🇩🇪", "flag"),
        ("🇫🇩", ""),
        ("morning ☕", "coffee"),
        ("-☕ nothing ", "plain"),
    ]);
}
