//! Where things are in what is written: names of files that any file system can hold, and that stay the same as long as the ids do.

use quest_compiler::schema::{KindId, Model};

/// Longer names are cut, and told apart by a number.
const LONGEST: usize = 100;

/// The text of an id as the name of a file: the same for no two ids, also where case does not count, and nothing in it has a meaning in
/// addresses. `Rusted Blade` is `=rusted~20=blade`.
pub(crate) fn file_name(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for (at, byte) in id.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' => out.push(char::from(byte)),
            b'-' | b'.' if at > 0 => out.push(char::from(byte)),
            b'A'..=b'Z' => {
                out.push('=');
                out.push(char::from(byte.to_ascii_lowercase()));
            }
            other => out.push_str(&format!("~{other:02x}")),
        }
    }
    if out.len() > LONGEST {
        let hash = quest_format::hash(id.as_bytes(), 0);
        out.truncate(LONGEST);
        out.push_str(&format!("~~{hash:016x}"));
    }
    out
}

/// The name of a kind as the name of a folder.
pub(crate) fn folder(model: &Model, kind: KindId) -> String {
    file_name(&model.kind(kind).path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_readable_and_differ_where_ids_do() {
        assert_eq!(file_name("iron-path"), "iron-path");
        assert_eq!(file_name("Rusted Blade"), "=rusted~20=blade");
        assert_eq!(file_name("../x"), "~2e.~2fx");
        let long = "a".repeat(300);
        let ids = ["a/b", "a~2fb", "A", "a", "=a", "ä", "%41", "quest:x", long.as_str(), &long[1..]];
        let names: HashSet<String> = ids.iter().map(|id| file_name(id).to_lowercase()).collect();
        assert_eq!(names.len(), ids.len());
        for name in names {
            assert!(
                name.len() < 130 && !name.contains(['/', '\\', '%', '#', '?', ':', '*', '"', '<', '>', '|']),
                "{name}"
            );
        }
    }
}
