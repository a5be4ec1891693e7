//! Lines that say what the world knows.

use super::{Done, Reader};
use crate::narrow::narrow_u8;
use crate::play::player::Player;
use crate::play::vocabulary::unknown;
use crate::play::world::{Known, PLACES};
use heck::ToKebabCase;
use quest_types::journal::Key;

/// What a line is about.
enum Subject {
    /// Something with an id: the position of what can be asked, the number of its kind, its row.
    Of(u8, u8, u32),
    /// Something of which there is one.
    Sort(u8),
    /// Something that the content does not have.
    Other(String, String),
}

impl Reader<'_> {
    /// `at PLACE`, `at nowhere`.
    pub(super) fn at(&mut self, words: &[&str]) -> Done {
        let player = self.player();
        match words {
            ["nowhere"] => player.facts.leave(),
            [place] => {
                let row = player.place(place)?;
                player.facts.leave();
                player.facts.know(PLACES, row, Known::Is(true));
            }
            _ => return Err("where the player is is written `at PLACE` or `at nowhere`".to_owned()),
        }
        Ok(())
    }

    /// `know level 6`, `know item item-x 3`, `know quest-complete intro-arrival`.
    pub(super) fn know(&mut self, words: &[&str]) -> Done {
        let player = self.player();
        let (subject, value) = player.subject("know", words)?;
        let value = match value {
            [] | ["true"] => Known::Is(true),
            ["false"] => Known::Is(false),
            [word] => word.parse().map_or_else(|_| Known::Text((*word).to_owned()), Known::Number),
            [_, surplus, ..] => return Err(super::surplus_word(surplus)),
        };
        player.is_read(&subject, words)?;
        match subject {
            Subject::Of(_, kind, row) => player.facts.know(kind, row, value),
            Subject::Sort(subject) => player.facts.know_sort(subject, value),
            Subject::Other(sort, id) => player.facts.know_other(sort, id, value),
        }
        Ok(())
    }
}

impl Player {
    /// What a line is about, and the words behind that.
    fn subject<'w>(&self, line: &str, words: &'w [&'w str]) -> Result<(Subject, &'w [&'w str]), String> {
        let [about, rest @ ..] = words else { return Err(format!("`{line}` does not say what")) };
        let known = &self.content.words;
        let found = known.subjects.iter().position(|(name, _)| name == about);
        let Some(at) = found else { return self.other(line, about, rest) };
        let subject = narrow_u8(at);
        match (known.subjects[at].1, rest) {
            (None, rest) => Ok((Subject::Sort(subject), rest)),
            (Some(kind), [id, rest @ ..]) => {
                let row = known.id(kind, id).ok_or_else(|| unknown(id, known.ids(kind)))?;
                Ok((Subject::Of(subject, kind, row), rest))
            }
            (Some(_), []) => Err(format!("`{line} {about}` does not say which")),
        }
    }

    /// Something that the content does not have, by the sort of the condition that asks for it.
    fn other<'w>(
        &self,
        line: &str,
        about: &str,
        rest: &'w [&'w str],
    ) -> Result<(Subject, &'w [&'w str]), String> {
        let known = &self.content.words;
        let Some(sort) = known.sorts.iter().find(|sort| sort.to_kebab_case() == about) else {
            return Err(unknown(about, known.subjects.iter().map(|(name, _)| name.as_str())));
        };
        let [id, rest @ ..] = rest else { return Err(format!("`{line} {about}` does not say which")) };
        if known.paths[0].contains_key(*id) {
            return Err(format!(
                "the journal knows itself what became of `{id}`: write `given {id} turned in`, or play it"
            ));
        }
        Ok((Subject::Other(sort.clone(), (*id).to_owned()), rest))
    }

    /// Whether a condition reads what is said to be known: a line that changes nothing is a mistake.
    fn is_read(&self, subject: &Subject, words: &[&str]) -> Done {
        let content = &self.content;
        let said = words.get(..2).unwrap_or(words).join(" ");
        let nothing = |known: Vec<&str>| {
            let named = words.get(1).copied().unwrap_or_default();
            let help = crate::diagnostics::did_you_mean(named, known.into_iter());
            Err(format!(
                "no quest asks for `{said}`{}",
                help.map(|help| format!("; {help}")).unwrap_or_default()
            ))
        };
        match subject {
            Subject::Of(_, kind, row) if !content.asks_for(*kind, *row) => {
                let mut known: Vec<&str> = content.asked_of(*kind).collect();
                known.sort_unstable();
                nothing(known)
            }
            Subject::Sort(subject) if !content.asks_for_sort(*subject) => {
                Err(format!("no quest asks for `{}`", words.first().copied().unwrap_or_default()))
            }
            Subject::Other(sort, id) if !content.asks_for_other(sort, id) => nothing(Vec::new()),
            _ => Ok(()),
        }
    }

    /// `changed level`, `changed item item-x`: the fact of which the journal is told.
    pub(super) fn fact_key(&self, words: &[&str]) -> Result<Key, String> {
        let (subject, rest) = self.subject("changed", words)?;
        if let [surplus, ..] = rest {
            return Err(super::surplus_word(surplus));
        }
        match subject {
            Subject::Of(subject, kind, row) => Ok(Key::fact(subject, kind, row)),
            Subject::Sort(subject) => Ok(Key::fact(subject, 0, 0)),
            Subject::Other(_, id) => Err(format!("no quest waits for `{id}` while it is under way")),
        }
    }
}
