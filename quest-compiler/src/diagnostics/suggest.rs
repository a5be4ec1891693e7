//! Help lines about names: "did you mean", and lists of what is allowed.

pub use quest_format::suggest::{certain, near};

/// At most this many names are listed when none is similar.
const FEW: usize = 8;

/// A help line with the similar candidates; `None` if there are none.
pub fn did_you_mean<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    did_you_mean_one_of(&near(written, candidates))
}

/// A help line with candidates that are known to be similar.
pub fn did_you_mean_one_of(near: &[&str]) -> Option<String> {
    (!near.is_empty()).then(|| format!("did you mean {}?", list(near, "or")))
}

/// A help line with all names, if they are few.
pub fn few<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
        if unique.len() > FEW {
            return None;
        }
    }
    match unique.as_slice() {
        [only] => Some(format!("there is only `{only}`")),
        names @ [_, ..] => Some(format!("there are {}", list(names, "and"))),
        _ => None,
    }
}

/// `` `a`, `b` or `c` ``; an empty text is shown in quotes.
pub fn list<T: AsRef<str>>(names: &[T], conjunction: &str) -> String {
    let mut quoted = Vec::new();
    for name in names {
        let name = name.as_ref();
        quoted.push(format!("`{}`", if name.is_empty() { "\"\"" } else { name }));
    }
    let last = quoted.pop().unwrap_or_default();
    if quoted.is_empty() { last } else { format!("{} {conjunction} {last}", quoted.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_names_are_listed() {
        assert_eq!(few(["a", "b", "c"].into_iter()).unwrap(), "there are `a`, `b` and `c`");
        assert_eq!(few(["a"].into_iter()).unwrap(), "there is only `a`");
        assert_eq!(few(["a", "b", "a"].into_iter()).unwrap(), "there are `a` and `b`");
        assert_eq!(few(["x"; 0].into_iter()), None);
        assert_eq!(few("abcdefghi".split("").filter(|name| !name.is_empty())), None);
        assert_eq!(list(&["", "a"], "or"), "`\"\"` or `a`");
    }
}
