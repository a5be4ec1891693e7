//! Golden files: the expected output of a test, committed beside its input.
//!
//! A test never writes a golden file by itself, so a second run cannot turn green. `QUESTC_BLESS=1` (which `cargo xtask bless` sets)
//! writes them; the difference is then reviewed like code.

use similar::TextDiff;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// The environment variable that allows golden files to be written: `1` allows it, anything else does not.
pub const BLESS: &str = "QUESTC_BLESS";

/// Files whose difference is printed in full. Of the others only the names are printed.
const MAX_DIFFS: usize = 10;

/// Lines that are printed of one difference.
const MAX_LINES: usize = 60;

/// Compares one text with its golden file.
///
/// # Panics
///
/// If they differ, with the difference. With `QUESTC_BLESS=1`, the file is written instead.
#[track_caller]
pub fn assert_golden(path: impl AsRef<Path>, actual: impl AsRef<str>) {
    assert_goldens([(path, actual)]);
}

/// Compares texts with their golden files, all of them before it fails.
///
/// # Panics
///
/// If any differs, with the differences. With `QUESTC_BLESS=1`, the files are written instead.
#[track_caller]
pub fn assert_goldens<P: AsRef<Path>, T: AsRef<str>>(files: impl IntoIterator<Item = (P, T)>) {
    let report = compare(files, is_blessing());
    assert!(report.is_empty(), "{report}");
}

/// Compares bytes with a golden file.
///
/// # Panics
///
/// If they differ, with both lengths. With `QUESTC_BLESS=1`, the file is written instead.
#[track_caller]
pub fn assert_golden_bytes(path: impl AsRef<Path>, actual: impl AsRef<[u8]>) {
    let (path, actual) = (path.as_ref(), actual.as_ref());
    let expected = fs::read(path).ok();
    if expected.as_deref() == Some(actual) {
        return;
    }
    assert!(
        is_blessing(),
        "{} differs: it has {} bytes, and should have these {}. If this is intended, run `cargo xtask bless`.",
        path.display(),
        expected.map_or(0, |expected| expected.len()),
        actual.len()
    );
    write(path, actual);
}

/// Whether golden files are written instead of compared.
#[must_use]
pub fn is_blessing() -> bool {
    std::env::var_os(BLESS).is_some_and(|value| value == "1")
}

/// The differences as text, empty if there are none.
fn compare<P: AsRef<Path>, T: AsRef<str>>(files: impl IntoIterator<Item = (P, T)>, bless: bool) -> String {
    let mut different: Vec<(PathBuf, String)> = Vec::new();
    for (path, actual) in files {
        let (path, actual) = (path.as_ref(), actual.as_ref());
        let expected = fs::read_to_string(path).unwrap_or_default();
        if path.exists() && expected == actual {
            continue;
        }
        if bless {
            write(path, actual.as_bytes());
        } else {
            different.push((path.to_owned(), diff(&expected, actual)));
        }
    }
    report(&different)
}

fn write(path: &Path, text: &[u8]) {
    let folder = path.parent().expect("a golden file is in a folder");
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("cannot create {}: {error}", folder.display()));
    fs::write(path, text).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

fn diff(expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    let text = diff.unified_diff().context_radius(2).header("expected", "actual").to_string();
    let lines = text.lines().count();
    if lines <= MAX_LINES {
        return text;
    }
    let mut shown: String = text.lines().take(MAX_LINES).flat_map(|line| [line, "\n"]).collect();
    writeln!(shown, "... {} more lines", lines - MAX_LINES).expect("a string takes all text");
    shown
}

fn report(different: &[(PathBuf, String)]) -> String {
    let mut text = String::new();
    if different.is_empty() {
        return text;
    }
    let number = different.len();
    let mut add = |line: std::fmt::Arguments<'_>| writeln!(text, "{line}").expect("a string takes all text");
    add(format_args!(
        "golden files differ ({number}). If this is intended, run `{}` and review the difference.",
        command()
    ));
    for (path, diff) in different.iter().take(MAX_DIFFS) {
        add(format_args!("\n{}\n{diff}", path.display()));
    }
    for (path, _) in different.iter().skip(MAX_DIFFS) {
        add(format_args!("also {}", path.display()));
    }
    text
}

/// The command that writes the golden files of the test that is running.
fn command() -> String {
    let program = std::env::args().next().unwrap_or_default();
    let file = Path::new(&program).file_stem().unwrap_or_default().to_string_lossy();
    let test = file.rsplit_once('-').map_or(&*file, |(test, _)| test);
    match std::env::var("CARGO_PKG_NAME") {
        Ok(package) if package.replace('-', "_") == test => {
            format!("QUESTC_BLESS=1 cargo test -p {package} --lib")
        }
        Ok(package) => format!("QUESTC_BLESS=1 cargo test -p {package} --test {test}"),
        Err(_) => "cargo xtask bless".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_DIFFS, compare, diff};
    use std::fs;

    #[test]
    fn a_difference_is_reported_and_not_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let golden = folder.path().join("expected.txt");
        fs::write(&golden, "one\ntwo\n").expect("a file");
        let report = compare([(&golden, "one\nthree\n")], false);
        assert!(report.contains("-two\n+three\n"), "{report}");
        assert!(report.contains("run `QUESTC_BLESS=1 cargo test -p quest-test --lib`"), "{report}");
        assert_eq!(fs::read_to_string(&golden).expect("a file"), "one\ntwo\n");
        // A second run says the same.
        assert_eq!(compare([(&golden, "one\nthree\n")], false), report);
    }

    #[test]
    fn a_missing_file_differs_even_from_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let golden = folder.path().join("new/expected.txt");
        assert!(compare([(&golden, "")], false).contains("expected.txt"));
        assert!(!golden.exists());
    }

    #[test]
    fn blessing_writes_what_differs() {
        let folder = tempfile::tempdir().expect("a folder");
        let golden = folder.path().join("new/expected.txt");
        assert_eq!(compare([(&golden, "one\n")], true), "");
        assert_eq!(fs::read_to_string(&golden).expect("a file"), "one\n");
        assert_eq!(compare([(&golden, "one\n")], false), "");
    }

    #[test]
    fn every_file_is_named_and_long_differences_are_cut() {
        let folder = tempfile::tempdir().expect("a folder");
        let files: Vec<_> =
            (0..MAX_DIFFS + 2).map(|number| (folder.path().join(format!("{number}.txt")), "new\n")).collect();
        let report = compare(files.iter().map(|(path, text)| (path, text)), false);
        for (path, _) in &files {
            assert!(report.contains(&path.display().to_string()), "{report}");
        }
        assert_eq!(report.matches("+new").count(), MAX_DIFFS);
        let long = diff("", &"line\n".repeat(500));
        assert!(long.ends_with("more lines\n") && long.lines().count() < 70, "{long}");
    }
}
