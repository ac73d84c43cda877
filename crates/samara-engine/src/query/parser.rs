//! The query parser. One pass over at most [`LONGEST_QUERY`] bytes.

use super::{Atom, AtomKind, Clause, Filter, Nature, Occur, Query, Signs, Test, Word, ignore};
use crate::analysis::{Class, Kind, Normalizer, class, fold, is_lone_operator, lower, tokens};
use crate::list::ToList;
use crate::text::{split_once, until};

/// What a person types is shorter; what a program pastes need not be read whole.
const LONGEST_QUERY: usize = 8_000;
/// Words that are looked up: as many as a question of several sentences has.
const MOST_WORDS: usize = 256;

/// Understands a query. `fields` are the metadata fields that `field:` may name.
pub(crate) fn parse(text: &str, fields: &[&str], normalizer: &dyn Normalizer) -> Query {
    let end = text.floor_char_boundary(LONGEST_QUERY);
    let mut parser = Parser {
        text: &text[..end],
        position: 0,
        fields,
        normalizer,
        query: Query::default(),
        words: 0,
        join_next: false,
        can_join: false,
    };
    if end < text.len() {
        parser.ignore(&text[end..], "length");
    }
    while parser.piece() {}
    if parser.join_next {
        parser.ignore("OR", "operator");
    }
    parser.query
}

struct Parser<'q> {
    text: &'q str,
    position: usize,
    fields: &'q [&'q str],
    normalizer: &'q dyn Normalizer,
    query: Query,
    words: usize,
    /// The last piece was `OR`.
    join_next: bool,
    /// The last piece was something to look for.
    can_join: bool,
}

/// Whether a character is a quotation mark that people's keyboards write.
fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Whether a quotation mark closes what another one has opened.
fn closes(letter: char, opening: char) -> bool {
    match opening {
        '"' => letter == '"',
        '«' | '»' => matches!(letter, '«' | '»'),
        _ => matches!(letter, '“' | '”' | '"'),
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

impl<'q> Parser<'q> {
    fn rest(&self) -> &'q str {
        &self.text[self.position..]
    }

    fn ignore(&mut self, text: &str, reason: &'static str) {
        ignore(&mut self.query.ignored, text, reason);
    }

    /// Reads one piece; false at the end.
    fn piece(&mut self) -> bool {
        self.position += until(self.rest(), &|letter| !is_blank(letter));
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return false;
        };
        let chunk_end = until(rest, &is_blank);
        if &rest[..chunk_end] == "OR" {
            self.position += chunk_end;
            if self.can_join && !self.join_next {
                self.join_next = true;
            } else {
                self.ignore("OR", "operator");
            }
            return true;
        }
        let mut occur = Occur::Should;
        if first == '+' || first == '-' {
            let after = rest[1..].chars().next();
            if after.is_none_or(is_blank) {
                self.position += 1;
                self.ignore(&rest[..1], "operator");
                return true;
            }
            if after.is_some_and(|c| class(c) != Class::Separator || is_quote(c) || c == '.') {
                occur = if first == '+' {
                    Occur::Must
                } else {
                    Occur::MustNot
                };
                self.position += 1;
            }
        }
        let sign = self.position - usize::from(occur != Occur::Should);
        let field = self.field();
        let (value, quoted, closed) = self.value();
        if quoted && !closed {
            self.ignore("\"", "quote");
        }
        // What joins nothing to something is said to be left out.
        let joins = occur != Occur::MustNot && matches!(field, None | Some("title"));
        if self.join_next && !joins {
            self.join_next = false;
            self.ignore("OR", "operator");
        }
        self.can_join = false;
        match field {
            None => self.atom(value, (quoted, closed), false, occur, sign),
            Some("title") => {
                let occur = if occur == Occur::Should {
                    Occur::Must
                } else {
                    occur
                };
                self.atom(value, (quoted, closed), true, occur, sign);
            }
            Some(field) => self.filter(field, &self.text[value], occur == Occur::MustNot),
        }
        true
    }

    /// Reads `name:` where something follows and the index has such a field.
    fn field(&mut self) -> Option<&'q str> {
        let rest = self.rest();
        let colon = until(rest, &|c| {
            !c.is_ascii_alphanumeric() && c != '_' && c != '-'
        });
        let after = rest[colon..].strip_prefix(':')?.chars().next()?;
        if after.is_whitespace() {
            return None;
        }
        let known = ["title", "date", "source", "tag"];
        let name = known
            .iter()
            .chain(self.fields)
            .find(|name| name.eq_ignore_ascii_case(&rest[..colon]))
            .copied()?;
        self.position += colon + 1;
        Some(name)
    }

    /// Reads a quoted text or what comes before the next space or quotation mark: where it stands, whether
    /// it was quoted, whether the quotation was closed.
    fn value(&mut self) -> (core::ops::Range<usize>, bool, bool) {
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or(' ');
        if is_quote(first) {
            let start = self.position + first.len_utf8();
            let end = start + until(&self.text[start..], &|letter| closes(letter, first));
            self.position = end;
            let closing = self.rest().chars().next();
            self.position += closing.map_or(0, char::len_utf8);
            return (start..end, true, closing.is_some());
        }
        let start = self.position;
        self.position += until(rest, &|letter| is_blank(letter) || is_quote(letter));
        (start..self.position, false, true)
    }

    fn filter(&mut self, field: &str, value: &str, negated: bool) {
        let test = if field == "date" {
            let (from, to) = match split_once(value, b'.') {
                // Behind the first of the two dots.
                Some((from, to)) => (from, to.strip_prefix('.').unwrap_or(".")),
                None => (value, value),
            };
            if !is_date(from) || !is_date(to) || (from.is_empty() && to.is_empty()) {
                return self.ignore(value, "date");
            }
            Test::Between(from.to_owned(), to.to_owned())
        } else {
            let folded = self.fold(value);
            if folded.is_empty() {
                return self.ignore(field, "symbols");
            }
            Test::Contains(folded)
        };
        self.query.filters.push(Filter {
            field: field.to_owned(),
            test,
            negated,
        });
    }

    fn fold(&self, text: &str) -> Vec<char> {
        fold(text, self.normalizer)
    }

    /// Takes what stands at `value` as words; `sign` is where the plus or minus before it stands.
    fn atom(
        &mut self,
        value: core::ops::Range<usize>,
        (quoted, closed): (bool, bool),
        in_title: bool,
        occur: Occur,
        sign: usize,
    ) {
        let text = &self.text[value.clone()];
        let mut words: Vec<Word> = Vec::new();
        let mut gaps = Vec::new();
        let mut end = 0;
        for token in tokens(text) {
            if self.words == MOST_WORDS {
                self.ignore(&text[token.range.start..], "words");
                break;
            }
            let written = &text[token.range.clone()];
            let folded = self.fold(written);
            if folded.is_empty() {
                continue;
            }
            self.words += 1;
            if !words.is_empty() {
                gaps.push(text[end..token.range.start].to_owned());
            }
            end = token.range.end;
            words.push(Word {
                range: value.start + token.range.start..value.start + end,
                term: lower(written, self.normalizer),
                folded,
                nature: match token.kind {
                    Kind::Word => Nature::Word,
                    Kind::Single => Nature::Single,
                },
            });
        }
        if words.is_empty() && is_lone_operator(text) && self.words < MOST_WORDS {
            self.words += 1;
            end = text.len();
            words.push(Word {
                range: value.clone(),
                term: text.to_owned(),
                folded: text.chars().list(),
                nature: Nature::Operator,
            });
        }
        let Some(first) = words.first() else {
            let is_blank = until(text, &|letter| !letter.is_whitespace()) == text.len();
            // A mark that is not closed was told.
            if (!is_blank || quoted && closed) && self.words < MOST_WORDS {
                self.ignore(if is_blank { "\"\"" } else { text }, "symbols");
            }
            return;
        };
        let may_be_option = occur == Occur::MustNot && !quoted && !in_title;
        let from = if may_be_option { sign } else { value.start };
        let before = &self.text[from..first.range.start];
        let signs = signs_at(before.bytes().rev(), b".-#@$*&\\'_%~^</:!{[");
        let before = &before[before.len() - signs..];
        let mut after = &text[end..end + signs_at(text[end..].bytes(), b"+#_>*!(]}/%&")];
        let is_last = value.start + end == self.text.len();
        let nature = words[words.len() - 1].nature;
        let mut prefix = is_last && nature == Nature::Word && !(quoted && closed);
        if after == "*" && nature == Nature::Word {
            (prefix, after) = (true, "");
        }
        let signs = Signs {
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let atom = Atom {
            gaps,
            kind: if quoted {
                AtomKind::Phrase
            } else {
                AtomKind::Joined
            },
            in_title,
            signs,
            prefix: prefix && occur != Occur::MustNot,
            may_be_option,
            words,
        };
        self.can_join = occur != Occur::MustNot;
        if core::mem::take(&mut self.join_next)
            && let Some(clause) = self.query.clauses.last_mut()
        {
            clause.alternatives.push(atom);
            return;
        }
        self.query.clauses.push(Clause {
            occur,
            alternatives: vec![atom],
        });
    }
}

/// How many of these bytes in a row are signs of this kind.
fn signs_at(bytes: impl Iterator<Item = u8>, signs: &[u8]) -> usize {
    bytes
        .take_while(|byte| signs.iter().any(|sign| sign == byte))
        .count()
}

/// A year, a month or a day as in ISO dates, or nothing. What is shorter, as in `2023-7`, would find nothing and say
/// nothing.
fn is_date(text: &str) -> bool {
    matches!(text.len(), 0 | 4 | 7 | 10)
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use crate::analysis::Unicode;

    /// A query in one line: `+` and `-` for what must and must not occur, `|` between alternatives, quotes
    /// around phrases, `~` between joined words, `*` behind a beginning.
    fn shown(query: &Query) -> String {
        let atom = |atom: &Atom| {
            let words: Vec<&str> = atom.words.iter().map(|word| word.term.as_str()).list();
            let text = match atom.kind {
                AtomKind::Joined => words.join("~"),
                AtomKind::Phrase => format!("\"{}\"", words.join(" ")),
            };
            let title = if atom.in_title { "title:" } else { "" };
            format!("{title}{text}{}", if atom.prefix { "*" } else { "" })
        };
        let mut parts: Vec<String> = Vec::new();
        for clause in &query.clauses {
            let sign = match clause.occur {
                Occur::Should => "",
                Occur::Must => "+",
                Occur::MustNot => "-",
            };
            let alternatives: Vec<String> = clause.alternatives.iter().map(atom).collect();
            parts.push(format!("{sign}{}", alternatives.join("|")));
        }
        for filter in &query.filters {
            let test = match &filter.test {
                Test::Contains(text) => text.iter().collect(),
                Test::Between(from, to) => format!("{from}..{to}"),
            };
            parts.push(format!(
                "{}{}:{test}",
                if filter.negated { "-" } else { "" },
                filter.field
            ));
        }
        for ignored in &query.ignored {
            parts.push(format!("!{}", ignored.reason));
        }
        parts.join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(
            shown(&parse(text, &["author"], &Unicode)),
            expected,
            "{text}"
        );
    }

    #[test]
    fn words_are_alternatives_and_the_last_is_a_beginning() {
        check("Wang Yi", "wang yi*");
        check("Wang Yi ", "wang yi");
        check("Wang Yi.", "wang yi");
        check("", "");
        check("  ", "");
        check("王毅", "王~毅");
    }

    #[test]
    fn quotes_make_phrases() {
        check("\"frank exchanges\" now", "\"frank exchanges\" now*");
        check("\"frank exchanges\"", "\"frank exchanges\"");
        check("“frank exchanges”", "\"frank exchanges\"");
        check("„Guten Tag“ «bon jour»", "\"guten tag\" \"bon jour\"");
        check("\"frank exch", "\"frank exch\"* !quote");
        check("\"\" \" \"", "!symbols");
        check("wang \"", "wang !quote");
    }

    #[test]
    fn signs_require_and_exclude() {
        check("+wang -taiwan", "+wang -taiwan");
        check("-\"one china\" +\"two\"", "-\"one china\" +\"two\"");
        check("- + wang", "wang* !operator !operator");
        check("--flag well-known", "flag well~known*");
        check("C++ c-", "c c");
        check("-Fc -1 x", "-fc -1 x*");
    }

    #[test]
    fn or_joins_neighbours() {
        check("wang OR blinken talks", "wang|blinken talks*");
        check("wang OR blinken OR qin ", "wang|blinken|qin");
        check("OR wang OR", "wang !operator");
        check("wang or blinken", "wang or blinken*");
        check("-wang OR blinken", "-wang blinken* !operator");
        check("+wang OR tag:x talks ", "+wang talks tag:x !operator");
        check("tag:x OR wang ", "wang tag:x !operator");
        check("wang OR -blinken talks ", "wang -blinken talks !operator");
    }

    #[test]
    fn fields_restrict() {
        check("title:summit x ", "+title:summit x");
        check("-title:\"two words\"", "-title:\"two words\"");
        check(
            "source:Yonhap author:\"José A\"",
            "source:yonhap author:jose a",
        );
        check("-tag:x", "-tag:x");
        check("std::vec http://example.org", "std~vec http~example~org*");
        check("unknown:word ", "unknown~word");
        check("title: summit ", "title summit");
    }

    #[test]
    fn dates_are_spans() {
        check("date:2023-07..2023-10", "date:2023-07..2023-10");
        check("date:..2023", "date:..2023");
        check("date:2023", "date:2023..2023");
        check("date:yesterday date:..", "!date !date");
        check("date:2023-7 date:2023-07-1..2023", "!date !date");
    }

    #[test]
    fn nonsense_is_reported_and_bounded() {
        check(", ; —", "!symbols !symbols !symbols");
        check("&& ->> ? ", "&& ->> ?");
        check("a\0b", "a b*");
        check("__proto__ ", "proto");
        let long = "word ".repeat(10_000);
        let query = parse(&long, &[], &Unicode);
        assert_eq!(query.clauses.len(), MOST_WORDS);
        assert!(
            query
                .ignored
                .iter()
                .any(|ignored| ignored.reason == "words")
        );
        assert!(
            query
                .ignored
                .iter()
                .any(|ignored| ignored.reason == "length")
        );
        assert!(query.ignored.len() <= MOST_WORDS);
        let one = "x".repeat(1_000_000);
        assert!(parse(&one, &[], &Unicode).clauses.len() <= 1);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_query(text in "[\"+\\-:OR a-zé王“” .\\n]{0,80}") {
            let query = parse(&text, &["author"], &Unicode);
            for clause in &query.clauses {
                for atom in &clause.alternatives {
                    assert!(!atom.words.is_empty());
                    for word in &atom.words {
                        assert!(text.get(word.range.clone()).is_some());
                    }
                }
            }
        }
    }
}
