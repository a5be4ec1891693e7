//! URIs: as much of RFC 3986 as `$id` and `$ref` need.

/// A URI without its fragment, and the fragment.
pub(super) fn split(uri: &str) -> (&str, Option<&str>) {
    match uri.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (uri, None),
    }
}

/// The scheme with its `:`, and the rest, if the URI has a scheme.
fn scheme(uri: &str) -> Option<(&str, &str)> {
    let colon = uri.find(':')?;
    let name = &uri[..colon];
    let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| uri.split_at(colon + 1))
}

/// The authority with its `//`, and the path after it.
fn authority(rest: &str) -> (&str, &str) {
    match rest.strip_prefix("//") {
        Some(after) => rest.split_at(2 + after.find(['/', '?']).unwrap_or(after.len())),
        None => ("", rest),
    }
}

/// Resolves a reference against a base URI (RFC 3986, section 5.2). Fragments are dropped.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let (base, _) = split(base);
    let (reference, _) = split(reference);
    if reference.is_empty() {
        return base.to_owned();
    }
    if let Some((name, rest)) = scheme(reference) {
        let (host, path) = authority(rest);
        return format!("{name}{host}{}", without_dots(path));
    }
    let (name, rest) = scheme(base).unwrap_or(("", base));
    if reference.starts_with("//") {
        return format!("{name}{reference}");
    }
    let (host, path) = authority(rest);
    let path = path.split('?').next().unwrap_or(path);
    if reference.starts_with('/') {
        return format!("{name}{host}{}", without_dots(reference));
    }
    if reference.starts_with('?') {
        return format!("{name}{host}{path}{reference}");
    }
    let folder = match path.rfind('/') {
        Some(slash) => &path[..=slash],
        None if host.is_empty() => "",
        None => "/",
    };
    format!("{name}{host}{}", without_dots(&format!("{folder}{reference}")))
}

/// Removes the segments `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').collect();
    let last = segments.len() - 1;
    for (at, segment) in segments.into_iter().enumerate() {
        match segment {
            "." if at == last => out.push(""),
            "." => {}
            ".." => {
                if out.len() > 1 || out.first().is_some_and(|first| !first.is_empty()) {
                    out.pop();
                }
                if at == last {
                    out.push("");
                }
            }
            _ => out.push(segment),
        }
    }
    out.join("/")
}

/// Decodes percent escapes such as `%2F`; a `%` that starts no escape is kept.
pub(super) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc() {
        let base = "http://a/b/c/d;p?q";
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("g;x=1/../y", "http://a/b/c/y"),
        ] {
            assert_eq!(resolve(base, reference), expected, "{reference}");
        }
    }

    #[test]
    fn addresses_without_a_path() {
        assert_eq!(resolve("http://localhost:1234", "a.json"), "http://localhost:1234/a.json");
        assert_eq!(resolve("urn:uuid:1", "#a"), "urn:uuid:1");
        assert_eq!(resolve("file:///a/b.json", "../c.json#/x"), "file:///c.json");
        assert_eq!(decode("a%25b%2Fc%zz%"), "a%b/c%zz%");
    }
}
