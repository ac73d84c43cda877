//! The five scraped pages that the project began with: built, cleaned and searched. They are not part of the
//! repository; `SAMARA_RAW_PAGES` names their folder.
#![cfg(not(target_arch = "wasm32"))]

use samara_engine::{Answer, Index, IndexWriter, Options, Searcher, Unicode};

/// Runs `test` with a search over the raw pages.
fn with_raw_pages(test: impl Fn(&dyn Fn(&str) -> Answer)) {
    let Some(folder) = std::env::var_os("SAMARA_RAW_PAGES") else {
        println!("skipped: SAMARA_RAW_PAGES names no folder");
        return;
    };
    let corpus = samara_corpus::read(&[folder.into()], &samara_corpus::Options::default()).unwrap();
    assert_eq!(corpus.documents.len(), 5);
    let mut writer = IndexWriter::new();
    corpus
        .documents
        .into_iter()
        .for_each(|document| writer.add(document));
    let bytes = writer.finish().unwrap();
    let index = Index::open(&bytes).unwrap();
    test(&|query| Searcher::new(&index, &Unicode).search(query, &Options::default()));
}

#[test]
fn each_page_is_found_by_what_it_is_about() {
    with_raw_pages(|search| {
        for (query, page) in [
            ("nine hours of meetings", "001_"),
            ("Xie Feng", "002_"),
            ("Qin Gang lowest point", "003_"),
            ("ASEAN Jakarta", "004_"),
            ("Newsom", "000_"),
        ] {
            let answer = search(query);
            assert!(
                answer.hits[0].id.starts_with(page),
                "{query}: {}",
                answer.hits[0].id
            );
            assert_eq!(answer.corrected, None, "{query}");
        }
    });
}

#[test]
fn nothing_that_the_sites_added_is_found() {
    with_raw_pages(|search| {
        for query in [
            "Taboola",
            "\"Scroll to Top\"",
            "\"Leave a Comment\"",
            "\"Most popular\"",
        ] {
            assert_eq!(search(query).total, 0, "{query}");
        }
    });
}

#[test]
fn misspelt_queries_find_what_was_meant_and_say_so() {
    with_raw_pages(|search| {
        for (query, meant) in [
            ("blinkn", "blinken"),
            ("Wnag Yi", "wang Yi"),
            ("washingtn talks", "washington talks"),
        ] {
            let answer = search(query);
            assert_eq!(
                answer.corrected.map(|corrected| corrected.to).as_deref(),
                Some(meant)
            );
            assert_eq!(answer.hits.len(), 5.min(answer.total as usize));
            assert!(answer.total >= 1, "{query}");
        }
    });
}

#[test]
fn the_five_stories_are_not_merged() {
    with_raw_pages(|search| {
        let answer = search("Blinken");
        assert_eq!(answer.total, 5);
        assert!(answer.hits.iter().all(|hit| hit.duplicates.is_empty()));
    });
}
