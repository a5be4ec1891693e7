//! What the macros know about the compiler that runs them.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// The variables cargo sets for rustc, and how rustc was asked to talk.
#[derive(Debug, Default)]
pub(crate) struct Environment {
    /// Where the build script wrote; unset when the package has no build script.
    pub(crate) out_dir: Option<PathBuf>,
    /// The directory of the package that is compiled.
    pub(crate) manifest_dir: Option<PathBuf>,
    /// The name of the package that is compiled.
    pub(crate) package: Option<String>,
    /// The directory the compiler runs in, to which the paths in its messages are relative.
    pub(crate) current_dir: Option<PathBuf>,
    /// Who reads the compiler's messages.
    pub(crate) listener: Listener,
    /// In which form.
    pub(crate) form: Form,
    /// The compiler was given the source by its whole path, as cargo does for packages outside of the workspace, where the
    /// user's terminal is somewhere else than the compiler.
    pub(crate) elsewhere: bool,
}

/// Who reads what the compiler prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Listener {
    /// Cargo or another tool that asked for one JSON object a line.
    #[default]
    Json,
    /// A person, who sees the text as it is.
    Human,
    /// Nobody who has not just read them: cargo lets `rustdoc --test` expand the crate again after compiling it.
    Nobody,
}

/// The form in which a message is to be rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) short: bool,
    pub(crate) colour: bool,
}

impl Default for Form {
    /// What cargo asks for.
    fn default() -> Self {
        Self { short: false, colour: true }
    }
}

impl Environment {
    /// The environment of this process.
    pub(crate) fn of_process() -> Self {
        let arguments = || env::args_os().map(|argument| argument.to_string_lossy().into_owned());
        let listener = Listener::from_arguments(arguments());
        // Cargo takes colours out where they are not wanted; nobody does so for a person.
        let plain =
            env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) || !io::stderr().is_terminal();
        let mut form = Form::from_arguments(arguments());
        form.colour &= listener != Listener::Human || !plain;
        Self {
            out_dir: path_variable("OUT_DIR"),
            manifest_dir: path_variable("CARGO_MANIFEST_DIR"),
            package: env::var("CARGO_PKG_NAME").ok().filter(|name| !name.is_empty()),
            current_dir: env::current_dir().ok(),
            listener,
            form,
            elsewhere: env::args_os().any(|argument| {
                Path::new(&argument).is_absolute() && argument.to_string_lossy().ends_with(".rs")
            }),
        }
    }

    /// The package's name for a message.
    pub(crate) fn package_name(&self) -> &str {
        self.package.as_deref().unwrap_or("this package")
    }
}

impl Listener {
    /// Reads the compiler's command line. Where it cannot be seen (some systems hide it from a library; a long one
    /// is in a file), the compiler was started by cargo in all likelihood, which always asks for JSON.
    fn from_arguments(arguments: impl Iterator<Item = String>) -> Self {
        let arguments: Vec<String> = arguments.skip(1).collect();
        let json = arguments.is_empty()
            || arguments
                .iter()
                .any(|argument| argument == "--error-format=json" || argument.starts_with('@'))
            || arguments
                .windows(2)
                .any(|pair| matches!(pair, [key, value] if key == "--error-format" && value == "json"));
        if json {
            Self::Json
        } else if arguments.iter().any(|argument| argument == "--test-run-directory") {
            Self::Nobody
        } else {
            Self::Human
        }
    }
}

impl Form {
    /// Reads the compiler's command line, of which cargo's part is `--error-format=json --json=diagnostic-short,…`.
    fn from_arguments(arguments: impl Iterator<Item = String>) -> Self {
        let arguments: Vec<String> = arguments.skip(1).collect();
        let values = |key: &str| {
            let pairs = arguments.windows(2).filter_map(|pair| match pair {
                [before, value] if before == key => Some(value.clone()),
                _ => None,
            });
            let equals = format!("{key}=");
            let joined =
                arguments.iter().filter_map(|argument| Some(argument.strip_prefix(&equals)?.to_owned()));
            pairs.chain(joined).collect::<Vec<_>>()
        };
        let json = values("--json");
        let asks = |word: &str| json.iter().any(|words| words.split(',').any(|asked| asked == word));
        let error_format = values("--error-format");
        let listed = error_format.iter().any(|format| format == "json");
        Self {
            short: asks("diagnostic-short") || error_format.iter().any(|format| format == "short"),
            colour: !listed || asks("diagnostic-rendered-ansi"),
        }
    }
}

fn path_variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::{Form, Listener};

    #[track_caller]
    fn check(command: &str, expected: Listener) {
        assert_eq!(Listener::from_arguments(command.split_whitespace().map(str::to_owned)), expected);
    }

    #[test]
    fn in_which_form() {
        #[track_caller]
        fn check(command: &str, short: bool, colour: bool) {
            let form = Form::from_arguments(command.split_whitespace().map(str::to_owned));
            assert_eq!(form, Form { short, colour }, "{command}");
        }
        check("rustc --error-format=json --json=diagnostic-rendered-ansi,artifacts", false, true);
        check("rustc --error-format=json --json=artifacts,future-incompat", false, false);
        check("rustc --error-format=json --json=artifacts,diagnostic-short", true, false);
        check("rustc --error-format json --json diagnostic-short,diagnostic-rendered-ansi", true, true);
        check("rustc @/home/me/arguments", false, true);
        check("rustc src/main.rs", false, true);
        check("rustc --error-format=short src/main.rs", true, true);
    }

    #[test]
    fn who_reads_the_messages() {
        check("rustc --crate-name game --error-format=json --emit=metadata", Listener::Json);
        check("rustc --error-format json src/main.rs", Listener::Json);
        check("clippy-driver /bin/rustc --crate-name game --error-format=json", Listener::Json);
        check("rustc @/home/me/arguments", Listener::Json);
        check("", Listener::Json);
        check(
            "rustdoc --test src/lib.rs --test-run-directory /w/game --error-format human",
            Listener::Nobody,
        );
        check("rustc src/main.rs", Listener::Human);
        check("rustc --error-format=short src/main.rs", Listener::Human);
    }
}
