//! A corpus and what it answers.

use samara_engine::{
    Answer, Document, Index, IndexWriter, Options, Searcher, Section, Settings, Snippet, Unicode,
};

/// A document of one section without a heading.
pub fn document(id: &str, language: &str, title: &str, text: &str) -> Document {
    Document {
        id: id.into(),
        url: format!("/{id}"),
        title: title.into(),
        language: (!language.is_empty()).then(|| language.into()),
        sections: vec![Section {
            text: text.into(),
            ..Section::default()
        }],
        ..Document::default()
    }
}

/// The same with metadata.
pub fn with_meta(mut document: Document, meta: &[(&str, &str)]) -> Document {
    for (name, value) in meta {
        let values = document.meta.entry((*name).into()).or_default();
        values.push((*value).into());
    }
    document
}

/// An index of documents.
pub struct Corpus {
    bytes: Vec<u8>,
}

impl Corpus {
    pub fn new(documents: impl IntoIterator<Item = Document>) -> Self {
        Corpus::with_settings(documents, Settings::default())
    }

    /// With what the site's owner has decided.
    pub fn with_settings(
        documents: impl IntoIterator<Item = Document>,
        settings: Settings,
    ) -> Self {
        let mut writer = IndexWriter::new();
        documents
            .into_iter()
            .for_each(|document| writer.add(document));
        let mut writer = writer.close();
        writer.set(settings);
        Corpus {
            bytes: writer.finish().unwrap(),
        }
    }

    /// Documents of one language without titles: ids and texts.
    pub fn of(language: &str, texts: &[(&str, &str)]) -> Self {
        Corpus::new(
            texts
                .iter()
                .map(|(id, text)| document(id, language, "", text)),
        )
    }

    /// The same with titles and addresses that no query of a test asks for: the first words of a text do not stand for
    /// titles then.
    pub fn titled(language: &str, texts: &[(&str, &str)]) -> Self {
        let pages = texts
            .iter()
            .zip('a'..='z')
            .map(|((id, text), letter)| Document {
                url: format!("/q{letter}q"),
                ..document(id, language, &format!("Sheet q{letter}q"), text)
            });
        Corpus::new(pages)
    }

    pub fn index(&self) -> Index<'_> {
        Index::open(&self.bytes).unwrap()
    }

    pub fn search(&self, query: &str) -> Answer {
        self.search_with(query, &Options::default())
    }

    pub fn search_with(&self, query: &str, options: &Options) -> Answer {
        Searcher::new(&self.index(), &Unicode).search(query, options)
    }

    /// Ids in order, the corrected query behind an arrow.
    pub fn found(&self, query: &str) -> String {
        shown(&self.search(query))
    }

    /// Compares a table of queries with what they find, and reports every case that differs.
    #[track_caller]
    pub fn check(&self, cases: &[(&str, &str)]) {
        let differing: Vec<String> = cases
            .iter()
            .map(|(query, expected)| (query, expected, self.found(query)))
            .filter(|(_, expected, found)| *expected != found)
            .map(|(query, expected, found)| {
                format!("{query:?} finds {found:?} instead of {expected:?}")
            })
            .collect();
        assert!(differing.is_empty(), "\n{}", differing.join("\n"));
    }

    /// Each query finds these documents, in whatever order, as typed.
    #[track_caller]
    pub fn check_found(&self, cases: &[(&str, &str)]) {
        let in_order = |ids: &str| {
            let mut ids: Vec<&str> = ids.split(' ').collect();
            ids.sort_unstable();
            ids.join(" ")
        };
        let differing: Vec<String> = cases
            .iter()
            .map(|(query, expected)| (query, expected, self.found(query)))
            .filter(|(_, expected, found)| in_order(expected) != in_order(found))
            .map(|(query, expected, found)| {
                format!("{query:?} finds {found:?} instead of {expected:?}")
            })
            .collect();
        assert!(differing.is_empty(), "\n{}", differing.join("\n"));
    }

    /// What is marked in title and passage of the hit with this id, `|` between two marks.
    #[track_caller]
    pub fn marks(&self, query: &str, id: &str) -> String {
        let answer = self.search(query);
        let hit = answer.hits.iter().find(|hit| hit.id == id);
        let hit = hit.unwrap_or_else(|| panic!("{query:?} finds {:?}", shown(&answer)));
        let mut found = marked_texts(&hit.title, &hit.title_marks);
        found.extend(marked_texts(&hit.snippet.text, &hit.snippet.marks));
        found.join("|")
    }

    /// Compares what queries mark in a document.
    #[track_caller]
    pub fn check_marks(&self, cases: &[(&str, &str, &str)]) {
        let differing: Vec<String> = cases
            .iter()
            .map(|(query, id, expected)| (query, id, expected, self.marks(query, id)))
            .filter(|(_, _, expected, found)| *expected != found)
            .map(|(query, id, expected, found)| {
                format!("{query:?} marks {found:?} in {id}, not {expected:?}")
            })
            .collect();
        assert!(differing.is_empty(), "\n{}", differing.join("\n"));
    }

    /// Each query finds this document first, as typed, without a correction.
    #[track_caller]
    pub fn check_first(&self, cases: &[(&str, &str)]) {
        let differing: Vec<String> = cases
            .iter()
            .map(|(query, expected)| (query, expected, self.found(query)))
            .filter(|(_, expected, found)| {
                found.split(' ').next() != Some(expected) || found.contains('→')
            })
            .map(|(query, expected, found)| {
                format!("{query:?} finds {found:?}, not {expected:?} first")
            })
            .collect();
        assert!(differing.is_empty(), "\n{}", differing.join("\n"));
    }
}

/// Ids in order, the corrected query behind an arrow.
pub fn shown(answer: &Answer) -> String {
    let mut ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    if let Some(corrected) = &answer.corrected {
        ids.extend(["→", &corrected.to]);
    }
    ids.join(" ")
}

/// The marked pieces of a text.
fn marked_texts(text: &str, marks: &[(u32, u32)]) -> Vec<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let piece = |&(start, end): &(u32, u32)| {
        String::from_utf16(&units[start as usize..end as usize]).unwrap()
    };
    marks.iter().map(piece).collect()
}

/// What was typed and not used: its text and the reason, `, ` between two.
pub fn ignored(answer: &Answer) -> String {
    let ignored = answer.ignored.iter();
    let shown: Vec<String> = ignored
        .map(|ignored| format!("{}: {}", ignored.text, ignored.reason))
        .collect();
    shown.join(", ")
}

/// The text with its marks in brackets.
pub fn marked(text: &str, marks: &[(u32, u32)]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let piece = |from: usize, to: usize| String::from_utf16(&units[from..to]).unwrap();
    let mut out = String::new();
    let mut position = 0;
    for &(start, end) in marks {
        let (start, end) = (start as usize, end as usize);
        out += &format!("{}[{}]", piece(position, start), piece(start, end));
        position = end;
    }
    out + &piece(position, units.len())
}

/// The snippet with its marks in brackets.
pub fn marked_snippet(snippet: &Snippet) -> String {
    marked(&snippet.text, &snippet.marks)
}

/// The briefs that the repository comes with, a document a line, as they lie in their files.
pub fn seeds() -> Vec<Document> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../seeds");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut documents = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            documents.push(document(&documents.len().to_string(), "en", "", line));
        }
    }
    assert!(documents.len() > 20);
    documents
}
