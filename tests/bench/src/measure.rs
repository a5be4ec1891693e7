//! What a process takes.
//!
//! The operating system adds up CPU time of children, but keeps the largest memory of all children so far. So this program starts itself
//! to start one command, which is then the only child. It can also stand between cargo and rustc (`RUSTC_WORKSPACE_WRAPPER`) to measure
//! one call of rustc without cargo around it.

use crate::Outcome;
use nix::sys::resource::{Resource, UsageWho, getrusage, setrlimit};
use nix::sys::time::TimeValLike as _;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// The file in which the program in between says what it saw.
const REPORT: &str = "BENCH_REPORT";
/// The crate whose rustc is measured.
const CRATE: &str = "BENCH_CRATE";

/// What a process and its children took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    /// CPU seconds, of user and system.
    pub(crate) cpu: f64,
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Megabytes of the process that had the most.
    pub(crate) megabytes: f64,
}

/// Bounds of a command that may take too long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    /// CPU seconds of any one process.
    pub(crate) cpu: u64,
    /// Gigabytes of addresses of any one process.
    pub(crate) gigabytes: u64,
}

/// Runs a command, which must succeed; what it prints is returned.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let done = command.stdin(Stdio::null()).output()?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(format!("{command:?}: {}\n{said}", done.status).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}

/// Runs a command in a process of its own that does nothing else. Its exit code may be one of those that are given.
pub(crate) fn usage(command: &Command, codes: &[i32]) -> Outcome<Usage> {
    let report = env::temp_dir().join(format!("questc-bench-{}", std::process::id()));
    let mut measured = Command::new(env::current_exe()?);
    measured.arg(command.get_program()).args(command.get_args()).env(REPORT, &report).env_remove(CRATE);
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => measured.env(name, value),
            None => measured.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        measured.current_dir(folder);
    }
    let done = measured.stdin(Stdio::null()).stdout(Stdio::null()).output()?;
    if !done.status.code().is_some_and(|code| codes.contains(&code)) {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(format!("{command:?}: {}\n{said}", done.status).into());
    }
    let usage = read(&report)?;
    fs::remove_file(&report)?;
    Ok(usage)
}

/// The best of several runs: noise only adds. The first thing is called before each run and does not count.
pub(crate) fn best(times: usize, mut before: impl FnMut() -> Outcome, command: &Command) -> Outcome<Usage> {
    best_of(times, || {
        before()?;
        usage(command, &[0])
    })
}

/// The same for anything that is measured.
pub(crate) fn best_of(times: usize, mut run: impl FnMut() -> Outcome<Usage>) -> Outcome<Usage> {
    let mut best = run()?;
    for _ in 1..times {
        let next = run()?;
        best.cpu = best.cpu.min(next.cpu);
        best.wall = best.wall.min(next.wall);
        best.megabytes = best.megabytes.min(next.megabytes);
    }
    Ok(best)
}

/// The median of the time from start to end of a process that answers quickly.
pub(crate) fn median(times: usize, command: &mut Command) -> Outcome<Duration> {
    let mut all = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        let done = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
        all.push(start.elapsed());
        if !done.success() {
            return Err(format!("{command:?}: {done}").into());
        }
    }
    all.sort();
    Ok(all.get(all.len() / 2).copied().unwrap_or_default())
}

/// Makes cargo start this program instead of rustc, and the next call of rustc for that crate leaves a report in the file.
pub(crate) fn wrap(cargo: &mut Command, name: &str, report: &Path, bound: Option<Bound>) -> Outcome {
    cargo.env("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?).env(REPORT, report);
    cargo.env(CRATE, name.replace('-', "_"));
    if let Some(bound) = bound {
        cargo.env("BENCH_BOUND", format!("{} {}", bound.cpu, bound.gigabytes));
    }
    Ok(())
}

/// What a report says; an error if there is none, because nothing was run.
pub(crate) fn read(report: &Path) -> Outcome<Usage> {
    let text = fs::read_to_string(report).map_err(|error| format!("{}: {error}", report.display()))?;
    let numbers: Vec<f64> = text.split(' ').filter_map(|number| number.trim().parse().ok()).collect();
    match numbers[..] {
        [cpu, wall, megabytes] => Ok(Usage { cpu, wall, megabytes }),
        _ => Err(format!("`{text}` is no report").into()),
    }
}

/// Does what this program does in between, if it was started for that.
pub(crate) fn in_between() -> Option<ExitCode> {
    let report = PathBuf::from(env::var_os(REPORT)?);
    let mut arguments = env::args_os().skip(1);
    let program = arguments.next()?;
    let arguments: Vec<_> = arguments.collect();
    let name = arguments.iter().skip_while(|argument| *argument != "--crate-name").nth(1);
    let all = env::var_os(CRATE);
    let measured = all.is_none() || all.as_deref() == name.map(AsRef::<OsStr>::as_ref);
    if measured && let Ok(bound) = env::var("BENCH_BOUND") {
        let mut numbers = bound.split(' ').filter_map(|number| number.parse::<u64>().ok());
        if let (Some(cpu), Some(gigabytes)) = (numbers.next(), numbers.next()) {
            let _ = setrlimit(Resource::RLIMIT_CPU, cpu, cpu);
            let _ = setrlimit(Resource::RLIMIT_AS, gigabytes << 30, gigabytes << 30);
        }
    }
    let mut command = Command::new(&program);
    command.args(&arguments).env_remove(REPORT);
    let start = Instant::now();
    let status = match command.status() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("{}: {error}", program.display());
            return Some(ExitCode::FAILURE);
        }
    };
    let wall = start.elapsed().as_secs_f64();
    if measured && let Ok(used) = getrusage(UsageWho::RUSAGE_CHILDREN) {
        let cpu = (used.user_time() + used.system_time()).num_microseconds() as f64 / 1e6;
        let text = format!("{cpu} {wall} {}", used.max_rss() as f64 / 1024.0);
        if let Err(error) = fs::write(&report, text) {
            eprintln!("{}: {error}", report.display());
            return Some(ExitCode::FAILURE);
        }
    }
    Some(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(99)))
}
