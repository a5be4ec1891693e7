//! Every link of a site leads to a file of it, and to a place that is there. Pages are ours, so attributes are found by reading on.

use std::collections::{BTreeMap, BTreeSet};

/// The values of an attribute.
fn values<'t>(text: &'t str, attribute: &str) -> Vec<&'t str> {
    let begin = format!(" {attribute}=\"");
    let parts = text.split(&begin).skip(1);
    parts.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Panics at a link that leads nowhere, at places of one name, and at anything from the network.
pub(crate) fn check(files: &BTreeMap<String, String>) {
    let mut places: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let mut ids = BTreeSet::new();
        for id in values(text, "id") {
            assert!(ids.insert(id), "{name}: two places are called {id}");
        }
        places.insert(name, ids);
    }
    let mut links = 0;
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        for attribute in ["href", "src", "action", "data-src"] {
            for link in values(text, attribute).into_iter().filter(|link| *link != "data:,") {
                assert!(!link.contains(':') || link.contains('#'), "{name}: {link} leaves the site");
                let (path, place) = link.split_once('#').unwrap_or((link, ""));
                let path = path.split('?').next().unwrap();
                let target = if path.is_empty() { name.clone() } else { resolve(name, path) };
                assert!(files.contains_key(&target), "{name}: {link} leads to no file ({target})");
                let known = place.is_empty() || places.get(&*target).is_some_and(|ids| ids.contains(place));
                assert!(known, "{name}: {link} leads to no place");
                links += 1;
            }
        }
    }
    assert!(links > files.len(), "{links} links");
    // The search has the same addresses.
    for line in files["search.js"].lines().filter(|line| line.starts_with('[')) {
        let href = line.trim_end_matches("\"],").rsplit('"').next().unwrap();
        let (path, place) = href.split_once('#').unwrap_or((href, ""));
        let known = places.get(path).is_some_and(|ids| place.is_empty() || ids.contains(place));
        assert!(known, "search.js: {line}");
    }
}

/// A relative address, as seen from a page.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        if part == ".." {
            assert!(parts.pop().is_some(), "{page}: {link} leaves the site");
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}
