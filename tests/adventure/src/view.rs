//! What a player sees. All of it is content; only which objectives are done comes from the game.

use crate::quests::{ItemOrRelic, Lead, Mission, Objective, ObjectiveId, Outcome, Seed, Site};
use core::fmt;

/// The first objective that is still to be done.
pub fn objective(mission: &Mission, done: impl Fn(ObjectiveId) -> bool) -> Option<&'static Objective> {
    mission.objectives().iter().find(|objective| !done(objective.id()))
}

/// The first lead that fits a site and is not old news.
pub fn lead(mission: &Mission, site: &Site, done: impl Fn(ObjectiveId) -> bool) -> Option<&'static Lead> {
    mission.leads().iter().find(|lead| {
        lead.site().is_none_or(|place| place.id() == site.id())
            && lead.until().is_none_or(|until| !done(until.id()))
    })
}

/// The first good end of which everything is done.
pub fn outcome(mission: &Mission, done: impl Fn(ObjectiveId) -> bool) -> Option<&'static Outcome> {
    mission.outcomes().iter().find(|outcome| outcome.requires().iter().all(&done))
}

/// What `look` shows, every thing with its id: objective, what can be used, actors, mobs, exits, one lead.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    site: &'static Site,
    objective: Option<&'static Objective>,
    lead: Option<&'static Lead>,
}

impl Look {
    /// A look around at a site.
    pub fn new(mission: &Mission, site: &'static Site, done: impl Fn(ObjectiveId) -> bool) -> Self {
        Self { site, objective: objective(mission, &done), lead: lead(mission, site, &done) }
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let site = self.site;
        writeln!(f, "{} [{}]", site.title(), site.id())?;
        writeln!(f, "{}", site.description())?;
        if let Some(objective) = self.objective {
            writeln!(f, "Objective: {} [{}]", objective.title(), objective.id().as_str())?;
        }
        for item in site.items() {
            match item {
                ItemOrRelic::Item(item) => writeln!(f, "Item: {} [{item}]", item.title())?,
                ItemOrRelic::Relic(relic) => writeln!(f, "Relic: {} [{relic}]", relic.title())?,
            }
        }
        for ward in site.wards() {
            writeln!(f, "Ward: {} [{}]", ward.title(), ward.id())?;
        }
        for actor in site.actors() {
            writeln!(f, "Actor: {} [{actor}]", actor.title())?;
        }
        for mob in site.mobs() {
            writeln!(f, "Mob: {} [{mob}]", mob.title())?;
        }
        for exit in site.exits() {
            writeln!(f, "Exit: {} [{}] -> {}", exit.title(), exit.id().as_str(), exit.to().id())?;
        }
        match self.lead {
            Some(lead) => writeln!(f, "Lead: {}", lead.text()),
            None => Ok(()),
        }
    }
}

/// The line of a transcript that says what a run was made from: `seed fixed-smoke: tower-gate=unstable, weather=clear`.
#[derive(Clone, Copy, Debug)]
pub struct SeedLine(pub &'static Seed);

impl fmt::Display for SeedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {}", self.0.label())?;
        for (at, variant) in self.0.variants().iter().enumerate() {
            let before = if at == 0 { ": " } else { ", " };
            write!(f, "{before}{}={}", variant.id().as_str(), variant.selected().as_str())?;
        }
        Ok(())
    }
}
