//! How far two words are apart. Well-kept crates for this allocate; ids have at most 64 bytes, so three rows on the stack do.

use crate::ID_BYTES;

type Row = [u8; ID_BYTES + 1];

/// How many letters must be inserted, removed, replaced or swapped with their neighbour (each at most once) to turn one word
/// into the other; `None` if one of them is longer than an id can be.
pub(crate) fn distance(a: &[u8], b: &[u8]) -> Option<u8> {
    if a.len().max(b.len()) > ID_BYTES {
        return None;
    }
    let (mut before, mut above, mut row): (Row, Row, Row) = ([0; _], [0; _], [0; _]);
    for (at, cell) in (0..).zip(above.iter_mut()) {
        *cell = at;
    }
    for (i, letter) in a.iter().enumerate() {
        row[0] = above[0] + 1;
        for (j, other) in b.iter().enumerate() {
            let replaced = above[j] + u8::from(letter != other);
            let mut least = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        (before, above, row) = (above, row, before);
    }
    Some(above[b.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 14] = [
        "",
        "a",
        "ab",
        "ba",
        "abc",
        "acb",
        "cab",
        "ward",
        "wrad",
        "ward-writ",
        "ward-wraith",
        "wraith-ward",
        "signal_tower",
        "the-longest-id-that-there-can-be-has-sixty-four-bytes-as-is-this",
    ];

    #[test]
    fn it_agrees_with_strsim() {
        for a in WORDS {
            for b in WORDS {
                let expected = strsim::osa_distance(a, b);
                assert_eq!(
                    distance(a.as_bytes(), b.as_bytes()).map(usize::from),
                    Some(expected),
                    "`{a}`, `{b}`"
                );
            }
        }
    }

    #[test]
    fn an_id_of_64_bytes_is_the_longest() {
        assert_eq!(distance(&[b'x'; 64], &[b'y'; 64]), Some(64));
        assert_eq!(distance(&[b'x'; 65], b"x"), None);
        assert_eq!(distance(b"x", &[b'x'; 65]), None);
    }
}
