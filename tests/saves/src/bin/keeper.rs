//! A server that holds one player, for tests that kill it and let it race.
//!
//! `keeper sqlite FILE OWNER HOLDER together|apart STEPS` plays, and writes the number of the next step after each that is kept.
//! `keeper postgres PARAMETERS …` does the same. With 0 steps it claims the player, and holds it until its input ends.
#![forbid(unsafe_code)]

use quest_store::{Postgres, Sqlite};
use saves::{Bank, Keeper};
use std::error::Error;
use std::io::{Write as _, stdin, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, place, rest @ ..] = arguments.as_slice() else { return Err("which database?".into()) };
    match database.as_str() {
        "sqlite" => run(Sqlite::open(place)?, rest),
        "postgres" => run(Postgres::connect(place)?, rest),
        other => Err(format!("no database `{other}`").into()),
    }
}

fn run(store: impl Bank, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [owner, holder, how, steps] = arguments else { return Err("owner, holder, how, steps".into()) };
    let steps: u64 = steps.parse()?;
    let mut keeper = match Keeper::claim(store, owner, holder) {
        Ok(keeper) => keeper,
        Err(error) => return Ok(say(&format!("refused: {error}"))?),
    };
    say("claimed")?;
    for _ in 0..steps {
        let next = keeper.step(how == "together")?;
        say(&next.to_string())?;
    }
    if steps == 0 {
        std::io::copy(&mut stdin(), &mut std::io::sink())?;
    }
    Ok(())
}

fn say(line: &str) -> std::io::Result<()> {
    let mut out = stdout();
    writeln!(out, "{line}")?;
    out.flush()
}
