//! What most sites do alike, whatever wrote them.

use crate::report::Rule;

/// Words in class names and ids, and what an element called so is. A word counts only as a whole
/// part of a name (`share-bar`, `post_share`, `shareBar`), never inside another word.
pub(crate) const CHROME_NAMES: &[(&str, Rule)] = &[
    ("nav", Rule::Navigation),
    ("navbar", Rule::Navigation),
    ("navigation", Rule::Navigation),
    ("breadcrumb", Rule::Navigation),
    ("breadcrumbs", Rule::Navigation),
    ("menu", Rule::Navigation),
    ("pagination", Rule::Navigation),
    ("pager", Rule::Navigation),
    ("toc", Rule::Navigation),
    ("sidebar", Rule::Navigation),
    ("skip", Rule::Navigation),
    ("share", Rule::Sharing),
    ("sharing", Rule::Sharing),
    ("social", Rule::Sharing),
    ("sharedaddy", Rule::Sharing),
    ("addtoany", Rule::Sharing),
    ("related", Rule::ListLabel),
    ("recommended", Rule::ListLabel),
    ("recommendations", Rule::ListLabel),
    ("recirculation", Rule::ListLabel),
    ("trending", Rule::ListLabel),
    ("outbrain", Rule::Advertisement),
    ("taboola", Rule::Advertisement),
    ("newsletter", Rule::CallToAction),
    ("subscribe", Rule::CallToAction),
    ("subscription", Rule::CallToAction),
    ("signup", Rule::CallToAction),
    ("paywall", Rule::CallToAction),
    ("cta", Rule::CallToAction),
    ("cookie", Rule::Legal),
    ("cookies", Rule::Legal),
    ("gdpr", Rule::Legal),
    ("consent", Rule::Legal),
    ("copyright", Rule::Legal),
    ("disclaimer", Rule::Legal),
    ("ad", Rule::Advertisement),
    ("ads", Rule::Advertisement),
    ("advert", Rule::Advertisement),
    ("advertisement", Rule::Advertisement),
    ("sponsored", Rule::Advertisement),
    ("promo", Rule::Promotion),
    ("respond", Rule::CommentForm),
    ("disqus", Rule::CommentForm),
    ("comments", Rule::CommentForm),
    ("popup", Rule::CallToAction),
    ("modal", Rule::CallToAction),
];

/// Classes of elements that only links to a heading, or programs that read pages aloud, need.
pub(crate) const SILENT_CLASSES: [&str; 4] = [
    "headerlink",
    "sr-only",
    "visually-hidden",
    "screen-reader-text",
];

/// Signs with which generators end a heading, as a link to itself.
pub(crate) const PERMALINK_MARKS: [char; 6] = ['¶', '#', '§', '🔗', '\u{f0c1}', '∞'];

/// What hosts answer with where there is no page.
pub(crate) const NO_PAGE: [&str; 2] = ["404.html", "404/index.html"];

/// Texts that sites have for crawlers and the like.
pub(crate) const FOR_PROGRAMS: [&str; 8] = [
    "ads.txt",
    "app-ads.txt",
    "humans.txt",
    "llms-full.txt",
    "llms.txt",
    "robots.txt",
    "security.txt",
    "sitemap.txt",
];
