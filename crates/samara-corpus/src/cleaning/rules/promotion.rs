//! Where a publisher praises itself between two paragraphs.
//!
//! Such lines are whole sentences, so that neither length nor punctuation tells them from prose.
//! What does is who speaks to whom: "we" sell something to "you", in words of the trade.

use crate::formats::text::Line;
use crate::report::Rule;

/// Words of the trade. One may stand in any prose, two beside "our" and "you" hardly do.
const TRADE: [&str; 15] = [
    "our newsletter",
    "our new",
    "our app",
    "our platform",
    "award winning team",
    "award winning journalism",
    "curated",
    "brought to you by",
    "get the answers",
    "find the answers",
    "sign up",
    "subscribe",
    "in your inbox",
    "to your inbox",
    "exclusive content",
];
/// Places to follow somebody at.
const NETWORKS: [&str; 10] = [
    "twitter",
    "facebook",
    "instagram",
    "youtube",
    "linkedin",
    "telegram",
    "whatsapp",
    "tiktok",
    "google news",
    "mastodon",
];
/// What one is asked to do there.
const FOLLOW: [&str; 6] = [
    "follow us",
    "follow our",
    "like us",
    "join us",
    "find us",
    "subscribe to our",
];
/// Longer paragraphs are an author's.
const LONGEST: usize = 60;
/// A wish to be followed is shorter still.
const LONGEST_WISH: usize = 30;

/// Drops lines in which the publisher advertises itself.
pub(crate) fn drop_promotion(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| line.words <= LONGEST) {
        // What somebody is quoted to have said is the author's.
        if !line.text.starts_with(['"', '“', '„', '«']) && is_promotion(&line.folded, line.words)
        {
            line.drop_for(Rule::Promotion);
        }
    }
}

fn is_promotion(folded: &str, words: usize) -> bool {
    let padded = format!(" {folded} ");
    let holds = |phrase: &str| padded.contains(&format!(" {phrase} "));
    let count = |phrases: &[&str]| phrases.iter().filter(|phrase| holds(phrase)).count();
    let addressed = (holds("you") || holds("your")) && (holds("our") || holds("us"));
    (addressed && count(&TRADE) >= 2)
        || (words <= LONGEST_WISH && count(&FOLLOW) >= 1 && count(&NETWORKS) >= 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fold;

    #[test]
    fn promotion_is_told_from_prose_about_the_same_things() {
        for (text, expected) in [
            (
                "Want more? Follow us on Twitter @somebody and on YouTube.",
                true,
            ),
            (
                "Get the answers in our new guide, brought to you by the desk.",
                true,
            ),
            (
                "Curated lists were brought to you by mail in those days.",
                false,
            ),
            ("He asked his readers to subscribe, and many did.", false),
            (
                "Police want you to call our colleagues if you saw anything.",
                false,
            ),
        ] {
            assert_eq!(is_promotion(&fold(text), 12), expected, "{text}");
        }
    }
}
