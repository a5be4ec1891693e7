//! Why a pack was refused.

use core::fmt;

/// Why a pack was refused. The message says what to do about it.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// It begins like a pack and ends before the tables begin.
    TooShort {
        /// Its length in bytes.
        found: usize,
    },
    /// It does not begin like a pack.
    NotAPack,
    /// It is of another version of the format.
    Format {
        /// The version of the pack.
        found: u32,
        /// The version that this game reads.
        supported: u32,
    },
    /// It was made from a schema that gives other tables than those the game was compiled for.
    OtherLayout,
    /// It has other ids than those the game was compiled with, which ids in the game's code rely on.
    OtherIds,
    /// It is shorter or longer than it says.
    Length {
        /// The length in bytes that its header gives.
        expected: u64,
        /// Its length in bytes.
        found: u64,
    },
    /// Its bytes do not give its checksum.
    Damaged,
    /// Its texts are not UTF-8.
    Text,
    /// Its headers contradict each other or the game.
    Header {
        /// What is wrong with them.
        what: &'static str,
    },
    /// A row of a table holds what it must not.
    Corrupt {
        /// The table.
        section: usize,
        /// The row in the table.
        row: usize,
        /// What is wrong in the row.
        what: &'static str,
    },
    /// A pack was loaded before; a program loads one at most.
    AlreadyLoaded,
    /// It does not begin like the pack of a language.
    NotALanguagePack,
    /// The pack of a language was made for other content than the game has loaded.
    OtherContent,
    /// The pack of a language needs the tables that it belongs to.
    NothingLoaded,
    /// The file could not be read.
    #[cfg(feature = "std")]
    Io {
        /// The file.
        path: std::path::PathBuf,
        /// Why it could not be read.
        error: std::io::Error,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { found } => {
                write!(f, "the quest pack is cut short: it has {found} bytes, too few to hold a table")
            }
            Self::NotAPack => f.write_str("this is not a quest pack; `questc build --pack` makes one"),
            Self::Format { found, supported } => write!(
                f,
                "the quest pack has format {found} and this game reads format {supported}: use the questc that \
                 belongs to the game's version of quest-types"
            ),
            Self::OtherLayout => f.write_str(
                "the quest pack was made with another schema than the game: compile both with the same schema",
            ),
            Self::OtherIds => f.write_str(
                "the quest pack has other ids than the game was compiled with: compile the game with this content",
            ),
            Self::Length { expected, found } => {
                let how = if found < expected { "cut short" } else { "too long" };
                write!(f, "the quest pack is {how}: it has {found} bytes and should have {expected}")
            }
            Self::Damaged => f.write_str("the quest pack is damaged: its checksum is wrong"),
            Self::Text => f.write_str("the quest pack is damaged: its texts are not UTF-8"),
            Self::Header { what } => write!(f, "the quest pack is corrupt: {what}"),
            Self::Corrupt { section, row, what } => {
                write!(f, "the quest pack is corrupt: in table {section}, row {row}, {what}")
            }
            Self::NotALanguagePack => f.write_str(
                "this is not a language pack; `questc build --pack` makes one for each language of the manifest",
            ),
            Self::OtherContent => f.write_str(
                "the language pack was made for other content than is loaded: use the one that was built with the pack",
            ),
            Self::NothingLoaded => f.write_str("a language needs content: load the quest pack first"),
            Self::AlreadyLoaded => f.write_str("a quest pack was loaded before, and it stays for good"),
            #[cfg(feature = "std")]
            Self::Io { path, error } => write!(f, "cannot read the quest pack `{}`: {error}", path.display()),
        }
    }
}

impl core::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            #[cfg(feature = "std")]
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
