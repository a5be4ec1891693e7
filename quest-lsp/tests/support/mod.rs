//! A small game, and an editor that talks to the server over memory.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail, and each uses a part"
)]

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

pub const SCHEMA: &str = r##"{
  "title": "Quests", "type": "object", "required": ["quests"], "additionalProperties": false,
  "properties": { "quests": { "type": "array", "items": { "$ref": "#/$defs/Quest" } } },
  "$defs": {
    "Quest": {
      "description": "What players do.", "type": "object", "required": ["id", "name", "giver", "stages"],
      "additionalProperties": false,
      "properties": {
        "id": { "type": "string", "x-key": "quest", "pattern": "^[a-z][a-z0-9-]*$" },
        "name": { "type": "string", "description": "The title that players read.", "x-text": true },
        "giver": { "type": "string", "x-ref": "npc", "description": "Who gives it." },
        "mood": { "enum": ["merry", "grim"] },
        "after": { "type": "array", "items": { "type": "string", "x-ref": "quest" } },
        "stages": { "type": "array", "items": { "$ref": "#/$defs/Stage" } }
      }
    },
    "Stage": {
      "type": "object", "required": ["id", "name"], "additionalProperties": false,
      "properties": {
        "id": { "type": "string", "x-key": "quest.stage" },
        "name": { "type": "string", "x-text": true },
        "next": { "type": ["string", "null"], "x-ref": "quest.stage" }
      }
    }
  }
}"##;

pub const MANIFEST: &str = r#"[[documents]]
schema = "quests.schema.json"
content = "content/*"

[registries]
npc = ["smith", "baker"]

[lints]
unused = "allow"
"#;

pub const IRON: &str = r#"{
  "quests": [
    {
      "id": "iron",
      "name": "The Iron Path",
      "giver": "smith",
      "mood": "grim",
      "stages": [
        { "id": "ask", "name": "Ask", "next": "dig" },
        { "id": "dig", "name": "Dig", "next": null }
      ]
    }
  ]
}
"#;

/// The same kind of content in other formats.
pub const BREAD: &str = "quests:\n  - id: bread\n    name: Daily Bread\n    giver: baker\n    after: [iron]\n    stages:\n      - id: knead\n        name: Knead\n";
pub const SALT: &str = "[[quests]]\nid = \"salt\"\nname = \"Salt\"\ngiver = \"baker\"\nafter = [\"iron\", \"bread\"]\nstages = [{ id = \"sift\", name = \"Sift\" }]\n";
pub const COAL: &str = "(\n  quests: [\n    (id: \"coal\", name: \"Coal\", giver: \"smith\", after: [\"iron\"], stages: [(id: \"burn\", name: \"Burn\")]),\n  ],\n)\n";

/// Writes the game into a folder.
pub fn game(folder: &Path) {
    fs::create_dir_all(folder.join("content")).unwrap();
    let files = [
        ("quest.toml", MANIFEST),
        ("quests.schema.json", SCHEMA),
        ("content/iron.json", IRON),
        ("content/bread.yaml", BREAD),
        ("content/salt.toml", SALT),
        ("content/coal.ron", COAL),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// An editor with the game open.
pub struct Editor {
    connection: Connection,
    server: Option<JoinHandle<()>>,
    pub folder: PathBuf,
    next: i32,
    version: i32,
    /// The diagnostics that were published last, by URI.
    pub published: std::collections::BTreeMap<String, Vec<Value>>,
    _temporary: tempfile::TempDir,
}

impl Editor {
    pub fn start() -> Self {
        Self::with(json!({
            "general": { "positionEncodings": ["utf-16"] },
            "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
            "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["rename"] } },
        }))
    }

    pub fn with(capabilities: Value) -> Self {
        Self::serving(capabilities, None)
    }

    /// With a server of one manifest alone, if one is named. A second game is in the folder `other`.
    pub fn serving(capabilities: Value, only: Option<&str>) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().canonicalize().unwrap();
        game(&folder);
        let only = only.map(|manifest| folder.join(manifest));
        if only.is_some() {
            game(&folder.join("other"));
        }
        let (server, connection) = Connection::memory();
        let server = std::thread::spawn(move || quest_lsp::serve(&server, only.as_deref()).unwrap());
        let mut editor = Self {
            connection,
            server: Some(server),
            folder,
            next: 0,
            version: 1,
            published: std::collections::BTreeMap::new(),
            _temporary: temporary,
        };
        let root = editor.uri("");
        let folders = json!([{ "uri": root.trim_end_matches('/'), "name": "game" }]);
        let answer =
            editor.ask("initialize", json!({ "capabilities": capabilities, "workspaceFolders": folders }));
        assert_eq!(answer["serverInfo"]["name"], "questc");
        editor.tell("initialized", json!({}));
        editor
    }

    pub fn uri(&self, file: &str) -> String {
        format!("file://{}/{file}", self.folder.display())
    }

    fn send(&self, message: Message) {
        self.connection.sender.send(message).unwrap();
    }

    pub fn tell(&self, method: &str, params: Value) {
        self.send(Message::Notification(Notification::new(method.to_owned(), params)));
    }

    /// Asks, and waits for the answer.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.try_ask(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    pub fn try_ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.send_request(method, params);
        self.answer(&id)
    }

    /// Asks, and takes the question back at once.
    pub fn ask_and_cancel(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.send_request(method, params);
        self.tell("$/cancelRequest", json!({ "id": id }));
        self.answer(&id)
    }

    fn send_request(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.send(Message::Request(Request::new(id.clone(), method.to_owned(), params)));
        id
    }

    /// Waits until a file has so many diagnostics.
    pub fn wait_for(&mut self, file: &str, count: usize) {
        while self.published.get(&self.uri(file)).map_or(0, Vec::len) != count {
            match self.connection.receiver.recv_timeout(Duration::from_secs(120)).unwrap() {
                Message::Notification(notification) => self.heard(notification),
                Message::Response(_) | Message::Request(_) => {}
            }
        }
    }

    fn answer(&mut self, id: &RequestId) -> Result<Value, String> {
        loop {
            match self.connection.receiver.recv_timeout(Duration::from_secs(120)).unwrap() {
                Message::Response(response) if response.id == *id => {
                    return response.response_result.map_err(|error| error.message);
                }
                Message::Notification(notification) => self.heard(notification),
                Message::Response(_) | Message::Request(_) => {}
            }
        }
    }

    fn heard(&mut self, notification: Notification) {
        if notification.method == "textDocument/publishDiagnostics" {
            let uri = notification.params["uri"].as_str().unwrap().to_owned();
            let all = notification.params["diagnostics"].as_array().unwrap().clone();
            self.published.insert(uri, all);
        }
    }

    pub fn open(&self, file: &str, text: &str) {
        let document = json!({ "uri": self.uri(file), "languageId": "json", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn open_file(&self, file: &str) -> String {
        let text = fs::read_to_string(self.folder.join(file)).unwrap();
        self.open(file, &text);
        text
    }

    /// Replaces the text of an open file.
    pub fn change(&mut self, file: &str, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.uri(file), "version": self.version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// Waits until everything that was sent is checked, by asking something behind it.
    pub fn settle(&mut self, file: &str) {
        let symbols = json!({ "textDocument": { "uri": self.uri(file) } });
        self.ask("textDocument/documentSymbol", symbols);
    }

    /// The messages published of a file, once everything is checked.
    pub fn messages(&mut self, file: &str) -> Vec<String> {
        self.settle(file);
        let all = self.published.get(&self.uri(file)).cloned().unwrap_or_default();
        all.iter().map(|one| one["message"].as_str().unwrap().lines().next().unwrap().to_owned()).collect()
    }

    /// Asks about the place of the bar in a text, which the file gets without it.
    pub fn at(&mut self, method: &str, file: &str, marked: &str, more: Value) -> Value {
        self.try_at(method, file, marked, more).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    pub fn try_at(&mut self, method: &str, file: &str, marked: &str, more: Value) -> Result<Value, String> {
        let byte = marked.find('|').expect("a bar");
        let text = marked.replace('|', "");
        self.change(file, &text);
        let before = &text[..byte];
        let line = before.matches('\n').count();
        let character = before.rsplit('\n').next().unwrap().encode_utf16().count();
        let mut params = json!({
            "textDocument": { "uri": self.uri(file) },
            "position": { "line": line, "character": character },
        });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.try_ask(method, params)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        // It is an error the second time, after which an exit is all the same expected.
        let _ = self.try_ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.server.take().unwrap().join().unwrap();
    }
}
