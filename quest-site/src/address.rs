//! File names made from ids: any file system can hold them, and they change only if the id does.

/// Longer names, in bytes, are cut and told apart by a hash.
const MAX_NAME: usize = 100;

/// The text of an id as a file name. Names of different ids differ also on file systems that ignore case, and need no escaping in URLs:
/// `Rusted Blade` becomes `=rusted~20=blade`.
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
    if out.len() > MAX_NAME {
        let hash = quest_format::hash(id.as_bytes(), 0);
        out.truncate(MAX_NAME);
        out.push_str(&format!("~~{hash:016x}"));
    }
    out
}

/// The path of a page of something that has several, counted from 0: `lists/npc.html`, then `lists/npc,2.html`. No file name has a comma.
pub(crate) fn page_path(stem: &str, page: usize, extension: &str) -> String {
    if page == 0 { format!("{stem}.{extension}") } else { format!("{stem},{}.{extension}", page + 1) }
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

    #[test]
    fn pages_after_the_first_are_numbered() {
        assert_eq!(page_path("lists/npc", 0, "html"), "lists/npc.html");
        assert_eq!(page_path("lists/npc", 1, "html"), "lists/npc,2.html");
    }
}
