//! A corpus and what it answers.

use samara_engine::{
    Answer, Document, Index, IndexWriter, Options, Searcher, Section, Snippet, Unicode,
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
        let mut writer = IndexWriter::new();
        documents
            .into_iter()
            .for_each(|document| writer.add(document));
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
