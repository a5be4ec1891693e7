//! The site in a real browser, opened from disk: Chromium from the distribution's package (`apt install chromium`), or the one that
//! `QUESTC_CHROMIUM` names. It is spoken to in its own protocol, JSON with zeros between, through pipes.

use crate::{five_quests, oldwood, site};
use quest_test::Suite;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// As wide as a small phone.
const PHONE: u32 = 360;
const SCREEN: u32 = 1280;
/// As wide as paper of A4 between its margins.
const PRINT: u32 = 718;

/// What is wrong with a page as it is drawn: too wide, hard to read, or not to be understood without eyes.
const LOOK: &str = r#"(() => {
  const wrong = [];
  const page = document.documentElement;
  // A phone makes its window as wide as the page, so it is asked for what it was given.
  if (page.scrollWidth > WIDTH) {
    const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > WIDTH + 1 && !e.closest(".scroll, .graph, .canvas, pre"));
    wrong.push("scrolls sideways: " + page.scrollWidth + " of " + WIDTH + ", " + wide.slice(0, 3).map(e => e.outerHTML.slice(0, 80)).join(" | "));
  }
  if (document.querySelectorAll("h1").length !== 1) wrong.push("has not one h1");
  for (const name of ["header", "nav", "main"]) if (!document.querySelector(name)) wrong.push("has no " + name);
  for (const field of document.querySelectorAll("input, select")) if (!field.labels.length) wrong.push("a field without a label: " + field.outerHTML);
  for (const link of document.querySelectorAll("a[href]")) if (!link.textContent.trim()) wrong.push("a link without words: " + link.outerHTML);
  for (const part of document.querySelectorAll("svg")) if (!part.getAttribute("aria-label")) wrong.push("a picture without a name");
  const numbers = color => { const found = color.match(/[\d.]+/g); return found ? found.map(Number) : null; };
  const light = ([r, g, b]) => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const behind = element => {
    if (element.closest("svg")) {
      const box = element.parentElement.querySelector(":scope > rect");
      if (box) return numbers(getComputedStyle(box).fill);
    }
    for (let at = element; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color && (color.length < 4 || color[3] > 0)) return color;
    }
    return [255, 255, 255];
  };
  const said = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const words = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!words || element.closest("title, script, .hidden, .skip, option") || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const front = numbers(element.closest("svg") ? style.fill : style.color), back = behind(element);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const what = element.tagName + "." + (element.getAttribute("class") || "");
    if (ratio < (large ? 3 : 4.5) && !said.has(what)) { said.add(what); wrong.push("contrast " + ratio.toFixed(2) + " of " + what + ": " + element.textContent.trim().slice(0, 40)); }
  }
  return wrong;
})()"#;

/// What is wrong with a page on paper: what can only be clicked at, dark paper, or something cut off at its side.
const PRINTED: &str = r#"(() => {
  const wrong = [];
  const seen = e => e.getClientRects().length > 0;
  for (const e of document.querySelectorAll("button, input, select, nav")) if (seen(e) && !e.closest(".hidden")) wrong.push("is printed: " + e.outerHTML.slice(0, 60));
  const back = getComputedStyle(document.body).backgroundColor;
  if (back !== "rgb(255, 255, 255)") wrong.push("the paper is " + back);
  for (const e of document.querySelectorAll("pre, table, svg, details > *")) if (seen(e) && e.getBoundingClientRect().right > window.innerWidth + 1) wrong.push("is cut off: " + e.outerHTML.slice(0, 80));
  return wrong;
})()"#;

/// The bytes that a text stands for.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for sign in text.bytes() {
        let six = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

struct Browser {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: Option<String>,
    asked: u64,
    /// What the browser said by itself.
    events: Vec<Value>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn installed() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("QUESTC_CHROMIUM") {
        return Some(named.into());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&folders)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|path| path.is_file())
}

impl Browser {
    /// `None`, with words about it, where there is no browser.
    fn start(name: &str) -> Option<Self> {
        let Some(chromium) = installed().filter(|_| cfg!(unix)) else {
            Suite::Chromium
                .skip("no Chromium found (`apt install chromium`, or name one with QUESTC_CHROMIUM)");
            return None;
        };
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{name}"));
        let _ = std::fs::remove_dir_all(&profile);
        std::fs::create_dir_all(&profile).unwrap();
        // The browser reads from 3 and writes to 4. It has no sandbox, since it only opens what we made, and CI is root.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", "sh"])
            .arg(chromium)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
            ])
            .args(["--remote-debugging-pipe", "--disable-dev-shm-usage"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut browser = Self { child, to, from, session: None, asked: 0, events: Vec::new() };
        let target = browser.ask("Target.createTarget", json!({ "url": "about:blank" }));
        let attached =
            browser.ask("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        browser.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    fn hear(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).unwrap();
        assert_eq!(bytes.pop(), Some(0), "the browser is gone");
        serde_json::from_slice(&bytes).unwrap()
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let heard = self.hear();
            if heard["id"] == json!(self.asked) {
                assert!(heard["error"].is_null(), "{method}: {heard}");
                return heard["result"].clone();
            }
            self.events.push(heard);
        }
    }

    /// Waits until something has happened since the events were last forgotten.
    fn wait(&mut self, method: &str) {
        while !self.events.iter().any(|event| event["method"] == json!(method)) {
            let heard = self.hear();
            self.events.push(heard);
        }
    }

    /// What a script gives; promises are waited for.
    fn run(&mut self, script: &str) -> Value {
        let asked = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let result = self.ask("Runtime.evaluate", asked);
        assert!(result["exceptionDetails"].is_null(), "{script}: {result}");
        result["result"]["value"].clone()
    }

    /// Waits until a condition holds.
    fn until(&mut self, condition: &str) {
        let wait = "new Promise(done => { const look = () => (CONDITION) ? done(true) : setTimeout(look, 10); look(); })";
        self.run(&wait.replace("CONDITION", condition));
    }

    fn open(&mut self, address: &str) {
        self.events.clear();
        self.ask("Page.navigate", json!({ "url": address }));
        self.wait("Page.loadEventFired");
    }

    /// Clicks at something, and waits for the page that opens.
    fn follow(&mut self, script: &str) -> String {
        self.events.clear();
        self.run(&format!("({script}).click()"));
        self.wait("Page.loadEventFired");
        self.run("location.pathname").as_str().unwrap().to_owned()
    }

    fn screen(&mut self, width: u32, dark: bool) {
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == PHONE });
        self.ask("Emulation.setDeviceMetricsOverride", metrics);
        self.media("", dark);
    }

    fn media(&mut self, media: &str, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.ask("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
    }

    /// Keeps what the page looks like, for people, if `QUESTC_SCREENSHOTS` names a folder.
    fn screenshot(&mut self, name: &str) {
        let Some(folder) = std::env::var_os("QUESTC_SCREENSHOTS").map(PathBuf::from) else { return };
        let size = self.ask("Page.getLayoutMetrics", json!({}))["cssContentSize"].clone();
        let height = size["height"].as_f64().unwrap().clamp(900.0, 2400.0);
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1 });
        let asked = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let taken = self.ask("Page.captureScreenshot", asked);
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{}.png", name.replace(['/', '='], "_")));
        std::fs::write(file, base64(taken["data"].as_str().unwrap())).unwrap();
    }

    /// What the page or the browser complained about, and every address that is not on this disk.
    fn complaints(&self) -> Vec<String> {
        let complaint = |event: &Value| match event["method"].as_str()? {
            "Runtime.exceptionThrown" | "Log.entryAdded" => Some(event.to_string()),
            "Runtime.consoleAPICalled" => Some(event.to_string()),
            "Network.requestWillBeSent" => {
                let address = event["params"]["request"]["url"].as_str()?;
                let local = address.starts_with("file:") || address.starts_with("data:");
                (!local).then(|| format!("asked the network for {address}"))
            }
            "Network.loadingFailed" => Some(event.to_string()),
            _ => None,
        };
        self.events.iter().filter_map(complaint).collect()
    }
}

/// Writes a site and gives the address of its folder.
fn written(name: &str, files: &BTreeMap<String, String>) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    let files: Vec<(String, Vec<u8>)> =
        files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
    quest_site::write_folder(&folder, &files).unwrap();
    format!("file://{}", folder.canonicalize().unwrap().display())
}

/// Looks at pages as phones and screens show them, light and dark.
fn look(browser: &mut Browser, address: &str, pages: &[&str]) {
    let site = address.rsplit('/').next().unwrap();
    for page in pages {
        for (width, dark) in [(SCREEN, false), (SCREEN, true), (PHONE, false), (PHONE, true)] {
            browser.screen(width, dark);
            browser.open(&format!("{address}/{page}"));
            let wrong = browser.run(&LOOK.replace("WIDTH", &width.to_string()));
            assert_eq!(wrong, json!([]), "{page}, {width} wide, dark: {dark}");
            assert_eq!(browser.complaints(), Vec::<String>::new(), "{page}");
            let scheme = if dark { "dark" } else { "light" };
            browser.screenshot(&format!("{site}-{page}-{width}-{scheme}"));
        }
        // As it is printed, on paper of A4, whatever the theme is.
        browser.screen(PRINT, true);
        browser.media("print", true);
        browser.run("window.dispatchEvent(new Event('beforeprint'))");
        let wrong = browser.run(PRINTED);
        assert_eq!(wrong, json!([]), "{page}, printed");
        browser.screenshot(&format!("{site}-{page}-print"));
    }
}

#[test]
fn the_five_quests_in_a_browser() {
    let Some(mut browser) = Browser::start("five") else { return };
    let address = written("site-five", &five_quests());
    look(
        &mut browser,
        &address,
        &[
            "index.html",
            "problems.html",
            "schema.html",
            "graphs/quest.html",
            "lists/quest.html",
            "lists/npc.html",
            "ids/quest/rusted-heart.html",
            "ids/quest/iron-path.html",
            "ids/npc/npc-kjartan.html",
            "types/=quest.html",
            "types/=objective.html",
        ],
    );
    browser.screen(SCREEN, false);

    // Search, and where it leads.
    browser.open(&format!("{address}/index.html"));
    browser.run("document.getElementById('search').focus()");
    browser.run(
        "(() => { const s = document.getElementById('search'); s.value = 'combat-pa'; s.dispatchEvent(new Event('input', { bubbles: true })); })()",
    );
    browser.until("document.querySelector('#search-results a')");
    assert_eq!(browser.run("document.getElementById('search-status').textContent"), json!("1 result"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
    let path = browser.follow("document.querySelector('#search-results a')");
    assert!(path.ends_with("ids/quest/rusted-heart.html"), "{path}");
    assert_eq!(
        browser.run("decodeURIComponent(location.hash)"),
        json!("#objective:disable-warden:combat-path")
    );

    // From a quest to a person, to another quest, to its graph.
    let path = browser.follow("document.querySelector('main a[href*=npc-elder-sigrun]')");
    assert!(path.ends_with("ids/npc/npc-elder-sigrun.html"), "{path}");
    let path = browser.follow("document.querySelector('#named-by a[href*=rusted-heart]')");
    assert!(path.ends_with("ids/quest/rusted-heart.html"), "{path}");
    let path = browser.follow("document.querySelector('#requirements a[href*=iron-path]')");
    assert!(path.ends_with("ids/quest/iron-path.html"), "{path}");
    let path = browser.follow("document.querySelector('#requirements a[href*=graphs]')");
    assert!(path.ends_with("graphs/quest.html"), "{path}");
    assert_eq!(browser.run("document.querySelector('.found text').textContent"), json!("The Iron Path"));

    // The graph is enlarged, and shows what a filter leaves.
    let before = browser.run("document.querySelector('.canvas svg').getAttribute('viewBox')");
    browser.run("document.querySelector('[data-zoom=in]').click()");
    assert_ne!(browser.run("document.querySelector('.canvas svg').getAttribute('viewBox')"), before);
    let choose = "(() => { const s = document.querySelector('.filters select'); s.value = 'MainStory'; s.dispatchEvent(new Event('input', { bubbles: true })); })()";
    browser.run(choose);
    browser.until("document.querySelector('.status').textContent");
    assert_eq!(browser.run("document.querySelector('.status').textContent"), json!("2 of 5 fit."));
    assert_eq!(browser.run("document.querySelectorAll('a.n.off').length"), json!(3));

    // A list shows what a filter leaves, and all again.
    browser.open(&format!("{address}/index.html"));
    browser.run(choose);
    browser.until("document.querySelectorAll('tbody tr').length === 2");
    assert_eq!(browser.run("document.querySelector('.status').textContent"), json!("2 of 5."));
    browser.run("document.querySelector('.filters [type=reset]').click()");
    browser.until("document.querySelectorAll('tbody tr').length === 5");

    // The first key press leads to the way around the navigation; the theme stays on the next page.
    browser.ask(
        "Input.dispatchKeyEvent",
        json!({ "type": "keyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 }),
    );
    assert_eq!(browser.run("document.activeElement.className"), json!("skip"));
    browser.run("document.getElementById('theme').click()");
    browser.run("document.getElementById('theme').click()");
    browser.open(&format!("{address}/schema.html"));
    assert_eq!(browser.run("getComputedStyle(document.documentElement).colorScheme"), json!("dark"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_game_that_others_made_in_a_browser() {
    let Some(manifest) = oldwood() else { return };
    let Some(mut browser) = Browser::start("oldwood") else { return };
    let files = site(&manifest);
    let address = written("site-oldwood", &files);
    let mut pages = vec!["index.html", "problems.html", "schema.html", "graphs/upgrade.html"];
    // One page of every kind and the largest of each sort.
    let mut of_folder: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        if let Some((folder, _)) = name.rsplit_once('/') {
            let largest = of_folder.entry(folder).or_insert(name);
            if files[*largest].len() < text.len() {
                *largest = name;
            }
        }
    }
    pages.extend(of_folder.values());
    assert!(pages.len() > 20, "{pages:?}");
    look(&mut browser, &address, &pages);
}
