//! Words of programming: what is written exactly so first, operators, and parts.

use crate::corpus::{Corpus, document, ignored};

fn words() -> Corpus {
    Corpus::titled(
        "en",
        &[
            ("dunder", "The method __init__ is called."),
            ("init", "To init a thing, init it: init init."),
            ("get", "Call dict.get with a key."),
            ("parts", "Get a dict; a dict to get; get it from the dict."),
            ("fstring", "An f-string has braces."),
            ("string", "A string, string f, and a string of strings."),
            ("static", "A lifetime 'static lasts."),
            ("word", "A static page, static and static."),
            ("ref", "A borrowed &str is a slice."),
            ("str", "The type str, str and str."),
            ("option", "It returns Option<T> or fails."),
            ("choice", "An option, an option t, and one more option."),
            ("decorator", "Put @property before it."),
            ("thing", "A property is a property of property."),
            ("args", "Take *args and pass them on."),
            ("kwargs", "Take **kwargs, **args and args."),
            ("plain", "These args are args, args."),
        ],
    )
}

#[test]
fn what_is_written_exactly_so_goes_before_its_parts() {
    words().check_first(&[
        ("__init__ ", "dunder"),
        ("__init__", "dunder"),
        ("dict.get ", "get"),
        ("dict.get", "get"),
        ("f-string ", "fstring"),
        ("f-string", "fstring"),
        ("'static ", "static"),
        ("'static", "static"),
        ("&str ", "ref"),
        ("&str", "ref"),
        ("Option<T> ", "option"),
        ("option<t>", "option"),
        ("@property ", "decorator"),
        ("@property", "decorator"),
        ("*args ", "args"),
        ("*args", "args"),
        ("**kwargs ", "kwargs"),
        // Without signs, the words are themselves.
        ("static ", "word"),
        ("property ", "thing"),
        ("str ", "str"),
        ("init ", "init"),
    ]);
}

#[test]
fn signs_of_many_kinds_are_compared() {
    let corpus = Corpus::titled(
        "en",
        &[
            ("upstream", "Name it @{upstream} to follow."),
            ("river", "Upstream, upstream and upstream of a river."),
            ("ancestor", "HEAD~2 is what came before."),
            ("heads", "The head, 2 heads and head 2; a head, 2 head 2."),
            ("call", "It calls main() first, then print(x)."),
            ("thing", "The main thing: main, main; print x, print x."),
            ("macro", "Write println! or vec![1] here."),
            ("line", "A println, println, vec, vec 1."),
            ("var", "In ${name} or {{name}}, or :name."),
            ("name", "A name, name and name."),
            ("folder", "It lies in ~/bin or /usr."),
            ("bin", "A bin, bin, bin of usr, usr."),
            ("per", "Half is 50% of it."),
            ("fifty", "50, 50 and 50."),
            ("arrow", "Take ptr->next of it."),
            ("next", "The next ptr, next of ptr, next ptr, next."),
            ("attribute", "Put #[derive] there."),
            ("derive", "To derive, derive, derive."),
        ],
    );
    corpus.check_first(&[
        ("@{upstream} ", "upstream"),
        ("@{upstream}", "upstream"),
        ("HEAD~2 ", "ancestor"),
        ("HEAD~2", "ancestor"),
        ("main() ", "call"),
        ("main(", "call"),
        ("print(x) ", "call"),
        ("println! ", "macro"),
        ("vec![1] ", "macro"),
        ("${name} ", "var"),
        ("{{name}} ", "var"),
        (":name ", "var"),
        ("~/bin ", "folder"),
        ("/usr ", "folder"),
        ("50% ", "per"),
        ("ptr->next ", "arrow"),
        ("#[derive] ", "attribute"),
        ("upstream ", "river"),
        ("main ", "thing"),
        ("name ", "name"),
    ]);
    // Brackets around words belong to nobody.
    corpus.check_found(&[("+(upstream) ", "upstream river")]);
}

#[test]
fn a_long_page_that_has_it_so_goes_before_a_short_one_of_its_parts() {
    let long = format!(
        "Call dict.get with a key. {}",
        "It says a lot of other things. ".repeat(40)
    );
    let corpus = Corpus::titled(
        "en",
        &[
            ("long", long.as_str()),
            ("short", "A dict; get a dict. Get it, get the dict to get."),
            ("other", "Nothing of the kind is here."),
        ],
    );
    corpus.check_first(&[
        ("dict.get ", "long"),
        ("dict.get", "long"),
        ("dict get ", "short"),
    ]);
}

#[test]
fn titles_are_compared_as_written_too() {
    let corpus = Corpus::new([
        document(
            "init",
            "en",
            "Init",
            "How a system starts, and what init does.",
        ),
        document("dunder", "en", "__init__", "How an object starts."),
        document("static", "en", "Static", "Pages that stand still: static."),
        document("life", "en", "'static", "How long a reference lives."),
        document("net", "en", "Net", "A net of ropes."),
        document("dotnet", "en", ".NET", "A platform for programs."),
        document("main", "en", "Main", "The main thing."),
        document("call", "en", "main()", "Where a program starts."),
    ]);
    corpus.check_first(&[
        ("main() ", "call"),
        ("main ", "main"),
        ("__init__ ", "dunder"),
        ("'static ", "life"),
        (".NET ", "dotnet"),
        ("init ", "init"),
        ("static ", "static"),
        ("net ", "net"),
    ]);
}

fn operators() -> Corpus {
    Corpus::titled(
        "en",
        &[
            ("arrow", "With data ->> 'name' a text is taken."),
            ("path", "Write a::b to name an item."),
            ("psql", "Type \\dt to list tables."),
            ("or", "Join texts with a || b."),
            ("try", "Behind a call, foo()?; hands errors on."),
            ("prose", "What is it? A text - nothing else. And so on..."),
        ],
    )
}

#[test]
fn operators_of_code_are_searchable() {
    operators().check(&[
        ("->> ", "arrow"),
        ("->>", "arrow"),
        (":: ", "path"),
        ("::", "path"),
        ("||", "or"),
        ("|| ", "or"),
        ("?", "try"),
    ]);
    operators().check_first(&[
        ("\\dt ", "psql"),
        ("\\dt", "psql"),
        ("join || ", "or"),
        ("text ->> ", "arrow"),
    ]);
}

#[test]
fn operators_that_the_corpus_lacks_are_listed() {
    let corpus = operators();
    for query in ["text ?? ", "text <=> "] {
        let answer = corpus.search(query);
        assert!(answer.total > 0, "{query}");
        assert!(
            ignored(&answer).ends_with(": symbols"),
            "{query}: {}",
            ignored(&answer)
        );
    }
}

#[test]
fn a_half_typed_part_of_a_letter_goes_on() {
    let corpus = Corpus::titled(
        "en",
        &[
            ("pick", "Take one commit with cherry-pick."),
            ("pie", "A cherry pie, cherry cake and cherry jam."),
            ("tomato", "A cherry tomato: cherry, cherry."),
            ("plum", "A plum and a pear."),
        ],
    );
    corpus.check_first(&[
        ("cherry-p", "pick"),
        ("cherry-pi", "pick"),
        ("cherry-pick", "pick"),
    ]);
    let found = corpus.found("cherry-p");
    assert!(!found.contains("plum"), "{found}");
}

#[test]
fn parts_of_words_in_titles_count() {
    let corpus = Corpus::new([
        document("camel", "en", "XMLHttpRequest", "An object that fetches."),
        document("other", "en", "Fetching", "To request a thing."),
    ]);
    corpus.check(&[
        ("title:request ", "camel"),
        ("title:XMLHttpRequest ", "camel"),
        ("title:fetch ", "other"),
    ]);
    assert_eq!(corpus.marks("title:request ", "camel"), "XMLHttpRequest");
}

#[test]
fn section_numbers_are_no_words_of_a_title() {
    let corpus = Corpus::new([
        document("numbered", "en", "3.1. Numbers", "About them."),
        document("lists", "en", "3.2. Lists", "About them."),
        document(
            "three",
            "en",
            "Three wishes",
            "There were 3 wishes, 3 and 3.",
        ),
        document("python", "en", "Python 3", "The language."),
    ]);
    corpus.check_first(&[
        ("numbers ", "numbered"),
        ("3 ", "python"),
        ("3 wishes ", "three"),
    ]);
}

#[test]
fn what_an_anchor_is_called_is_found_as_it_is_written() {
    let mut types = document("types", "en", "Types", "");
    for (heading, anchor) in [("get(key)", "dict.get"), ("pop(key)", "dict.pop")] {
        types.sections.push(samara_engine::Section {
            heading: heading.into(),
            anchor: anchor.into(),
            text: "Returns the value of a key, or a default.".into(),
            ..samara_engine::Section::default()
        });
    }
    let corpus = Corpus::new([
        document(
            "other",
            "en",
            "Other",
            "A dict is what you get here; get a dict, get a list.",
        ),
        types,
        document("more", "en", "More", "Nothing of it."),
    ]);
    corpus.check_first(&[("dict.get ", "types"), ("dict.get", "types")]);
    corpus.check(&[("\"dict.pop\"", "types")]);
}
