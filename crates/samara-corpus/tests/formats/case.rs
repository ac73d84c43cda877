//! A corpus of a few files, and what became of it.

use std::fs;
use std::path::Path;

use samara_corpus::{Corpus, Options, read};

/// Files in a folder that goes away with the test.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder inside");
        fs::write(path, content).expect("the file is written");
    }
    folder
}

/// The corpus of a folder.
pub fn corpus_at(path: &Path) -> Corpus {
    read(&[path.to_path_buf()], &Options::default()).expect("the corpus is read")
}

/// The corpus of files of text.
pub fn corpus(files: &[(&str, &str)]) -> Corpus {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, c)| (*n, c.as_bytes())).collect();
    corpus_at(folder(&files).path())
}

/// Headings with their anchors and texts.
pub fn outline(corpus: &Corpus, at: usize) -> Vec<(&str, &str, &str)> {
    let sections = corpus.documents[at].sections.iter();
    sections
        .map(|s| (s.heading.as_str(), s.anchor.as_str(), s.text.as_str()))
        .collect()
}

/// What is said of a file.
pub fn warned(corpus: &Corpus, path: &str) -> String {
    let warnings = corpus
        .report
        .warnings
        .iter()
        .filter(|warning| warning.path == path);
    warnings
        .map(|warning| warning.reason.to_string())
        .collect::<Vec<_>>()
        .join("; ")
}

/// A page as a generator writes it.
pub const GUIDE: &str = r##"<!DOCTYPE html><html lang="en-GB"><head>
<title>Grafting apple trees - The Orchard Book</title>
<meta property="og:site_name" content="The Orchard Book">
<meta name="author" content="Ann Example">
<meta property="article:published_time" content="2025-03-03T08:00:00Z">
<link rel="canonical" href="https://orchard.example/grafting.html">
<script type="application/ld+json">{"@type":"Article","headline":"Grafting apple trees","publisher":{"name":"The Orchard Book"}}</script>
</head><body>
<nav><a href="/">Home</a> <a href="/pears">Pears</a></nav>
<main>
<h1 id="grafting">Grafting apple trees<a class="headerlink" href="#grafting">¶</a></h1>
<p>A graft joins a twig of one tree to the root of another, so that both grow on as a single tree.</p>
<section id="tools"><h2>Tools</h2>
<ul><li>a sharp knife</li><li>tape</li></ul>
<table><tr><th>Month</th><th>Wood</th></tr><tr><td>March</td><td>dormant</td></tr></table>
<pre><code>cut();
  bind();</code></pre>
<figure><img src="a.png" alt="A whip graft bound with tape"></figure></section>
<h2 id="after">Afterwards</h2>
<p>Keep the joint moist, and look after it every week until the first leaves open in early summer.</p>
<p data-pagefind-ignore>Built on Monday.</p>
</main>
<footer>© The Orchard Book</footer></body></html>"##;
