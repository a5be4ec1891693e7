//! scratch
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let threads = std::env::args().nth(2).and_then(|n| n.parse().ok());
    let mut best: Vec<(String, f64)> = Vec::new();
    for round in 0..7 {
        let mut last = Instant::now();
        let mut name = "start".to_owned();
        let mut at = 0;
        let mut note = |step: String,
                        best: &mut Vec<(String, f64)>,
                        name: &mut String,
                        last: &mut Instant,
                        at: &mut usize| {
            let t = last.elapsed().as_secs_f64() * 1000.0;
            if round == 0 {
                best.push((name.clone(), t));
            } else if best[*at].1 > t {
                best[*at].1 = t;
            }
            *at += 1;
            *name = step;
            *last = Instant::now();
        };
        let options = quest_build::tool::Options { only_check: true, threads, ..Default::default() };
        let run = quest_build::tool::run_with(path.as_ref(), &options, &mut |s| {
            note(format!("{s:?}").chars().take(9).collect(), &mut best, &mut name, &mut last, &mut at)
        });
        note("drop".into(), &mut best, &mut name, &mut last, &mut at);
        drop(run);
        note("end".into(), &mut best, &mut name, &mut last, &mut at);
    }
    let sum: f64 = best.iter().map(|b| b.1).sum();
    for (n, t) in best {
        println!("{n:10} {t:7.1} ms");
    }
    println!("{sum:.1}");
}
