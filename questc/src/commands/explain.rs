//! `questc explain`: what a code means, with an example. The texts are the pages in `quest-compiler/explain`.

use super::{Context, Outcome, SUCCESS};
use crate::terminal::print;
use quest_compiler::diagnostics::did_you_mean;
use quest_compiler::driver::{CodeSummary, RuleSummary, codes, rules as project_rules};
use quest_compiler::pages::{PAGES, Page, level};

/// Explains a code or a rule.
pub(super) fn perform(cx: &Context<'_>, code: Option<&str>) -> Outcome {
    let rules = || cx.common.manifest_if_any().map_or_else(Vec::new, |manifest| project_rules(&manifest));
    print(&explain(code, &rules)?).map(|()| SUCCESS)
}

/// What there is to say about the code with this id or name, or about all codes. The error is one line for the user.
///
/// `rules` are those of the project's schemas, which are read if no code has the name.
fn explain(written: Option<&str>, rules: &dyn Fn() -> Vec<RuleSummary>) -> Result<String, String> {
    let codes = codes();
    let pages: Vec<Page<'_>> = PAGES.iter().map(|text| Page::read(text)).collect::<Result<_, _>>()?;
    let page_of = |code: &CodeSummary| {
        let page = pages.iter().find(|page| page.id == code.id);
        page.ok_or_else(|| format!("there is no page about `{}` `{}`", code.id, code.name))
    };
    let Some(written) = written else {
        let rows: Result<String, String> = codes.iter().map(|code| Ok(row(code, page_of(code)?))).collect();
        return Ok(format!("{}\n`questc explain CODE` says more, with an example.\n", rows?));
    };
    let means = |word: &str| word.eq_ignore_ascii_case(written);
    if let Some(code) = codes.iter().find(|code| means(code.id) || means(code.name)) {
        return Ok(shown(page_of(code)?, code));
    }
    let rules = rules();
    let meant: Vec<String> = rules.iter().filter(|rule| means(&rule.name)).map(of_schema).collect();
    if meant.is_empty() { Err(unknown(written, &codes, &rules)) } else { Ok(meant.join("\n")) }
}

/// A rule that a schema brings along.
fn of_schema(rule: &RuleSummary) -> String {
    let mut text = format!(
        "{}\n\nLevel: {}, until the manifest sets another. A rule of the schema.\n",
        rule.name, rule.level
    );
    let parts = [Some(&rule.message), rule.why.as_ref(), rule.help.as_ref()];
    for (title, part) in ["Says", "Why", "Help"].into_iter().zip(parts) {
        if let Some(part) = part {
            text.push_str(&format!("\n{title}: {part}\n"));
        }
    }
    for (title, example) in [("Wrong", &rule.wrong), ("Right", &rule.right)] {
        if let Some(example) = example {
            text.push_str(&format!("\n{title}\n\n    {}\n", example.replace('\n', "\n    ")));
        }
    }
    text
}

/// What the page of a code says, in one sentence and in full.
pub(super) fn description(id: &str) -> Option<(String, String)> {
    let page = PAGES.iter().filter_map(|text| Page::read(text).ok()).find(|page| page.id == id)?;
    Some((page.summary(), page.prose.to_owned()))
}

fn row(code: &CodeSummary, page: &Page<'_>) -> String {
    format!("{}  {:19}  {:7}  {}\n", code.id, code.name, code.level, page.summary())
}

/// A page without the signs of Markdown.
fn shown(page: &Page<'_>, code: &CodeSummary) -> String {
    let mut text = format!("{} {}\n\n{}\n\n{}\n", page.id, page.name, level(code), page.prose);
    for section in &page.sections {
        text.push_str(&format!("\n{}\n", section.title));
        for file in &section.files {
            text.push_str(&format!("\n  {}\n\n", file.name));
            if file.text.is_empty() {
                text.push_str("    (nothing)\n");
            }
            for line in file.text.lines() {
                text.push_str(format!("    {line}").trim_end());
                text.push('\n');
            }
        }
    }
    text
}

fn unknown(written: &str, codes: &[CodeSummary], rules: &[RuleSummary]) -> String {
    let digits = written.strip_prefix(['Q', 'q']).unwrap_or_default();
    // What looks like a code is not near to another one because they have most digits in common.
    let whole = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let names = rules.iter().map(|rule| rule.name.as_str());
    let words = codes.iter().flat_map(|code| [code.id, code.name]).chain(names);
    let near = if whole { None } else { did_you_mean(&written.to_lowercase(), words) };
    let help = near.unwrap_or_else(|| "`questc explain` lists all codes".to_owned());
    format!("there is no code `{}`; {help}", written.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page() {
        let pages: Vec<_> = PAGES.iter().map(|text| Page::read(text).unwrap()).collect();
        let named: Vec<_> = pages.iter().map(|page| (page.id, page.name)).collect();
        let codes: Vec<_> = codes().iter().map(|code| (code.id, code.name)).collect();
        assert_eq!(named, codes);
    }

    #[test]
    fn ids_and_names_in_any_case() {
        let page = explain(Some("Q2001"), &Vec::new).unwrap();
        assert!(
            page.starts_with("Q2001 unknown-reference\n\nLevel: error. It cannot be changed.\n\n"),
            "{page}"
        );
        assert!(page.contains("\nWrong\n\n  quests.json\n\n    [\n      { \"id\": "), "{page}");
        assert!(!page.contains("```"), "{page}");
        for written in ["q2001", "unknown-reference", "Unknown-Reference"] {
            assert_eq!(explain(Some(written), &Vec::new).unwrap(), page);
        }
        assert!(explain(Some("Q0009"), &Vec::new).unwrap().contains("    (nothing)\n"));
    }

    #[test]
    fn everything_fits_a_terminal() {
        let table = explain(None, &Vec::new).unwrap();
        assert!(
            table.starts_with("Q0001  syntax               error    The text cannot be read: "),
            "{table}"
        );
        let pages = codes().into_iter().map(|code| explain(Some(code.id), &Vec::new).unwrap());
        for text in pages.chain([table]) {
            let long = text.lines().find(|line| line.chars().count() > 100);
            assert_eq!(long, None);
        }
    }

    #[test]
    fn rules_of_a_schema() {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/rune-rust/quest.toml");
        let rules = || project_rules(std::path::Path::new(manifest));
        let text = explain(Some("idle-time-limit"), &rules).unwrap();
        for part in [
            "idle-time-limit\n\nLevel: warning, until",
            "\nSays: nothing happens when the time of `{id}` is over\n",
            "\nWrong\n\n    {\"id\": \"watch\", \"timeLimit\": 50}\n",
        ] {
            assert!(text.contains(part), "{text}");
        }
        // Two rules of one name.
        assert_eq!(explain(Some("time-without-limit"), &rules).unwrap().matches("Level: error").count(), 2);
        let near = explain(Some("idle-time-limt"), &rules).unwrap_err();
        assert_eq!(near, "there is no code `idle-time-limt`; did you mean `idle-time-limit`?");
    }

    #[test]
    fn unknown_codes() {
        for (written, expected) in [
            ("Q9999", "there is no code `Q9999`; `questc explain` lists all codes"),
            ("Q2099", "there is no code `Q2099`; `questc explain` lists all codes"),
            ("Q201", "there is no code `Q201`; did you mean `Q2001`, `Q2010` or `Q2011`?"),
            ("unknown-refrence", "there is no code `unknown-refrence`; did you mean `unknown-reference`?"),
            ("Dead_End", "there is no code `Dead_End`; did you mean `dead-end`?"),
            ("\u{1b}", "there is no code `\\u{1b}`; `questc explain` lists all codes"),
        ] {
            assert_eq!(explain(Some(written), &Vec::new).unwrap_err(), expected);
        }
    }
}
