//! Characters that look like others, or like nothing: named by their code points, because no screen tells them apart.

/// Letters of other scripts that look like Latin ones, each before the letter it looks like.
const LETTERS: &str =
    "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwАAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXαaοoνvρpιiκkΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";
/// Marks that look like a hyphen.
const DASHES: [char; 9] = [
    '\u{ad}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}', '\u{fe63}',
];
/// Spaces that are not the space of the keyboard.
const SPACES: [char; 5] = ['\u{a0}', '\u{202f}', '\u{2007}', '\u{2009}', '\u{3000}'];
/// Characters that take no place on the screen.
const INVISIBLE: [char; 12] = [
    '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{202d}',
    '\u{202e}', '\u{2060}', '\u{2066}', '\u{feff}',
];
/// Combining marks, each with pairs of a letter and what both are as one character.
const COMPOSED: [(char, &str); 14] = [
    ('\u{300}', "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồYỲyỳ"),
    (
        '\u{301}',
        "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôố",
    ),
    ('\u{302}', "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑ"),
    ('\u{303}', "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗYỸyỹ"),
    ('\u{304}', "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳGḠgḡ"),
    ('\u{306}', "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ"),
    ('\u{307}', "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧTṪtṫWẆwẇXẊxẋYẎyẏ"),
    ('\u{308}', "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
    ('\u{30a}', "AÅaåUŮuůwẘyẙ"),
    ('\u{30b}', "OŐoőUŰuű"),
    ('\u{30c}', "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
    ('\u{323}', "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọUỤuụYỴyỵ"),
    ('\u{327}', "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
    ('\u{328}', "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
];

/// What a character looks like: `None` if it looks like itself, an empty text if it cannot be seen.
fn looks_like(c: char) -> Option<&'static str> {
    if c.is_ascii() {
        return None;
    }
    if INVISIBLE.contains(&c) {
        return Some("");
    }
    if SPACES.contains(&c) {
        return Some(" ");
    }
    if DASHES.contains(&c) {
        return Some("-");
    }
    let mut letters = LETTERS.char_indices();
    while let (Some((_, letter)), Some((at, latin))) = (letters.next(), letters.next()) {
        if letter == c {
            return LETTERS.get(at..at + latin.len_utf8());
        }
    }
    None
}

/// A letter and a combining mark as one character.
fn composed(letter: char, mark: char) -> Option<char> {
    let (_, pairs) = COMPOSED.iter().find(|(of, _)| *of == mark)?;
    let mut pairs = pairs.chars();
    while let (Some(base), Some(whole)) = (pairs.next(), pairs.next()) {
        if base == letter {
            return Some(whole);
        }
    }
    None
}

/// The text as it looks: with the letters, spaces and hyphens of a keyboard, without what cannot be seen, and with letters and their
/// accents as one character each.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some(whole) = plain.chars().next_back().and_then(|last| composed(last, c)) {
            plain.pop();
            plain.push(whole);
        } else {
            match looks_like(c) {
                Some(other) => plain.push_str(other),
                None => plain.push(c),
            }
        }
    }
    plain
}

/// The characters of a text that are not what they look like, in words; `None` if there are none.
pub fn deceptive(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut found: Vec<String> = Vec::new();
    let mut before = None;
    for c in text.chars() {
        let accent = before.and_then(|letter| composed(letter, c));
        before = Some(c);
        let words = match (accent, looks_like(c)) {
            (Some(whole), _) => {
                format!("`{whole}` is written as two characters, the second is U+{:04X}", c as u32)
            }
            (None, Some("")) => format!("U+{:04X} in it is invisible", c as u32),
            (None, Some(" ")) => format!("U+{:04X} in it looks like a space", c as u32),
            (None, Some(other)) => format!("`{c}` is U+{:04X}, which looks like `{other}`", c as u32),
            (None, None) => continue,
        };
        if !found.contains(&words) {
            found.push(words);
        }
        if found.len() == MOST {
            break;
        }
    }
    (!found.is_empty()).then(|| found.join("; "))
}

/// At most this many characters are named.
const MOST: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_the_same_plain_text() {
        for (text, same) in [
            ("find-de\u{441}ent", "find-decent"),
            ("a\u{200b}b", "ab"),
            ("npc\u{2011}kjartan", "npc-kjartan"),
            ("rene\u{301}", "ren\u{e9}"),
            ("a\u{a0}b", "a b"),
            ("höhle", "höhle"),
            ("plain", "plain"),
        ] {
            assert_eq!(plain(text), same);
        }
    }

    #[test]
    fn characters_are_named_by_their_code_points() {
        assert_eq!(deceptive("h\u{441}"), Some("`\u{441}` is U+0441, which looks like `c`".to_owned()));
        assert_eq!(deceptive("a\u{200b}"), Some("U+200B in it is invisible".to_owned()));
        assert_eq!(
            deceptive("rene\u{301}"),
            Some("`\u{e9}` is written as two characters, the second is U+0301".to_owned())
        );
        assert_eq!(deceptive("höhle"), None);
    }
}
