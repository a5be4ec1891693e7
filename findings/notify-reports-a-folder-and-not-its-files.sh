#!/usr/bin/env bash
# Packages: crate notify =8.2.0 (newest stable) on Linux, with inotify.
#
# A good guess: a recursive watch of the content folder reports every file that appears below it, under the path that it has. A folder that is moved
#   comes with its files, or at least with a flag that asks for a new scan.
# What really happens: a folder that is moved into the tree (which is how many tools unpack and how a checkout is swapped) is one event for the
#   folder; its files are never mentioned, and nothing asks for a scan. If the watched folder itself is replaced by a new one of the same name, the watch
#   stays with the old one: changes of the new files are silent, and writing to the files that are now called `old/...` is reported as a
#   change of `content/...`. A file that is watched by itself is lost with the first save by rename.
# Why it matters to us: live reload after a change of branch or an update of content then keeps the old content or reads half of it. On any event of a
#   folder the whole folder has to be read anew, the parent has to be watched, and a test needs these three ways to save.
# System independence: Linux only (other systems watch differently); no time is measured: each wait ends with the event of a marker file.
#
# Seen:
#   folder with wolf.json moved in               content/act2
#   watched folder replaced                      content
#   then content/a written                       nothing
#   then old/a written                           content/a
#   watched file saved by rename                 content/a
#   saved by rename once more                    nothing
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-notify-reports-a-folder-and-not-its-files"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
notify = { version = "=8.2.0", default-features = false }
EOF
cat > src/main.rs <<'EOF'
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecursiveMode, Watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let place = std::env::current_dir().unwrap().join(name);
        fs::create_dir_all(place.join("content")).unwrap();
        fs::create_dir_all(place.join("markers")).unwrap();
        fs::write(place.join("content/a"), "1").unwrap();
        Self(place)
    }

    fn watch(&self, watched: &str, mode: RecursiveMode) -> (impl Watcher, Receiver<notify::Result<Event>>) {
        let (sender, receiver) = channel();
        let mut watcher = notify::recommended_watcher(sender).unwrap();
        watcher.watch(&self.0.join(watched), mode).unwrap();
        watcher.watch(&self.0.join("markers"), RecursiveMode::NonRecursive).unwrap();
        (watcher, receiver)
    }

    /// The paths of all events until the marker has been closed.
    fn report(&self, name: &str, receiver: &Receiver<notify::Result<Event>>) {
        let marker = self.0.join("markers").join(name.replace([' ', '/'], "-"));
        fs::write(&marker, "").unwrap();
        let mut paths: Vec<String> = Vec::new();
        loop {
            let event = receiver.recv().unwrap().unwrap();
            let closed = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
            if closed && event.paths.contains(&marker) {
                break;
            }
            let below = |path: &PathBuf| !path.starts_with(self.0.join("markers"));
            for path in event.paths.iter().filter(|path| below(path)) {
                let path = path.strip_prefix(&self.0).unwrap().display().to_string();
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
        println!("{name:44} {}", if paths.is_empty() { "nothing".into() } else { paths.join(", ") });
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

fn save_by_rename(file: &Path) {
    let temporary = file.with_extension("tmp");
    fs::write(&temporary, "2").unwrap();
    fs::rename(&temporary, file).unwrap();
}

fn main() {
    let place = Place::new("moved");
    fs::create_dir(place.path("act2")).unwrap();
    fs::write(place.path("act2/wolf.json"), "{}").unwrap();
    let (_watcher, receiver) = place.watch("content", RecursiveMode::Recursive);
    fs::rename(place.path("act2"), place.path("content/act2")).unwrap();
    place.report("folder with wolf.json moved in", &receiver);

    let place = Place::new("replaced");
    let (_watcher, receiver) = place.watch("content", RecursiveMode::Recursive);
    fs::rename(place.path("content"), place.path("old")).unwrap();
    fs::create_dir(place.path("content")).unwrap();
    place.report("watched folder replaced", &receiver);
    fs::write(place.path("content/a"), "2").unwrap();
    place.report("then content/a written", &receiver);
    fs::write(place.path("old/a"), "3").unwrap();
    place.report("then old/a written", &receiver);

    let place = Place::new("file");
    let (_watcher, receiver) = place.watch("content/a", RecursiveMode::NonRecursive);
    save_by_rename(&place.path("content/a"));
    place.report("watched file saved by rename", &receiver);
    save_by_rename(&place.path("content/a"));
    place.report("saved by rename once more", &receiver);
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
