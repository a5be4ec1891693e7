//! The operations that all peers have, and the program around them.
//!
//! `tests/bench` starts these programs: see the cases of [`run`].

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The same quests in one of several forms.
pub trait Quests: Sized {
    /// A quest; a reference or a row.
    type Quest<'q>: Copy
    where
        Self: 'q;
    /// A stage of a quest.
    type Stage<'q>: Copy
    where
        Self: 'q;

    /// What has to be done before the first lookup.
    fn load() -> Self;
    /// How many quests there are.
    fn count(&self) -> usize;
    /// All of them in the order of the content.
    fn all(&self) -> impl Iterator<Item = Self::Quest<'_>>;
    /// The quest of this id.
    fn find(&self, id: &str) -> Option<Self::Quest<'_>>;
    /// Its id, name and description.
    fn texts<'q>(&'q self, quest: Self::Quest<'q>) -> [&'q str; 3];
    /// Its stages in order.
    fn stages<'q>(&'q self, quest: Self::Quest<'q>) -> impl Iterator<Item = Self::Stage<'q>>;
    /// Id, name and description of a stage.
    fn stage_texts<'q>(&'q self, stage: Self::Stage<'q>) -> [&'q str; 3];
    /// The descriptions of its objectives.
    fn tasks<'q>(&'q self, stage: Self::Stage<'q>) -> impl Iterator<Item = &'q str>;
    /// The stage after this one.
    fn next<'q>(&'q self, quest: Self::Quest<'q>, stage: Self::Stage<'q>) -> Option<Self::Stage<'q>>;
    /// How many ids the registries have, for which the content was generated.
    fn registered(&self) -> usize;
}

/// FNV-1a, 64 bits: what a peer says of all content, in one number.
struct Sum(u64);

impl Sum {
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Does what the first argument says, and prints numbers.
///
/// - `nothing`: nothing at all.
/// - `first ID`: finds one quest, as a game does when it has just started.
/// - `agree`: numbers of quests, stages and registered ids, and a sum of all texts in the order in which stages follow each other.
/// - `resident`: reads all of it once, then prints how many kB of memory the process has, and how many of them no file stands behind.
/// - `lookup FILE`: nanoseconds for finding a quest by its id, for all ids of a file in its order, and for walking from stage to stage.
pub fn run<Q: Quests>() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["nothing"] => {}
        ["first", id] => {
            let quests = Q::load();
            let [_, name, _] = quests.texts(quests.find(id).expect("a quest of this id"));
            println!("{name}");
            // What the operating system takes back need not be freed.
            std::process::exit(0);
        }
        ["agree"] => {
            let quests = Q::load();
            let (stages, sum) = sum(&quests);
            println!("{} {stages} {} {sum}", quests.count(), quests.registered());
        }
        ["resident"] => {
            let quests = Q::load();
            black_box(sum(&quests));
            println!("{} {}", status("VmRSS"), status("RssAnon"));
        }
        ["lookup", file] => {
            let quests = Q::load();
            let text = std::fs::read_to_string(file).expect("a file of ids");
            let ids: Vec<&str> = text.lines().collect();
            let find = each(ids.len(), || {
                for id in &ids {
                    black_box(quests.find(black_box(id)).expect("a quest of this id"));
                }
            });
            let found: Vec<Q::Quest<'_>> = ids.iter().filter_map(|id| quests.find(id)).collect();
            let steps = black_box(walk(&quests, &found));
            let next = each(steps, || {
                black_box(walk(&quests, &found));
            });
            println!("{find:.1} {next:.1}");
        }
        _ => {
            eprintln!("nothing|first ID|agree|resident|lookup FILE");
            std::process::exit(2);
        }
    }
}

/// Steps from the first stage of each of these quests to where it ends.
fn walk<'q, Q: Quests>(quests: &'q Q, found: &[Q::Quest<'q>]) -> usize {
    let mut steps = 0;
    for &quest in found {
        let mut stage = quests.stages(quest).next();
        while let Some(from) = stage {
            steps += 1;
            stage = quests.next(quest, from);
        }
    }
    steps
}

/// The number of stages, and a sum of all texts.
fn sum<Q: Quests>(quests: &Q) -> (usize, String) {
    let (mut stages, mut sum) = (0, Sum(0xcbf2_9ce4_8422_2325));
    for quest in quests.all() {
        let texts = quests.texts(quest);
        texts.iter().for_each(|text| sum.add(text));
        let found = quests.find(texts[0]).map(|quest| quests.texts(quest)[1]);
        assert_eq!(found, Some(texts[1]), "{} is found", texts[0]);
        for stage in quests.stages(quest) {
            stages += 1;
            quests.stage_texts(stage).iter().for_each(|text| sum.add(text));
            quests.tasks(stage).for_each(|text| sum.add(text));
            sum.add(quests.next(quest, stage).map_or("", |next| quests.stage_texts(next)[0]));
        }
    }
    (stages, format!("{:016x}", sum.0))
}

/// Nanoseconds for one of so many things that a call does: the best of seven windows, each of which lasts 50 ms or longer.
pub fn each(things: usize, mut call: impl FnMut()) -> f64 {
    let window = |times: u32, call: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..times).for_each(|_| call());
        start.elapsed()
    };
    let once = window(1, &mut call).max(Duration::from_nanos(1));
    let times = (50_000_000 / once.as_nanos()).clamp(1, 1_000_000) as u32;
    let best = (0..7).map(|_| window(times, &mut call)).min().unwrap_or_default();
    best.as_secs_f64() * 1e9 / f64::from(times) / things.max(1) as f64
}

/// Kilobytes of this process, by their name in `/proc/self/status`; 0 where there is no such file.
fn status(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
