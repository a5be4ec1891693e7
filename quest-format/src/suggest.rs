//! "Did you mean": which of the names that exist was meant by one that does not.
//!
//! The compiler asks it about content, schemas and manifests, the macros about ids in game code, so that both answer
//! alike.

use alloc::string::String;
use alloc::vec::Vec;

/// The most suggestions for one name.
const MAX_SUGGESTIONS: usize = 3;

/// The candidates that `written` may be a misspelling of, the nearest first: at most three, because more is a list to
/// search and not an answer. Empty if nothing is near.
///
/// What counts is the words that differ, not the words in common: `soup-writ` is not near to `route-writ`, which shares
/// half of its letters, but `rout-writ` is. If no candidate differs by a slip of the fingers, the only candidate that
/// has more or fewer words than were written is suggested.
///
/// ```
/// use quest_format::suggest::near;
///
/// assert_eq!(near("find-decent", ["find-descent", "find-ascent"]), ["find-descent"]);
/// assert_eq!(near("kjartan", ["npc-kjartan", "npc-bjorn"]), ["npc-kjartan"]);
/// assert!(near("soup-writ", ["route-writ"]).is_empty());
/// ```
pub fn near<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut nearest = Nearest::default();
    if !written.is_empty() {
        candidates.into_iter().for_each(|candidate| nearest.add(written, candidate));
    }
    nearest.finish()
}

/// The candidates so far that are near.
#[derive(Default)]
struct Nearest<'a> {
    /// Misspellings, with their distance.
    misspelt: Vec<(usize, &'a str)>,
    /// Candidates that are what was written and some words more.
    longer: Vec<&'a str>,
    /// Candidates of which what was written has some words more.
    shorter: Vec<&'a str>,
    /// Candidates with another ending of the same word.
    inflected: Vec<&'a str>,
}

impl<'a> Nearest<'a> {
    fn add(&mut self, written: &str, candidate: &'a str) {
        if candidate == written || candidate.is_empty() {
            return;
        }
        if same_alphanumerics(written, candidate) {
            self.misspelt.push((0, candidate)); // only case or punctuation differs
            return;
        }
        let (mine, other) = differing_words(written, candidate);
        if mine.is_empty() && written.len() > 2 {
            self.longer.push(candidate);
        } else if other.is_empty() && mine.len() < candidate.len() {
            self.shorter.push(candidate);
        } else if let Some(distance) = distance(mine, other) {
            self.misspelt.push((distance.max(1), candidate));
        } else if written.len() == candidate.len()
            && min_edits(written, candidate) == 0
            && same_words(written, candidate)
        {
            self.misspelt.push((1, candidate));
        } else if same_stem(mine, other) {
            self.inflected.push(candidate);
        }
    }

    fn finish(self) -> Vec<&'a str> {
        let Self { mut misspelt, mut longer, mut shorter, mut inflected } = self;
        misspelt.sort_unstable();
        misspelt.dedup();
        let best = misspelt.first().map_or(0, |(distance, _)| *distance);
        // The better the best, the less the others are worth; a perfect match makes them noise.
        misspelt.retain(|(distance, _)| distance * 2 <= best * 3);
        misspelt.truncate(MAX_SUGGESTIONS);
        if !misspelt.is_empty() {
            return misspelt.into_iter().map(|(_, candidate)| candidate).collect();
        }
        longer.dedup();
        shorter.dedup();
        inflected.dedup();
        match (longer.as_slice(), shorter.as_slice(), inflected.as_slice()) {
            ([only], _, _) | ([], [only], _) | ([], [], [only]) => alloc::vec![*only],
            _ => Vec::new(),
        }
    }
}

/// Whether two words are forms of one, such as `notify` and `notification`: they begin alike, for at least four letters
/// and two thirds of the shorter one.
fn same_stem(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let shorter = one.chars().count().min(other.chars().count());
    same >= 4 && same * 3 >= shorter * 2
}

/// The edit distance between two words, if it is that of a slip: a third of the longer one, between 1 and 4.
fn distance(one: &str, other: &str) -> Option<usize> {
    let (length, others) = (one.chars().count(), other.chars().count());
    let allowed = (length.max(others) / 3).clamp(1, 4);
    if length.abs_diff(others) > allowed || min_edits(one, other) > allowed {
        return None;
    }
    let distance = strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase());
    Some(distance).filter(|distance| *distance <= allowed)
}

/// A lower bound of the edit distance, found in one pass: how many letters of one text are not in the other.
fn min_edits(one: &str, other: &str) -> usize {
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

/// Whether letters and digits are the same, whatever their case and what stands between them: names in different styles.
///
/// ```
/// use quest_format::suggest::same_alphanumerics;
///
/// assert!(same_alphanumerics("find-descent", "FindDescent"));
/// assert!(!same_alphanumerics("find-descent", "FindDecent"));
/// ```
#[must_use]
pub fn same_alphanumerics(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        // Nearly all ids are ASCII, and the general comparison takes five times as long.
        return ascii_alphanumerics(one).eq(ascii_alphanumerics(other))
            && ascii_alphanumerics(one).next().is_some();
    }
    alphanumerics(one).eq(alphanumerics(other)) && alphanumerics(one).next().is_some()
}

fn ascii_alphanumerics(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

fn alphanumerics(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// What remains of two texts without the words with which both begin and those with which both end, whatever their case.
fn differing_words<'t>(one: &'t str, other: &'t str) -> (&'t str, &'t str) {
    let alike = |(a, b): &(char, char)| a.eq_ignore_ascii_case(b);
    let same = one.chars().zip(other.chars()).take_while(alike).map(|(a, _)| a.len_utf8()).sum();
    let front = (0..=same).rev().find(|at| word_ends(one, *at) && word_ends(other, *at)).unwrap_or(0);
    let (one, other) = (&one[front..], &other[front..]);
    let back = one.chars().rev().zip(other.chars().rev()).take_while(alike);
    let same: usize = back.map(|(a, _)| a.len_utf8()).sum();
    let fits = |back: &usize| word_ends(one, one.len() - back) && word_ends(other, other.len() - back);
    let back = (0..=same).rev().find(fits).unwrap_or(0);
    (&one[..one.len() - back], &other[..other.len() - back])
}

/// Whether a byte is a word boundary: an end of the text, beside punctuation, or before a capital letter.
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

/// Whether two texts consist of the same words in another order.
fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &'_ str| {
        let ends = (1..text.len()).filter(|at| word_ends(text, *at)).chain([text.len()]);
        let mut words: Vec<String> = ends
            .scan(0, |start, end| Some(text[core::mem::replace(start, end)..end].to_lowercase()))
            .filter(|word| word.contains(char::is_alphanumeric))
            .collect();
        words.sort();
        words
    };
    let of_one = words(one);
    of_one.len() > 1 && of_one == words(other)
}

/// The one name of `near` that was certainly meant, so that a tool may correct it: only case or punctuation differs, or
/// one letter of a longer word. Digits must be the same: `gate-1` may be a gate that is yet to be written, and not a
/// misspelt `gate-2`.
#[must_use]
pub fn certain<'a>(written: &str, near: &[&'a str]) -> Option<&'a str> {
    let [only] = near else { return None };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (mine, other) = differing_words(written, only);
    let slip = || {
        let length = mine.chars().count().min(other.chars().count());
        length >= 4 && strsim::osa_distance(mine, other) <= (length / 5).max(1)
    };
    (same_alphanumerics(written, only) || (digits(written) == digits(only) && slip())).then_some(only)
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
    fn words_count_whatever_their_case() {
        assert_eq!(near("giver", ["questGiver", "quests"]), ["questGiver"]);
        assert_eq!(near("optional", ["isOptional", "isHidden"]), ["isOptional"]);
        assert_eq!(near("QuestGiverName", ["questGiver", "name"]), ["questGiver"]);
    }

    #[test]
    fn another_form_of_a_word_is_the_last_resort() {
        assert_eq!(near("Notify", ["Notification", "GrantItem"]), ["Notification"]);
        assert_eq!(near("Collecting", ["Collect", "Collector"]), ["Collect", "Collector"]);
        assert!(near("notary", ["Notification", "Notebook"]).is_empty());
        assert!(near("rest", ["restless", "restaurant"]).is_empty());
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
}
