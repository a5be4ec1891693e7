// What lies in the archive; the build script and the program include this.

/// The quests, and the number of each id. `Game` is what the build script has, `ArchivedGame` what the program sees.
#[allow(dead_code, reason = "the program only sees the archived form")]
#[derive(rkyv::Archive, rkyv::Serialize)]
struct Archive {
    game: model::Game,
    rows: std::collections::HashMap<String, u32>,
}
