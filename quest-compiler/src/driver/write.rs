//! Writing files: all of them or none, and none that would not change.

use super::error::DriverError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes files into a directory, and gives their paths. All are written under other names first and then renamed, so that a failure
/// leaves nothing half-written. A file that would not change is not touched, so that nothing is rebuilt because of it.
///
/// # Errors
///
/// A file cannot be written; those that are there stay as they are.
pub fn write_files<'f>(
    directory: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<Vec<PathBuf>, DriverError> {
    fs::create_dir_all(directory).map_err(|error| DriverError::Write(directory.to_owned(), error))?;
    let mut staged = Staged::default();
    let mut paths = Vec::new();
    for (name, content) in files {
        let path = directory.join(name);
        if !is_equal(&path, content) {
            staged.add(&path, content)?;
        }
        paths.push(path);
    }
    staged.commit()?;
    Ok(paths)
}

/// Writes one file, in the same way.
///
/// # Errors
///
/// The path does not name a file, or the file cannot be written; what is there stays as it is.
pub fn write_file(path: &Path, content: &[u8]) -> Result<(), DriverError> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| DriverError::NotAFileName(path.to_owned()))?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    write_files(directory.unwrap_or(Path::new(".")), [(name, content)]).map(|_| ())
}

/// A file that changes.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'f> {
    pub path: &'f Path,
    /// The text that it must still have.
    pub before: &'f str,
    pub after: &'f str,
    /// The path that it gets, if that changes. Nothing may be there.
    pub moved_to: Option<&'f Path>,
}

/// Changes files: all of them or none.
///
/// # Errors
///
/// A file is not as it was when it was read, or cannot be written. All files are as they were then.
pub fn write_all(files: &[NewFile<'_>]) -> Result<(), DriverError> {
    let mut staged = Staged::default();
    for file in files {
        unchanged(file.path, file.before)?;
        if let Some(to) = file.moved_to.filter(|to| to.exists()) {
            return Err(DriverError::Fix(to.display().to_string(), "it exists already"));
        }
        if file.moved_to.is_none() {
            staged.add(file.path, file.after.as_bytes())?;
        }
    }
    let moved = files.iter().filter_map(|file| Some((file, file.moved_to?)));
    for (file, to) in moved {
        staged.add_moved(file.path, to, file.after.as_bytes())?;
    }
    staged.commit()
}

/// Fails if a file is not what was read.
pub(super) fn unchanged(path: &Path, source: &str) -> Result<(), DriverError> {
    let bytes = fs::read(path).map_err(|error| DriverError::Read(path.to_owned(), error))?;
    if bytes == source.as_bytes() {
        return Ok(());
    }
    let name = path.display().to_string();
    Err(match std::str::from_utf8(&bytes) {
        Ok(_) => DriverError::Fix(name, "it has changed since it was read"),
        Err(_) => DriverError::Fix(name, "it is not in UTF-8: save it as UTF-8 first"),
    })
}

/// Files that are written under other names and not renamed yet. What is left of them when this is dropped is removed.
#[derive(Debug, Default)]
pub(super) struct Staged {
    files: Vec<StagedFile>,
}

/// A file that is written under another name.
#[derive(Debug)]
struct StagedFile {
    temporary: PathBuf,
    target: PathBuf,
    /// What it takes the place of, under yet another name, so that this can be put back.
    backup: PathBuf,
    /// The file that goes when this one is there.
    replaces: Option<PathBuf>,
}

/// How far the renaming of a file went.
#[derive(Clone, Copy, Default)]
struct Progress {
    saved: bool,
    written: bool,
}

impl Staged {
    /// Writes the new content of a file beside it. A link is followed, and the permissions stay as they are.
    pub(super) fn add(&mut self, path: &Path, content: &[u8]) -> Result<(), DriverError> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.stage(path, target.clone(), &target, content, None)
    }

    /// Writes the new content of a file beside the path that it gets.
    fn add_moved(&mut self, path: &Path, to: &Path, content: &[u8]) -> Result<(), DriverError> {
        self.stage(path, to.to_owned(), path, content, Some(path.to_owned()))
    }

    fn stage(
        &mut self,
        path: &Path,
        target: PathBuf,
        old: &Path,
        content: &[u8],
        replaces: Option<PathBuf>,
    ) -> Result<(), DriverError> {
        let failed = |error| DriverError::Write(path.to_owned(), error);
        let name = target.file_name().ok_or_else(|| DriverError::NotAFileName(path.to_owned()))?;
        let beside = |end: &str| {
            let mut beside = std::ffi::OsString::from(".");
            beside.push(name);
            beside.push(format!(".{}-{}.{end}", std::process::id(), self.files.len()));
            target.with_file_name(beside)
        };
        let (temporary, backup) = (beside("tmp"), beside("old"));
        let permissions = fs::metadata(old).ok().map(|old| old.permissions());
        self.files.push(StagedFile { temporary: temporary.clone(), target, backup, replaces });
        let file = create(&temporary, content).map_err(failed)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions).map_err(failed)?;
        }
        Ok(())
    }

    /// Renames all files, or none: if one cannot be renamed, those before it get their content back.
    pub(super) fn commit(mut self) -> Result<(), DriverError> {
        let several = self.files.len() > 1;
        let mut done: Vec<Progress> = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let mut progress = Progress::default();
            let result = file.commit(several, &mut progress);
            done.push(progress);
            if let Err(error) = result {
                let target = file.target.clone();
                self.files.iter().zip(&done).rev().for_each(|(file, progress)| file.roll_back(*progress));
                return Err(DriverError::Write(target, error));
            }
        }
        for file in &self.files {
            let _ = fs::remove_file(&file.backup);
        }
        self.files.clear();
        Ok(())
    }
}

impl StagedFile {
    /// Puts the file in its place. What was there is kept beside it if it may have to be put back.
    ///
    /// A file that moves has both names for a moment, so that it has one of them whenever the process is killed.
    fn commit(&self, keep: bool, progress: &mut Progress) -> io::Result<()> {
        if self.replaces.is_none() && keep && self.target.exists() {
            let copied = |_| fs::copy(&self.target, &self.backup).map(drop);
            fs::hard_link(&self.target, &self.backup).or_else(copied)?;
            progress.saved = true;
        }
        fs::rename(&self.temporary, &self.target)?;
        progress.written = true;
        if let Some(old) = &self.replaces {
            fs::rename(old, &self.backup)?;
            progress.saved = true;
        }
        Ok(())
    }

    /// Puts back what was there before. There is nobody left to report an error to.
    fn roll_back(&self, Progress { saved, written }: Progress) {
        if written && (self.replaces.is_some() || !saved) {
            let _ = fs::remove_file(&self.target);
        }
        match &self.replaces {
            Some(old) if saved => drop(fs::rename(&self.backup, old)),
            None if saved && written => drop(fs::rename(&self.backup, &self.target)),
            // The file is still what it was.
            None if saved => drop(fs::remove_file(&self.backup)),
            _ => {}
        }
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for file in &self.files {
            let _ = fs::remove_file(&file.temporary);
        }
    }
}

fn create(path: &Path, content: &[u8]) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(content)?;
    Ok(file)
}

fn is_equal(path: &Path, content: &[u8]) -> bool {
    let same_length = fs::metadata(path).is_ok_and(|old| old.len() == content.len() as u64);
    same_length && fs::read(path).is_ok_and(|old| old == content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_as_a_whole_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["a", "b", "c"] {
            fs::write(path(name), name).unwrap();
        }
        let mut staged = Staged::default();
        staged.add(&path("a"), b"new").unwrap();
        staged.add(&path("new"), b"new").unwrap();
        staged.add_moved(&path("b"), &path("moved"), b"new").unwrap();
        staged.add(&path("c"), b"new").unwrap();
        // The last file cannot be renamed: what was written for it is gone.
        fs::remove_file(&staged.files[3].temporary).unwrap();
        assert!(matches!(staged.commit(), Err(DriverError::Write(target, _)) if target == path("c")));
        let mut names: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a", "b", "c"]);
        assert!(["a", "b", "c"].iter().all(|name| fs::read(path(name)).unwrap() == name.as_bytes()));
    }

    #[test]
    fn all_files_are_written_and_renamed() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a"), "1").unwrap();
        fs::write(path("b"), "2").unwrap();
        let (a, b, c) = (path("a"), path("b"), path("c"));
        let one = NewFile { path: &a, before: "1", after: "3", moved_to: None };
        let other = NewFile { path: &b, before: "2", after: "4", moved_to: Some(&c) };
        assert!(write_all(&[one, NewFile { before: "5", ..other }]).is_err());
        assert_eq!(fs::read_to_string(&a).unwrap(), "1");
        write_all(&[one, other]).unwrap();
        assert_eq!(
            (fs::read_to_string(&a).unwrap(), fs::read_to_string(&c).unwrap()),
            ("3".into(), "4".into())
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
