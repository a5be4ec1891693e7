//! The players of a script, and their saves.

use super::Content;
use super::player::{Player, Saved};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Compiles the content of a manifest that a script names; says what is wrong otherwise.
pub type Load<'l> = &'l dyn Fn(&str) -> Result<Rc<Content>, String>;

/// The player of whom a script speaks first.
const FIRST: &str = "first";

/// One play of the content.
pub(super) struct Game<'l> {
    content: Rc<Content>,
    load: Load<'l>,
    players: BTreeMap<String, Player>,
    current: String,
    saves: BTreeMap<String, Saved>,
}

impl<'l> Game<'l> {
    pub(super) fn new(content: &Rc<Content>, load: Load<'l>) -> Self {
        let content = Rc::clone(content);
        let first = Player::new(Rc::clone(&content), FIRST);
        let players = BTreeMap::from([(FIRST.to_owned(), first)]);
        Self { content, load, players, current: FIRST.to_owned(), saves: BTreeMap::new() }
    }

    /// The player of whom the script speaks.
    pub(super) fn player(&mut self) -> &mut Player {
        let new = || Player::new(Rc::clone(&self.content), &self.current);
        self.players.entry(self.current.clone()).or_insert_with(new)
    }

    /// From now on the script speaks of this player, who is new if it is the first time.
    pub(super) fn speak_of(&mut self, player: &str) {
        player.clone_into(&mut self.current);
    }

    /// Saves the player under a name.
    pub(super) fn save(&mut self, name: &str) {
        let saved = self.player().save();
        self.saves.insert(name.to_owned(), saved);
    }

    /// Restores the player from a save, perhaps in the content of another manifest. Gives whether the save was taken, and why not
    /// otherwise; an error is a mistake in the script.
    pub(super) fn restore(
        &mut self,
        name: &str,
        manifest: Option<&str>,
    ) -> Result<Result<(), String>, String> {
        let content = manifest.map(self.load).transpose()?;
        let Some(saved) = self.saves.remove(name) else {
            return Err(super::vocabulary::unknown(name, self.saves.keys().map(String::as_str)));
        };
        let result = self.player().restore(&saved, content).map_err(|error| error.to_string());
        self.saves.insert(name.to_owned(), saved);
        Ok(result)
    }

    /// The log of all players. Lines of others than the first begin with their name.
    pub(super) fn into_log(self) -> Vec<String> {
        let mut log = Vec::new();
        for (name, player) in self.players {
            let prefix = if name == FIRST { String::new() } else { format!("{name}: ") };
            log.extend(player.log.into_iter().map(|line| format!("{prefix}{line}")));
        }
        log
    }
}
