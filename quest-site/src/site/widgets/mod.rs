//! Parts of pages, and the frame around them.

pub(super) mod browser;
pub(super) mod object_view;
pub(super) mod page;
pub(super) mod picture;
pub(super) mod registry_entry;
pub(super) mod shape;
pub(super) mod value;
