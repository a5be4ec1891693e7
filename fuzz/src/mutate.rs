//! Drives the targets without libFuzzer: mutations of a corpus, the same for the same seed.
//!
//! ```text
//! cargo run --release --bin mutate -- TARGET [COUNT [SEED]]
//! ```
//!
//! An input that makes a target panic is written to `artifacts`, and the exit code is 1.

use questc_fuzz::TARGETS;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};

/// What readers know.
const TOKENS: [&str; 44] = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    ",",
    "\"",
    "'",
    "\\",
    "\n",
    "\r\n",
    "#",
    "//",
    "/*",
    "*/",
    "---",
    "&a",
    "*a",
    "<<",
    "|",
    "null",
    "true",
    "1e400",
    "-0",
    "18446744073709551616",
    ".5",
    "5.",
    "0x",
    "\\u0000",
    "\u{feff}",
    "\u{202e}",
    "é",
    "😀",
    "$ref",
    "allOf",
    "x-ref",
    "x-key",
    "[[",
    "]]",
    "=",
    "expect ",
    "@lock 1",
];

/// Longer inputs are cut: time is better spent on many.
const MOST_BYTES: usize = 4096;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Changes an input in one to six places.
fn mutate(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(6) {
        let at = random.below(input.len() + 1);
        let end = (at + random.below(32)).min(input.len());
        match random.below(8) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = random.below(256) as u8,
            2 => drop(input.drain(at..end)),
            3 => {
                let copied = input[at..end].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, copied);
            }
            4 => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len() + 1);
                input.truncate(at);
                input.extend(&other[from..]);
            }
            5 => {
                let repeated = input[at..end].repeat(1 + random.below(20));
                input.splice(at..at, repeated);
            }
            _ => {
                let token = TOKENS[random.below(TOKENS.len())];
                input.splice(at..at, token.bytes());
            }
        }
    }
    input.truncate(MOST_BYTES);
    input
}

fn corpus(root: &Path, target: &str) -> Vec<Vec<u8>> {
    let folder = root.join("corpus").join(target);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let target = arguments.first().and_then(|name| TARGETS.iter().find(|(known, _)| known == name));
    let Some((name, target)) = target else {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        eprintln!("usage: mutate TARGET [COUNT [SEED]]; the targets are {}", names.join(", "));
        return ExitCode::from(2);
    };
    let number =
        |at: usize, otherwise| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (count, seed) = (number(1, 1_000_000u64), number(2, 1));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = corpus(root, name);
    if corpus.is_empty() {
        eprintln!("there is no corpus of `{name}`");
        return ExitCode::from(2);
    }
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (started, mut slowest) = (Instant::now(), Duration::ZERO);
    for at in 0..count {
        let input = if (at as usize) < corpus.len() {
            corpus[at as usize].clone()
        } else {
            mutate(&mut random, &corpus)
        };
        let before = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| target(&input))).is_err() {
            let path = root.join("artifacts").join(format!("{name}-{seed}-{at}"));
            let written = fs::create_dir_all(root.join("artifacts")).and_then(|()| fs::write(&path, &input));
            eprintln!("input {at} of seed {seed} fails: {} {written:?}", path.display());
            return ExitCode::FAILURE;
        }
        slowest = slowest.max(before.elapsed());
    }
    println!(
        "{name}: {count} inputs, seed {seed}, {:.0?}, the slowest took {slowest:.1?}",
        started.elapsed()
    );
    ExitCode::SUCCESS
}
