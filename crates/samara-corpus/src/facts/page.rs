//! What a page says about itself: in its head, in JSON-LD, in attributes made for search.

use std::collections::{BTreeMap, HashSet};

use html5ever::local_name;
use serde_json::Value;

use super::{address, attributes, date, language};
use crate::formats::html::{Dom, Markup, NodeId};
use crate::page::{MarkedFields, Page};
use crate::report::Note;
use crate::words::{tidy, word_hashes};

/// A page tells its title a few times; what tells it without end wants something else.
const MOST_TITLES: usize = 16;
/// So many links of a page tell how its site writes addresses.
const MOST_LINKS: usize = 12;
/// So many days that a page names are compared.
const MOST_TIMES: usize = 8;
/// A line with more nodes is none.
const MOST_ASKED: usize = 12;
/// A page is filed under so many words at most.
const MOST_TAGS: usize = 50;
/// So many pictures of a page are asked whether they stand in its text.
const MOST_IMAGES: usize = 50;
/// Smaller pictures are icons.
const LEAST_SIZE: u32 = 64;
/// JSON-LD nests: lists in graphs in lists. Deeper than this nothing is looked for.
const DEEPEST_JSON: usize = 6;
/// A page that sends its visitors elsewhere at once does so within seconds.
const SOON: u32 = 10;

/// So many faults of attributes are told of a page.
const MOST_UNKNOWN: usize = 20;

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// `<title>`.
    pub page_title: String,
    /// Titles that name the document without the site, most reliable first.
    pub titles: Vec<String>,
    /// Name of the site or publisher.
    pub site: String,
    /// What the page says of itself.
    pub description: Option<String>,
    pub authors: Vec<String>,
    pub date: Option<String>,
    pub language: Option<String>,
    /// Addresses within the site that the page links to, and the path of the one that it gives as its own: as written.
    pub links: Vec<String>,
    /// Address at which hits are to lead to the page.
    pub address: Option<String>,
    /// Its addresses start elsewhere than at the page.
    has_base: bool,
    /// Days that stand alone in a line: of one day, and no other, that is the page's.
    times: Vec<String>,
    /// A date that is not understood.
    pub unknown_date: Option<String>,
    pub noindex: bool,
    pub redirects: bool,
    /// What the page is filed under.
    pub tags: Vec<String>,
    /// Address of its picture, as written.
    pub image: Option<String>,
    /// What its picture shows, in words.
    pub image_alt: Option<String>,
    /// Pictures that it shows, as written, with their elements.
    pub images: Vec<(NodeId, String)>,
    /// How many of them stand before the first heading of the first level.
    before_heading: Option<usize>,
    /// Fields from attributes made for search; `title` overrules every other.
    pub fields: BTreeMap<String, Vec<String>>,
    /// The same where nothing else is said; of the title, where the page has no heading that is one.
    pub defaults: BTreeMap<String, Vec<String>>,
    /// Which of the fields are called filters, and which metadata.
    marked: MarkedFields,
    /// What is wrong with attributes made for search.
    unknown: Vec<Note>,
}

/// Collects what a page says about itself. Linear in the tree's size.
pub(crate) fn collect(dom: &Dom) -> Facts {
    let mut facts = Facts::default();
    for id in dom.descendants(Dom::ROOT) {
        match *dom.tag(id) {
            local_name!("html") => {
                facts.language = dom.attribute(id, "lang").and_then(language::of)
            }
            local_name!("title") if facts.page_title.is_empty() && !in_picture(dom, id) => {
                facts.page_title = tidy(&dom.text(id));
            }
            local_name!("meta") => facts.meta(dom, id),
            local_name!("link") if dom.attribute(id, "rel") == Some("canonical") => {
                // Which host shows the page is not the page's to say: there are previews and mirrors.
                let canonical = dom.attribute(id, "href").and_then(address::path_of);
                facts.links.extend(canonical);
            }
            local_name!("base") => facts.has_base = true,
            local_name!("h1") if facts.before_heading.is_none() => {
                facts.before_heading = Some(facts.images.len());
            }
            local_name!("a") => {
                facts.link(dom, id);
                let is_tag = |rel: &str| rel.split_ascii_whitespace().any(|one| one == "tag");
                if facts.tags.len() < MOST_TAGS && dom.attribute(id, "rel").is_some_and(is_tag) {
                    facts.tags.push(tidy(&dom.text(id)));
                }
            }
            local_name!("img") if facts.images.len() < MOST_IMAGES => {
                let is_small = |name| {
                    dom.attribute(id, name)
                        .and_then(|size| size.parse().ok())
                        .is_some_and(|size: u32| size < LEAST_SIZE)
                };
                let source = dom.attribute(id, "src").and_then(address::safe);
                if let Some(source) = source.filter(|_| !is_small("width") && !is_small("height")) {
                    facts.images.push((id, source));
                }
            }
            local_name!("script") if dom.attribute(id, "type") == Some("application/ld+json") => {
                if let Ok(value) = serde_json::from_str(&dom.text(id)) {
                    facts.linked_data(&value, DEEPEST_JSON);
                }
            }
            local_name!("time") => facts.time(dom, id),
            _ => {}
        }
        facts.search_attributes(dom, id);
        facts.microdata(dom, id);
    }
    let title = facts.defaults.remove_entry("title");
    for (key, values) in std::mem::take(&mut facts.defaults) {
        facts.fields.entry(key).or_insert(values);
    }
    facts.defaults.extend(title);
    facts.address = facts
        .fields
        .remove("url")
        .and_then(|given| given.iter().find_map(|given| address::safe(given)));
    if let [only] = &facts.times[..] {
        facts.date.get_or_insert_with(|| only.clone());
    }
    if facts.has_base {
        facts.links.clear();
    }
    facts
}

impl Facts {
    /// Takes the first picture in the text for the page's where it names none, or `shown_first`, and finds it from the
    /// site's root.
    /// Linear in the pictures.
    pub fn find_image(&mut self, markup: &Markup, path: &str, shown_first: bool) {
        let dom = &markup.dom;
        let is_inside = |id| {
            dom.ancestors(id)
                .any(|above| markup.found.tops.contains(&above))
        };
        // What stands above the page's heading is the site's.
        let (above, below) = self.images.split_at(self.before_heading.unwrap_or(0));
        let first = || {
            let found = below.iter().find(|(id, _)| is_inside(*id));
            let found = found.or_else(|| below.first().filter(|_| self.before_heading.is_some()));
            found.or_else(|| above.iter().find(|(id, _)| is_inside(*id)))
        };
        let shown = first().filter(|_| shown_first || self.image.is_none());
        let alternative = shown.and_then(|(id, _)| dom.attribute(*id, "alt"));
        let image = shown
            .map(|(_, source)| source.clone())
            .or(self.image.clone());
        self.image_alt = alternative.map(tidy).filter(|text| !text.is_empty());
        self.image = image.and_then(|image| address::of_picture(path, &image));
    }

    /// Puts them into the page, the title left aside. Linear.
    pub fn describe(self, page: &mut Page) {
        if let Some(language) = &self.language {
            page.put("lang", language);
        }
        page.language = self.language;
        page.url = self.address;
        page.links = self.links;
        if let Some(date) = self.unknown_date.filter(|_| self.date.is_none()) {
            page.notes.push(Note::UnknownDate { date });
        }
        page.put("source", &self.site);
        if let Some(date) = &self.date {
            page.put("date", date);
        }
        for author in &self.authors {
            page.put("author", author);
        }
        for tag in &self.tags {
            page.put("tag", tag);
        }
        if let Some(image) = self.image.filter(|_| !self.fields.contains_key("image")) {
            page.put("image", &image);
            if let Some(text) = self
                .image_alt
                .filter(|_| !self.fields.contains_key("image_alt"))
            {
                page.put("image_alt", &text);
            }
        }
        // Most pages mark none, and there may be very many.
        let marks = !self.marked.filters.is_empty() || !self.marked.meta.is_empty();
        page.marked = marks.then(|| Box::new(self.marked));
        page.notes.extend(self.unknown);
        for (key, values) in &self.fields {
            for value in values.iter().filter(|_| key != "title") {
                page.put(key, value);
            }
        }
    }

    /// The description, where it has a word that the page has not. Linear in the page.
    pub fn new_description(&mut self, page: &Page) -> Option<String> {
        let description = self.description.take()?;
        let mut known = HashSet::new();
        for text in page.texts().chain([&*page.title]) {
            word_hashes(text, |word| {
                known.insert(word);
            });
        }
        let mut is_new = false;
        word_hashes(&description, |word| is_new |= !known.contains(&word));
        Some(description).filter(|_| is_new)
    }

    /// Remembers a link to another page of the site.
    fn link(&mut self, dom: &Dom, id: NodeId) {
        if self.links.len() == MOST_LINKS {
            return;
        }
        let Some(link) = dom.attribute(id, "href").and_then(address::within) else {
            return;
        };
        if !self.links.iter().any(|known| known == link) {
            self.links.push(link.to_string());
        }
    }

    fn meta(&mut self, dom: &Dom, id: NodeId) {
        let name = dom
            .attribute(id, "name")
            .or_else(|| dom.attribute(id, "property"))
            .or_else(|| dom.attribute(id, "itemprop"))
            .or_else(|| dom.attribute(id, "http-equiv"))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let content = tidy(dom.attribute(id, "content").unwrap_or_default());
        if content.is_empty() {
            return;
        }
        match name.as_str() {
            "og:title" => self.title(0, content),
            "twitter:title" | "dc.title" | "dcterms.title" | "citation_title" => {
                self.title(usize::MAX, content);
            }
            "og:site_name" => self.site = content,
            "application-name" | "citation_journal_title" if self.site.is_empty() => {
                self.site = content;
            }
            "author" | "article:author" | "dc.creator" | "dcterms.creator" | "parsely-author"
            | "citation_author" | "sailthru.author" => self.author(&content),
            "article:published_time"
            | "datepublished"
            | "date"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.created"
            | "dcterms.date"
            | "pubdate"
            | "publishdate"
            | "publish-date"
            | "publish_date"
            | "sailthru.date"
            | "parsely-pub-date"
            | "citation_date"
            | "citation_publication_date"
            | "og:published_time" => self.dated(&content),
            "description" => self.description = Some(content),
            "og:description" | "twitter:description" | "dc.description" | "dcterms.description"
                if self.description.is_none() =>
            {
                self.description = Some(content);
            }
            "robots" | "googlebot" | "samara" => {
                let content = content.to_ascii_lowercase();
                self.noindex |= content
                    .split([',', ' '])
                    .any(|w| w == "noindex" || w == "none");
            }
            "refresh" => {
                let mut parts = content.splitn(2, [';', ',']);
                let soon = parts
                    .next()
                    .and_then(|n| n.trim().parse().ok())
                    .unwrap_or(0)
                    <= SOON;
                self.redirects |= soon && parts.next().is_some();
            }
            "docsearch:version" | "docusaurus_version" if !self.fields.contains_key("version") => {
                self.fields.insert("version".to_string(), vec![content]);
            }
            "keywords" | "news_keywords" | "article:tag" => {
                let tags = content
                    .split(',')
                    .map(str::trim)
                    .filter(|tag| !tag.is_empty());
                self.tags.extend(
                    tags.take(MOST_TAGS - self.tags.len().min(MOST_TAGS))
                        .map(str::to_string),
                );
            }
            "og:image" | "twitter:image" if self.image.is_none() => {
                self.image = address::safe(&content)
            }
            "content-language" | "og:locale" | "dc.language" if self.language.is_none() => {
                self.language = language::of(&content);
            }
            _ => {}
        }
    }

    /// A title that the page tells, in this place among the others, or behind them.
    fn title(&mut self, place: usize, title: String) {
        if self.titles.len() < MOST_TITLES {
            self.titles.insert(place.min(self.titles.len()), title);
        }
    }

    /// The first date wins: a page names its own before those of others.
    fn dated(&mut self, text: &str) {
        if self.date.is_none() {
            self.date = date::find(text);
            self.unknown_date = Some(text.to_string()).filter(|_| self.date.is_none());
        }
    }

    fn author(&mut self, name: &str) {
        let name = name
            .trim()
            .trim_start_matches("By ")
            .trim_start_matches("by ");
        let is_name = !name.is_empty() && name.len() < 80 && !name.contains("://");
        if is_name && !self.authors.iter().any(|known| known == name) && self.authors.len() < 20 {
            self.authors.push(name.to_string());
        }
    }

    fn linked_data(&mut self, value: &Value, depth: usize) {
        if depth == 0 {
            return;
        }
        match value {
            Value::Array(items) => items
                .iter()
                .for_each(|item| self.linked_data(item, depth - 1)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.linked_data(graph, depth - 1);
                }
                let kind = object
                    .get("@type")
                    .map(Value::to_string)
                    .unwrap_or_default();
                if kind.contains("Article") || kind.contains("Posting") || kind.contains("Report") {
                    self.article(object);
                } else if kind.contains("WebSite") && self.site.is_empty() {
                    self.site = names(object.get("name")).pop().unwrap_or_default();
                } else if kind.contains("WebPage") {
                    if let Some(Value::String(date)) = object.get("datePublished") {
                        self.dated(date);
                    }
                } else if kind.contains("Product") || kind.contains("Recipe") {
                    for name in names(object.get("name")) {
                        self.title(usize::MAX, name);
                    }
                }
            }
            _ => {}
        }
    }

    fn article(&mut self, object: &serde_json::Map<String, Value>) {
        for headline in names(object.get("headline")) {
            self.title(1, headline);
        }
        for key in ["datePublished", "dateCreated"] {
            if let Some(Value::String(date)) = object.get(key) {
                self.dated(date);
            }
        }
        for name in names(object.get("author")) {
            self.author(&name);
        }
        if self.site.is_empty() {
            self.site = names(object.get("publisher")).pop().unwrap_or_default();
        }
    }

    fn microdata(&mut self, dom: &Dom, id: NodeId) {
        let Some(names) = dom.attribute(id, "itemprop") else {
            return;
        };
        let value = || {
            let given = dom
                .attribute(id, "content")
                .or_else(|| dom.attribute(id, "datetime"));
            given.map_or_else(|| tidy(&dom.text(id)), tidy)
        };
        for name in names.split_ascii_whitespace() {
            match name {
                "headline" => self.title(usize::MAX, value()),
                "datePublished" => self.dated(&value()),
                "author" => self.author(&value()),
                _ => {}
            }
        }
    }

    /// `<time>` dates a document only where its class says that it is the day of publication; any
    /// other may be that of a comment or of an event.
    fn time(&mut self, dom: &Dom, id: NodeId) {
        let own = |id| {
            let class = dom
                .attribute(id, "class")
                .unwrap_or_default()
                .to_ascii_lowercase();
            [
                "publish",
                "entry-date",
                "post-date",
                "dateline",
                "posted",
                "dt-published",
            ]
            .iter()
            .any(|name| class.contains(name))
        };
        let published =
            dom.attribute(id, "pubdate").is_some() || own(id) || dom.parent(id).is_some_and(own);
        if published {
            let text = dom
                .attribute(id, "datetime")
                .map_or_else(|| dom.text(id), str::to_string);
            self.dated(&text);
        } else if self.times.len() < MOST_TIMES
            && let Some(date) = dom.attribute(id, "datetime").and_then(date::find)
            && !self.times.contains(&date)
            && dom.parent(id).is_some_and(|line| stands_alone(dom, line))
        {
            self.times.push(date);
        }
    }

    /// `data-pagefind-meta`, `-filter` and `-sort`, `-default-meta` where nothing else is said, and the same with
    /// `data-samara-`.
    fn search_attributes(&mut self, dom: &Dom, id: NodeId) {
        for attribute in dom.attributes(id) {
            let name = &*attribute.name.local;
            let pagefind = name.strip_prefix("data-pagefind-");
            let Some(kind) = pagefind.or_else(|| name.strip_prefix("data-samara-")) else {
                continue;
            };
            if let Some(note) = attributes::fault(name, kind, attribute.value.trim())
                && self.unknown.len() < MOST_UNKNOWN
                && !self.unknown.contains(&note)
            {
                self.unknown.push(note);
            }
            let is_default = kind == "default-meta";
            if !(is_default || matches!(kind, "meta" | "filter" | "sort")) || in_ignored(dom, id) {
                continue;
            }
            for item in items(&attribute.value, pagefind.is_some()) {
                let (key, value) = if let Some((key, value)) = item.split_once(':') {
                    (key, tidy(value))
                } else if let Some((key, rest)) = item.split_once('[') {
                    let from = rest.trim_end_matches(']');
                    (key, tidy(dom.attribute(id, from).unwrap_or_default()))
                } else {
                    (item, tidy(&dom.text(id)))
                };
                if !value.is_empty() {
                    let marked = match kind {
                        "filter" => Some(&mut self.marked.filters),
                        "sort" => None,
                        _ => Some(&mut self.marked.meta),
                    };
                    if let Some(names) = marked {
                        names.insert(key.trim().to_string());
                    }
                    let fields = if is_default {
                        &mut self.defaults
                    } else {
                        &mut self.fields
                    };
                    fields
                        .entry(key.trim().to_string())
                        .or_default()
                        .push(value);
                }
            }
        }
    }
}

/// The items of an attribute made for search, which commas part. What Pagefind's attributes say of a field in their own
/// words goes on to their end, commas and all.
fn items(value: &str, to_the_end: bool) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = value;
    while !rest.is_empty() {
        let (item, after) = rest.split_once(',').unwrap_or((rest, ""));
        if to_the_end && item.contains(':') {
            items.push(rest.trim());
            break;
        }
        items.push(item.trim());
        rest = after;
    }
    items.retain(|item| !item.is_empty());
    items
}

/// Whether an element holds no sentence beside a date.
fn stands_alone(dom: &Dom, line: NodeId) -> bool {
    // What is long is more than a line.
    dom.descendants(line).take(MOST_ASKED).count() < MOST_ASKED
        && date::is_only_a_date(&dom.text(line))
}

/// Within what is ignored, fields count all the same, unless all is to be ignored.
fn in_ignored(dom: &Dom, id: NodeId) -> bool {
    let all = |id| {
        let value = |name| dom.attribute(id, name);
        value("data-pagefind-ignore").or(value("data-samara-ignore")) == Some("all")
    };
    all(id) || dom.ancestors(id).any(all)
}

/// Pictures have titles too.
fn in_picture(dom: &Dom, id: NodeId) -> bool {
    dom.ancestors(id)
        .any(|above| *dom.tag(above) == local_name!("svg"))
}

/// Names in JSON-LD: a string, an object with a name, or a list of these.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(name)) => vec![tidy(&unescape(name))],
        Some(Value::Object(object)) => names(object.get("name").filter(|name| name.is_string())),
        Some(Value::Array(items)) => items
            .iter()
            .filter(|item| !item.is_array())
            .flat_map(|item| names(Some(item)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Publishing systems escape for HTML what stands in JSON, where nothing is to be escaped.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    let dom = Dom::parse(&text.replace('<', "&lt;"));
    dom.text(Dom::ROOT)
}
