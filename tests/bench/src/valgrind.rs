//! Instructions instead of seconds: the same whatever else the machine does.

use crate::Outcome;
use std::process::{Command, Stdio};

/// Whether valgrind can be started.
pub(crate) fn there() -> bool {
    let mut command = Command::new("valgrind");
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The instructions of a program with these arguments, which must succeed.
pub(crate) fn instructions(command: &Command) -> Outcome<u64> {
    count(command, false)
}

/// The instructions of a program that may find mistakes in its input.
pub(crate) fn instructions_whatever_the_outcome(command: &Command) -> Outcome<u64> {
    count(command, true)
}

fn count(command: &Command, may_fail: bool) -> Outcome<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(command.get_program()).args(command.get_args());
    let done = valgrind.stdin(Stdio::null()).stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&done.stderr);
    if !(may_fail && done.status.code() == Some(1)) && !done.status.success() {
        return Err(format!("{valgrind:?}: {}\n{said}", done.status).into());
    }
    let count = said.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    count.ok_or_else(|| format!("valgrind says no number: {said}").into())
}
