//! Why a block was dropped.

use serde::{Deserialize, Serialize};

/// The reason for which a block of text is not part of a document. Every dropped block carries one,
/// so that an owner can see what happened and overrule it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// Moves about the page or the site: "back to top", "menu".
    Navigation,
    /// Names a list of other pages: "most popular", "related stories".
    ListLabel,
    /// Wants the reader to subscribe, register, follow, download.
    CallToAction,
    /// Belongs to the comment form: "leave a comment".
    CommentForm,
    /// Copyright, cookies, terms.
    Legal,
    /// A place where an advertisement appears.
    Advertisement,
    /// The publisher praises itself between two paragraphs.
    Promotion,
    /// The foot of a page or of a site.
    Footer,
    /// Shares the page: "share", "print", "e-mail".
    Sharing,
    /// Says where the text was published first; kept as the document's source.
    SyndicationNote,
    /// Says only who wrote, took or sold it; kept as the document's credit.
    Credit,
    /// Says only when the page was published or changed; kept as the document's date.
    DateLine,
    /// Stands before the title and is no prose.
    BeforeTitle,
    /// Stands behind the line that ends the text.
    AfterEnd,
    /// Short labels in a row behind the last paragraph: the page's tags.
    TrailingLabels,
    /// A caption that was already there.
    RepeatedCaption,
    /// By its length, its links and its neighbours it reads like what sites put around a text.
    #[serde(rename = "unlike-content")]
    Unlike,
    /// It stands on many pages of the corpus.
    #[serde(rename = "repeated-across-pages")]
    Repeated,
    /// The page hides it: collapsed, for other programs only, or shown by a script.
    Hidden,
    /// The page marks it as nothing to be searched.
    Ignored,
    /// It stands outside of what the page names as its content.
    #[serde(rename = "outside-region")]
    Outside,
    /// Something to touch, not to read: a button that copies, a list to choose from.
    Control,
    /// How a word is read, beside it (ruby).
    Reading,
    /// A mark that leads to a footnote, which is kept itself.
    FootnoteMark,
    /// Data that is no text: base64, minified code, over-long tokens.
    Blob,
    /// The owner's list of lines to drop names it.
    OwnersList,
}

impl Rule {
    /// The name shown to people and machines; stable.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::ListLabel => "list-label",
            Self::CallToAction => "call-to-action",
            Self::CommentForm => "comment-form",
            Self::Legal => "legal",
            Self::Advertisement => "advertisement",
            Self::Promotion => "promotion",
            Self::Footer => "footer",
            Self::Sharing => "sharing",
            Self::SyndicationNote => "syndication-note",
            Self::Credit => "credit",
            Self::DateLine => "date-line",
            Self::BeforeTitle => "before-title",
            Self::AfterEnd => "after-end",
            Self::TrailingLabels => "trailing-labels",
            Self::RepeatedCaption => "repeated-caption",
            Self::Unlike => "unlike-content",
            Self::Repeated => "repeated-across-pages",
            Self::Hidden => "hidden",
            Self::Ignored => "ignored",
            Self::Outside => "outside-region",
            Self::Control => "control",
            Self::Reading => "reading",
            Self::FootnoteMark => "footnote-mark",
            Self::Blob => "blob",
            Self::OwnersList => "owners-list",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_machines_are_told_the_same_name() {
        for rule in [
            Rule::ListLabel,
            Rule::CallToAction,
            Rule::SyndicationNote,
            Rule::Unlike,
            Rule::Repeated,
            Rule::Outside,
            Rule::OwnersList,
            Rule::Blob,
        ] {
            assert_eq!(serde_json::json!(rule), rule.name());
        }
    }
}
