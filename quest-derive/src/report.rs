//! Hands the findings of the build script to cargo.
//!
//! Cargo takes every line on rustc's standard error that is a diagnostic in rustc's JSON form for one of the compiler,
//! and a macro runs inside the compiler. So the user sees findings in content as if rustc had found them.

use crate::environment::{Environment, Form, Listener};
use crate::named::Named;
use crate::stages::combine;
use proc_macro2::{Span, TokenStream};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

const FILE: &str = "quests.messages";
/// Stands in the file where the path of the package belongs.
const PACKAGE: char = '\u{1}';

/// Reports what was found in one of the contents, and errors in those that no `include_quests!` has reported: a crate may include
/// one content and forget the other, whose errors would then be lost.
pub(crate) fn expand(input: TokenStream, environment: &Environment) -> syn::Result<TokenStream> {
    let content: Named = syn::parse2(input)?;
    let mut errors = Vec::new();
    if let Some(findings) = Findings::read(&content, environment)?
        && mark_reported(&findings, Reporter::Itself)
    {
        errors.extend(findings.print(environment));
    }
    for other in Named::all(environment).unwrap_or_default() {
        if other == content {
            continue;
        }
        let Some(findings) = Findings::read(&other, environment)? else { continue };
        if findings.errors > 0 && mark_reported(&findings, Reporter::Another) {
            errors.extend(findings.print(environment));
        }
    }
    combine(errors).map_or_else(|| Ok(TokenStream::new()), Err)
}

/// What the build script found in one of the contents.
struct Findings {
    content: Named,
    errors: u64,
    file: PathBuf,
    messages: String,
}

impl Findings {
    /// Reads the file; `None` if there is none.
    fn read(content: &Named, environment: &Environment) -> syn::Result<Option<Self>> {
        let Some(file) = content.file(FILE, environment) else { return Ok(None) };
        let messages = match fs::read_to_string(&file) {
            Ok(messages) => messages,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let text = format!("cannot read what the build script found, {}: {error}", file.display());
                return Err(fail(text));
            }
        };
        let Some(errors) = errors(messages.lines().next().unwrap_or_default()) else {
            return Err(fail(format!(
                "what the build script found is damaged: {}\nhelp: run `cargo clean -p {}`, then build again",
                file.display(),
                environment.package_name()
            )));
        };
        Ok(Some(Self { content: content.clone(), errors, file, messages }))
    }

    /// Prints all of it, and gives the error that stops the compiler if there are errors.
    fn print(&self, environment: &Environment) -> Option<syn::Error> {
        let (_, lines) = self.messages.split_once('\n').unwrap_or((&self.messages, ""));
        let text = text(lines, environment);
        // Where nobody listens there is nothing to be done about it: the build fails below all the same.
        let _ = io::stderr().write_all(text.as_bytes());
        let title = self.content.title();
        match self.errors {
            0 => None,
            1 => Some(fail(format!("{title} has 1 error, listed above"))),
            errors => {
                // `level` stands before `spans`; those of notes and help are others.
                let listed = lines.matches(",\"level\":\"error\",\"spans\":").count();
                let listed = if listed > 0 && (listed as u64) < errors {
                    format!("the first {listed} are listed above")
                } else {
                    "listed above".to_owned()
                };
                Some(fail(format!("{title} has {errors} errors, {listed}")))
            }
        }
    }
}

fn fail(message: String) -> syn::Error {
    syn::Error::new(Span::call_site(), message)
}

/// Whose `include_quests!` reported findings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reporter {
    Itself,
    Another,
}

/// Whether findings are still to be reported; from now on they are. A process compiles one crate. In that of an editor, which
/// expands a crate again and again, the findings of each run of the build script are others.
fn mark_reported(findings: &Findings, by: Reporter) -> bool {
    type Key = (PathBuf, Option<SystemTime>);
    static REPORTED: Mutex<BTreeMap<Key, Reporter>> = Mutex::new(BTreeMap::new());
    let modified = findings.file.metadata().and_then(|metadata| metadata.modified()).ok();
    let mut reported = REPORTED.lock().unwrap_or_else(PoisonError::into_inner);
    match (reported.entry((findings.file.clone(), modified)), by) {
        (Entry::Vacant(entry), _) => {
            entry.insert(by);
            true
        }
        (Entry::Occupied(entry), Reporter::Itself) => *entry.get() == Reporter::Itself,
        (Entry::Occupied(_), Reporter::Another) => false,
    }
}

/// What to print.
fn text(lines: &str, environment: &Environment) -> String {
    let package = package_path(environment);
    let mut text = String::with_capacity(lines.len());
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let line = in_form(line, environment.form);
        match environment.listener {
            Listener::Json => {
                text.push_str(&with_package(&line, &package, json_escaped));
                text.push('\n');
            }
            Listener::Human => text.push_str(&with_package(&rendered(&line), &package, str::to_owned)),
            Listener::Nobody => {}
        }
    }
    text
}

/// The line with the rendering that is asked for as its only one. `quest-build` writes both as the last two properties, first the
/// short one; within a JSON string the quotes of a key would be escaped.
fn in_form(line: &str, form: Form) -> String {
    let parts = line
        .split_once(",\"rendered_short\":")
        .and_then(|(head, rest)| Some((head, rest.split_once(",\"rendered\":")?)));
    let Some((head, (short, long))) = parts else { return line.to_owned() };
    let long = long.strip_suffix('}').unwrap_or(long);
    let chosen = if form.short { short } else { long };
    let chosen = if form.colour { chosen.to_owned() } else { without_colour(chosen) };
    format!("{head},\"rendered\":{chosen}}}")
}

/// A JSON string without the sequences that colour a terminal.
fn without_colour(string: &str) -> String {
    let mut plain = String::with_capacity(string.len());
    let mut rest = string;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        match escape.strip_prefix("\\u001b[") {
            Some(sequence) => {
                let end = sequence.find(|char: char| char.is_ascii_alphabetic());
                rest = end.and_then(|end| sequence.get(end + 1..)).unwrap_or_default();
            }
            None => {
                // An escaped backslash is no beginning of an escape.
                let length = escape.chars().take(2).map(char::len_utf8).sum();
                let (copied, behind) = escape.split_at(length);
                plain.push_str(copied);
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The number of errors in the first line, `{"errors":2,"warnings":0}`.
fn errors(head: &str) -> Option<u64> {
    let (_, rest) = head.split_once("\"errors\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let end = rest.find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// The directory of the package as the compiler would write it: relative to its own directory, with `/` at the end.
fn package_path(environment: &Environment) -> String {
    let Some(package) = environment.manifest_dir.as_deref() else { return String::new() };
    let inside = environment.current_dir.as_deref().filter(|_| !environment.elsewhere);
    let relative = inside.and_then(|current| {
        let relative =
            |package: &Path, current: &Path| package.strip_prefix(current).ok().map(Path::to_owned);
        // One of the two may have come by a symbolic link.
        relative(package, current)
            .or_else(|| relative(&package.canonicalize().ok()?, &current.canonicalize().ok()?))
    });
    let path = relative.as_deref().unwrap_or(package).to_string_lossy();
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
    if path.is_empty() || path.ends_with('/') { path } else { format!("{path}/") }
}

/// Puts the path of the package where the text leaves it open. A `../` that follows takes the last folder away.
fn with_package(text: &str, package: &str, escaped: fn(&str) -> String) -> String {
    let mut parts = text.split(PACKAGE);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for mut rest in parts {
        let mut folder = package;
        while let Some((above, below)) = above(folder).zip(rest.strip_prefix("../")) {
            (folder, rest) = (above, below);
        }
        whole.push_str(&escaped(folder));
        whole.push_str(rest);
    }
    whole
}

/// `crates/` for `crates/game/`. Nothing is known to be above the compiler's directory, and nothing is above a root.
fn above(folder: &str) -> Option<&str> {
    let path = folder.strip_suffix('/')?;
    let (above, name) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let is_folder = !name.is_empty() && name != ".." && !name.ends_with(':');
    is_folder.then_some(above)
}

/// As a part of a JSON string.
fn json_escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '"' | '\\' => escaped.extend(['\\', char]),
            '\0'..='\u{1f}' => escaped.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => escaped.push(char),
        }
    }
    escaped
}

/// The text of a diagnostic for people: the value of its property `rendered`.
fn rendered(line: &str) -> String {
    // Within a JSON string the quotes of the key would be escaped, so this is a key.
    let Some((_, value)) = line.split_once("\"rendered\":\"") else { return String::new() };
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => break,
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some('u') => {
                    let unit = u32::from_str_radix(&chars.by_ref().take(4).collect::<String>(), 16);
                    // Half of a pair, or no number: nothing that `quest-build` writes.
                    text.push(unit.ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                Some(escaped) => text.push(escaped),
                None => {}
            },
            _ => text.push(char),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{errors, in_form, json_escaped, package_path, rendered, text, with_package};
    use crate::environment::{Environment, Form, Listener};
    use crate::index::fixture::TemporaryFile;
    use proc_macro2::TokenStream;

    fn environment(manifest_dir: &str, current_dir: &str) -> Environment {
        Environment {
            manifest_dir: Some(manifest_dir.into()),
            current_dir: Some(current_dir.into()),
            package: Some("game".to_owned()),
            ..Environment::default()
        }
    }

    fn outcome(messages: &[u8]) -> Result<String, String> {
        let file = TemporaryFile::new("quests.messages", messages);
        let mut environment = environment("/w/game", "/w");
        environment.out_dir = Some(file.directory.clone());
        super::expand(TokenStream::new(), &environment)
            .map(|tokens| tokens.to_string())
            .map_err(|error| error.to_string().replace(file.directory.to_str().unwrap(), "OUT_DIR"))
    }

    #[test]
    fn fails_when_there_are_errors() {
        assert_eq!(outcome(b"{\"errors\":0,\"warnings\":4}\n"), Ok(String::new()));
        assert_eq!(
            outcome(b"{\"errors\":1,\"warnings\":0}\n").unwrap_err(),
            "the quest content has 1 error, listed above"
        );
        assert_eq!(
            outcome(b"{\"errors\":12,\"warnings\":0}").unwrap_err(),
            "the quest content has 12 errors, listed above"
        );
    }

    #[test]
    fn says_how_many_are_listed() {
        let line = r#"{"level":"error","code":null,"level":"error","spans":[],"children":[{"level":"note","spans":[]}]}"#;
        let messages = |errors| format!("{{\"errors\":{errors},\"warnings\":0}}\n{line}\n{line}\n");
        let said = |errors: u64| outcome(messages(errors).as_bytes()).unwrap_err();
        assert_eq!(said(2), "the quest content has 2 errors, listed above");
        assert_eq!(said(130), "the quest content has 130 errors, the first 2 are listed above");
    }

    /// Contents with so many errors, and what their `include_quests!` say in this order.
    fn outcomes(contents: &[(&str, u32)], includes: &[&str]) -> Vec<String> {
        let names: Vec<&str> = contents.iter().map(|(name, _)| *name).collect();
        let list = TemporaryFile::new("quests.contents", names.join("\n").as_bytes());
        for (name, errors) in contents {
            let folder = if *name == "quests" { list.directory.clone() } else { list.directory.join(name) };
            std::fs::create_dir_all(&folder).unwrap();
            let messages = format!("{{\"errors\":{errors},\"warnings\":0}}\n");
            std::fs::write(folder.join("quests.messages"), messages).unwrap();
        }
        let environment = Environment { out_dir: Some(list.directory.clone()), ..Environment::default() };
        let said = |name: &&str| match super::expand(name.parse().unwrap(), &environment) {
            Ok(tokens) => tokens.to_string(),
            Err(error) => {
                let errors: Vec<String> = error.into_iter().map(|error| error.to_string()).collect();
                errors.join("; ")
            }
        };
        includes.iter().map(said).collect()
    }

    #[test]
    fn errors_of_every_content_are_reported_once() {
        let winter = "the quest content `winter` has 1 error, listed above";
        let unnamed = "the quest content has 2 errors, listed above";
        let all = [("quests", 2), ("winter", 1), ("summer", 0)];
        assert_eq!(outcomes(&all, &[""]), [format!("{unnamed}; {winter}")]);
        assert_eq!(outcomes(&all, &["winter", "", "summer"]), [&format!("{winter}; {unnamed}"), "", ""]);
        assert_eq!(outcomes(&all, &["summer", "winter"]), [&format!("{unnamed}; {winter}"), ""]);
        // An editor expands the same crate again.
        assert_eq!(outcomes(&[("winter", 1)], &["winter", "winter"]), [winter, winter]);
    }

    #[test]
    fn no_messages_are_no_errors() {
        let file = TemporaryFile::new("other", b"");
        let mut environment = Environment::default();
        assert!(super::expand(TokenStream::new(), &environment).unwrap().is_empty());
        environment.out_dir = Some(file.directory.clone());
        assert!(super::expand(TokenStream::new(), &environment).unwrap().is_empty());
    }

    #[test]
    fn damage_is_reported() {
        for damaged in ["", "{}", "{\"errors\":}", "{\"errors\":-1}", "{\"errors\":99999999999999999999}"] {
            assert_eq!(
                outcome(damaged.as_bytes()).unwrap_err(),
                "what the build script found is damaged: OUT_DIR/quests.messages\n\
                 help: run `cargo clean -p game`, then build again"
            );
        }
        let unreadable = outcome(b"{\"errors\":0}\n\xff").unwrap_err();
        assert!(unreadable.starts_with("cannot read what the build script found, OUT_DIR/quests.messages: "));
        assert_eq!(errors(" { \"errors\" : 3 }"), Some(3));
    }

    #[test]
    fn the_path_of_the_package_is_what_the_compiler_would_write() {
        assert_eq!(package_path(&environment("/w/game", "/w")), "game/");
        assert_eq!(package_path(&environment("/w/crates/game", "/w")), "crates/game/");
        assert_eq!(package_path(&environment("/w", "/w")), "");
        assert_eq!(package_path(&environment("/elsewhere/game", "/w")), "/elsewhere/game/");
        assert_eq!(package_path(&environment("/home/me/game", "/w")), "/home/me/game/");
        assert_eq!(package_path(&Environment::default()), "");
    }

    #[cfg(unix)]
    #[test]
    fn the_path_of_the_package_is_found_through_symbolic_links() {
        let file = TemporaryFile::new("Cargo.toml", b"");
        let other = TemporaryFile::new("Cargo.toml", b"");
        let link = other.directory.join("link");
        std::os::unix::fs::symlink(&file.directory, &link).unwrap();
        std::fs::create_dir(file.directory.join("game")).unwrap();
        let package = link.join("game");
        let (package, current) = (package.to_str().unwrap(), file.directory.to_str().unwrap());
        assert_eq!(package_path(&environment(package, current)), "game/");
    }

    #[test]
    fn lines_name_files_where_the_user_has_them() {
        let lines = "{\"file_name\":\"\u{1}content/a.json\",\"rendered\":\"error: no\\n --> \u{1}content/a.json:1:2\\n\"}\n\n";
        let mut environment = environment("/w/a \"b\"", "/w");
        assert_eq!(
            text(lines, &environment),
            "{\"file_name\":\"a \\\"b\\\"/content/a.json\",\
             \"rendered\":\"error: no\\n --> a \\\"b\\\"/content/a.json:1:2\\n\"}\n"
        );
        environment.listener = Listener::Human;
        assert_eq!(text(lines, &environment), "error: no\n --> a \"b\"/content/a.json:1:2\n");
        environment.listener = Listener::Nobody;
        assert_eq!(text(lines, &environment), "");
    }

    #[test]
    fn one_rendering_is_kept() {
        let line = r#"{"message":"a\",\"rendered\":","rendered_short":"a: \u001b[1merror\u001b[0m\n","rendered":"\u001b[1m\u001b[91merror\u001b[0m: \\u001b[1m \"}\n"}"#;
        let form = |short, colour| in_form(line, Form { short, colour });
        let head = r#"{"message":"a\",\"rendered\":","rendered":"#;
        assert_eq!(
            form(false, true),
            format!("{head}{}", r#""\u001b[1m\u001b[91merror\u001b[0m: \\u001b[1m \"}\n"}"#)
        );
        assert_eq!(form(false, false), format!("{head}{}", r#""error: \\u001b[1m \"}\n"}"#));
        assert_eq!(form(true, true), format!("{head}{}", r#""a: \u001b[1merror\u001b[0m\n"}"#));
        assert_eq!(form(true, false), format!("{head}{}", r#""a: error\n"}"#));
        assert_eq!(in_form(r#"{"rendered":"a"}"#, Form::default()), r#"{"rendered":"a"}"#);
    }

    #[test]
    fn files_beside_the_package_are_named_without_a_detour() {
        #[track_caller]
        fn check(package: &str, file: &str, expected: &str) {
            let line = format!("--> \u{1}{file}, \u{1}quest.toml");
            let expected = format!("--> {expected}, {package}quest.toml");
            assert_eq!(with_package(&line, package, str::to_owned), expected);
        }
        check("tests/run-time/", "../rune-rust/content/a.json:1:2", "tests/rune-rust/content/a.json:1:2");
        check("crates/game/", "../../content/a.json", "content/a.json");
        check("crates/game/", "../../../content/a.json", "../content/a.json");
        check("", "../content/a.json", "../content/a.json");
        check("../game/", "../../content/a.json", "../../content/a.json");
        check("/home/me/game/", "../../a.json", "/home/a.json");
        check("/game/", "../../a.json", "/../a.json");
        check("C:/game/", "../../a.json", "C:/../a.json");
        check("game/", "content/../a.json", "game/content/../a.json");
        check("game/", "..a.json", "game/..a.json");
        assert_eq!(with_package("{\"\u{1}../b\"}", "a/\"c\"/d/", json_escaped), "{\"a/\\\"c\\\"/b\"}");
    }

    #[test]
    fn json_strings() {
        assert_eq!(json_escaped("a\"b\\c\u{7}ä"), "a\\\"b\\\\c\\u0007ä");
        assert_eq!(
            rendered(r#"{"message":"\"rendered\":\"x\"","rendered":"a\"\\\t\u00e4\/\ud800\n"}"#),
            "a\"\\\tä/\u{fffd}\n"
        );
        assert_eq!(rendered(r#"{"rendered":null}"#), "");
        assert_eq!(rendered(r#"{"rendered":"a\"#), "a");
    }
}
