//! What a keystroke costs: `cargo run --release -p quest-lsp --example keystroke -- MANIFEST FILE`.
//!
//! Changes a content file in an editor over memory, waits for an answer that was asked behind the change, and compares that with a
//! check of the whole project in the same run. The medians of nine are printed, and the first divided by the second.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a tool of this repository")]

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use quest_compiler::driver;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

const ROUNDS: usize = 9;

fn main() {
    let mut arguments =
        env::args_os().skip(1).map(|path| PathBuf::from(path).canonicalize().expect("a file"));
    let (manifest, file) = arguments.next().zip(arguments.next()).expect("a manifest and a content file");
    let text = fs::read_to_string(&file).expect("a content file");
    let (server, editor) = Connection::memory();
    let served = manifest.clone();
    let serving = thread::spawn(move || quest_lsp::serve(&server, Some(&served)));
    let folder = uri(manifest.parent().expect("a folder"));
    ask(&editor, 0, "initialize", json!({ "capabilities": {}, "rootUri": folder }));
    tell(&editor, "initialized", json!({}));
    let document = json!({ "uri": uri(&file), "languageId": "json", "version": 1, "text": text });
    tell(&editor, "textDocument/didOpen", json!({ "textDocument": document }));
    let folding = json!({ "textDocument": { "uri": uri(&file) } });
    let settle = |id: usize| {
        ask(&editor, id, "textDocument/foldingRange", folding.clone());
    };
    settle(1);
    let keystrokes = (0..ROUNDS).map(|round| {
        let changed = format!("{text}{}", " ".repeat(round % 2));
        let document = json!({ "uri": uri(&file), "version": round + 2 });
        let change = json!({ "textDocument": document, "contentChanges": [{ "text": changed }] });
        time(|| {
            tell(&editor, "textDocument/didChange", change);
            settle(round + 2);
        })
    });
    let keystroke = median(keystrokes.collect());
    let check = || drop(driver::run(&driver::Request::check(&manifest), &mut |_| {}));
    let check = median((0..ROUNDS).map(|_| time(check)).collect());
    println!("a keystroke: {:.1} ms", keystroke.as_secs_f64() * 1e3);
    println!("a check: {:.1} ms", check.as_secs_f64() * 1e3);
    println!("ratio: {:.2}", keystroke.as_secs_f64() / check.as_secs_f64());
    ask(&editor, ROUNDS + 3, "shutdown", Value::Null);
    tell(&editor, "exit", Value::Null);
    serving.join().expect("the server").expect("the protocol");
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn tell(editor: &Connection, method: &str, params: Value) {
    let notification = Notification::new(method.to_owned(), params);
    editor.sender.send(Message::Notification(notification)).expect("a server");
}

/// Asks, and waits for the answer.
fn ask(editor: &Connection, id: usize, method: &str, params: Value) {
    let id = RequestId::from(i32::try_from(id).expect("a small number"));
    editor
        .sender
        .send(Message::Request(Request::new(id.clone(), method.to_owned(), params)))
        .expect("a server");
    while let Ok(message) = editor.receiver.recv() {
        if matches!(message, Message::Response(response) if response.id == id) {
            return;
        }
    }
}
