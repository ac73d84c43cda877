//! Addresses that may be shown as links.

/// An address that a page may be linked by, tidied; `None` for whatever a browser would execute
/// (`javascript:`, `data:`) or cannot open.
pub(crate) fn safe(address: &str) -> Option<String> {
    // Browsers leave these out before they look at the scheme.
    let address: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    if address.is_empty() || address.chars().any(char::is_whitespace) {
        return None;
    }
    let scheme = address
        .split(['/', '?', '#'])
        .next()
        .and_then(|head| head.split_once(':'));
    match scheme {
        None => Some(address),
        Some((scheme, _)) => {
            let web = ["http", "https"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known));
            web.then_some(address)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_and_paths_are_safe() {
        for address in [
            "https://a.example/b",
            "/a/b?c:d",
            "a/b.html",
            "../x#y:z",
            "HTTP://a",
        ] {
            assert_eq!(safe(address).as_deref(), Some(address));
        }
        for address in [
            "javascript:alert(1)",
            " java\nscript:x",
            "data:text/html,x",
            "",
            "a b",
        ] {
            assert_eq!(safe(address), None, "{address}");
        }
    }
}
