//! What is wrong with attributes made for search: a name that there is not, or a value that means nothing.

use crate::formats::html;
use crate::report::Note;

/// Attributes made for search, behind `data-samara-` or `data-pagefind-`.
const ATTRIBUTES: [&str; 9] = [
    "body",
    "ignore",
    "title",
    "weight",
    "index-attrs",
    "meta",
    "filter",
    "sort",
    "default-meta",
];
/// A name that is written wrong is another one if they are so much alike.
const ALIKE: f64 = 0.8;
/// What is wrong with the attribute of this name, of which `kind` is what follows `data-samara-` or `data-pagefind-`; nothing
/// where it means something.
pub(super) fn fault(name: &str, kind: &str, value: &str) -> Option<Note> {
    let (written, name) = (value.to_string(), name.to_string());
    match kind {
        "ignore" if !matches!(value, "" | "true" | "index" | "all") => Some(Note::UnknownIgnore {
            name,
            value: written,
        }),
        "weight" => match html::weight(value) {
            Some(0.0..=10.0) => None,
            taken => Some(Note::UnknownWeight {
                name,
                value: written,
                taken: taken.map(|number| if number < 0.0 { 0 } else { 10 }),
            }),
        },
        known if ATTRIBUTES.contains(&known) => None,
        _ => {
            let all = ATTRIBUTES.iter();
            let alike = all.map(|known| (known, strsim::jaro_winkler(kind, known)));
            let nearest = alike
                .filter(|(_, alike)| *alike > ALIKE)
                .max_by(|one, other| one.1.total_cmp(&other.1));
            let nearest = nearest.map(|(known, _)| name.replace(kind, known));
            Some(Note::UnknownAttribute { name, nearest })
        }
    }
}
