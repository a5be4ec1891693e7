//! The macro that generated code calls to get its module `journal`.

/// Defines the module `journal` of generated code: `journal! { program = …; quest = …; …; { items } }`.
///
/// The items are `enum QuestEvent` with `fn key(self) -> Key` and `enum Question` with `fn of(RawQuestion) -> Self`, whose
/// variants only the schema knows.
#[cfg(feature = "journal")]
#[doc(hidden)]
#[macro_export]
macro_rules! journal {
    (
        quest = $quest:ty;
        stage = $stage:ty;
        objective = $objective:ty;
        branch = $branch:ty;
        place = $place:ty;
        action = $action:ty, $action_at:expr;
        reward = $reward:ty, $reward_at:expr;
        failure = $failure:ty, $failure_at:expr;
        consequence = $consequence:ty, $consequence_at:expr;
        $($items:tt)*
    ) => {
        /// Plays the quests: the types of `quest_types::journal`, made for this content.
        pub mod journal {
            use super::__rt;

            /// The quests of this game, as a type.
            #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
            pub enum Game {}

            /// A player and the player's quests.
            pub type Player = __rt::journal::Player<Game>;
            /// What can be read of a player's quests, also without a server.
            pub type PlayerView = __rt::journal::PlayerView<Game>;
            /// The id by which an effect is paid once.
            pub type EffectId = __rt::journal::EffectId<Game>;
            /// The right to make players, sessions and ticks.
            pub type QuestServer = __rt::journal::QuestServer<Game>;
            /// What has happened, in order.
            pub type Effects = __rt::journal::Effects<Game>;
            /// An event, how often it happened, and where.
            pub type Occurrence = __rt::journal::Occurrence<Game>;
            /// A world that sessions are attached to.
            pub type WorldContext = __rt::journal::WorldContext<Game>;

            /// What makes a server. Its field is private to this module, so nobody else has a value of it.
            #[doc(hidden)]
            #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
            pub struct Authority(());

            /// The server side of this game. Private to this crate: it decides whom it hands it to.
            #[must_use]
            pub(crate) const fn server() -> QuestServer {
                __rt::journal::QuestServer::__of_this_crate(Authority(()))
            }

            /// A session: a player who is here.
            pub type Session<P = Player> = __rt::journal::Session<Game, P>;
            /// A session that is attached to a world.
            pub type Attachment<'w, P = Player> = __rt::journal::Attachment<'w, Game, P>;
            /// A tick of the server.
            pub type Tick<'s> = __rt::journal::Tick<'s, Game>;
            /// The quests of a player in a tick; `F` answers what they ask about the game.
            pub type Quests<'t, F> = __rt::journal::Quests<'t, Game, F>;

            /// What follows from a call, for the game to do. Later versions may have more.
            #[derive(
                ::core::clone::Clone,
                ::core::marker::Copy,
                ::core::fmt::Debug,
                ::core::cmp::PartialEq,
                ::core::cmp::Eq,
                ::core::hash::Hash,
            )]
            #[non_exhaustive]
            pub enum Effect {
                /// A secret quest was found.
                Discovered($quest),
                /// A quest was begun.
                Started($quest),
                /// A stage was entered.
                StageEntered($stage),
                /// A secret objective was found.
                Revealed($objective),
                /// An objective is further than before.
                Progress {
                    /// Which.
                    objective: $objective,
                    /// How often it has been done.
                    current: u32,
                    /// How often it has to be done.
                    required: u32,
                },
                /// An objective is done.
                ObjectiveComplete {
                    /// Which.
                    objective: $objective,
                    /// The one that was done in its place.
                    via: ::core::option::Option<$objective>,
                },
                /// A stage is over.
                StageComplete($stage),
                /// The world does this, since a stage is over.
                Action(&'static $action),
                /// The story took a turn.
                Branch {
                    /// Which.
                    branch: $branch,
                    /// The stage where it leads.
                    to: $stage,
                },
                /// All is done; the quest waits to be turned in.
                Complete($quest),
                /// A quest came to a bad end.
                Failed {
                    /// Which.
                    quest: $quest,
                    /// What was met; nothing if the game decided so.
                    because: ::core::option::Option<&'static $failure>,
                },
                /// What failing costs.
                Consequence(&'static $consequence),
                /// A quest cannot be taken any more.
                Locked($quest),
                /// The player gets this, now and never again.
                Reward(&'static $reward),
                /// There was no room for this; the player gets it later.
                Held(&'static $reward),
                /// A quest was turned in.
                TurnedIn($quest),
                /// A quest can be begun anew.
                Reset($quest),
            }

            impl Effect {
                fn of(effect: __rt::journal::RawEffect) -> Self {
                    use __rt::Id as _;
                    use __rt::journal::{RawCause, RawEffect};
                    let quest = <$quest>::from_row;
                    let stage = <$stage>::from_row;
                    let objective = <$objective>::from_row;
                    match effect {
                        RawEffect::Discovered { quest: row } => Self::Discovered(quest(row)),
                        RawEffect::Started { quest: row } => Self::Started(quest(row)),
                        RawEffect::StageEntered { stage: row } => Self::StageEntered(stage(row)),
                        RawEffect::Revealed { objective: row } => Self::Revealed(objective(row)),
                        RawEffect::Progress { objective: row, current, required } => {
                            Self::Progress { objective: objective(row), current, required }
                        }
                        RawEffect::ObjectiveComplete { objective: row, via } => {
                            Self::ObjectiveComplete { objective: objective(row), via: via.map(objective) }
                        }
                        RawEffect::StageComplete { stage: row } => Self::StageComplete(stage(row)),
                        RawEffect::Action { action, .. } => {
                            Self::Action(Self::found(($action_at)(action)))
                        }
                        RawEffect::Branch { branch, to } => {
                            Self::Branch { branch: <$branch>::from_row(branch), to: stage(to) }
                        }
                        RawEffect::Complete { quest: row } => Self::Complete(quest(row)),
                        RawEffect::Failed { quest: row, cause } => Self::Failed {
                            quest: quest(row),
                            because: match cause {
                                RawCause::Condition(failure) => ($failure_at)(failure),
                                RawCause::Game => ::core::option::Option::None,
                            },
                        },
                        RawEffect::Consequence { consequence, .. } => {
                            Self::Consequence(Self::found(($consequence_at)(consequence)))
                        }
                        RawEffect::Locked { quest: row } => Self::Locked(quest(row)),
                        RawEffect::Reward { reward, .. } => Self::Reward(Self::found(($reward_at)(reward))),
                        RawEffect::Held { reward } => Self::Held(Self::found(($reward_at)(reward))),
                        RawEffect::TurnedIn { quest: row } => Self::TurnedIn(quest(row)),
                        RawEffect::Reset { quest: row } => Self::Reset(quest(row)),
                    }
                }

                fn found<T>(row: ::core::option::Option<&'static T>) -> &'static T {
                    match row {
                        ::core::option::Option::Some(row) => row,
                        ::core::option::Option::None => __rt::broken(),
                    }
                }
            }

            impl __rt::__private::Generated for Game {}

            impl __rt::journal::Rules for Game {
                type Quest = $quest;
                type Stage = $stage;
                type Objective = $objective;
                type Branch = $branch;
                type Place = $place;
                type Reward = $reward;
                type Question = Question;
                type Event = QuestEvent;
                type Effect = Effect;
                type Authority = Authority;

                fn program() -> &'static __rt::journal::Program {
                    &super::tables().program
                }

                fn key(event: QuestEvent) -> __rt::journal::Key {
                    event.key()
                }

                fn fact(question: Question) -> __rt::journal::Key {
                    question.fact()
                }

                fn question(question: __rt::journal::RawQuestion) -> Question {
                    Question::of(question)
                }

                fn effect(effect: __rt::journal::RawEffect) -> Effect {
                    Effect::of(effect)
                }

                fn reward(row: u32) -> ::core::option::Option<&'static $reward> {
                    ($reward_at)(row)
                }
            }

            impl QuestEvent {
                /// It happened so many times: kills, pieces, or turns for what lasts.
                #[must_use]
                pub fn times(self, times: u32) -> Occurrence {
                    Occurrence::new(self).times(times)
                }

                /// It happened here.
                #[must_use]
                pub fn at(self, place: $place) -> Occurrence {
                    Occurrence::new(self).at(place)
                }

                /// It was this at the same time.
                #[must_use]
                pub fn also(self, event: QuestEvent) -> Occurrence {
                    Occurrence::new(self).also(event)
                }
            }

            impl ::core::convert::From<QuestEvent> for Occurrence {
                fn from(event: QuestEvent) -> Self {
                    Self::new(event)
                }
            }

            $($items)*
        }
    };
}

/// Without the feature `journal` there is no such module. Where a game names it all the same, rustc says that it was
/// configured out, and shows the line that calls this macro, which says how to get it.
#[cfg(not(feature = "journal"))]
#[doc(hidden)]
#[macro_export]
macro_rules! journal {
    ($($arguments:tt)*) => {
        #[cfg(false)]
        pub mod journal {}
    };
}
