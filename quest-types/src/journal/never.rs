//! What a schema lacks.

use core::fmt;

use crate::{Id, Ids, UnknownId, broken};

/// Stands for what a schema does not have: branches, rewards, places. There is no value of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::str::FromStr for Never {
    type Err = UnknownId;

    fn from_str(_: &str) -> Result<Self, UnknownId> {
        Err(UnknownId::of::<Self>())
    }
}

impl crate::__private::Generated for Never {}

impl Id for Never {
    const KIND: &'static str = "never";

    fn row(self) -> u32 {
        match self {}
    }

    fn as_str(self) -> &'static str {
        match self {}
    }

    fn parse(_: &str) -> Option<Self> {
        None
    }

    fn all() -> Ids<Self> {
        Ids::new(0)
    }

    fn from_row(_: u32) -> Self {
        broken()
    }
}
