//! Dates as people write them, in ISO 8601.

use crate::words::words;

/// Names of months by their first letters, in the languages in which pages are commonly dated.
/// A name is recognised from the shortest prefix that tells it apart from other words.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan", "january", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari",
    ],
    &[
        "feb",
        "february",
        "februar",
        "février",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
    ],
    &["mar", "march", "märz", "mars", "marzo", "março", "maart"],
    &["apr", "april", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maggio", "maio", "mei"],
    &["jun", "june", "juni", "juin", "junio", "giugno", "junho"],
    &["jul", "july", "juli", "juillet", "julio", "luglio", "julho"],
    &["aug", "august", "août", "agosto", "augustus"],
    &[
        "sep",
        "sept",
        "september",
        "septembre",
        "septiembre",
        "settembre",
        "setembro",
    ],
    &[
        "oct", "okt", "october", "oktober", "octobre", "octubre", "ottobre", "outubro",
    ],
    &["nov", "november", "novembre", "noviembre", "novembro"],
    &[
        "dec",
        "dez",
        "december",
        "dezember",
        "décembre",
        "diciembre",
        "dicembre",
        "dezembro",
    ],
];

/// The first complete date in a text (`2023-07-14`, `July 14, 2023`, `14. Juli 2023`,
/// `14.07.2023`), as `YYYY-MM-DD`. Linear.
///
/// Dates in which day and month cannot be told apart (`7/8/2023`) yield nothing: a wrong date is
/// worse than none.
pub(crate) fn find(text: &str) -> Option<String> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_lowercase();
    let tokens: Vec<&str> = words(&lower).collect();
    tokens.windows(3).find_map(|three| read(three, &lower))
}

/// How many words of a text are part of a date or of its usual company: weekdays, times, numbers.
pub(crate) fn is_only_a_date(text: &str) -> bool {
    find(text).is_some()
        && words(&text.to_lowercase()).all(|word| {
            word.starts_with(|c: char| c.is_ascii_digit())
                || month(word).is_some()
                || is_company(word)
        })
}

fn is_company(word: &str) -> bool {
    const COMPANY: [&str; 38] = [
        "am",
        "pm",
        "at",
        "on",
        "of",
        "um",
        "uhr",
        "the",
        "est",
        "edt",
        "pst",
        "pdt",
        "gmt",
        "utc",
        "cet",
        "ist",
        "et",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "den",
        "le",
        "de",
        "updated",
        "published",
        "posted",
        "date",
        "on",
        "stand",
        "publié",
        "veröffentlicht",
        "aktualisiert",
        "publicado",
        "bst",
    ];
    const WEEKDAYS: [&str; 14] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ];
    COMPANY.contains(&word) || WEEKDAYS.contains(&word)
}

fn read(three: &[&str], lower: &str) -> Option<String> {
    let [a, b, c] = three else { return None };
    if let (Some(year), Some(month), Some(day)) = (year(a), number(b, 12), day(c)) {
        return date(year, month, day);
    }
    if let (Some(month), Some(day), Some(year)) = (month(a), day(b), year(c)) {
        return date(year, month, day);
    }
    if let (Some(day), Some(month), Some(year)) = (day(a), month(b), year(c)) {
        return date(year, month, day);
    }
    // With slashes the day comes first or second; from the thirteenth on it tells itself.
    if let (Some(first), Some(second), Some(year)) = (number(a, 31), number(b, 31), year(c))
        && (first > 12) != (second > 12)
        && lower.contains(&format!("{a}/{b}/{c}"))
    {
        return date(year, first.min(second), first.max(second));
    }
    // Only a dot says for certain that the day comes first.
    if let (Some(day), Some(month), Some(year)) = (day(a), number(b, 12), year(c))
        && lower.contains(&format!("{a}.{b}.{c}"))
    {
        return date(year, month, day);
    }
    None
}

fn number(word: &str, most: u32) -> Option<u32> {
    let digits = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse()
        .ok()
        .filter(|n| digits && (1..=most).contains(n))
}

/// `14`, `14th`, and `14t12` as a timestamp leaves it behind.
fn day(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = word.split_at(digits);
    let known = matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er" | "º")
        || rest
            .strip_prefix('t')
            .is_some_and(|hour| number(hour, 24).is_some() || hour == "00");
    number(digits, 31).filter(|_| known)
}

fn year(word: &str) -> Option<u32> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse()
        .ok()
        .filter(|year| digits && (1500..2200).contains(year))
}

fn month(word: &str) -> Option<u32> {
    MONTHS
        .iter()
        .zip(1..)
        .find(|(names, _)| names.contains(&word))
        .map(|(_, month)| month)
}

fn date(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (day <= days).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_pages_use() {
        for (text, expected) in [
            ("Published: July 14, 2023", "2023-07-14"),
            ("14 July 2023", "2023-07-14"),
            ("Montag, den 3. März 2025, 10:00 Uhr", "2025-03-03"),
            ("2024-02-29T10:00:00Z", "2024-02-29"),
            ("Stand: 01.12.2020", "2020-12-01"),
            ("on 3rd of nothing, Oct 2nd, 2019", "2019-10-02"),
            ("le 1er août 2021", "2021-08-01"),
            ("2/13/2024", "2024-02-13"),
            ("31/12/2024", "2024-12-31"),
        ] {
            assert_eq!(find(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn no_date_is_read_where_the_text_leaves_it_open() {
        for text in [
            "Thursday",
            "7/8/2023",
            "13/14/2023",
            "in July 2023",
            "30 February 2023",
            "may 2023 plans",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_line_holds_nothing_else() {
        assert!(is_only_a_date("Wednesday, May 3, 2023 10:15 am"));
        assert!(!is_only_a_date("The meeting of May 3, 2023"));
    }
}
