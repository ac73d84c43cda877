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

/// The address of a file beneath the site: what an address cannot hold, or would take for its query or fragment, is
/// escaped.
pub(crate) fn of_path(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_control() || " \"#%:<>?\\^`{|}".contains(c) {
            address.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            address.push(c);
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_addresses_whatever_their_names() {
        for (path, address) in [
            ("a/b-c_d.html", "a/b-c_d.html"),
            ("über/日本.html", "über/日本.html"),
            ("C# & F#?.html", "C%23%20&%20F%23%3F.html"),
            ("100%25.html", "100%2525.html"),
            ("javascript:alert(1).html", "javascript%3Aalert(1).html"),
            ("a\\b\n.md", "a%5Cb%0A.md"),
        ] {
            assert_eq!(of_path(path), address);
        }
    }

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
