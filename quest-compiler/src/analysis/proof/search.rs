//! A search over the states of a machine, and what follows from it about each quest: no more is known here of quests than that
//! they end.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// Something with states and moves.
pub(super) trait Machine {
    /// What leads from one state to another.
    type Step: Clone;

    /// The states in which it can begin.
    fn roots(&self) -> Vec<Vec<u32>>;

    /// Shows every state that one move leads to.
    fn successors(&self, state: &[u32], visit: &mut dyn FnMut(Self::Step, Vec<u32>));

    /// Whether so much was tried that not all successors of the last state were shown.
    fn is_tired(&self) -> bool;

    /// What a step brings about that has to be remembered, the first time.
    fn label(&self, step: &Self::Step) -> Option<u32>;

    /// Whether a quest has ended once, for good.
    fn has_ended(&self, state: &[u32], quest: usize) -> bool;
}

/// The states that were found, in the order of the fewest moves to each.
pub(super) struct Search<S> {
    words: Vec<u32>,
    /// Where each state ends in the words.
    ends: Vec<usize>,
    /// The state and the step from which each was found first, and the root.
    from: Vec<(u32, Option<S>, u32)>,
    /// The states from which each can be reached in one move.
    before: Vec<Vec<u32>>,
    /// All states below this one were looked at.
    expanded: usize,
    /// The first step with each label, and the state before it.
    labels: BTreeMap<u32, (usize, S)>,
}

/// What is true of a quest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// From every state it can end.
    Always,
    /// From this state it cannot end any more, and no shorter way leads to such a state.
    Lost(usize),
    /// It can never end.
    Never,
    /// There are more states than could be looked at.
    Unknown,
}

/// What is true of a quest, and of whom.
pub(super) struct JudgedQuest {
    pub(super) found: Found,
    /// The beginnings from which it can end.
    pub(super) can: Vec<usize>,
    /// Those from which it never can.
    pub(super) cannot: Vec<usize>,
}

impl<S: Clone> Search<S> {
    /// Looks at the states of a machine, at most at so many.
    pub(super) fn run<M: Machine<Step = S>>(machine: &M, most: usize) -> Self {
        let mut search = Self {
            words: Vec::new(),
            ends: Vec::new(),
            from: Vec::new(),
            before: Vec::new(),
            expanded: 0,
            labels: BTreeMap::new(),
        };
        let mut known: HashMap<Box<[u32]>, u32> = HashMap::new();
        for root in machine.roots() {
            if let Entry::Vacant(place) = known.entry(root.clone().into()) {
                let at = search.from.len() as u32;
                place.insert(at);
                search.add(&root, (at, None, at));
            }
        }
        while search.expanded < search.from.len() && search.from.len() <= most && !machine.is_tired() {
            let at = search.expanded;
            search.expanded += 1;
            let state = search.state(at).to_vec();
            let root = search.from[at].2;
            machine.successors(&state, &mut |step, next| {
                if let Some(label) = machine.label(&step) {
                    search.labels.entry(label).or_insert_with(|| (at, step.clone()));
                }
                if next == state {
                    return;
                }
                let to = match known.entry(next.into()) {
                    Entry::Occupied(place) => *place.get() as usize,
                    Entry::Vacant(place) => {
                        let to = search.from.len();
                        let words = place.key().to_vec();
                        place.insert(to as u32);
                        search.add(&words, (at as u32, Some(step), root));
                        to
                    }
                };
                if search.before[to].last() != Some(&(at as u32)) {
                    search.before[to].push(at as u32);
                }
            });
            if machine.is_tired() {
                search.expanded = at;
            }
        }
        search
    }

    fn add(&mut self, words: &[u32], from: (u32, Option<S>, u32)) {
        self.words.extend(words);
        self.ends.push(self.words.len());
        self.from.push(from);
        self.before.push(Vec::new());
    }

    /// How many states were found.
    pub(super) fn states(&self) -> usize {
        self.from.len()
    }

    /// Whether all states were looked at.
    pub(super) fn is_complete(&self) -> bool {
        self.expanded == self.from.len()
    }

    /// The numbers of a state.
    pub(super) fn state(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        &self.words[start..self.ends[at]]
    }

    /// The states from which one can come to others: to those that are wanted, and to those of which nothing is known.
    pub(super) fn leading_to(&self, wanted: impl Fn(usize) -> bool, unknown: bool) -> Vec<bool> {
        let is_open = |at: usize| unknown && at >= self.expanded;
        let mut open: Vec<usize> = (0..self.from.len()).filter(|at| wanted(*at) || is_open(*at)).collect();
        let mut leads = vec![false; self.from.len()];
        open.iter().for_each(|at| leads[*at] = true);
        while let Some(at) = open.pop() {
            for from in &self.before[at] {
                if !std::mem::replace(&mut leads[*from as usize], true) {
                    open.push(*from as usize);
                }
            }
        }
        leads
    }

    /// What is true of a quest, of the beginnings that are meant. One from which it can never end loses nothing: it is another
    /// player's.
    pub(super) fn judge<M: Machine<Step = S>>(
        &self,
        machine: &M,
        quest: usize,
        is_meant: &dyn Fn(usize) -> bool,
    ) -> JudgedQuest {
        let ended = |at: usize| machine.has_ended(self.state(at), quest);
        let may = self.leading_to(ended, true);
        let roots = (0..self.states()).filter(|at| self.from[*at].1.is_none() && is_meant(*at));
        let (can, cannot): (Vec<usize>, Vec<usize>) = roots.partition(|root| may[*root]);
        let is_lost = |at: &usize| {
            let root = self.from[*at].2 as usize;
            !may[*at] && may[root] && can.binary_search(&root).is_ok()
        };
        let found = match (0..self.states()).find(is_lost) {
            _ if can.is_empty() => Found::Never,
            Some(at) => Found::Lost(at),
            None if self.is_complete() => Found::Always,
            None => Found::Unknown,
        };
        JudgedQuest { found, can, cannot }
    }

    /// The states from which one move leads to a state.
    pub(super) fn before(&self, at: usize) -> &[u32] {
        &self.before[at]
    }

    /// The state from which a state was found first.
    pub(super) fn parent(&self, at: usize) -> Option<(usize, &S)> {
        let (from, step, _) = &self.from[at];
        step.as_ref().map(|step| (*from as usize, step))
    }

    /// The state before the first step with a label.
    pub(super) fn labelled(&self, label: u32) -> Option<usize> {
        self.labels.get(&label).map(|(at, _)| *at)
    }

    /// The steps to a state, by the fewest moves.
    pub(super) fn path(&self, at: usize) -> Vec<S> {
        let mut path = Vec::new();
        let mut at = at;
        while let (from, Some(step), _) = &self.from[at] {
            path.push(step.clone());
            at = *from as usize;
        }
        path.reverse();
        path
    }
}
