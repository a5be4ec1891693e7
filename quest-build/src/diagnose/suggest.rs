//! "Did you mean": near names, and lists of what is allowed.

/// At most this many suggestions: more is a list to search, not an answer.
const MOST: usize = 3;

/// The candidates that are near to what was written, the nearest first; none when nothing is near.
pub(crate) fn near<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let fold = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let folded = fold(written);
    let allowed = (written.chars().count() / 3).clamp(1, 4);
    let mut found: Vec<(usize, &str)> = candidates
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= allowed + 4)
        .filter_map(|candidate| {
            if candidate == written {
                return None;
            }
            if fold(candidate) == folded && !folded.is_empty() {
                return Some((0, candidate)); // only case or punctuation differs
            }
            let distance = strsim::osa_distance(written, candidate);
            (distance <= allowed).then_some((distance, candidate))
        })
        .collect();
    found.sort();
    found.dedup();
    let best = found.first().map_or(0, |(distance, _)| *distance);
    // A perfect match makes the others noise.
    found.retain(|(distance, _)| best > 0 || *distance == 0);
    found.truncate(MOST);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// A help line with the near candidates; `None` when there are none.
pub(crate) fn did_you_mean<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let near = near(written, candidates);
    (!near.is_empty()).then(|| format!("did you mean {}?", list(near.iter().copied(), "or")))
}

/// `` `a`, `b` or `c` ``
pub(crate) fn list<'a>(names: impl Iterator<Item = &'a str>, conjunction: &str) -> String {
    let mut names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} {conjunction} {last}", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_beats_distance() {
        let candidates = ["MainStory", "SideQuest", "main-story2"];
        assert_eq!(near("main-story", candidates.into_iter()), ["MainStory"]);
    }

    #[test]
    fn nothing_near_is_nothing() {
        assert!(near("Random", ["MainStory", "Bounty", "Daily"].into_iter()).is_empty());
    }

    #[test]
    fn at_most_three_nearest_first() {
        let candidates = ["find-a", "find-b", "find-c", "find-d", "find-dd"];
        assert_eq!(near("find-e", candidates.into_iter()), ["find-a", "find-b", "find-c"]);
        assert_eq!(near("find-decent", ["find-descent", "find-ascent"].into_iter())[0], "find-descent");
    }
}
