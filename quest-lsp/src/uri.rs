//! Paths of files and their URIs.

use gen_lsp_types::Uri;
use std::path::{Path, PathBuf};
use url::Url;

/// The path of a file; `None` for what is no file, such as a text that was never saved.
pub(crate) fn path(uri: &str) -> Option<PathBuf> {
    Url::parse(uri).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}

/// The URI of a file.
pub(crate) fn uri(path: &Path) -> Option<Uri> {
    let absolute = std::path::absolute(path).ok()?;
    Url::from_file_path(absolute).ok().map(|url| Uri(url.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_editors_send_is_read() {
        let read = |text: &str| path(text).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(read("file:///a/b%20c.json").as_deref(), Some("/a/b c.json"));
        // Some editors send what should be escaped.
        assert_eq!(read("file:///a/é [b].json").as_deref(), Some("/a/é [b].json"));
        assert_eq!(read("untitled:Untitled-1"), None);
        assert_eq!(read("nonsense"), None);
        assert_eq!(uri(Path::new("/a/é.json")), Some(Uri("file:///a/%C3%A9.json".to_owned())));
    }
}
