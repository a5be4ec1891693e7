//! Writes an index for tests.

use super::{FLAG_INCOMPLETE, FORMAT, Index, MAGIC, NONE};

/// An index to be written.
pub(crate) struct Fixture {
    pub(crate) format: u32,
    pub(crate) incomplete: bool,
    pub(crate) fingerprint: u64,
    pub(crate) kinds: Vec<FixtureKind>,
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
        Self { format: FORMAT, incomplete: false, fingerprint: 0x0123_4567_89ab_cdef, kinds: Vec::new() }
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

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut text = String::new();
        let mut pooled = |part: &str| {
            let offset = text.len() as u32;
            text.push_str(part);
            [offset, part.len() as u32]
        };
        let (mut kinds, mut entries) = (Vec::<u32>::new(), Vec::<u32>::new());
        for kind in &self.kinds {
            kinds.extend(
                [&kind.macro_name, &kind.path, &kind.type_name].into_iter().flat_map(|name| pooled(name)),
            );
            kinds.push(kind.parent.map_or(NONE, |parent| parent as u32));
            kinds.extend([entries.len() as u32 / 3, kind.ids.len() as u32]);
            let mut ids: Vec<(usize, &String)> = kind.ids.iter().enumerate().collect();
            ids.sort_by_key(|(_, id)| *id);
            for (row, id) in ids {
                entries.extend(pooled(id));
                entries.push(row as u32);
            }
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.format.to_le_bytes());
        bytes.extend((if self.incomplete { FLAG_INCOMPLETE } else { 0 }).to_le_bytes());
        bytes.extend(self.fingerprint.to_le_bytes());
        bytes.extend((self.kinds.len() as u32).to_le_bytes());
        bytes.extend((entries.len() as u32 / 3).to_le_bytes());
        bytes.extend(kinds.into_iter().chain(entries).flat_map(u32::to_le_bytes));
        bytes.extend(text.as_bytes());
        bytes
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
}

impl TemporaryFile {
    pub(crate) fn new(name: &str, bytes: &[u8]) -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let directory = std::env::temp_dir().join(format!("quest-derive-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let path = directory.join(name);
        std::fs::write(&path, bytes).unwrap();
        Self { directory, path }
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}
