//! Everything that a player can name.

use crate::quests::{
    ActorId, EvidenceId, ItemId, MarkId, MobId, RelicId, SiteId,
    SiteOrItemOrRelicOrMarkOrEvidenceOrActorOrMobOrWritOrWard, WardId, WritId,
};
use core::fmt;

/// Anything with an id that a player can type: what an alias can stand for.
pub type Thing = SiteOrItemOrRelicOrMarkOrEvidenceOrActorOrMobOrWritOrWard;

/// Where the inventory lists something (Phase 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// What is carried. Only this can be taken and dropped.
    Items,
    /// What is permitted. Only this can be requested, accepted, delegated and revoked.
    Writs,
    /// What is in custody.
    Relics,
    /// What was earned.
    Marks,
    /// What is on record.
    Evidence,
}

impl Section {
    /// Whether `take` and `drop` are for this.
    #[must_use]
    pub fn is_carried(self) -> bool {
        self == Self::Items
    }

    /// Whether `request`, `accept`, `delegate` and `revoke` are for this.
    #[must_use]
    pub fn is_authority(self) -> bool {
        self == Self::Writs
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Items => "Items",
            Self::Writs => "Writs",
            Self::Relics => "Relics",
            Self::Marks => "Marks",
            Self::Evidence => "Evidence",
        })
    }
}

impl Thing {
    /// Every thing there is: kind after kind as the variants stand, and each kind in content order.
    pub fn every() -> impl Iterator<Item = Self> + Clone {
        SiteId::all()
            .map(Self::Site)
            .chain(ItemId::all().map(Self::Item))
            .chain(RelicId::all().map(Self::Relic))
            .chain(MarkId::all().map(Self::Mark))
            .chain(EvidenceId::all().map(Self::Evidence))
            .chain(ActorId::all().map(Self::Actor))
            .chain(MobId::all().map(Self::Mob))
            .chain(WritId::all().map(Self::Writ))
            .chain(WardId::all().map(Self::Ward))
    }

    /// The thing with exactly this id.
    #[must_use]
    pub fn with_id(id: &str) -> Option<Self> {
        None.or_else(|| SiteId::find(id).map(Self::Site))
            .or_else(|| ItemId::find(id).map(Self::Item))
            .or_else(|| RelicId::find(id).map(Self::Relic))
            .or_else(|| MarkId::find(id).map(Self::Mark))
            .or_else(|| EvidenceId::find(id).map(Self::Evidence))
            .or_else(|| ActorId::find(id).map(Self::Actor))
            .or_else(|| MobId::find(id).map(Self::Mob))
            .or_else(|| WritId::find(id).map(Self::Writ))
            .or_else(|| WardId::find(id).map(Self::Ward))
    }

    /// The id that saves and transcripts contain.
    #[must_use]
    pub fn canonical_id(self) -> &'static str {
        match self {
            Self::Site(id) => id.as_str(),
            Self::Item(id) => id.as_str(),
            Self::Relic(id) => id.as_str(),
            Self::Mark(id) => id.as_str(),
            Self::Evidence(id) => id.as_str(),
            Self::Actor(id) => id.as_str(),
            Self::Mob(id) => id.as_str(),
            Self::Writ(id) => id.as_str(),
            Self::Ward(id) => id.as_str(),
        }
    }

    /// What players read.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Site(id) => id.title(),
            Self::Item(id) => id.title(),
            Self::Relic(id) => id.title(),
            Self::Mark(id) => id.title(),
            Self::Evidence(id) => id.title(),
            Self::Actor(id) => id.title(),
            Self::Mob(id) => id.title(),
            Self::Writ(id) => id.title(),
            Self::Ward(id) => id.title(),
        }
    }

    /// What `inspect` shows.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Site(id) => id.description(),
            Self::Item(id) => id.description(),
            Self::Relic(id) => id.description(),
            Self::Mark(id) => id.description(),
            Self::Evidence(id) => id.description(),
            Self::Actor(id) => id.description(),
            Self::Mob(id) => id.description(),
            Self::Writ(id) => id.description(),
            Self::Ward(id) => id.description(),
        }
    }

    /// Where the inventory lists it; nowhere if nobody can hold it.
    #[must_use]
    pub fn section(self) -> Option<Section> {
        match self {
            Self::Item(_) => Some(Section::Items),
            Self::Writ(_) => Some(Section::Writs),
            Self::Relic(_) => Some(Section::Relics),
            Self::Mark(_) => Some(Section::Marks),
            Self::Evidence(_) => Some(Section::Evidence),
            Self::Site(_) | Self::Actor(_) | Self::Mob(_) | Self::Ward(_) => None,
        }
    }
}
