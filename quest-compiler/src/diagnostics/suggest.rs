//! "Did you mean": near names, and lists of what is allowed.

/// At most this many suggestions: more is a list to search, not an answer.
const MOST: usize = 3;
/// At most this many names are listed when none is near.
const FEW: usize = 8;

/// The candidates that are near to what was written, the nearest first; none when nothing is near.
///
/// Near is what differs by a slip of the fingers, measured by the words that differ and not by those that are the same: `soup-writ`
/// has little to do with `route-writ`. If nothing is, the one candidate that has words more or less than were written is what was meant.
pub fn near<'a>(written: &str, mut candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    nearest(written, &mut || candidates.next())
}

/// Names, one after the other. What takes them is compiled once and not for each of forty sorts of iterators, which was a twentieth of the
/// code of this crate; a `dyn Iterator` would still compile sizes of each and skipping in each, which is 20,000 lines of LLVM IR.
type Names<'n, 'a> = &'n mut dyn FnMut() -> Option<&'a str>;

fn nearest<'a>(written: &str, candidates: Names<'_, 'a>) -> Vec<&'a str> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    let (mut longer, mut shorter): (Vec<&str>, Vec<&str>) = Default::default();
    if written.is_empty() {
        return Vec::new();
    }
    while let Some(candidate) = candidates() {
        if candidate == written || candidate.is_empty() {
            continue;
        }
        if same_signs(written, candidate) {
            found.push((0, candidate)); // only case or punctuation differs
            continue;
        }
        let (mine, other) = differing_words(written, candidate);
        if mine.is_empty() && written.len() > 2 {
            longer.push(candidate);
            continue;
        }
        if other.is_empty() && mine.len() < candidate.len() {
            shorter.push(candidate);
            continue;
        }
        let (length, others) = (mine.chars().count(), other.chars().count());
        let allowed = (length.max(others) / 3).clamp(1, 4);
        if length.abs_diff(others) <= allowed && other_letters(mine, other) <= allowed {
            let distance = strsim::osa_distance(&mine.to_lowercase(), &other.to_lowercase());
            if distance <= allowed {
                found.push((distance.max(1), candidate));
                continue;
            }
        }
        if written.len() == candidate.len()
            && other_letters(written, candidate) == 0
            && same_words(written, candidate)
        {
            found.push((1, candidate));
        }
    }
    found.sort();
    found.dedup();
    let best = found.first().map_or(0, |(distance, _)| *distance);
    // The better the best, the less the others are worth; a perfect match makes them noise.
    found.retain(|(distance, _)| distance * 2 <= best * 3);
    found.truncate(MOST);
    if !found.is_empty() {
        return found.into_iter().map(|(_, candidate)| candidate).collect::<Vec<_>>();
    }
    longer.dedup();
    shorter.dedup();
    match (longer.as_slice(), shorter.as_slice()) {
        ([only], _) | ([], [only]) => vec![only],
        _ => Vec::new(),
    }
}

/// How many letters of one are not in the other, at least. It takes no more time than to look at them once, and two texts cannot be
/// nearer to each other.
fn other_letters(one: &str, other: &str) -> usize {
    if !one.is_ascii() || !other.is_ascii() {
        return 0;
    }
    let mut counts = [0i32; 32];
    // These bits do not tell capital letters from small ones.
    one.bytes().for_each(|byte| counts[usize::from(byte & 31)] += 1);
    other.bytes().for_each(|byte| counts[usize::from(byte & 31)] -= 1);
    let mine: i32 = counts.iter().filter(|count| **count > 0).sum();
    let theirs: i32 = counts.iter().filter(|count| **count < 0).sum();
    mine.max(-theirs).unsigned_abs() as usize
}

/// Whether letters and digits are the same, whatever their case.
fn same_signs(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        // Nearly all ids: what letters of other scripts need takes five times as long.
        return ascii_signs(one).eq(ascii_signs(other)) && ascii_signs(one).next().is_some();
    }
    signs(one).eq(signs(other)) && signs(one).next().is_some()
}

fn ascii_signs(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

fn signs(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// What is left of two texts without the words with which both begin and with which both end.
fn differing_words<'t>(one: &'t str, other: &'t str) -> (&'t str, &'t str) {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let front = (0..=same).rev().find(|at| word_ends(one, *at) && word_ends(other, *at)).unwrap_or(0);
    let (one, other) = (&one[front..], &other[front..]);
    let back = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b);
    let same: usize = back.map(|(a, _)| a.len_utf8()).sum();
    let fits = |back: &usize| word_ends(one, one.len() - back) && word_ends(other, other.len() - back);
    let back = (0..=same).rev().find(fits).unwrap_or(0);
    (&one[..one.len() - back], &other[..other.len() - back])
}

/// Whether a word ends, or begins, at a byte: beside a sign that is no letter, at an end, or before a capital letter.
fn word_ends(text: &str, at: usize) -> bool {
    if !text.is_char_boundary(at) {
        return false;
    }
    let (before, behind) = (text[..at].chars().next_back(), text[at..].chars().next());
    match (before, behind) {
        (Some(before), Some(behind)) => {
            !before.is_alphanumeric()
                || !behind.is_alphanumeric()
                || (before.is_lowercase() && behind.is_uppercase())
        }
        _ => true,
    }
}

/// Whether two texts are made of the same words in another order.
fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &'_ str| {
        let ends = (1..text.len()).filter(|at| word_ends(text, *at)).chain([text.len()]);
        let mut words: Vec<String> = ends
            .scan(0, |start, end| Some(text[std::mem::replace(start, end)..end].to_lowercase()))
            .filter(|word| word.contains(char::is_alphanumeric))
            .collect();
        words.sort();
        words
    };
    let of_one = words(one);
    of_one.len() > 1 && of_one == words(other)
}

/// The one near name that was certainly meant: only case or signs between the letters differ, or it is a slip of one finger in a longer
/// word. Numbers must be the same: `gate-1` may well be meant to be a gate that is still to come, and not `gate-2`.
pub fn certain<'a>(written: &str, near: &[&'a str]) -> Option<&'a str> {
    let [only] = near else { return None };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (mine, other) = differing_words(written, only);
    let slip = || {
        let length = mine.chars().count().min(other.chars().count());
        length >= 4 && strsim::osa_distance(mine, other) <= (length / 5).max(1)
    };
    (same_signs(written, only) || (digits(written) == digits(only) && slip())).then_some(only)
}

/// A help line with the near candidates; `None` when there are none.
pub fn did_you_mean<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    did_you_mean_one_of(&near(written, candidates))
}

/// A help line with candidates that are known to be near.
pub fn did_you_mean_one_of(near: &[&str]) -> Option<String> {
    (!near.is_empty()).then(|| format!("did you mean {}?", list(near, "or")))
}

/// A help line with all names there are, if they are few.
pub fn few<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<String> {
    all_of_few(&mut || names.next())
}

fn all_of_few(names: Names<'_, '_>) -> Option<String> {
    let mut unique: Vec<&str> = Vec::new();
    while let Some(name) = names() {
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

/// `` `a`, `b` or `c` ``; a text without signs is shown in its quotes.
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
        assert_eq!(near("find-decent", ["find-descent", "find-ascent"].into_iter()), ["find-descent"]);
    }

    #[test]
    fn words_in_common_do_not_make_others_near() {
        assert!(near("soup-writ", ["route-writ", "ward-writ"].into_iter()).is_empty());
        assert!(near("item-rusty-key", ["item-rune-key"].into_iter()).is_empty());
        assert_eq!(
            near("enemy-rust-lrod", ["enemy-rust-lord", "enemy-rust-horror"].into_iter()),
            ["enemy-rust-lord"]
        );
        assert_eq!(near("rout-writ", ["route-writ", "ward-writ"].into_iter()), ["route-writ"]);
    }

    #[test]
    fn what_is_certain() {
        assert_eq!(certain("main-story", &["MainStory"]), Some("MainStory"));
        assert_eq!(certain("find-decent", &["find-descent"]), Some("find-descent"));
        assert_eq!(certain("descrption", &["description"]), Some("description"));
        assert_eq!(certain("gate-1", &["gate_1"]), Some("gate_1"));
        assert_eq!(certain("gate-1", &["gate-2"]), None);
        assert_eq!(certain("mia", &["mia_npc"]), None);
        assert_eq!(certain("key", &["kay"]), None);
        assert_eq!(certain("find-decent", &["find-descent", "find-recent"]), None);
    }

    #[test]
    fn words_that_were_left_out() {
        assert_eq!(near("salvage-run", ["salvage-run-daily", "salvage"].into_iter()), ["salvage-run-daily"]);
        assert_eq!(near("mia", ["mia_npc", "miami"].into_iter()), ["mia_npc"]);
        assert_eq!(near("kjartan", ["npc-kjartan", "npc-bjorn"].into_iter()), ["npc-kjartan"]);
        assert_eq!(near("nextStage", ["nextStageId", "next"].into_iter()), ["nextStageId"]);
        assert!(near("rust", ["rust-lord", "rust-horror"].into_iter()).is_empty());
        assert_eq!(near("milestone", ["milestones", "milestone-ids"].into_iter()), ["milestones"]);
        assert_eq!(near("return-to-kjartan", ["return-kjartan", "kjartan"].into_iter()), ["return-kjartan"]);
        assert!(near("soup-writ", ["writ"].into_iter()).is_empty());
    }

    #[test]
    fn words_in_another_order() {
        assert_eq!(near("StartQuest", ["QuestStart", "QuestUpdate"].into_iter()), ["QuestStart"]);
        assert_eq!(near("path-iron", ["iron-path"].into_iter()), ["iron-path"]);
    }

    #[test]
    fn signs_beyond_ascii() {
        assert_eq!(near("höhle-ö", ["höhle-ä", "hö"].into_iter()), ["höhle-ä"]);
        assert_eq!(near("ÄRGER", ["ärger"].into_iter()), ["ärger"]);
    }

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
