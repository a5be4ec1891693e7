//! A quest project in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with the files of a project, removed on drop, also when a test panics.
#[derive(Debug)]
pub struct TempProject {
    folder: TempDir,
}

impl TempProject {
    /// An empty folder. Its path has no symbolic links.
    ///
    /// # Panics
    ///
    /// If the folder cannot be created.
    #[must_use]
    pub fn new() -> Self {
        // The temporary folder of macOS is a link, and messages name the files that links lead to.
        let parent = std::env::temp_dir().canonicalize().expect("there is a folder for temporary files");
        let folder = tempfile::Builder::new().prefix("questc-test-").tempdir_in(parent);
        Self { folder: folder.expect("the temporary folder can be created") }
    }

    /// A folder with these files: their names within the folder, and their text.
    ///
    /// # Panics
    ///
    /// If a file cannot be written.
    #[must_use]
    pub fn with<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let project = Self::new();
        for (name, text) in files {
            project.write(name, text);
        }
        project
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file in the folder.
    #[must_use]
    pub fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path().join(name)
    }

    /// `quest.toml` in the folder.
    #[must_use]
    pub fn manifest(&self) -> PathBuf {
        self.join("quest.toml")
    }

    /// Writes a file and the folders that lead to it, and returns its path.
    ///
    /// # Panics
    ///
    /// If the file cannot be written.
    pub fn write(&self, name: impl AsRef<Path>, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.join(name);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("the folder can be created");
        fs::write(&path, text).expect("the file can be written");
        path
    }
}

impl Default for TempProject {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::TempProject;

    #[test]
    fn the_folder_is_removed_on_panic() {
        let path = std::sync::Mutex::new(None);
        let result = std::panic::catch_unwind(|| {
            let project = TempProject::with([("quest.toml", ""), ("content/a.json", "{}")]);
            assert!(project.join("content/a.json").is_file());
            *path.lock().expect("nobody else has it") = Some(project.path().to_owned());
            panic!("a test fails");
        });
        assert!(result.is_err());
        let path = path.into_inner().expect("nobody else has it").expect("the project was created");
        assert!(!path.exists());
    }
}
