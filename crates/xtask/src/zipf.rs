//! A site of as many pages as wanted, the same each time: words whose frequencies fall as Zipf has it, headings and links.

use anyhow::{Context, Result};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Different words.
const VOCABULARY: u32 = 300_000;
/// Words of a page.
const TOKENS: usize = 500;
/// Pages of a folder.
const FOLDER: u32 = 1_000;
/// Words of a section, and of a sentence.
const SECTION: usize = 125;
const SENTENCE: usize = 14;
/// Words between two links.
const LINK: usize = 60;

/// Writes so many pages into a folder, which has to be empty. Linear in the pages.
///
/// # Errors
/// The folder cannot be written.
pub fn write(folder: &Path, pages: u32) -> Result<()> {
    let words = Words::new();
    for page in 0..pages {
        let path = folder.join(address(page));
        if page % FOLDER == 0
            && let Some(parent) = path.parent()
        {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot create {}", parent.display()))?;
        }
        fs::write(&path, html(&words, page, pages))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The word of a rank, from 0: the more frequent, the shorter.
pub fn word(rank: u32) -> String {
    const CONSONANTS: &[u8; 20] = b"bcdfghjklmnpqrstvwxz";
    const VOWELS: &[u8; 5] = b"aeiou";
    let mut rest = rank + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let syllable = ((rest - 1) % 100) as usize;
        rest = (rest - 1) / 100;
        letters.push(VOWELS[syllable % 5]);
        letters.push(CONSONANTS[syllable / 5]);
    }
    letters
        .iter()
        .rev()
        .map(|&letter| char::from(letter))
        .collect()
}

fn address(page: u32) -> String {
    format!("{}/{}.html", page / FOLDER, page % FOLDER)
}

/// A page that a site of so many lacks.
pub fn another(pages: u32) -> String {
    html(&Words::new(), pages, pages)
}

fn html(words: &Words, page: u32, pages: u32) -> String {
    let mut random = Random(u64::from(page) << 20);
    let mut title = String::new();
    for _ in 0..4 {
        let _ = write!(title, "{} ", word(random.below(VOCABULARY / 10)));
    }
    let title = title.trim_end();
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><title>{title}</title></head>\n<body><main><h1>{title}</h1>\n<p>"
    );
    for place in 1..=TOKENS {
        let word = word(words.rank(&mut random));
        let _ = match place % LINK {
            0 => {
                let to = address(random.below(pages));
                write!(html, "<a href=\"../{to}\">{word}</a>")
            }
            _ => write!(html, "{word}"),
        };
        html.push_str(if place % SENTENCE == 0 { ".\n" } else { " " });
        if place % SECTION == 0 && place < TOKENS {
            let heading = self::word(random.below(VOCABULARY / 10));
            let _ = write!(html, "</p>\n<h2 id=\"s{place}\">{heading}</h2>\n<p>");
        }
    }
    html.push_str("</p></main></body></html>\n");
    html
}

/// Ranks, each as often as its number says.
struct Words {
    /// For each rank, how often it or a more frequent one comes.
    shares: Vec<f64>,
}

impl Words {
    fn new() -> Self {
        let mut sum = 0.0;
        let shares = (1..=VOCABULARY).map(|rank| {
            sum += 1.0 / f64::from(rank);
            sum
        });
        Self {
            shares: shares.collect(),
        }
    }

    fn rank(&self, random: &mut Random) -> u32 {
        let all = self.shares.last().copied().unwrap_or_default();
        let place = random.part() * all;
        self.shares.partition_point(|&share| share < place) as u32
    }
}

/// Numbers that are the same for the same start (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    /// From 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_rank_has_a_word_of_its_own() {
        let words: HashSet<String> = (0..VOCABULARY).map(word).collect();
        assert_eq!(words.len(), VOCABULARY as usize);
        assert!(word(0).len() < word(VOCABULARY - 1).len());
    }

    #[test]
    fn pages_are_the_same_each_time_and_differ_from_one_another() {
        let words = Words::new();
        assert_eq!(html(&words, 7, 10), html(&words, 7, 10));
        assert_ne!(html(&words, 7, 10), html(&words, 8, 10));
    }

    #[test]
    fn frequent_words_come_as_often_as_zipf_says() {
        let (words, mut random) = (Words::new(), Random(1));
        let ranks: Vec<u32> = (0..100_000).map(|_| words.rank(&mut random)).collect();
        let count = |rank: u32| ranks.iter().filter(|&&of| of == rank).count() as f64;
        let ratio = count(0) / count(9);
        assert!((8.0..12.5).contains(&ratio), "{ratio}");
    }
}
