//! Takes the annotations away that a project has in overlays, proposes them anew, and prints how well both agree.
//!
//! ```text
//! cargo run -p quest-init --example agreement -- tests/oldwood/quest.toml
//! ```

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(manifest) = std::env::args_os().nth(1) else {
        eprintln!("name a manifest");
        return ExitCode::from(2);
    };
    match quest_init::agreement(Path::new(&manifest)) {
        Some(agreement) => {
            print!("{agreement}");
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("the manifest or a schema cannot be used; `questc check` says why");
            ExitCode::FAILURE
        }
    }
}
