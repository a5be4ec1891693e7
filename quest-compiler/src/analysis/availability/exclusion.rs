//! Conditions that exclude each other: of one object, and of all that must be complete before it.

use super::{AnalysisContext, Condition, Sink};
use crate::diagnostics::{Diagnostic, code};
use crate::schema::Means;
use std::collections::{HashMap, HashSet};

/// `order` are the objects that can be begun, each behind those that it waits for.
pub(super) fn report(cx: &AnalysisContext<'_, '_, '_>, order: &[u32], sink: &mut Sink<'_>) {
    cx.contradictions(order, sink);
}

impl<'a> AnalysisContext<'_, '_, 'a> {
    /// Conditions that exclude each other: of the object itself, and of all that must be complete before.
    fn contradictions(&self, order: &[u32], sink: &mut Sink<'_>) {
        let shared = self.shared_facts();
        // Of each object, what holds once it is complete: for each fact the strictest condition, and who asks for it.
        let mut after: Vec<Strictest<'_>> = vec![Strictest::new(); self.objects.len()];
        for at in order {
            let object = &self.objects[*at as usize];
            let mut before = Strictest::new();
            for needed in self.complete_before(object) {
                for known in after[needed as usize].values() {
                    self.strictest(&mut before, *known);
                }
            }
            self.contradiction(*at, &before, sink);
            for (number, condition) in object.conditions.iter().enumerate() {
                let is_kept = condition.certain && matches!(condition.means, Means::Rising | Means::Constant);
                if is_kept && shared.contains(&fact(condition)) {
                    self.strictest(&mut before, (*at, number));
                }
            }
            after[*at as usize] = before;
        }
    }

    fn condition(&self, (object, number): (u32, usize)) -> &Condition<'a> {
        &self.objects[object as usize].conditions[number]
    }

    /// The facts that several conditions are about: no other can contradict the one condition about it, so it is not passed on.
    fn shared_facts(&self) -> HashSet<(usize, &str)> {
        let mut seen = HashSet::new();
        let conditions = self.objects.iter().flat_map(|object| &object.conditions);
        conditions.map(fact).filter(|fact| !seen.insert(*fact)).collect()
    }

    /// Keeps, for each fact, the condition that later ones can contradict most easily.
    fn strictest<'c>(&'c self, kept: &mut Strictest<'c>, new: (u32, usize)) {
        let condition = self.condition(new);
        if condition.negated {
            return;
        }
        let least =
            |known: (u32, usize)| self.condition(known).range.map_or(f64::NEG_INFINITY, |(least, _)| least);
        let known = kept.entry(fact(condition)).or_insert(new);
        if least(new) > least(*known) {
            *known = new;
        }
    }

    fn contradiction(&self, at: u32, before: &Strictest<'_>, sink: &mut Sink<'_>) {
        let object = &self.objects[at as usize];
        for (number, own) in object.conditions.iter().enumerate().filter(|(_, own)| own.certain) {
            let mut others = object.conditions[number + 1..].iter().filter(|other| other.certain);
            let later = others.find(|other| excludes(own, other, true));
            let earlier =
                before.get(&fact(own)).filter(|known| excludes(own, self.condition(**known), false));
            let (other, why) = match (later, earlier) {
                (Some(other), _) => (other, format!("and this for {}", self.asks(other))),
                (None, Some(known)) => {
                    let needed = self.name(&self.objects[known.0 as usize]);
                    (
                        self.condition(*known),
                        format!(
                            "`{needed}`, which must be complete before, asks for {}",
                            self.asks(self.condition(*known))
                        ),
                    )
                }
                (None, None) => continue,
            };
            sink.push_never(
                object,
                Diagnostic::new(
                    &code::CONTRADICTION,
                    format!(
                        "the {} `{}` can never be begun: two of its conditions exclude each other",
                        self.noun(object),
                        self.name(object)
                    ),
                )
                .label(self.place(own), format!("asks for {}", self.asks(own)))
                .label(self.place(other), why)
                .help("change one of the two, or remove it"),
            );
            return;
        }
    }
}

/// The strictest condition of each fact.
type Strictest<'c> = HashMap<(usize, &'c str), (u32, usize)>;

/// What a condition is about: its sort, and the target.
fn fact<'c>(condition: &'c Condition<'_>) -> (usize, &'c str) {
    (condition.sort, &condition.about)
}

/// Whether two conditions cannot both be met; `same` says that both are asked for at the same time, else `second` was met before.
fn excludes(first: &Condition<'_>, second: &Condition<'_>, same: bool) -> bool {
    if first.sort != second.sort || first.about != second.about {
        return false;
    }
    let apart = |first: (f64, f64), second: (f64, f64)| first.1 < second.0 || (same && second.1 < first.0);
    match first.means {
        Means::Constant => match (&first.value, &second.value) {
            (Some(one), Some(other)) => {
                (one != other) != (first.negated != second.negated) && !(first.negated && second.negated)
            }
            _ => false,
        },
        Means::Rising => matches!((first.range, second.range), (Some(one), Some(other)) if apart(one, other)),
        Means::Number => {
            same && matches!((first.range, second.range), (Some(one), Some(other)) if apart(one, other))
        }
        Means::Set | Means::Complete | Means::Active => same && first.negated != second.negated,
    }
}
