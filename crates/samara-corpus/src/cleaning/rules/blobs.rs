//! Data that is no text: base64, minified code, tokens that nobody types.

use crate::page::{Block, Kind, Page};
use crate::report::{Dropped, Rule};

/// A run of characters without white space longer than this is no word.
const LONGEST_PIECE: usize = 128;
/// A line this long with next to no white space is a program's, not a person's.
const LONGEST_DENSE: usize = 600;
/// So much of a blob is shown in the report.
const SHOWN: usize = 60;

/// Takes blobs out of a page's blocks, each with a line in the report. Linear.
pub(crate) fn drop_blobs(page: &mut Page) {
    let mut dropped = Vec::new();
    for block in &mut page.blocks {
        if is_dense(block) {
            dropped.push(report(&block.text));
            block.text.clear();
        } else if has_long_piece(&block.text) && block.text.split_whitespace().any(is_blob) {
            dropped.extend(
                block
                    .text
                    .split_whitespace()
                    .filter(|p| is_blob(p))
                    .map(report),
            );
            block.text = without_blobs(&block.text);
            // Where their pieces are now nobody knows.
            block.weights.clear();
        }
    }
    page.blocks.retain(|block| !block.text.is_empty());
    page.dropped.extend(dropped);
}

/// Whether a run of bytes is so long that it may be a blob; of most texts few bytes are looked at.
fn has_long_piece(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while rest.len() > LONGEST_PIECE {
        match rest[..=LONGEST_PIECE]
            .iter()
            .rposition(u8::is_ascii_whitespace)
        {
            Some(gap) => rest = &rest[gap + 1..],
            None => return true,
        }
    }
    false
}

/// A piece in a script that puts no space between words is long by nature.
fn is_blob(piece: &str) -> bool {
    piece.len() > LONGEST_PIECE && {
        let ascii = piece.bytes().filter(u8::is_ascii).count();
        ascii * 10 > piece.len() * 9
    }
}

fn is_dense(block: &Block) -> bool {
    block.kind == Kind::Code
        && block.text.lines().any(|line| {
            let gaps = line.bytes().filter(u8::is_ascii_whitespace).count();
            line.len() > LONGEST_DENSE && line.is_ascii() && gaps * 25 < line.len()
        })
}

fn without_blobs(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let pieces = line.split(' ').filter(|piece| !is_blob(piece.trim()));
        pieces.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_string()
}

fn report(text: &str) -> Dropped {
    let shown: String = text.chars().take(SHOWN).collect();
    Dropped {
        text: format!("{shown}… ({} bytes)", text.len()),
        rule: Rule::Blob,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_go_and_text_stays() {
        let base64 = "QUJD".repeat(100);
        let chinese = "\u{4e2d}\u{6587}".repeat(200);
        let mut page = Page {
            blocks: vec![
                Block::text(format!("before {base64} after")),
                Block::text(chinese.clone()),
                Block::code("a=1;b=2;".repeat(100)),
                Block::code("fn main() {\n    run();\n}"),
            ],
            ..Page::default()
        };
        drop_blobs(&mut page);
        let texts: Vec<&str> = page
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        assert_eq!(
            texts,
            ["before after", &chinese, "fn main() {\n    run();\n}"]
        );
        assert_eq!(page.dropped.len(), 2);
        assert!(page.dropped[0].text.ends_with("(400 bytes)"));
    }
}
