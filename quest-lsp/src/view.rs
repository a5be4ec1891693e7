//! A checked project, as long as nothing in it changes.

use crate::position::{Columns, Lines};
use crate::uri;
use gen_lsp_types::{Location, Position, Range, Uri};
use quest_compiler::check::{Row, title_path};
use quest_compiler::diagnostics::Diagnostics;
use quest_compiler::driver::{Checked, Request};
use quest_compiler::schema::{Field, KindId, Path, RecordId};
use quest_compiler::source::Node;
use quest_compiler::text::{FileId, Files, Span, identity};
use quest_rename::IdRow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ffi::OsString;
use std::rc::Rc;

/// How files are shown to the editor: as it calls them, and with its columns.
pub(crate) struct Shown<'v> {
    pub(crate) files: &'v Files,
    columns: Columns,
    /// What the editor calls the files that are open in it, by identity.
    open: &'v HashMap<OsString, Uri>,
    lines: RefCell<HashMap<FileId, Rc<Lines<'v>>>>,
    uris: RefCell<HashMap<FileId, Option<Uri>>>,
}

impl<'v> Shown<'v> {
    pub(crate) fn new(files: &'v Files, columns: Columns, open: &'v HashMap<OsString, Uri>) -> Self {
        Self { files, columns, open, lines: RefCell::default(), uris: RefCell::default() }
    }

    pub(crate) fn lines(&self, file: FileId) -> Rc<Lines<'v>> {
        let mut lines = self.lines.borrow_mut();
        let new = || Rc::new(Lines::new(self.files.text(file), self.columns));
        Rc::clone(lines.entry(file).or_insert_with(new))
    }

    /// What the editor calls a file that is open in it.
    pub(crate) fn open_uri(&self, identity: &OsString) -> Option<Uri> {
        self.open.get(identity).cloned()
    }

    pub(crate) fn uri(&self, file: FileId) -> Option<Uri> {
        // Asking the system where a path leads takes longer than anything else about a diagnostic.
        let mut uris = self.uris.borrow_mut();
        let new = || {
            let path = std::path::Path::new(self.files.name(file));
            self.open.get(&identity(path)).cloned().or_else(|| uri::uri(path))
        };
        uris.entry(file).or_insert_with(new).clone()
    }

    pub(crate) fn range(&self, span: Span) -> Range {
        self.lines(span.file).of(span)
    }

    pub(crate) fn location(&self, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(span.file)?, range: self.range(span) })
    }

    /// The file that is meant by a URI, if the project has it.
    pub(crate) fn file(&self, uri: &str) -> Option<FileId> {
        let wanted = identity(&uri::path(uri)?);
        let at = self.files.names().position(|name| identity(std::path::Path::new(name)) == wanted)?;
        u32::try_from(at).ok().map(FileId)
    }
}

/// A checked project.
pub(crate) struct View<'v> {
    pub(crate) checked: &'v Checked<'v>,
    pub(crate) diagnostics: &'v Diagnostics,
    pub(crate) shown: Shown<'v>,
    /// What was asked of the compiler.
    pub(crate) request: &'v Request,
    title_paths: OnceCell<Vec<Option<Path>>>,
    objects: OnceCell<HashMap<IdRow, Row>>,
}

/// A place in a file.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) file: FileId,
    pub(crate) byte: usize,
}

impl<'v> View<'v> {
    pub(crate) fn new(
        checked: &'v Checked<'v>,
        diagnostics: &'v Diagnostics,
        shown: Shown<'v>,
        request: &'v Request,
    ) -> Self {
        Self { checked, diagnostics, shown, request, title_paths: OnceCell::new(), objects: OnceCell::new() }
    }

    /// The object with an id, if it is one of the content.
    pub(crate) fn object(&self, id: IdRow) -> Option<Row> {
        self.objects().get(&id).copied()
    }

    pub(crate) fn place(&self, uri: &str, position: Position) -> Option<Place> {
        let file = self.shown.file(uri)?;
        Some(Place { file, byte: self.shown.lines(file).byte(position) })
    }

    pub(crate) fn text(&self, file: FileId) -> &'v str {
        self.checked.typed.files.text(file)
    }

    /// The innermost object with a row around a place.
    pub(crate) fn object_at(&self, place: Place) -> Option<Row> {
        let content = &self.checked.resolved.content;
        let rows = self.rows(place.file).filter(|row| contains(content.object(*row).span(), place));
        rows.min_by_key(|row| {
            let span = content.object(*row).span();
            span.end - span.start
        })
    }

    /// All objects of a file.
    pub(crate) fn rows(&self, file: FileId) -> impl Iterator<Item = Row> + use<'_, 'v> {
        let content = &self.checked.resolved.content;
        let records = (0..self.checked.typed.model.records.len() as u32).map(RecordId);
        let rows =
            records.flat_map(|record| (0..content.table(record).len()).map(move |row| Row { record, row }));
        rows.filter(move |row| content.document(*row).file == file)
    }

    /// The property of an object whose name or value is at a place: the name, the value, and what the schema knows of it.
    pub(crate) fn property_at(
        &self,
        row: Row,
        place: Place,
    ) -> Option<(Node<'v>, Node<'v>, Option<&'v Field>)> {
        let object = self.checked.resolved.content.object(row);
        let mut properties = object.properties();
        let (name, value) =
            properties.find(|(name, value)| contains(name.span(), place) || contains(value.span(), place))?;
        let text = name.text()?;
        let fields = &self.checked.typed.model.record(row.record).fields;
        Some((name, value, fields.iter().find(|field| field.is_property(&text))))
    }

    /// The text by which people know the object with an id.
    pub(crate) fn title(&self, (kind, row): IdRow) -> Option<String> {
        let object = self.objects().get(&(kind, row))?;
        self.title_of(*object)
    }

    /// The text by which people know an object.
    pub(crate) fn title_of(&self, row: Row) -> Option<String> {
        let (model, resolved) = (&self.checked.typed.model, &self.checked.resolved);
        let paths = self.title_paths.get_or_init(|| {
            let records = (0..model.records.len() as u32).map(RecordId);
            records.map(|record| title_path(model, resolved, record)).collect()
        });
        let path = paths.get(row.record.0 as usize)?.as_ref()?;
        quest_compiler::check::title(model, resolved, row, path).map(|title| title.trim().to_owned())
    }

    /// The objects with ids.
    fn objects(&self) -> &HashMap<IdRow, Row> {
        self.objects.get_or_init(|| {
            let model = &self.checked.typed.model;
            let content = &self.checked.resolved.content;
            let records = (0..model.records.len() as u32).map(RecordId);
            let keyed = records.filter(|record| !model.record(*record).keys.is_empty());
            let rows =
                keyed.flat_map(|record| (0..content.table(record).len()).map(move |row| Row { record, row }));
            let mut objects = HashMap::new();
            for row in rows {
                for id in self.own(row) {
                    objects.entry(id).or_insert(row);
                }
            }
            objects
        })
    }

    /// The path of an id, such as `iron-path:find-descent`.
    pub(crate) fn path(&self, (kind, row): IdRow) -> String {
        self.checked.resolved.ids.path(&self.checked.typed.model, kind, row)
    }

    /// The ids that an object has.
    pub(crate) fn own(&self, row: Row) -> impl Iterator<Item = IdRow> + use<'_, 'v> {
        let (model, resolved) = (&self.checked.typed.model, &self.checked.resolved);
        let kinds = model.record(row.record).keys.iter().map(|(kind, _): &(KindId, usize)| *kind);
        kinds.filter_map(move |kind| Some((kind, resolved.ids.own(model, &resolved.content, kind, row)?)))
    }
}

pub(crate) fn contains(span: Span, place: Place) -> bool {
    span.file == place.file && (span.start as usize..=span.end as usize).contains(&place.byte)
}
