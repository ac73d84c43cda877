//! Whether a page lives on its visitors, by what it brings along.
//!
//! Inside of `<main>` or `<article>` stands what the page is about, and a site that somebody built from their own texts is
//! taken at its word. Sites that live on visits put more there: teasers, comments, forms. No single thing tells such
//! a site, and nothing that a text says does: what is counted are signs in the markup that are independent of each other.

use std::collections::HashSet;

use html5ever::local_name;

use crate::formats::html::{Data, Dom};

/// So many signs are evidence. Measured on the development sets of HTML: at 3, pages that are taken at their word cost
/// .004 of F1 on html/web and html/snippets and nothing on html/news; at 4, .014, .012 and 0.
const ENOUGH: usize = 3;
/// Scripts from so many other hosts are a sign.
const FOREIGN_HOSTS: usize = 3;
/// Links to so many networks are a sign.
const NETWORKS_LINKED: usize = 2;
/// So much of a script inside of a page is looked at.
const SCRIPT: usize = 16_384;

/// What addresses of scripts, and scripts, hold that show advertisements…
const ADVERTISING: &[&str] = &[
    "googlesyndication",
    "doubleclick",
    "adsbygoogle",
    "amazon-adsystem",
    "outbrain",
    "taboola",
    "googletag.",
    "prebid",
    "criteo",
];
/// …measure visits…
const MEASURING: &[&str] = &[
    "googletagmanager",
    "google-analytics",
    "fbevents",
    "hotjar",
    "chartbeat",
    "quantserve",
    "scorecardresearch",
];
/// …keep customers…
const CUSTOMERS: &[&str] = &[
    "segment.com",
    "newrelic",
    "nr-data",
    "clarity.ms",
    "mixpanel",
    "optimizely",
    "pardot",
    "hubspot",
    "hs-scripts",
    "intercom",
    "zendesk",
    "etracker",
    "ioam",
    "parsely",
    "bat.bing",
];
/// …or ask for consent to all of it.
const CONSENT: &[&str] = &[
    "onetrust",
    "cookielaw",
    "cookiebot",
    "usercentrics",
    "trustarc",
    "consensu",
    "didomi",
    "cookie-consent",
    "cookieconsent",
];
/// Addresses at which a page is shared.
const SHARING: &[&str] = &[
    "facebook.com/sharer",
    "twitter.com/intent",
    "twitter.com/share",
    "linkedin.com/share",
    "api.whatsapp",
    "wa.me/",
    "pinterest.com/pin/create",
    "mailto:?",
];
/// Addresses that only a site with accounts has.
const ACCOUNTS: &[&str] = &[
    "/login",
    "/signin",
    "sign-in",
    "/cart",
    "/checkout",
    "/account",
    "wp-login",
];
/// Programs that make pages when they are asked for.
const SERVERS: &[&str] = &[
    "wordpress",
    "drupal",
    "typo3",
    "joomla",
    "wix.com",
    "squarespace",
    "shopify",
    "discourse",
    "discuz",
    "vbulletin",
    "phpbb",
    "magento",
    "prestashop",
];
/// Folders in which such programs keep what their pages show.
const FOLDERS_OF_SERVERS: &[&str] = &[
    "/wp-content/",
    "/wp-includes/",
    "/typo3temp/",
    "/typo3conf/",
    "/sites/default/files/",
    "/etc.clientlibs/",
    "/skin/frontend/",
    "/demandware.static/",
    "cdn.shopify.com",
    "squarespace-cdn.com",
    "wixstatic.com",
];
/// What pages call themselves to search engines that sell, report, or gather what others write.
const KINDS: &[&str] = &[
    "\"newsarticle\"",
    "\"offer\"",
    "\"aggregateoffer\"",
    "\"discussionforumposting\"",
    "\"qapage\"",
];
const NETWORKS: &[&str] = &[
    "//facebook.com",
    "//twitter.com",
    "//x.com",
    "//instagram.com",
    "//youtube.com",
    "//linkedin.com",
    "//pinterest.",
    "//t.me",
    "//tiktok.com",
];
/// Names of `<meta>` for networks that show a page…
const CARDS: &[&str] = &["twitter:site", "fb:", "article:publisher"];
/// …and for stores and search engines that know its owner.
const OWNERS: &[&str] = &[
    "apple-itunes-app",
    "al:ios",
    "msvalidate",
    "google-site-verification",
    "facebook-domain",
];

/// The kinds of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sign {
    Advertising,
    Measuring,
    Customers,
    Consent,
    ForeignHosts,
    Sharing,
    Accounts,
    Networks,
    Cards,
    Owners,
    Amp,
    Letters,
    Comments,
    Server,
    Kind,
}

/// Whether a page shows enough signs that its site lives on visits. Linear in its length.
pub(super) fn lives_on_visits(dom: &Dom) -> bool {
    let mut found = HashSet::new();
    let (mut hosts, mut networks) = (HashSet::new(), HashSet::new());
    for id in dom.descendants(Dom::ROOT) {
        let value = |name| {
            dom.attribute(id, name)
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        match *dom.tag(id) {
            local_name!("script") => {
                let source = value("src");
                if let Some(host) = host(&source) {
                    hosts.insert(host.to_string());
                }
                by_script(&source, &mut found);
                let describes = value("type") == "application/ld+json";
                for child in dom.children(id) {
                    if let Data::Text(text) = dom.data(child) {
                        let end = text.floor_char_boundary(SCRIPT.min(text.len()));
                        let text = text[..end].to_ascii_lowercase();
                        if describes {
                            found.extend(Some(Sign::Kind).filter(|_| holds(&text, KINDS)));
                        } else {
                            by_script(&text, &mut found);
                        }
                    }
                }
            }
            local_name!("meta") => {
                let name = value("name") + &value("property");
                if holds(&name, CARDS) {
                    found.insert(Sign::Cards);
                }
                if holds(&name, OWNERS) {
                    found.insert(Sign::Owners);
                }
                if name == "og:type" && value("content").starts_with("product") {
                    found.insert(Sign::Kind);
                }
                if name == "generator" && holds(&value("content"), SERVERS) {
                    found.insert(Sign::Server);
                }
            }
            local_name!("link") => {
                by_script(&value("href"), &mut found);
                if value("rel") == "amphtml" {
                    found.insert(Sign::Amp);
                }
            }
            local_name!("a") => {
                let address = value("href").replace("//www.", "//");
                if holds(&address, SHARING) {
                    found.insert(Sign::Sharing);
                }
                if let Some(network) = NETWORKS.iter().find(|it| address.contains(**it)) {
                    networks.insert(*network);
                }
                if holds(&address, ACCOUNTS) {
                    found.insert(Sign::Accounts);
                }
            }
            local_name!("img") | local_name!("iframe") => by_script(&value("src"), &mut found),
            local_name!("input") => match &*value("type") {
                "email" => drop(found.insert(Sign::Letters)),
                "password" => drop(found.insert(Sign::Accounts)),
                _ => {}
            },
            local_name!("textarea") => drop(found.insert(Sign::Comments)),
            _ => {}
        }
    }
    if hosts.len() >= FOREIGN_HOSTS {
        found.insert(Sign::ForeignHosts);
    }
    if networks.len() >= NETWORKS_LINKED {
        found.insert(Sign::Networks);
    }
    found.len() >= ENOUGH
}

fn by_script(text: &str, found: &mut HashSet<Sign>) {
    if holds(text, FOLDERS_OF_SERVERS) {
        found.insert(Sign::Server);
    }
    for (names, sign) in [
        (ADVERTISING, Sign::Advertising),
        (MEASURING, Sign::Measuring),
        (CUSTOMERS, Sign::Customers),
        (CONSENT, Sign::Consent),
    ] {
        if holds(text, names) {
            found.insert(sign);
        }
    }
}

fn holds(text: &str, names: &[&str]) -> bool {
    names.iter().any(|name| text.contains(name))
}

/// The last two parts of the host that an address names.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address
        .split_once("//")
        .filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':'))?;
    let host = rest.split('/').next()?;
    let dots: Vec<usize> = host.match_indices('.').map(|(at, _)| at).collect();
    let start = dots.len().checked_sub(2).map_or(0, |at| dots[at] + 1);
    Some(&host[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_independent_signs_tell_a_site_that_lives_on_visits() {
        let measured = "<script src=https://www.googletagmanager.com/x.js></script>";
        let cards = "<meta name=twitter:site content=@somebody>";
        let networks =
            "<a href=https://www.facebook.com/x>f</a><a href=https://youtube.com/x>y</a>";
        let letters = "<form><input type=email></form>";
        for (parts, expected) in [
            (vec![], false),
            (vec![measured], false),
            (vec![measured, cards], false),
            (vec![measured, measured, measured, cards, cards], false),
            (vec![measured, cards, networks], true),
            (vec![cards, letters, networks], true),
        ] {
            let page = format!("{}<main><p>Text.</p></main>", parts.concat());
            assert_eq!(lives_on_visits(&Dom::parse(&page)), expected, "{page}");
        }
    }

    #[test]
    fn what_a_text_says_is_no_sign() {
        let page = "<main><p>Login, taboola, wp-content, googletagmanager and doubleclick: a glossary of \
                    outbrain, hotjar and onetrust. <a href=https://twitter.com/x>x</a></main>";
        assert!(!lives_on_visits(&Dom::parse(page)));
    }
}
