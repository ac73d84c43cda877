//! Misspelt words are read as what was meant, and the answer says so.

use samara_engine::{Options, Searcher, Unicode};

use crate::corpus::{Corpus, document, seeds, shown};

fn corpus() -> Corpus {
    Corpus::of(
        "en",
        &[
            (
                "iter",
                "Each iterator collects items; a collection of iterators.",
            ),
            ("base", "The data base belongs to the sub committee."),
            ("database", "A database and its subcommittee, elsewhere."),
            (
                "talk",
                "They talked on Thursday about government and chess.",
            ),
            ("form", "The form of words is known; platforms differ."),
            ("wifi", "The wi-fi network of the whole village."),
        ],
    )
}

#[test]
fn one_edit_from_four_letters_on_two_from_eight() {
    corpus().check(&[
        // Four to seven letters: a letter wrong, missing, too many, two swapped; also the first.
        ("chexs ", "talk → chess "),
        ("chss ", "talk → chess "),
        ("cheess ", "talk → chess "),
        ("cehss ", "talk → chess "),
        ("vhess ", "talk → chess "),
        ("hcess ", "talk → chess "),
        ("hess ", "talk → chess "),
        ("xchess ", "talk → chess "),
        // Two edits are too many for them.
        ("chxsx ", ""),
        ("cxexs ", ""),
        // Shorter words are taken as they are.
        ("frm ", ""),
        // Eight and more may have two, both of one kind or of two.
        ("govrenmnet ", "talk → government "),
        ("gouvernement ", "talk → government "),
        ("goverment ", "talk → government "),
        ("gvernmnt ", "talk → government "),
        ("ogvernmetn ", "talk → government "),
        ("gxvxrnmxnt ", ""),
    ]);
}

#[test]
fn a_mistake_and_a_beginning_go_together() {
    let corpus = corpus();
    for query in ["itertaor colle", "iteratro collec", "itreator c"] {
        let answer = corpus.search(query);
        assert_eq!(answer.hits[0].id, "iter", "{query}");
        let corrected = answer.corrected.unwrap();
        assert!(
            corrected.to.starts_with("iterator "),
            "{query}: {}",
            corrected.to
        );
        assert_eq!(corrected.from, query);
    }
    // The mistake may lie in what is being typed.
    for query in [
        "itertaor", "itertao", "itetra", "govrenm", "goevrn", "Thrus",
    ] {
        assert!(corpus.search(query).total > 0, "{query}");
    }
}

#[test]
fn words_meet_whether_written_apart_or_together() {
    corpus().check(&[
        ("data base ", "base database"),
        ("database ", "database base"),
        ("sub committee ", "base database"),
        ("subcommittee ", "database base"),
        ("wifi ", "wifi"),
        ("wi-fi ", "wifi"),
        ("wi fi ", "wifi"),
    ]);
    let apart = Corpus::of("en", &[("apart", "The data base of the sub committee.")]);
    apart.check(&[
        ("database ", "apart → data base "),
        ("subcommittee ", "apart → sub committee "),
        ("sub-committee ", "apart"),
    ]);
    let together = Corpus::of("en", &[("together", "A database, a subcommittee.")]);
    together.check(&[
        ("data base ", "together"),
        ("data-base ", "together"),
        ("sub committee ", "together"),
        ("the sub committee data base ", "together"),
    ]);
}

#[test]
fn exact_words_stand_above_corrected_ones() {
    let corpus = Corpus::of(
        "en",
        &[
            ("near", "Martin Martin Martin martin martin, said Martin."),
            (
                "exact",
                "Marlin fishing is a sport in which many people take part every year.",
            ),
        ],
    );
    // A word that is known is never corrected, however frequent its neighbour is.
    corpus.check(&[("marlin ", "exact"), ("martin ", "near")]);
    let mixed = Corpus::of(
        "en",
        &[
            (
                "typo",
                "The goverment met, an official said in passing, among other things.",
            ),
            ("right", "Government, government, government."),
        ],
    );
    mixed.check(&[("goverment ", "typo")]);
    // Of two words, the one as typed outweighs the guess.
    let corpus = Corpus::of(
        "en",
        &[
            ("guess", "The summit was long."),
            ("known", "The harvest was long."),
            ("both", "The harvest summit was long."),
        ],
    );
    assert_eq!(
        shown(&corpus.search("harvest sumimt ")),
        "both known guess → harvest summit "
    );
}

#[test]
fn the_corrected_query_is_reported_and_can_be_declined() {
    let corpus = corpus();
    let answer = corpus.search("Goverment chess ");
    let corrected = answer.corrected.unwrap();
    assert_eq!(corrected.from, "Goverment chess ");
    assert_eq!(corrected.to, "government chess ");
    // What it says it searched for finds the same documents.
    let again = corpus.search(&corrected.to);
    assert_eq!(again.corrected, None);
    let ids =
        |hits: &[samara_engine::Hit]| hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&again.hits), ids(&answer.hits));
    let as_typed = Options {
        correct: false,
        ..Options::default()
    };
    let answer = corpus.search_with("Goverment ", &as_typed);
    assert_eq!((answer.total, answer.corrected), (0, None));
}

#[test]
fn nothing_is_corrected_that_is_known() {
    corpus().check(&[
        // The beginning of a known word.
        ("platf", "form"),
        ("villa", "wifi"),
        ("form ", "form"),
    ]);
    for query in ["\"data base\"", "chess", "the", "xy "] {
        assert_eq!(corpus().search(query).corrected, None, "{query}");
    }
}

#[test]
fn corrections_are_words_of_the_corpus_the_likeliest_first() {
    let corpus = Corpus::new(seeds());
    let index = corpus.index();
    for (typed, meant) in [
        ("washingtn", "washington"),
        ("sumit", "summit"),
        ("secratary", "secretary"),
        ("presidant", "president"),
        ("diplomt", "diplomat"),
        ("goverment", "government"),
        ("beijng", "beijing"),
        ("foriegn", "foreign"),
        ("meetting", "meeting"),
        ("xinping", "jinping"),
    ] {
        let corrections = Searcher::new(&index, &Unicode).corrections(typed, 5);
        assert!(
            corrections.iter().any(|word| word == meant),
            "{typed}: {corrections:?}"
        );
        assert!(corrections.len() <= 5);
    }
    assert_eq!(
        Searcher::new(&index, &Unicode).corrections("summit", 3),
        ["summit"]
    );
    assert!(
        Searcher::new(&index, &Unicode)
            .corrections("zzzzzzzz", 3)
            .is_empty()
    );
}

/// A vocabulary in which everything is near to everything.
#[test]
fn correction_is_bounded_whatever_the_word() {
    let words: Vec<String> = (0..20_000u32)
        .map(|mut number| {
            let letters = (0..9).map(|_| {
                let letter = [b'a', b'b', b'c'][number as usize % 3];
                number /= 3;
                char::from(letter)
            });
            letters.collect()
        })
        .collect();
    let corpus = Corpus::new(
        words
            .chunks(100)
            .enumerate()
            .map(|(id, words)| document(&id.to_string(), "", "", &words.join(" "))),
    );
    let index = corpus.index();
    for query in [
        "abcabcabd ",
        "aaaabbbbd ",
        "abcabdab",
        "dddddddd ",
        "abcabcabcabcabcabcabcabc ",
    ] {
        let start = std::time::Instant::now();
        let answer = Searcher::new(&index, &Unicode).search(query, &Options::default());
        assert!(start.elapsed().as_secs() < 10, "{query}");
        assert!(answer.hits.len() <= 10);
    }
}
