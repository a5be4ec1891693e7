//! The same area in each format, with the quotes and forms that the format leaves to whoever writes it.

use super::{Area, Random, Room};

/// The extension and the text of a file.
pub(super) fn area(random: &mut Random, area: &Area) -> (&'static str, String) {
    match random.below(5) {
        0 => ("json", json(area, false)),
        1 => ("jsonc", json(area, true)),
        2 => ("yaml", yaml(random, area)),
        3 => ("toml", toml(random, area)),
        _ => ("ron", ron(random, area)),
    }
}

/// A list of texts between brackets.
fn list(texts: &[String], quote: &mut dyn FnMut(&str) -> String) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quote(text)).collect();
    format!("[{}]", texts.join(", "))
}

fn double(text: &str) -> String {
    format!("\"{text}\"")
}

fn json(area: &Area, comments: bool) -> String {
    let comment = if comments { " // gate iron x" } else { "" };
    let rooms: Vec<String> = area.rooms.iter().map(json_room).collect();
    let borders = list(&area.borders, &mut double);
    format!("{{{comment}\n  \"borders\": {borders},\n  \"rooms\": {{{}\n  }}\n}}\n", rooms.join(","))
}

fn json_room(room: &Room) -> String {
    let mut fields = vec![format!("\"exits\": {}", list(&room.exits, &mut double))];
    fields.extend(room.owner.iter().map(|owner| format!("\"owner\": \"{owner}\"")));
    fields.extend(room.flag.iter().map(|flag| format!("\"flag\": \"{flag}\"")));
    let doors = room.doors.iter().map(|door| {
        let mut fields = vec![format!("\"id\": \"{}\"", door.id)];
        fields.extend(door.next.iter().map(|next| format!("\"next\": \"{next}\"")));
        fields.extend(door.other.iter().map(|other| format!("\"other\": \"{other}\"")));
        format!("{{ {} }}", fields.join(", "))
    });
    fields.push(format!("\"doors\": [{}]", doors.collect::<Vec<_>>().join(", ")));
    format!("\n    \"r:{}\": {{ {} }}", room.id, fields.join(", "))
}

fn yaml(random: &mut Random, area: &Area) -> String {
    let mut quote = |text: &str| match random.below(3) {
        0 => double(text),
        1 => format!("'{text}'"),
        _ => text.to_owned(),
    };
    let mut text = format!("# gate iron x\nborders: {}\nrooms:\n", list(&area.borders, &mut quote));
    for room in &area.rooms {
        text.push_str(&format!("  {}:\n    exits:\n", quote(&format!("r:{}", room.id))));
        if room.exits.is_empty() {
            text.truncate(text.len() - 1);
            text.push_str(" []\n");
        }
        for exit in &room.exits {
            text.push_str(&format!("      - {}   # {exit}\n", quote(exit)));
        }
        for (name, value) in [("owner", &room.owner), ("flag", &room.flag)] {
            if let Some(value) = value {
                text.push_str(&format!("    {name}: {}\n", quote(value)));
            }
        }
        text.push_str(if room.doors.is_empty() { "    doors: []\n" } else { "    doors:\n" });
        for door in &room.doors {
            text.push_str(&format!("      - id: {}\n", quote(&door.id)));
            for (name, value) in [("next", &door.next), ("other", &door.other)] {
                if let Some(value) = value {
                    text.push_str(&format!("        {name}: {}\n", quote(value)));
                }
            }
        }
    }
    text
}

fn toml(random: &mut Random, area: &Area) -> String {
    let mut quote = |text: &str| if random.coin() { double(text) } else { format!("'{text}'") };
    let mut text = format!("borders = {} # gate iron x\n", list(&area.borders, &mut quote));
    for room in &area.rooms {
        // A table can be named by headings of its own and by those of tables in it.
        let key = format!("r:{}", room.id);
        text.push_str(&format!("\n[rooms.{}]\nexits = {}\n", quote(&key), list(&room.exits, &mut quote)));
        for (name, value) in [("owner", &room.owner), ("flag", &room.flag)] {
            if let Some(value) = value {
                text.push_str(&format!("{name} = {}\n", quote(value)));
            }
        }
        for door in &room.doors {
            text.push_str(&format!("\n[[rooms.{}.doors]]\nid = {}\n", quote(&key), quote(&door.id)));
            for (name, value) in [("next", &door.next), ("other", &door.other)] {
                if let Some(value) = value {
                    text.push_str(&format!("{name} = {}\n", quote(value)));
                }
            }
        }
    }
    text
}

fn ron(random: &mut Random, area: &Area) -> String {
    let mut quote = |text: &str| match random.below(3) {
        0 => format!("r\"{text}\""),
        1 => format!("r#\"{text}\"#"),
        _ => double(text),
    };
    let mut text =
        format!("// gate iron x\n(\n    borders: {},\n    rooms: {{\n", list(&area.borders, &mut quote));
    for room in &area.rooms {
        text.push_str(&format!(
            "        {}: (exits: {}, ",
            quote(&format!("r:{}", room.id)),
            list(&room.exits, &mut quote)
        ));
        for (name, value) in [("owner", &room.owner), ("flag", &room.flag)] {
            if let Some(value) = value {
                text.push_str(&format!("{name}: Some({}), ", quote(value)));
            }
        }
        text.push_str("doors: [");
        for door in &room.doors {
            text.push_str(&format!("Door(id: {}", quote(&door.id)));
            for (name, value) in [("next", &door.next), ("other", &door.other)] {
                if let Some(value) = value {
                    text.push_str(&format!(", {name}: {}", quote(value)));
                }
            }
            text.push_str("), ");
        }
        text.push_str("]),\n");
    }
    text.push_str("    },\n)\n");
    text
}

/// A registry: a list of ids, a list of objects, or an object whose names are the ids.
pub(super) fn registry(random: &mut Random, items: &[String]) -> (&'static str, String) {
    match random.below(4) {
        0 => ("json", list(items, &mut double)),
        1 => ("toml", items.iter().map(|item| format!("[{item}]\nname = \"{item}\"\n")).collect()),
        2 => ("yaml", items.iter().map(|item| format!("- id: {item}\n  name: {item} of iron\n")).collect()),
        _ => ("ron", format!("// iron\n{}", list(items, &mut double))),
    }
}

/// A manifest that lists people, and names some files without a pattern.
pub(super) fn manifest(
    random: &mut Random,
    people: &[String],
    registry: &str,
    names: &[String],
    areas: &[Area],
) -> String {
    let content = if random.coin() { list(names, &mut double) } else { "\"areas/*\"".to_owned() };
    let people = list(people, &mut double);
    let comment = &areas[0].id;
    format!(
        "# {comment} gate iron\n[[documents]]\nschema = \"area.schema.json\"\ncontent = {content}\n\n[registries]\n\
         npc = {people} # x\nitem = \"items.{registry}\"\nflag = {{ open = true }}\n\n[lints]\nprofile = \"recommended\"\n\
         similar-ids = \"allow\"\n"
    )
}
