//! Generated pages that do not name their content, so that cleaning has to find it.

use anyhow::{Context, Result};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Words that pages are made of; frequent ones come first, as in a language.
const WORDS: usize = 30_000;
/// Pages a folder.
const FOLDER: usize = 1_000;

/// What a page holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pages {
    /// A chapter of a manual: sections with paragraphs, lists and program text.
    Manual,
    /// About 500 words.
    Short,
}

/// Writes so many pages beneath a folder and returns their bytes. The same number gives the same pages.
pub fn write(folder: &Path, count: usize, kind: Pages) -> Result<usize> {
    let mut chance = Chance(1);
    let mut bytes = 0;
    let sidebar: String = (0..40)
        .map(|n| format!("<li><a href=\"/{n}/0.html\">Part {n}</a></li>\n"))
        .collect();
    for page in 0..count {
        let (part, number) = (page / FOLDER, page % FOLDER);
        let text = body(kind, &mut chance);
        let html = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Page {page} | Handbook</title></head>\n\
             <body><div class=\"top\"><a href=\"/\">Handbook</a> <a href=\"/search\">Search</a></div>\n\
             <div class=\"left\"><ul>{sidebar}</ul></div>\n<div class=\"page\"><h1>Page {page}</h1>\n{text}</div>\n\
             <div class=\"bottom\"><a href=\"/{part}/{}.html\">Next page</a> <p>Made by people.</p></div></body></html>\n",
            number + 1
        );
        let folder = folder.join(part.to_string());
        if number == 0 {
            fs::create_dir_all(&folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        let path = folder.join(format!("{number}.html"));
        fs::write(&path, &html).with_context(|| format!("cannot write {}", path.display()))?;
        bytes += html.len();
    }
    Ok(bytes)
}

fn body(kind: Pages, chance: &mut Chance) -> String {
    let (sections, paragraphs) = match kind {
        Pages::Manual => (12, 4),
        Pages::Short => (3, 3),
    };
    let mut body = String::new();
    // Writing to a string does not fail.
    for section in 0..sections {
        let heading = sentence(3, chance);
        let _ = writeln!(body, "<h2 id=\"s{section}\">{heading}</h2>");
        for _ in 0..paragraphs {
            let (first, second) = (sentence(24, chance), sentence(30, chance));
            let _ = writeln!(body, "<p>{first}. {second}.</p>");
        }
        if kind == Pages::Manual {
            let (one, other) = (sentence(6, chance), sentence(9, chance));
            let _ = writeln!(body, "<ul><li>{one}</li><li>{other}</li></ul>");
            let _ = writeln!(
                body,
                "<pre><code>let {} = {section};</code></pre>",
                sentence(1, chance)
            );
        }
    }
    body
}

/// Words in a row, the first with a capital.
fn sentence(words: usize, chance: &mut Chance) -> String {
    let mut text = String::new();
    for word in 0..words {
        if word > 0 {
            text.push(' ');
        }
        // A share of a share: the first words come up most.
        let rank = chance.below(WORDS) * chance.below(WORDS) / WORDS;
        spell(rank, word == 0, &mut text);
    }
    text
}

/// The word of a rank: syllables by its digits.
fn spell(mut rank: usize, capital: bool, text: &mut String) {
    const SYLLABLES: [&str; 16] = [
        "la", "mi", "no", "ter", "sel", "vo", "ran", "di", "ku", "pes", "ga", "lor", "fin", "tu",
        "be", "hal",
    ];
    let start = text.len();
    loop {
        text.push_str(SYLLABLES[rank % SYLLABLES.len()]);
        rank /= SYLLABLES.len();
        if rank == 0 {
            break;
        }
    }
    if capital {
        text[start..=start].make_ascii_uppercase();
    }
}

/// Numbers without a pattern that anybody sees, the same in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_the_same_in_every_run_and_unlike_each_other() {
        let of = |seed| body(Pages::Short, &mut Chance(seed));
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
        assert!((400..600).contains(&of(1).split_whitespace().count()));
    }
}
