//! Names of properties, hashed so that finding one among others is fast.

use std::fmt;
use std::ops::Deref;

/// Bits of a hash: as many as an entry of the tape has room for.
pub(super) const BITS: u32 = 28;

/// A hash of a name. Most names have at most sixteen bytes, for which it takes two loads and two multiplications.
#[inline]
pub(crate) fn hash(name: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| {
        let hash = (hash ^ word).wrapping_mul(FACTOR);
        hash ^ hash >> 32
    };
    let mut hash = name.len() as u64;
    let mut rest = name;
    while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
        hash = mix(hash, u64::from_le_bytes(*chunk));
        rest = behind;
    }
    if let (Some(first), Some(last)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        hash = mix(hash, u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)));
    } else if !rest.is_empty() {
        hash = mix(hash, rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }
    (hash >> (64 - BITS)) as u32
}

/// A name that is looked up in many objects.
#[derive(Clone, Debug)]
pub struct Name {
    text: String,
    hash: u32,
}

impl Name {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    #[inline]
    pub(crate) fn hash(&self) -> u32 {
        self.hash
    }
}

impl<T: Into<String>> From<T> for Name {
    fn from(text: T) -> Self {
        let text = text.into();
        Self { hash: hash(text.as_bytes()), text }
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Deref for Name {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        &self.text
    }
}

impl<T: AsRef<str> + ?Sized> PartialEq<T> for Name {
    fn eq(&self, other: &T) -> bool {
        self.text == other.as_ref()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::hash;
    use std::collections::HashSet;

    #[test]
    fn every_byte_counts() {
        let names: Vec<Vec<u8>> =
            (0..40).map(|length| (0..length).map(|at| b'a' + at % 26).collect()).collect();
        let mut seen = HashSet::new();
        for name in &names {
            assert!(seen.insert(hash(name)), "{name:?}");
            for at in 0..name.len() {
                let mut other = name.clone();
                other[at] ^= 1;
                assert!(seen.insert(hash(&other)), "{other:?}");
            }
        }
    }
}
