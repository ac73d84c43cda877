//! How fast pages are read: megabytes of HTML or text a second.
//!
//! `cargo bench -p samara-corpus`; `SAMARA_HTML=FOLDER` measures a folder of one's own beside the
//! generated pages.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

use samara_corpus::{Options, read};

/// Pages in the generated site.
const PAGES: usize = 400;
/// The best of so many runs counts: others share the machine.
const RUNS: u32 = 5;

fn main() {
    let folder = std::env::temp_dir().join(format!("samara-bench-{}", std::process::id()));
    // The second site holds the same text in ten times as much markup: memory is that of the text.
    for (name, region, styles) in [
        ("marked region", "main data-pagefind-body", 60),
        ("much markup", "main data-pagefind-body", 16_000),
        ("named region", "main", 60),
        #[cfg(feature = "extract")]
        ("no region", "div", 60),
    ] {
        write_site(&folder, region, styles);
        measure(name, &folder);
    }
    // What is in the folder now is the site without a region.
    #[cfg(feature = "extract")]
    measure_extractors(&folder);
    let _ = fs::remove_dir_all(&folder);
    if let Some(own) = std::env::var_os("SAMARA_HTML") {
        measure("SAMARA_HTML", Path::new(&own));
    }
}

fn measure(name: &str, folder: &Path) {
    let megabytes = size(folder) as f64 / 1e6;
    for threads in [NonZeroUsize::new(1), None] {
        let options = Options {
            threads,
            ..Options::default()
        };
        let mut documents = 0;
        let (mut best, before) = (f64::INFINITY, processor_seconds());
        for _ in 0..RUNS {
            let start = Instant::now();
            match read(&[PathBuf::from(folder)], &options) {
                Ok(corpus) => documents = corpus.documents.len(),
                Err(fault) => eprintln!("{fault}"),
            }
            best = best.min(start.elapsed().as_secs_f64());
        }
        let threads = threads.map_or("all".to_string(), |threads| threads.to_string());
        print!(
            "{name:14} threads {threads:3}  {documents} documents  {megabytes:.1} MB  {best:.3} s  {:.1} MB/s",
            megabytes / best
        );
        if let Some((after, before)) = processor_seconds().zip(before) {
            print!(
                ", {:.1} MB a second of one processor",
                megabytes * f64::from(RUNS) / (after - before).max(0.01)
            );
        }
        match most_memory() {
            Some(megabytes) => println!(", at most {megabytes:.0} MB of memory so far"),
            None => println!(),
        }
    }
}

/// The extractors that vote, each by itself on one thread: together they bound what a page costs.
#[cfg(feature = "extract")]
fn measure_extractors(folder: &Path) {
    let pages: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.path()).ok())
        .collect();
    let megabytes = pages.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let options = trafilatura::Options::default().with_fallback(true);
    type Extractor<'e> = (&'e str, &'e dyn Fn(&str) -> bool);
    let extractors: [Extractor; 2] = [
        ("trafilatura", &|html| {
            trafilatura::extract(html, &options).is_ok()
        }),
        ("rs-trafilatura", &|html| {
            rs_trafilatura::extract(html).is_ok()
        }),
    ];
    for (name, extract) in extractors {
        let before = processor_seconds();
        let read = pages.iter().filter(|html| extract(html)).count();
        if let Some((after, before)) = processor_seconds().zip(before) {
            println!(
                "{name:14} alone  {read} pages, {:.1} MB a second of one processor",
                megabytes / (after - before).max(0.01)
            );
        }
    }
}

/// Time that this process has had of all processors, where the system tells (Linux): on a machine
/// that others use, it says more than the clock.
fn processor_seconds() -> Option<f64> {
    /// The kernel counts in hundredths of a second.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

/// The most memory that this process has had, in megabytes, where the system tells (Linux).
fn most_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1e3)
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => size(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

/// Pages as a generator of documentation writes them: head, sidebar, text with lists, tables and
/// program text, foot.
fn write_site(folder: &Path, region: &str, styles: usize) {
    fs::create_dir_all(folder).expect("a folder for the bench");
    let sidebar: String = (0..80)
        .map(|n| format!("<li class=\"item\"><a href=\"p{n}.html\">Chapter {n}</a></li>\n"))
        .collect();
    for page in 0..PAGES {
        let close = region.split(' ').next().unwrap_or(region);
        let mut body = String::new();
        for section in 0..12 {
            body += &format!("<h2 id=\"s{section}\">Section {section} of page {page}</h2>\n");
            for paragraph in 0..4 {
                let words: Vec<String> = (0..60)
                    .map(|n| {
                        format!(
                            "word{}",
                            (page * 31 + section * 17 + paragraph * 7 + n * n) % 4001
                        )
                    })
                    .collect();
                body += &format!("<p>{} <a href=\"x\">link</a>.</p>\n", words.join(" "));
            }
            body += "<ul><li>one item</li><li>another item</li></ul>\n<pre><code class=\"rust\">\
                     <span class=\"kw\">fn</span> main() {\n    run();\n}</code></pre>\n";
        }
        let html = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Page {page} - Book</title>\
             <style>{}</style></head><body><nav><ul>{sidebar}</ul></nav><{region}><h1>Page {page}</h1>\n{body}</{close}>\
             <footer>The end</footer></body></html>",
            "p { margin: 0 }\n".repeat(styles)
        );
        fs::write(folder.join(format!("p{page}.html")), html).expect("the page is written");
    }
}
