//! What is said about quests that can be lost.

use super::{How, Loss, Proof, Proved, ProvedAs, Prover, Verdict};
use crate::analysis::NeverBegun;
use crate::check::{Row, Tainted};
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::lower::Reader;
use crate::text::Span;

/// At most so many moves of a way are shown.
const SHOWN: usize = 12;

impl Prover<'_> {
    /// Proves all quests, reports those that a choice makes impossible or that are so from the beginning, and says what is known
    /// of each. `never_begun` are those of which the latter has been said.
    pub fn report(
        &self,
        tainted: &Tainted,
        never_begun: &NeverBegun,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Proved> {
        let proofs = self.all(true);
        for proof in proofs.iter().filter(|proof| !matches!(proof.verdict, Verdict::Always)) {
            let row = Row { record: self.quest_record(), row: proof.quest };
            let content = &self.read.resolved.content;
            if content.document(row).broken || tainted.concern(content.object(row), |_| true) {
                continue;
            }
            let impossible = self.impossible(row, proof, &proofs, never_begun, diagnostics);
            diagnostics.extend(impossible.or_else(|| self.lost(row, proof, &proofs)));
        }
        self.unknown_names(diagnostics);
        proofs.iter().map(|proof| self.in_words(proof)).collect()
    }

    pub(super) fn place(&self, row: Row) -> Span {
        let Reader { model, journal, resolved } = self.read;
        let id = resolved.ids.own(model, &resolved.content, journal.quest, row);
        let span = id.and_then(|id| resolved.ids.id(journal.quest, id).span);
        span.unwrap_or_else(|| resolved.content.opening(row))
    }

    pub(super) fn name(&self, quest: u32) -> &str {
        let ids = self.read.resolved.ids.of(self.read.journal.quest);
        ids.list.get(quest as usize).map_or("", |id| &*id.text)
    }

    pub(super) fn stage_name(&self, stage: u32) -> &str {
        let ids = self.read.resolved.ids.of(self.read.journal.stage);
        ids.list.get(stage as usize).map_or("", |id| &*id.text)
    }

    fn must_stay(&self, quest: u32) -> Option<Span> {
        let name = self.name(quest);
        self.limits.always.iter().find(|always| always.text == name).map(|always| always.span)
    }

    /// A quest that can be lost, if that has to be said.
    fn lost(&self, row: Row, proof: &Proof, all: &[Proof]) -> Option<Diagnostic> {
        let name = self.name(proof.quest);
        let must_stay = self.must_stay(proof.quest);
        let place = self.place(row);
        let loss = match &proof.verdict {
            Verdict::CanBeLost(loss) => loss,
            Verdict::NotProven(states) if must_stay.is_some() || self.is_plain(proof.quest) => {
                let title = format!("whether `{name}` can always be ended is not proven");
                let diagnostic = Diagnostic::new(&code::NOT_PROVEN, title)
                    .label(place, format!("more than {states} states of the quests around it can be reached"))
                    .help("allow more with `states` of `[proof]` in the manifest");
                return Some(diagnostic);
            }
            _ => return None,
        };
        if let Some(span) = must_stay {
            let title = format!("`{name}` can be lost, and must always stay finishable");
            let diagnostic = Diagnostic::new(&code::MUST_STAY, title).label(place, self.what(loss.how));
            return Some(diagnostic.label(span, "says so").note(self.way(loss)));
        }
        // Failing is part of a quest that can fail, and what happens in the quest alone is said of its flow. What is lost through
        // another quest is said of that one.
        let alone = matches!(loss.how, How::Failed | How::Through(_))
            || (loss.how == How::Stuck && self.stuck_alone(loss, proof.quest));
        if alone || self.follows(proof, loss, all) {
            return None;
        }
        let mut diagnostic = Diagnostic::new(&code::CAN_BE_LOST, format!("`{name}` can be lost for good"))
            .label(place, self.what(loss.how))
            .note(self.way(loss));
        let others: Vec<&str> = all
            .iter()
            .filter(|other| other.quest != proof.quest)
            .filter(|other| matches!(&other.verdict, Verdict::CanBeLost(same) if self.same_way(same, loss)))
            .map(|other| self.name(other.quest))
            .collect();
        if !others.is_empty() {
            let verb = if others.len() == 1 { "is" } else { "are" };
            diagnostic = diagnostic.note(format!("{} {verb} lost by the same", list(&others, "and")));
        }
        Some(diagnostic.help("leave another way to it, or except it in the manifest if that is meant"))
    }

    /// Whether two quests are lost by the same moves.
    fn same_way(&self, one: &Loss, other: &Loss) -> bool {
        one.path.iter().map(|step| step.call).eq(other.path.iter().map(|step| step.call))
    }

    /// Whether the same way loses an earlier quest, at which it is said.
    fn follows(&self, proof: &Proof, loss: &Loss, all: &[Proof]) -> bool {
        all.iter().take_while(|other| other.quest < proof.quest).any(|other| match &other.verdict {
            Verdict::CanBeLost(same) => {
                matches!(same.how, How::Shut | How::Vain)
                    && self.same_way(same, loss)
                    && self.must_stay(other.quest).is_none()
            }
            _ => false,
        })
    }

    /// Whether all moves of a way are of the quest itself, so that its own flow says it.
    fn stuck_alone(&self, loss: &Loss, quest: u32) -> bool {
        let of_others = |step: &super::Step| match step.call {
            super::Call::Start(other) | super::Call::TurnIn(other, _) | super::Call::Skip(other) => {
                other != quest
            }
            _ => false,
        };
        !loss.path.iter().any(of_others)
    }

    /// What became of a quest.
    pub(super) fn what(&self, how: How) -> String {
        match how {
            How::Failed => "it fails".to_owned(),
            How::Stuck => "it cannot be ended any more".to_owned(),
            How::Shut => "it cannot be begun any more".to_owned(),
            How::Vain => "it can still be begun, but not ended any more".to_owned(),
            How::Through(other) => format!("it needs `{}`, which can be lost", self.name(other)),
        }
    }

    /// The moves by which a quest is lost.
    fn way(&self, loss: &Loss) -> String {
        let line = |call: super::Call| self.call_line(call);
        // Of what rises step by step, the last step says it all.
        let mut calls: Vec<super::Call> = loss.path.iter().map(|step| step.call).collect();
        calls.dedup_by(|later, earlier| match (&later, &earlier) {
            (super::Call::Rise(one, to), super::Call::Rise(other, _)) if one == other => {
                *earlier = super::Call::Rise(*one, *to);
                true
            }
            _ => false,
        });
        let given: Vec<&str> = loss.given.iter().map(|quest| self.name(*quest)).collect();
        let once = match given.as_slice() {
            [] => String::new(),
            given => format!("once {} can be turned in, ", list(given, "and")),
        };
        if let [super::Call::Rise(subject, to)] = calls.as_slice() {
            let name = self.subject(*subject);
            return format!("{once}it is lost as soon as `{name}` is {to}: that only rises");
        }
        let mut moves: Vec<String> = calls.into_iter().map(line).collect();
        if moves.len() > SHOWN {
            let more = moves.len() - SHOWN;
            moves.splice(SHOWN / 2..SHOWN / 2 + more, [format!("{more} more")]);
        }
        let moves = list(&moves.iter().map(String::as_str).collect::<Vec<_>>(), "and then");
        format!("{once}it is lost by {moves}")
    }

    /// Ids of quests that must stay finishable, and that there are not.
    fn unknown_names(&self, diagnostics: &mut Vec<Diagnostic>) {
        let names = || (0..self.outline.len() as u32).map(|quest| self.name(quest));
        for always in &self.limits.always {
            if names().all(|name| name != always.text) {
                diagnostics.push(
                    Diagnostic::new(&code::MANIFEST, format!("no quest is called `{}`", always.text))
                        .label(always.span, "not known")
                        .maybe_help(did_you_mean(&always.text, names())),
                );
            }
        }
    }

    pub(super) fn in_words(&self, proof: &Proof) -> Proved {
        let (verdict, states) = match &proof.verdict {
            Verdict::Always => (ProvedAs::Always, 0),
            Verdict::CanBeLost(_) => (ProvedAs::CanBeLost, 0),
            Verdict::Never(_) => (ProvedAs::Never, 0),
            Verdict::NotProven(states) => (ProvedAs::NotProven, *states),
        };
        let name = |quest: &u32| self.name(*quest).to_owned();
        let line = |step: &super::Step| self.call_line(step.call);
        let (path, given) = match &proof.verdict {
            Verdict::CanBeLost(loss) => {
                (loss.path.iter().map(line).collect(), loss.given.iter().map(name).collect())
            }
            _ => (Vec::new(), Vec::new()),
        };
        let endings = proof.endings.iter().map(|stage| self.stage_name(*stage).to_owned()).collect();
        Proved { quest: name(&proof.quest), verdict, path, given, endings, states }
    }
}
