//! One module per command.
//!
//! Each takes the options of the command line and gives an exit code.

mod authoring;
mod build;
mod check;
mod explain;
mod init;
mod inspect;
mod lock;
mod outdated;
mod play;
mod rename;
mod shell;
mod texts;
mod watch;

use crate::cli::{Cli, Command, Common, Format};
use crate::progress::Progress;
use crate::summary::{log_run, start_log};
use crate::terminal::{Terminal, print};
use quest_compiler::driver::{Report, Request, run};

/// There are no errors.
const SUCCESS: u8 = 0;
/// There are errors in content.
const WITH_ERRORS: u8 = 1;
/// The command line is wrong, or output cannot be written.
const FAILED: u8 = 2;

/// Runs a command and gives the exit code.
pub(crate) fn perform(cli: &Cli) -> u8 {
    let cx = Context { common: &cli.common, terminal: Terminal::new(cli.common.color) };
    start_log(cli.common.verbose);
    let outcome = match &cli.command {
        Command::Check(args) => check::check(&cx, args),
        Command::Build(args) => build::build(&cx, args),
        Command::Init(args) => init::init(&cx, args),
        Command::Lock(args) => lock::lock(&cx, args),
        Command::Rename(args) => rename::rename(&cx, args),
        Command::Watch(args) => watch::watch(&cx, args),
        Command::Lsp => quest_lsp::serve_stdio(cli.common.manifest.as_deref())
            .map(|()| SUCCESS)
            .map_err(|error| error.to_string()),
        Command::Endings { name } => inspect::endings(&cx, name.as_deref()),
        Command::Play(args) if args.explore => play::explore(&cx, &args.out),
        Command::Play(args) => play::play(&cx, &args.scripts),
        Command::Texts(command) => texts::texts(&cx, command),
        Command::Graph(args) => inspect::graph(&cx, args),
        Command::Doc(args) => inspect::doc(&cx, args),
        Command::Schema(args) => inspect::schema(&cx, args),
        Command::Authoring(args) => authoring::authoring(&cx, args),
        Command::Explain { code } => explain::perform(&cx, code.as_deref()),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man { out } => shell::man_pages(out),
    };
    outcome.unwrap_or_else(|message| {
        cx.terminal.error(&message);
        FAILED
    })
}

/// The exit code, or why output cannot be written.
type Outcome = Result<u8, String>;

/// What every command needs.
struct Context<'c> {
    common: &'c Common,
    terminal: Terminal,
}

impl Context<'_> {
    /// Progress, unless log lines or silence are wanted: log lines and the progress line would tear each other apart.
    fn progress(&self) -> Progress {
        Progress::start(!self.common.quiet && !self.common.verbose)
    }

    /// Runs the compiler and logs the run.
    fn run(&self, request: &Request) -> Report {
        let progress = self.progress();
        let report = run(request, &mut |phase| progress.phase(&phase));
        drop(progress);
        log_run(&report);
        report
    }

    /// A line for people, unless they want none.
    fn summary(&self, text: &str) {
        if !self.common.quiet {
            self.terminal.line(text);
        }
    }

    /// The same for a run that failed.
    fn failure(&self, text: &str) {
        if !self.common.quiet {
            self.terminal.error(text);
        }
    }

    /// Shows the diagnostics: to people on standard error, to tools on standard output.
    fn show(&self, report: &Report) -> Result<(), String> {
        let shown = report.shown(self.common.limit());
        let mut rest = shown.rest();
        match self.common.format {
            Format::Human => {
                let (colour, width) = (self.terminal.colour(), self.terminal.width());
                let (grouped, hidden) = report.human_grouped(self.common.limit(), colour, width);
                rest = hidden;
                for diagnostic in grouped {
                    self.terminal.line(&format!("{}\n", diagnostic.trim_end_matches('\n')));
                }
            }
            Format::Short => {
                for diagnostic in shown.short(self.terminal.colour()) {
                    self.terminal.line(&diagnostic);
                }
            }
            Format::Json => print(&shown.json().iter().map(|line| format!("{line}\n")).collect::<String>())?,
            Format::Sarif => print(&format!("{}\n", shown.sarif(&explain::description)))?,
        }
        if let Some(rest) = rest {
            self.terminal.line(&format!("{rest}; `--max-diagnostics all` shows all"));
            if self.common.format == Format::Human {
                self.terminal.line("");
            }
        }
        Ok(())
    }
}

/// The exit code of a run that could be shown.
fn exit_code(report: &Report) -> u8 {
    if report.errors() > 0 { WITH_ERRORS } else { SUCCESS }
}
