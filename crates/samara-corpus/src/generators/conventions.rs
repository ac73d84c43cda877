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

/// Classes of elements for programs that read pages aloud: no eye sees them.
pub(crate) const ALOUD_CLASSES: [&str; 3] = ["sr-only", "visually-hidden", "screen-reader-text"];

/// Classes of links with which generators end a heading.
pub(crate) const PERMALINK_CLASSES: [&str; 1] = ["headerlink"];

/// Classes of elements whose text is the name of a picture in a font of icons.
pub(crate) const ICON_CLASSES: [&str; 7] = [
    "material-icons",
    "material-icons-outlined",
    "material-icons-round",
    "material-icons-sharp",
    "material-symbols-outlined",
    "material-symbols-rounded",
    "material-symbols-sharp",
];

/// Classes of elements that number the lines of a listing, if they hold nothing but numbers.
pub(crate) const LINE_NUMBER_CLASSES: [&str; 14] = [
    "linenos",
    "linenodiv",
    "lineno",
    "linenumber",
    "line-number",
    "line-numbers",
    "line-numbers-wrapper",
    "lnt",
    "ln",
    "hljs-ln-numbers",
    "gutter",
    "rouge-gutter",
    "blob-num",
    "react-syntax-highlighter-line-number",
];

/// What buttons say, folded, that do something to a page or a listing and are no part of the text.
pub(crate) const BUTTON_LABELS: [&str; 42] = [
    "copy",
    "copied",
    "copy code",
    "copy code to clipboard",
    "copy item path",
    "copy link",
    "copy link to clipboard",
    "copy page",
    "copy permalink",
    "copy to clipboard",
    "copy url",
    "kopieren",
    "code kopieren",
    "copier",
    "copier le code",
    "copiar",
    "copiar código",
    "copia",
    "コピー",
    "复制",
    "复制代码",
    "複製",
    "back to top",
    "scroll to top",
    "close",
    "schließen",
    "fermer",
    "cerrar",
    "edit",
    "edit this page",
    "menu",
    "open menu",
    "close menu",
    "print",
    "run",
    "search",
    "share",
    "toggle menu",
    "toggle navigation",
    "toggle sidebar",
    "toggle theme",
    "toggle word wrap",
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
