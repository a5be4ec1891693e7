//! A server of PostgreSQL for the tests of one process: in a folder of its own, on a free port, as a user without rights.

use quest_test::Suite;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

/// Whom a server belongs to that root starts: PostgreSQL does not run as root.
const NOBODY: u32 = 65_534;

/// A folder of its own, which is removed at the end.
#[derive(Debug)]
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("quest-store-{name}-{}-{next}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    port: u16,
    folder: Folder,
}

impl Server {
    /// Starts one. Skips the suite if PostgreSQL is not installed.
    pub(crate) fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            Suite::Postgres
                .skip("no `initdb` in PATH or below /usr/lib/postgresql; Debian has it in `postgresql`");
            return None;
        };
        let folder = Folder::new("postgres");
        if is_root() {
            chown(&folder.0, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let data = folder.0.join("data");
        let made = as_nobody(&programs.join("initdb"))
            .args(["--auth=trust", "--username=game", "--encoding=UTF8", "--no-sync", "-D"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = as_nobody(&programs.join("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-c", "listen_addresses=127.0.0.1", "-p", &port.to_string(), "-k"])
            .arg(&folder.0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { process, port, folder };
        // It takes as long as it takes; a server that has ended never answers.
        let mut server = server;
        while postgres::Client::connect(&server.parameters(), postgres::NoTls).is_err() {
            assert_eq!(server.process.try_wait().unwrap(), None, "the server has ended");
            sleep(Duration::from_millis(50));
        }
        Some(server)
    }

    /// How clients connect.
    pub(crate) fn parameters(&self) -> String {
        format!("host=127.0.0.1 port={} user=game dbname=postgres", self.port)
    }

    /// Ends the server at once, as a loss of power would.
    pub(crate) fn kill(&mut self) {
        let data = self.folder.0.join("data");
        let programs = programs().unwrap();
        let _ =
            as_nobody(&programs.join("pg_ctl")).args(["stop", "-m", "immediate", "-D"]).arg(data).output();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn as_nobody(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// The folder with the programs of PostgreSQL.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).find(|folder| folder.join("initdb").exists());
    in_path.or_else(|| {
        let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(Result::ok);
        versions.map(|version| version.path().join("bin")).find(|folder| folder.join("initdb").exists())
    })
}
