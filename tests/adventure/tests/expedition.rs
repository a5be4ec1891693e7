//! The expedition as content: what is where, and that the mission can be walked from start to end.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use adventure::quests::{
    Actor, ActorId, ActorOrItemOrRelicOrSite, Alias, ComplicationAbout, Exit, Item, ItemOrRelic, Mission,
    Mob, ObjectiveId, ObjectiveTarget, Relic, Site, SiteId, Step, StepResult, StepTarget, StepVerb, Ward,
    Writ, WritId,
};
use adventure::{ID_BYTES, Look, Section, SeedLine, TITLE_BYTES, Thing, lead, objective, outcome};
use adventure::{actor, evidence, exit, item, mark, mission, mob, region, relic, site, task, ward, writ};
use std::collections::BTreeSet;

#[test]
fn the_map_is_that_of_phase_2() {
    let sites: Vec<&str> = Site::all().iter().map(|site| site.id().as_str()).collect();
    assert_eq!(sites, ["ashen_road", "fort_aurelian", "gate_yard", "signal_tower", "under_vault"]);
    let threats: Vec<u8> = Site::all().iter().map(Site::threat).collect();
    assert_eq!(threats, [2, 0, 1, 4, 3]);
    let exits: Vec<String> =
        Exit::all().iter().map(|exit| format!("{} {}", exit.id(), exit.to().id())).collect();
    assert_eq!(
        exits,
        [
            "ashen_road:south gate_yard",
            "ashen_road:east signal_tower",
            "fort_aurelian:north gate_yard",
            "gate_yard:south fort_aurelian",
            "gate_yard:north ashen_road",
            "signal_tower:west ashen_road",
            "signal_tower:down under_vault",
            "under_vault:up signal_tower",
        ]
    );
    assert_eq!(site!("gate_yard").region(), region!("aurelian-march"));
    assert_eq!(site!("ashen_road").route_authority().map(Writ::id), Some(writ!("route-writ")));
    assert!(site!("signal_tower").route_authority().is_none());
}

#[test]
fn every_way_leads_back() {
    for exit in Exit::all() {
        let back = exit.to().exits().iter().any(|back| back.to().id() == exit.id().site());
        assert!(back, "{} leads back", exit.id());
    }
}

#[test]
fn everybody_is_somewhere_and_in_one_place() {
    let actors: Vec<&str> = Actor::all().iter().map(Actor::title).collect();
    assert_eq!(
        actors,
        [
            "Centurion Varro",
            "Magister Livia",
            "Acolyte Iunia",
            "Maro the Guild Scout",
            "Wounded Legionary",
            "Gate Echo"
        ]
    );
    for actor in Actor::all() {
        assert_eq!(places(|site| site.actors().contains(actor.id())), 1, "{:?}", actor.id());
    }
    for mob in Mob::all() {
        assert_eq!(places(|site| site.mobs().contains(mob.id())), 1, "{:?}", mob.id());
    }
    for item in Item::all() {
        let here = ItemOrRelic::Item(item.id());
        assert_eq!(places(|site| site.items().any(|item| item == here)), 1, "{:?}", item.id());
    }
    for relic in Relic::all() {
        let here = ItemOrRelic::Relic(relic.id());
        assert!(relic.custody().site().items().any(|item| item == here), "{:?}", relic.id());
    }
}

fn places(holds: impl Fn(&Site) -> bool) -> usize {
    Site::all().iter().filter(|site| holds(site)).count()
}

#[test]
fn writs_have_an_issuer_a_scope_and_rules() {
    let ward = writ!("ward-writ");
    assert_eq!(ward.issuer().id(), actor!("varro"));
    assert_eq!(ward.delegates(), [actor!("livia")]);
    assert!(ward.revocable() && ward.price().is_none());
    let route = writ!("route-writ");
    assert_eq!(route.price().map(Item::id), Some(item!("coin")));
    assert!(!route.revocable() && route.delegates().is_empty());
    assert_eq!(ward.sites(), [site!("gate_yard"), site!("signal_tower"), site!("under_vault")]);
    assert_eq!(ward.over().count(), 4);
    // Who cannot be asked cannot grant anything.
    for writ in Writ::all() {
        assert_eq!(places(|site| site.actors().contains(writ.issuer().id())), 1);
    }
}

#[test]
fn the_relic_has_rules_and_a_line_for_each_refusal() {
    let custody = relic!("eagle-standard").custody();
    assert_eq!(custody.site().id(), site!("signal_tower"));
    let authority: Vec<&str> = custody.authority().map(|authority| name(authority.into_thing())).collect();
    assert_eq!(authority, ["custody-writ", "centurion"]);
    assert_eq!(custody.witness().id(), actor!("iunia"));
    assert_eq!(custody.proof().id(), evidence!("temple-seal"));
    let refusals = custody.refusals();
    let lines = BTreeSet::from([
        refusals.missing_location(),
        refusals.missing_authority(),
        refusals.unsafe_state(),
        refusals.witness_refusal(),
    ]);
    assert_eq!(lines.len(), 4);
}

fn name(thing: Thing) -> &'static str {
    thing.canonical_id()
}

trait IntoThing {
    fn into_thing(self) -> Thing;
}

impl IntoThing for adventure::quests::WritOrMark {
    fn into_thing(self) -> Thing {
        match self {
            Self::Writ(id) => Thing::Writ(id),
            Self::Mark(id) => Thing::Mark(id),
        }
    }
}

#[test]
fn the_inventory_has_five_sections() {
    for (thing, section) in [
        (Thing::Item(item!("coin")), Some(Section::Items)),
        (Thing::Writ(writ!("ward-writ")), Some(Section::Writs)),
        (Thing::Relic(relic!("eagle-standard")), Some(Section::Relics)),
        (Thing::Mark(mark!("centurion")), Some(Section::Marks)),
        (Thing::Evidence(evidence!("temple-seal")), Some(Section::Evidence)),
        (Thing::Actor(actor!("livia")), None),
    ] {
        assert_eq!(thing.section(), section);
    }
    let carried: Vec<&str> =
        Thing::every().filter(|thing| thing.section().is_some_and(Section::is_carried)).map(name).collect();
    assert_eq!(carried, ["map", "coin", "key", "scout-marker"]);
    let authority: Vec<&str> =
        Thing::every().filter(|thing| thing.section().is_some_and(Section::is_authority)).map(name).collect();
    assert_eq!(authority, ["ward-writ", "route-writ", "custody-writ"]);
}

#[test]
fn the_mission_has_two_good_ends() {
    let mission = mission!("recover-the-standard").record();
    assert_eq!(Mission::all().len(), 1);
    assert_eq!(mission.start().id(), site!("fort_aurelian"));
    assert_eq!(
        objective!("recover-the-standard:recover-standard").target(),
        ObjectiveTarget::Recover(relic!("eagle-standard"))
    );
    assert_eq!(
        objective!("recover-the-standard:seal-gate").target(),
        ObjectiveTarget::Seal(site!("gate_yard"))
    );
    assert_eq!(
        objective!("recover-the-standard:lay-wraith").target(),
        ObjectiveTarget::Defeat(mob!("ward-wraith"))
    );
    let trouble: Vec<ComplicationAbout> =
        mission.complications().iter().map(|trouble| trouble.about()).collect();
    assert_eq!(
        trouble,
        [
            ComplicationAbout::UnstableSite(site!("signal_tower")),
            ComplicationAbout::Warded(ward!("vault-ward")),
            ComplicationAbout::Information(actor!("maro")),
            ComplicationAbout::Custody(relic!("eagle-standard")),
        ]
    );
    let standard = [
        objective!("recover-the-standard:recover-standard"),
        objective!("recover-the-standard:certify-custody"),
    ];
    let ends: Vec<_> = mission.outcomes().iter().map(|outcome| outcome.id().as_str()).collect();
    assert_eq!(ends, ["standard-and-gate", "standard-and-survivor"]);
    let end =
        |done: &[ObjectiveId]| outcome(mission, |id| done.contains(&id)).map(|outcome| outcome.id().as_str());
    assert_eq!(end(&standard), None);
    let with = |more| [standard[0], standard[1], more];
    assert_eq!(end(&with(objective!("recover-the-standard:seal-gate"))), Some("standard-and-gate"));
    assert_eq!(
        end(&with(objective!("recover-the-standard:evacuate-survivor"))),
        Some("standard-and-survivor")
    );
}

/// What counts as a stage has another name here.
#[derive(Clone, Copy, Debug, PartialEq, quest_types::Stages)]
#[quest("recover-the-standard", in = adventure, stages = objective)]
enum Goal {
    RecoverStandard,
    CertifyCustody,
    SealGate,
    #[stage("evacuate-survivor")]
    Survivor,
    LayWraith,
}

#[test]
fn an_enum_lists_the_objectives() {
    use quest_types::Stages as _;
    assert_eq!(Goal::QUEST, mission!("recover-the-standard"));
    assert_eq!(Goal::Survivor.stage(), objective!("recover-the-standard:evacuate-survivor"));
    let goals: Vec<Goal> =
        Goal::QUEST.objectives().iter().filter_map(|one| Goal::from_stage(one.id())).collect();
    assert_eq!(goals, Goal::ALL);
}

#[test]
fn seed_and_variants_are_on_record() {
    let seed = mission!("recover-the-standard").seed();
    assert_eq!(seed.label(), "fixed-smoke");
    assert_eq!(
        SeedLine(seed).to_string(),
        "seed fixed-smoke: tower-gate=unstable, survivor=behind-ward, weather=clear"
    );
    for variant in seed.variants() {
        assert!(variant.options().contains(variant.selected()), "{}", variant.id());
        assert_eq!(variant.selected().variant(), variant.id());
    }
}

#[test]
fn a_look_shows_every_id_and_one_lead() {
    let mission = mission!("recover-the-standard").record();
    let look = Look::new(mission, mission.start(), |_| false).to_string();
    let expected = [
        "Fort Aurelian [fort_aurelian]",
        site!("fort_aurelian").description(),
        "Objective: Recover the eagle standard [recover-standard]",
        "Item: Surveyor's Map [map]",
        "Item: Guild Coin [coin]",
        "Actor: Centurion Varro [varro]",
        "Actor: Acolyte Iunia [iunia]",
        "Actor: Maro the Guild Scout [maro]",
        "Exit: To the yard before the gate [north] -> gate_yard",
        "Lead: Varro grants the ward-writ, Iunia the custody-writ, and Maro knows the road.",
    ];
    assert_eq!(look.lines().collect::<Vec<_>>(), expected);
    let vault = Look::new(mission, site!("under_vault").record(), |_| false).to_string();
    for line in [
        "Ward: Ward of Blue Light [vault-ward]",
        "Actor: Wounded Legionary [wounded-legionary]",
        "Mob: Gate Hound [gate-hound]",
    ] {
        assert!(vault.lines().any(|shown| shown == line), "no `{line}` in\n{vault}");
    }
}

#[test]
fn leads_follow_the_objectives() {
    let mission = mission!("recover-the-standard").record();
    let standard = objective!("recover-the-standard:recover-standard");
    let gate = objective!("recover-the-standard:seal-gate");
    let yard = site!("gate_yard").record();
    let shown = |done: &[ObjectiveId]| lead(mission, yard, |id| done.contains(&id)).unwrap().id().as_str();
    assert_eq!(shown(&[]), "delegate-to-livia");
    assert_eq!(shown(&[standard]), "shut-the-gate");
    assert_eq!(shown(&[standard, gate]), "report");
    let next = objective(mission, |id| id == standard).unwrap();
    assert_eq!(next.id().as_str(), "certify-custody");
    assert!(objective(mission, |_| true).is_none());
    // Wherever a player stands, and whatever is done, there is a lead.
    for site in Site::all() {
        assert!(lead(mission, site, |_| true).is_some());
    }
}

#[test]
fn the_proof_path_can_be_walked() {
    let mission = mission!("recover-the-standard").record();
    let mut walk = Walk { at: mission.start().id(), holds: BTreeSet::new(), delegated: BTreeSet::new() };
    for (number, step) in mission.proof().iter().enumerate() {
        walk.step(step).unwrap_or_else(|why| panic!("step {}: {why}", number + 1));
    }
    assert_eq!(walk.at, mission.start().id());
    let last = mission.proof().last().unwrap();
    assert_eq!((last.verb(), last.target()), (StepVerb::Leave, StepTarget::Leave));
    let results: Vec<StepResult> =
        mission.proof().iter().filter(|step| step.verb() == StepVerb::Recover).map(Step::result).collect();
    assert_eq!(results, [StepResult::MissingLocation, StepResult::MissingAuthority, StepResult::Done]);
}

/// Where a player is on the proof path, and what has been granted.
struct Walk {
    at: SiteId,
    holds: BTreeSet<WritId>,
    delegated: BTreeSet<(WritId, ActorId)>,
}

impl Walk {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        let here = self.at;
        let say = |holds: bool, why: String| if holds { Ok(()) } else { Err(why) };
        match step.target() {
            StepTarget::Go(exit) => {
                say(exit.site() == here, format!("{exit} is not an exit of {here}"))?;
                let needs = exit.to().route_authority().map(Writ::id);
                say(needs.is_none_or(|writ| self.holds.contains(&writ)), format!("{exit} needs {needs:?}"))?;
                self.at = exit.to().id();
            }
            StepTarget::Take(item) => {
                say(
                    here.items().any(|found| found == ItemOrRelic::Item(item)),
                    format!("{item} is not at {here}"),
                )?;
            }
            StepTarget::Request(writ) => {
                say(here.actors().contains(writ.issuer().id()), format!("nobody at {here} grants {writ}"))?;
            }
            StepTarget::Accept(writ) => say(self.holds.insert(writ), format!("{writ} is held already"))?,
            StepTarget::Delegate(writ) => {
                let to = step.to().expect("the schema demands it").id();
                say(self.holds.contains(&writ), format!("{writ} is not held"))?;
                say(here.actors().contains(to), format!("{to} is not at {here}"))?;
                say(writ.delegates().contains(to), format!("{writ} cannot be delegated to {to}"))?;
                self.delegated.insert((writ, to));
            }
            StepTarget::Order(task) => {
                let actor = task.actor();
                say(here.actors().contains(actor), format!("{actor} is not at {here}"))?;
                say(
                    task.at().is_none_or(|place| place.id() == here),
                    format!("{task} is not done at {here}"),
                )?;
                let needs = task.needs().map(Writ::id);
                let has =
                    |writ: WritId| self.delegated.contains(&(writ, actor)) || self.holds.contains(&writ);
                say(needs.is_none_or(has), format!("{task} needs {needs:?}"))?;
            }
            StepTarget::Attack(mob) => say(here.mobs().contains(mob), format!("{mob} is not at {here}"))?,
            StepTarget::Evacuate(actor) => {
                say(here.actors().contains(actor), format!("{actor} is not at {here}"))?;
                for ward in
                    here.wards().iter().filter(|ward| ward.guards() == ActorOrItemOrRelicOrSite::Actor(actor))
                {
                    say(self.holds.contains(&ward.opens_for().id()), format!("{} is closed", ward.id()))?;
                }
            }
            StepTarget::Recover(relic) => {
                let custody = relic.custody();
                let authorized = custody.authority().any(|way| matches!(way, adventure::quests::WritOrMark::Writ(writ) if self.holds.contains(&writ)));
                let result = if custody.site().id() != here {
                    StepResult::MissingLocation
                } else if !authorized {
                    StepResult::MissingAuthority
                } else {
                    StepResult::Done
                };
                say(result == step.result(), format!("{relic}: {result:?}"))?;
            }
            StepTarget::Seal(site) => say(site == here, format!("{site} is elsewhere"))?,
            StepTarget::Revoke(writ) => say(self.holds.remove(&writ), format!("{writ} is not held"))?,
            StepTarget::Look
            | StepTarget::Leave
            | StepTarget::Inspect(_)
            | StepTarget::Drop(_)
            | StepTarget::Use(_) => {}
        }
        Ok(())
    }
}

#[test]
fn what_stands_in_the_tables_is_within_the_bounds() {
    for thing in Thing::every() {
        assert!(thing.canonical_id().len() <= ID_BYTES && thing.canonical_id().is_ascii());
        assert!(thing.title().len() <= TITLE_BYTES && thing.description().len() <= 320);
    }
    for mission in Mission::all() {
        assert!(mission.leads().iter().all(|lead| lead.text().len() <= 160));
        assert!(mission.outcomes().iter().all(|outcome| outcome.debrief().len() <= 320));
    }
}

#[test]
fn ids_in_code_are_those_of_the_content() {
    assert_eq!(exit!("gate_yard:north").to().id(), site!("ashen_road"));
    assert_eq!(task!("livia:detect-ward").needs().map(Writ::id), Some(writ!("ward-writ")));
    assert_eq!(Ward::all()[0].guards(), ActorOrItemOrRelicOrSite::Actor(actor!("wounded-legionary")));
    assert_eq!(Alias::all().len(), 18);
}
