//! Addresses: which of them may be shown as links, and what they say of pages.

/// Longer paths are no links to pages.
const LONGEST: usize = 500;

/// An address that a page may be linked by, tidied; `None` for whatever a browser would execute
/// (`javascript:`, `data:`) or cannot open, and for what looks like another place than it leads to (`//host/`,
/// `https://known.example@host/`).
pub(crate) fn safe(address: &str) -> Option<String> {
    // Browsers leave these out before they look at the scheme.
    let address: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    if address.is_empty() || address.chars().any(char::is_whitespace) {
        return None;
    }
    let slash = |c: char| c == '/' || c == '\\';
    if address.chars().take_while(|&c| slash(c)).count() > 1 {
        return None;
    }
    let scheme = address
        .split(['/', '\\', '?', '#'])
        .next()
        .and_then(|head| head.split_once(':'));
    match scheme {
        None => Some(address),
        Some((scheme, _)) => {
            let web = ["http", "https"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known));
            let rest = address[scheme.len() + 1..].trim_start_matches(slash);
            let host = rest.split(['/', '\\', '?', '#']).next();
            let plain = host.is_some_and(|host| !host.is_empty() && !host.contains('@'));
            (web && plain).then_some(address)
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

/// A link to another page of the same site, without what follows its path.
pub(crate) fn within(link: &str) -> Option<&str> {
    let link = link.trim();
    let path = link.split(['#', '?']).next().unwrap_or_default();
    let elsewhere =
        path.starts_with("//") || path.split('/').next().unwrap_or_default().contains(':');
    let file = path.rsplit('/').next().unwrap_or_default();
    // Pages have such an extension or none.
    let is_page = match file.rsplit_once('.') {
        Some((_, extension)) => file.starts_with('.') || extension.starts_with("htm"),
        None => true,
    };
    let fits = !path.is_empty() && path.len() < LONGEST && !path.contains(char::is_whitespace);
    (fits && is_page && !elsewhere).then_some(path)
}

/// The path of a full address, as a link within its site.
pub(crate) fn path_of(address: &str) -> Option<String> {
    let rest = address.trim();
    let rest = rest
        .strip_prefix("https://")
        .or_else(|| rest.strip_prefix("http://"))?;
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    within(path).map(str::to_string)
}

/// The address of a picture that a page shows, from the site's root or with its host.
pub(crate) fn of_picture(page: &str, source: &str) -> Option<String> {
    let source = safe(source)?;
    if source.starts_with('/') || source.contains("://") {
        return Some(source);
    }
    resolve(page, &source)
}

/// Where a link leads from a page: a path beneath the site, with the slash at its end if it has one. `None` where it
/// leads out of the site.
pub(crate) fn resolve(page: &str, link: &str) -> Option<String> {
    let (mut folders, link): (Vec<&str>, &str) = match link.strip_prefix('/') {
        Some(link) => (Vec::new(), link),
        None => {
            let mut folders: Vec<&str> = page.split('/').collect();
            folders.pop();
            (folders, link)
        }
    };
    let mut is_folder = link.is_empty();
    for part in link.split('/') {
        is_folder = false;
        match part {
            "" | "." => is_folder = true,
            ".." => {
                folders.pop()?;
                is_folder = true;
            }
            part => folders.push(part),
        }
    }
    let mut path = folders.join("/");
    if is_folder && !path.is_empty() {
        path.push('/');
    }
    Some(path)
}

/// The name of a page after its file: without extensions, after its folder where it is that folder's page.
pub(crate) fn name_of(path: &str) -> Option<&str> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let file = file.strip_suffix(".gz").unwrap_or(file);
    let stem = match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    };
    let lower = stem.to_ascii_lowercase();
    let folder = folders
        .rsplit('/')
        .next()
        .filter(|folder| !folder.is_empty());
    match lower.as_str() {
        "index" | "_index" => folder,
        "readme" => folder.or(Some(stem)),
        _ => Some(stem),
    }
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
    fn an_address_leads_where_it_seems_to_lead() {
        for (address, expected) in [
            ("/a/b.html", true),
            ("a//b", true),
            ("https://a.example/b@c", true),
            ("HTTP://a.example", true),
            ("//evil.example/a", false),
            ("/\\evil.example", false),
            ("\\\\evil.example", false),
            ("/\t/evil.example", false),
            ("https://known.example@evil.example/", false),
            ("https:\\\\known.example@evil.example", false),
            ("https:///known.example@evil.example", false),
            ("https://", false),
            ("java\tscript:alert(1)", false),
        ] {
            assert_eq!(safe(address).is_some(), expected, "{address}");
        }
    }

    #[test]
    fn links_lead_to_paths_beneath_the_site() {
        for (page, link, expected) in [
            ("a/index.html", "../b/", Some("b/")),
            ("a/index.html", "..", Some("")),
            ("a/b.html", "c.html", Some("a/c.html")),
            ("a/b.html", ".", Some("a/")),
            ("a/b.html", "/x/y", Some("x/y")),
            ("a/b.html", "/", Some("")),
            ("b.html", "../c.html", None),
        ] {
            assert_eq!(resolve(page, link).as_deref(), expected, "{page} {link}");
        }
        for (link, expected) in [
            ("a/b.html?x#y", Some("a/b.html")),
            ("..", Some("..")),
            ("#top", None),
            ("https://a.example/b", None),
            ("//a.example/b", None),
            ("mailto:a@b.example", None),
            ("logo.png", None),
        ] {
            assert_eq!(within(link), expected, "{link}");
        }
    }

    #[test]
    fn pages_are_named_after_their_files() {
        for (path, expected) in [
            ("notes/Holiday plans.txt", Some("Holiday plans")),
            ("a.txt.gz", Some("a")),
            ("guide/index.html", Some("guide")),
            ("index.html", None),
            ("README.md", Some("README")),
            ("lamps/README.md", Some("lamps")),
            ("v1.2.md", Some("v1.2")),
        ] {
            assert_eq!(name_of(path), expected, "{path}");
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
