//! The candidates for the schema file that a `$ref` leads to.

use crate::text::decode;
use std::path::{Path, PathBuf};

/// The files in which a schema may be, in the order in which they are to be tried. The flag says whether the file's own `$id` must
/// be the address: then it was only guessed.
///
/// `uri` is the whole address, `written` what the `$ref` says, `from` the file in which it stands. `known` are the addresses that the
/// manifest gives, those of folders ending in `/`.
pub(super) fn candidates(
    uri: &str,
    written: &str,
    from: &Path,
    known: &[(String, PathBuf)],
) -> Vec<(PathBuf, bool)> {
    let mut found = Vec::new();
    if let Some((_, file)) = known.iter().find(|(address, _)| address == uri) {
        found.push((file.clone(), false));
    }
    // The longest folder is the nearest.
    let mut folders: Vec<&(String, PathBuf)> =
        known.iter().filter(|(address, _)| address.ends_with('/')).collect();
    folders.sort_by_key(|(address, _)| std::cmp::Reverse(address.len()));
    for (address, folder) in folders {
        if let Some(rest) = uri.strip_prefix(address.as_str()) {
            found.push((folder.join(rest), false));
        }
    }
    let folder = from.parent().unwrap_or_else(|| Path::new(""));
    let (written, _) = written.split_once('#').unwrap_or((written, ""));
    let decoded = decode(written);
    if written.contains("://") {
        if let Some(name) = decoded.rsplit('/').next().filter(|name| !name.is_empty()) {
            found.push((folder.join(name), true));
        }
    } else if !written.is_empty() && !written.starts_with("urn:") {
        // A file whose name contains a `%` comes first.
        found.push((folder.join(written), false));
        found.push((folder.join(&decoded), false));
        // A file that gives itself an address elsewhere still lies beside its neighbours.
        if let Some(name) = decoded.rsplit('/').next().filter(|name| !name.is_empty()) {
            found.push((folder.join(name), true));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_manifest_says_comes_first() {
        let known = [
            ("https://a.example/".to_owned(), PathBuf::from("all")),
            ("https://a.example/deep/".to_owned(), PathBuf::from("deep")),
        ];
        let found = candidates(
            "https://a.example/deep/x.json",
            "https://a.example/deep/x.json#/a",
            Path::new("s/y.json"),
            &known,
        );
        let paths: Vec<&str> = found.iter().filter_map(|(path, _)| path.to_str()).collect();
        assert_eq!(paths, ["deep/x.json", "all/deep/x.json", "s/x.json"]);
        let found = candidates("file:///s/x.json", "../x.json", Path::new("s/y.json"), &[]);
        assert_eq!(found[0], (PathBuf::from("s/../x.json"), false));
        let found = candidates("file:///s/my x.json", "my%20x.json#/a", Path::new("s/y.json"), &[]);
        assert_eq!(found[1], (PathBuf::from("s/my x.json"), false));
    }
}
