//! A language that nobody speaks: it shows which texts are not translated, do not fit, or lack letters.

use quest_compiler::texts::Braces;

/// A text in accented letters, a third longer and in brackets, with its placeholders and tags as they are. Where the schema limits the
/// length, the text is no longer than that.
#[must_use]
pub fn pseudo(text: &str, max_length: Option<u64>) -> String {
    let accented = accented(text);
    let length = text.chars().count();
    let padding = "·".repeat(length.div_ceil(3));
    let whole = format!("⟦{accented}{padding}⟧");
    let fits = |text: &str| max_length.is_none_or(|most| text.chars().count() as u64 <= most);
    if fits(&whole) { whole } else { accented }
}

fn accented(text: &str) -> String {
    let braces = Braces::of(text);
    let mut out = String::with_capacity(text.len() * 2);
    let mut in_tag = false;
    for (at, letter) in text.char_indices() {
        if letter == '<' || letter == '[' {
            in_tag = closes(&text[at..]);
        }
        let kept = in_tag || braces.iter().any(|(from, to)| (*from..*to).contains(&at));
        out.push(if kept { letter } else { accent(letter) });
        if letter == '>' || letter == ']' {
            in_tag = false;
        }
    }
    out
}

/// Whether what begins here is a tag.
fn closes(text: &str) -> bool {
    let close = if text.starts_with('<') { '>' } else { ']' };
    let inside = &text[1..];
    inside.find(close).is_some_and(|end| {
        let name = inside[..end].trim_start_matches('/');
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains(['<', '['])
    })
}

fn accent(letter: char) -> char {
    match letter {
        'a' => 'á',
        'c' => 'ç',
        'e' => 'é',
        'i' => 'í',
        'n' => 'ñ',
        'o' => 'ó',
        's' => 'š',
        'u' => 'ú',
        'y' => 'ý',
        'z' => 'ž',
        'A' => 'Á',
        'C' => 'Ç',
        'E' => 'É',
        'I' => 'Í',
        'N' => 'Ñ',
        'O' => 'Ó',
        'S' => 'Š',
        'U' => 'Ú',
        'Y' => 'Ý',
        'Z' => 'Ž',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::pseudo;

    #[test]
    fn placeholders_and_tags_stay() {
        assert_eq!(pseudo("Kill {count} <b>wolves</b>", None), "⟦Kíll {count} <b>wólvéš</b>·········⟧");
        assert_eq!(pseudo("Iron", Some(4)), "Íróñ");
        assert_eq!(pseudo("3 < 4", None), "⟦3 < 4··⟧");
    }
}
