//! Writes an index for tests.

use super::{FORMAT, Index};
use quest_format::index::{KindSource, Rename, write};

/// An index to be written.
pub(crate) struct Fixture {
    pub(crate) format: u32,
    pub(crate) incomplete: bool,
    pub(crate) fingerprint: u64,
    pub(crate) kinds: Vec<FixtureKind>,
    /// Position of the kind, former path, row.
    renames: Vec<(usize, String, u32)>,
}

/// A kind and its ids in the order of the content: the row of an id is its place in the list.
pub(crate) struct FixtureKind {
    macro_name: String,
    path: String,
    type_name: String,
    parent: Option<usize>,
    ids: Vec<String>,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self {
            format: FORMAT,
            incomplete: false,
            fingerprint: 0x0123_4567_89ab_cdef,
            kinds: Vec::new(),
            renames: Vec::new(),
        }
    }

    /// Two quests with stages and objectives, one without; a few npcs and many items.
    pub(crate) fn quests() -> Self {
        Self::new()
            .kind("quest", None, &["iron-path", "amber-trail", "empty-hall"])
            .kind(
                "quest.stage",
                Some(0),
                &[
                    "iron-path:speak-kjartan",
                    "iron-path:find-descent",
                    "iron-path:defeat-lord",
                    "iron-path:return-kjartan",
                    "amber-trail:gather",
                    "amber-trail:return-kjartan",
                ],
            )
            .kind(
                "quest.stage.objective",
                Some(1),
                &[
                    "iron-path:speak-kjartan:talk",
                    "iron-path:find-descent:walk",
                    "iron-path:find-descent:look",
                    "amber-trail:return-kjartan:talk",
                ],
            )
            .kind("npc", None, &["npc-kjartan", "npc-maren"])
            .kind(
                "item",
                None,
                &(0..20).map(|number| format!("item-of-number-{number:02}")).collect::<Vec<_>>(),
            )
    }

    pub(crate) fn kind(mut self, path: &str, parent: Option<usize>, ids: &[impl AsRef<str>]) -> Self {
        let noun = path.rsplit('.').next().unwrap();
        self.kinds.push(FixtureKind {
            macro_name: noun.to_owned(),
            path: path.to_owned(),
            type_name: format!("{}{}Id", noun[..1].to_uppercase(), &noun[1..]),
            parent,
            ids: ids.iter().map(|id| id.as_ref().to_owned()).collect(),
        });
        self
    }

    pub(crate) fn incomplete(mut self) -> Self {
        self.incomplete = true;
        self
    }

    pub(crate) fn rename_type(&mut self, kind: usize, name: &str) {
        self.kinds[kind].type_name = name.to_owned();
    }

    /// Says that the id in a row of a kind once had another path.
    pub(crate) fn renamed(mut self, kind: usize, former: &str, row: u32) -> Self {
        self.renames.push((kind, former.to_owned(), row));
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let kinds: Vec<KindSource<'_>> = self.kinds.iter().map(|kind| self.source(kind)).collect();
        let renames: Vec<Rename<'_>> = self
            .renames
            .iter()
            .map(|(kind, former, row)| Rename { kind: *kind, former, row: *row })
            .collect();
        let mut bytes = write(&kinds, &renames, self.incomplete).of_content(self.fingerprint);
        bytes[8..12].copy_from_slice(&self.format.to_le_bytes());
        bytes
    }

    fn source<'a>(&'a self, kind: &'a FixtureKind) -> KindSource<'a> {
        let parents = kind.parent.map(|parent| &self.kinds[parent].ids);
        let split = |path: &'a String| match parents {
            None => (0, path.as_str()),
            Some(parents) => {
                let own = |parent: &String| path.strip_prefix(parent.as_str())?.strip_prefix(':');
                let (row, own) = parents.iter().zip(0..).find_map(|(id, row)| Some((row, own(id)?))).unwrap();
                (row, own)
            }
        };
        KindSource {
            macro_name: &kind.macro_name,
            path: &kind.path,
            type_name: &kind.type_name,
            parent: kind.parent,
            ids: kind.ids.iter().map(split).collect(),
        }
    }

    pub(crate) fn index(&self) -> Index {
        Index::parse(self.bytes()).unwrap()
    }

    /// Writes the index to a file of its own, which goes away with the result.
    pub(crate) fn file(&self) -> TemporaryFile {
        TemporaryFile::new("quests.index", &self.bytes())
    }
}

/// A file in a directory of its own; both are removed on drop.
pub(crate) struct TemporaryFile {
    pub(crate) directory: std::path::PathBuf,
    pub(crate) path: std::path::PathBuf,
    /// Removes the directory on drop.
    _guard: tempfile::TempDir,
}

impl TemporaryFile {
    pub(crate) fn new(name: &str, bytes: &[u8]) -> Self {
        let guard = tempfile::tempdir().unwrap();
        let directory = guard.path().to_owned();
        let path = directory.join(name);
        std::fs::write(&path, bytes).unwrap();
        Self { directory, path, _guard: guard }
    }
}
