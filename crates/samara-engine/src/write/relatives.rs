//! Words that belong together though no stemmer sees it: irregular forms and spellings of English, particles of Korean,
//! prefixes of Hebrew.

use hashbrown::HashMap;
use std::sync::LazyLock;

/// Irregular forms of English: what each line begins with is the word itself.
const IRREGULAR: &[&str] = &[
    "mouse mice",
    "man men",
    "woman women",
    "child children",
    "foot feet",
    "tooth teeth",
    "goose geese",
    "person people",
    "ox oxen",
    "die dice",
    "index indices",
    "matrix matrices",
    "vertex vertices",
    "appendix appendices",
    "axis axes",
    "analysis analyses",
    "basis bases",
    "crisis crises",
    "thesis theses",
    "hypothesis hypotheses",
    "criterion criteria",
    "phenomenon phenomena",
    "datum data",
    "medium media",
    "bacterium bacteria",
    "curriculum curricula",
    "fungus fungi",
    "nucleus nuclei",
    "radius radii",
    "stimulus stimuli",
    "syllabus syllabi",
    "leaf leaves",
    "half halves",
    "knife knives",
    "life lives",
    "wife wives",
    "wolf wolves",
    "shelf shelves",
    "loaf loaves",
    "thief thieves",
    "run ran",
    "go went gone",
    "buy bought",
    "bring brought",
    "think thought",
    "catch caught",
    "teach taught",
    "write wrote written",
    "speak spoke spoken",
    "break broke broken",
    "choose chose chosen",
    "drive drove driven",
    "eat ate eaten",
    "fall fell fallen",
    "find found",
    "fly flew flown",
    "forget forgot forgotten",
    "get got gotten",
    "give gave given",
    "grow grew grown",
    "hide hid hidden",
    "hold held",
    "keep kept",
    "know knew known",
    "lead led",
    "leave left",
    "lose lost",
    "make made",
    "meet met",
    "pay paid",
    "ride rode ridden",
    "rise rose risen",
    "say said",
    "see saw seen",
    "sell sold",
    "send sent",
    "shake shook shaken",
    "sing sang sung",
    "sit sat",
    "sleep slept",
    "spend spent",
    "stand stood",
    "steal stole stolen",
    "swim swam swum",
    "take took taken",
    "tell told",
    "throw threw thrown",
    "understand understood",
    "wear wore worn",
    "win won",
    "build built",
    "begin began begun",
    "draw drew drawn",
    "drink drank drunk",
    "feel felt",
    "fight fought",
    "freeze froze frozen",
    "shoot shot",
    "split",
    "swear swore sworn",
    "tear tore torn",
    "become became",
    "bind bound",
    "bite bit bitten",
    "blow blew blown",
    "deal dealt",
    "dig dug",
    "feed fed",
    "hang hung",
    "hear heard",
    "lay laid",
    "lend lent",
    "light lit",
    "mean meant",
    "overwrite overwrote overwritten",
    "rewrite rewrote rewritten",
    "seek sought",
    "shine shone",
    "show shown",
    "shrink shrank shrunk",
    "sink sank sunk",
    "spin spun",
    "stick stuck",
    "strike struck",
    "string strung",
    "wake woke woken",
    "weave wove woven",
    "wind wound",
];

/// British spellings, each before the American one: both are beginnings of words.
const SPELLINGS: &[(&str, &str)] = &[
    ("colour", "color"),
    ("favour", "favor"),
    ("behaviour", "behavior"),
    ("honour", "honor"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("flavour", "flavor"),
    ("harbour", "harbor"),
    ("humour", "humor"),
    ("rumour", "rumor"),
    ("vapour", "vapor"),
    ("armour", "armor"),
    ("endeavour", "endeavor"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("metre", "meter"),
    ("litre", "liter"),
    ("fibre", "fiber"),
    ("analyse", "analyze"),
    ("analysing", "analyzing"),
    ("catalogue", "catalog"),
    ("dialogue", "dialog"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("licence", "license"),
    ("grey", "gray"),
    ("programme", "program"),
    ("cheque", "check"),
    ("tyre", "tire"),
    ("aluminium", "aluminum"),
    ("artefact", "artifact"),
    ("judgement", "judgment"),
    ("cancelled", "canceled"),
    ("cancelling", "canceling"),
    ("labelled", "labeled"),
    ("labelling", "labeling"),
    ("modelling", "modeling"),
    ("modelled", "modeled"),
    ("travelling", "traveling"),
    ("travelled", "traveled"),
    ("traveller", "traveler"),
    ("initialis", "initializ"),
    ("normalis", "normaliz"),
    ("optimis", "optimiz"),
    ("organis", "organiz"),
    ("recognis", "recogniz"),
    ("serialis", "serializ"),
    ("synchronis", "synchroniz"),
    ("customis", "customiz"),
    ("minimis", "minimiz"),
    ("maximis", "maximiz"),
    ("randomis", "randomiz"),
    ("summaris", "summariz"),
    ("utilis", "utiliz"),
    ("visualis", "visualiz"),
    ("authoris", "authoriz"),
    ("capitalis", "capitaliz"),
    ("categoris", "categoriz"),
    ("finalis", "finaliz"),
    ("generalis", "generaliz"),
    ("localis", "localiz"),
    ("prioritis", "prioritiz"),
    ("realis", "realiz"),
    ("specialis", "specializ"),
    ("standardis", "standardiz"),
    ("tokenis", "tokeniz"),
    ("virtualis", "virtualiz"),
    ("parallelis", "paralleliz"),
    ("mould", "mold"),
];

/// Particles that Korean puts behind a noun, the longest first.
const PARTICLES: &[&str] = &[
    "에서는",
    "으로는",
    "에게서",
    "으로서",
    "으로써",
    "이라는",
    "에서",
    "에게",
    "에는",
    "으로",
    "까지",
    "부터",
    "처럼",
    "보다",
    "한테",
    "께서",
    "이나",
    "이란",
    "라는",
    "라고",
    "마다",
    "밖에",
    "조차",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
    "의",
    "나",
];

/// Particles that are told from the last syllable of a noun of one syllable.
const CLEAR_PARTICLES: &[&str] = &["을", "를"];

/// Letters that Hebrew writes in front of a word, in the order in which several of them stand: and; as, that; in, to, from,
/// as; the.
const PREFIXES: &[&str] = &["ו", "כ", "ש", "בלמכ", "ה"];
const SHORTEST_HEBREW: usize = 3;

/// The word that a term is another form of, in a language whose stemmer does not know it.
pub(super) fn base(language: &str, term: &str) -> Option<String> {
    match language {
        "en" => english(term),
        "ko" => korean(term).map(str::to_owned),
        "he" => hebrew(term).last().map(|word| (*word).to_owned()),
        _ => None,
    }
}

/// The noun before a particle. Of one syllable it is taken for one where the particle is clear: what ends with a vowel has
/// `를`, all else `을`, so `가을` is a word.
fn korean(term: &str) -> Option<&str> {
    let nouns = || {
        PARTICLES
            .iter()
            .filter_map(|particle| Some((term.strip_suffix(particle)?, *particle)))
    };
    let is_long = |(noun, _): &(&str, &str)| noun.chars().nth(1).is_some();
    let is_clear = |(noun, particle): &(&str, &str)| {
        let Some(syllable @ '\u{ac00}'..='\u{d7a3}') = noun.chars().next() else {
            return false;
        };
        // Syllables are in the order of their last consonants, 28 of each vowel, of which the first is none.
        let ends_with_vowel = (u32::from(syllable) - 0xac00).is_multiple_of(28);
        match CLEAR_PARTICLES.iter().position(|clear| clear == particle) {
            Some(place) => ends_with_vowel == (place == 1),
            None => particle.chars().nth(1).is_some(),
        }
    };
    let found = nouns().find(is_long).or_else(|| nouns().find(is_clear));
    found.map(|(noun, _)| noun)
}

/// A term without the first of its prefixes, without the first two, and so on.
fn hebrew(term: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut word = term;
    for letters in PREFIXES {
        if let Some(rest) = word.strip_prefix(|letter| letters.contains(letter))
            && rest.chars().count() >= SHORTEST_HEBREW
        {
            word = rest;
            words.push(rest);
        }
    }
    words
}

fn english(term: &str) -> Option<String> {
    let irregular = lines_with(term).iter().find_map(|&line| {
        let (word, forms) = line.split_once(' ')?;
        forms
            .split(' ')
            .any(|form| form == term)
            .then(|| word.to_owned())
    });
    irregular.or_else(|| respelt(&AMERICAN, term).next())
}

/// Beginnings of words and what stands in their place in another spelling, by their first bytes. Every term of a corpus is asked
/// for.
type Spellings = HashMap<[u8; FIRST_BYTES], Vec<(&'static str, &'static str)>>;

/// Bytes that the beginnings have at least.
const FIRST_BYTES: usize = 3;

static AMERICAN: LazyLock<Spellings> = LazyLock::new(|| by_first_bytes(SPELLINGS.iter().copied()));
static BRITISH: LazyLock<Spellings> =
    LazyLock::new(|| by_first_bytes(SPELLINGS.iter().map(|&(one, other)| (other, one))));

fn by_first_bytes(all: impl Iterator<Item = (&'static str, &'static str)>) -> Spellings {
    let mut spellings = Spellings::new();
    for (one, other) in all {
        if let Some(first) = one.as_bytes().first_chunk() {
            spellings.entry(*first).or_default().push((one, other));
        }
    }
    spellings
}

/// A term in other spellings. Linear in it.
fn respelt(spellings: &Spellings, term: &str) -> impl Iterator<Item = String> {
    let first = term.as_bytes().first_chunk();
    let known = first.and_then(|first| spellings.get(first));
    known.into_iter().flatten().filter_map(move |(one, other)| {
        let rest = term.strip_prefix(one)?;
        Some(format!("{other}{rest}"))
    })
}

/// The lines of [`IRREGULAR`] that a term stands in. Every term of a corpus is asked for: looking through all lines each time
/// took a tenth of the time in which Python's documentation is built.
fn lines_with(term: &str) -> &'static [&'static str] {
    static LINES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        let mut lines: HashMap<&str, Vec<&str>> = HashMap::new();
        for line in IRREGULAR {
            for form in line.split(' ') {
                let known = lines.entry(form).or_default();
                if known.last() != Some(line) {
                    known.push(line);
                }
            }
        }
        lines
    });
    LINES.get(term).map_or(&[], Vec::as_slice)
}

/// Other forms of a term that people may type where the corpus has this one alone.
pub(super) fn others(language: &str, term: &str) -> Vec<String> {
    let mut others: Vec<String> = match language {
        "he" => hebrew(term).into_iter().map(str::to_owned).collect(),
        _ => base(language, term).into_iter().collect(),
    };
    if language == "en" {
        for line in lines_with(term) {
            let forms = line.split(' ').filter(|form| *form != term);
            others.extend(forms.map(str::to_owned));
        }
        others.extend(respelt(&BRITISH, term));
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relatives_have_one_base() {
        for (language, term, expected) in [
            ("en", "mice", Some("mouse")),
            ("en", "colours", Some("colors")),
            ("en", "optimisation", Some("optimization")),
            ("en", "mouse", None),
            ("en", "promise", None),
            ("ko", "학교에서", Some("학교")),
            ("ko", "학교", None),
            // A noun of one syllable has a clear particle.
            ("ko", "책을", Some("책")),
            ("ko", "나를", Some("나")),
            ("ko", "집에서", Some("집")),
            ("ko", "가을", None),
            ("ko", "나라는", Some("나라")),
            ("ko", "결과", None),
            ("he", "הבית", Some("בית")),
            ("he", "והילד", Some("ילד")),
            ("he", "כשהמלך", Some("מלך")),
            ("he", "שבעיר", Some("עיר")),
            ("he", "מכונית", Some("כונית")),
            ("he", "שלום", Some("לום")),
            ("de", "mice", None),
        ] {
            assert_eq!(
                base(language, term).as_deref(),
                expected,
                "{language} {term}"
            );
        }
        assert_eq!(others("he", "והילד"), ["הילד", "ילד"]);
        assert_eq!(others("en", "mouse"), ["mice"]);
        assert_eq!(others("en", "color"), ["colour"]);
    }
}
