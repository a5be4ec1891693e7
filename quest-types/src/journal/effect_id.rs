//! By which a game knows what it has paid already.

use core::fmt;
use core::marker::PhantomData;

use super::effect::RawEffect;
use super::rules::Rules;
use crate::Id;

/// The id of an effect that pays: a reward, an action of a stage, or a consequence of failing.
///
/// [`Display`](fmt::Display) writes it, such as `iron-path/1/reward/Item item-blade 1`: the quest, the number of the run, and
/// what it is. It is unique among the effects of one player, and it is the same again if what has happened is played once
/// more from an earlier save, as after a crash. So a game that keeps the ids of what it paid, each with its player, pays
/// nothing twice.
#[derive(Clone, Copy)]
pub struct EffectId<R> {
    raw: RawEffect,
    rules: PhantomData<fn() -> R>,
}

impl<R: Rules> EffectId<R> {
    pub(super) fn of(raw: RawEffect) -> Option<Self> {
        let pays = matches!(
            raw,
            RawEffect::Reward { .. } | RawEffect::Action { .. } | RawEffect::Consequence { .. }
        );
        pays.then_some(Self { raw, rules: PhantomData })
    }
}

impl<R: Rules> PartialEq for EffectId<R> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl<R: Rules> Eq for EffectId<R> {}

impl<R: Rules> fmt::Display for EffectId<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = R::program();
        match self.raw {
            RawEffect::Reward { reward, quest, run } => {
                write!(f, "{}/{run}/reward/{}", R::Quest::from_row(quest), program.reward_label(reward))
            }
            RawEffect::Action { action, stage, run, entered } => {
                let at = action - program.actions(stage).start.min(action);
                let Some(quest) = program.quest_of(stage) else { return Ok(()) };
                let (quest, stage) = (R::Quest::from_row(quest), program.id(1, stage));
                write!(f, "{quest}/{run}/action/{entered}/{stage}/{at}")
            }
            RawEffect::Consequence { consequence, quest, run } => {
                let at = consequence - program.consequences(quest).start.min(consequence);
                write!(f, "{}/{run}/consequence/{at}", R::Quest::from_row(quest))
            }
            _ => Ok(()),
        }
    }
}

impl<R: Rules> fmt::Debug for EffectId<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EffectId({self})")
    }
}
