//! Ids that had other paths in earlier releases (`[renames]` in the manifest).

use super::records;
use crate::Row;
use crate::format::{RENAME, RENAME_KIND, RENAME_OLD, RENAME_ROW};

/// The former paths of the ids of all kinds. There are few, and only a path that no id has is looked up, so they are searched one after
/// the other.
#[derive(Clone, Copy)]
pub struct Renames(&'static [Row<RENAME>]);

impl Renames {
    /// Those in a section.
    #[must_use]
    pub const fn read(data: &'static [u8], section: usize) -> Self {
        Self(records(data, section))
    }

    /// The row of the id of a kind, by its number, that had this path.
    #[must_use]
    pub fn find(self, text: &'static str, kind: u16, path: &str) -> Option<u32> {
        self.row(text, kind, |old| old == path)
    }

    /// The same for a path in two parts: the path of a parent as `parent` prints it, and an id of its own.
    #[must_use]
    pub fn find_in(
        self,
        text: &'static str,
        kind: u16,
        parent: &dyn core::fmt::Display,
        own: &str,
    ) -> Option<u32> {
        self.row(text, kind, |old| is_path(old, parent, own))
    }

    fn row(self, text: &'static str, kind: u16, is_old: impl Fn(&str) -> bool) -> Option<u32> {
        let is_it = |row: &&Row<RENAME>| row.u16(RENAME_KIND) == kind && is_old(row.text(text, RENAME_OLD));
        self.0.iter().find(is_it).map(|row| row.u32(RENAME_ROW))
    }
}

/// Whether a path consists of these parts, without writing them into a string.
fn is_path(path: &str, parent: &dyn core::fmt::Display, own: &str) -> bool {
    /// What has not been printed yet.
    struct Rest<'a>(&'a str);

    impl core::fmt::Write for Rest<'_> {
        fn write_str(&mut self, printed: &str) -> core::fmt::Result {
            self.0 = self.0.strip_prefix(printed).ok_or(core::fmt::Error)?;
            Ok(())
        }
    }

    let mut rest = Rest(path);
    core::fmt::write(&mut rest, format_args!("{parent}:{own}")).is_ok() && rest.0.is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_path;

    #[test]
    fn a_path_is_compared_in_parts() {
        assert!(is_path("a:b:c", &"a:b", "c") && is_path("a:b:c", &"a", "b:c"));
        for (path, parent, own) in [("a:b", "a", "c"), ("a:b", "a", "bc"), ("a:bc", "a", "b"), ("a", "a", "")]
        {
            assert!(!is_path(path, &parent, own), "{path}");
        }
    }
}
