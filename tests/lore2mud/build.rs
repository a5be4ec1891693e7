//! Compiles the game where its files are; says so where they are not.

fn main() -> std::process::ExitCode {
    println!("cargo::rustc-check-cfg=cfg(lore2mud)");
    println!("cargo::rerun-if-env-changed=QUESTC_CONTENT");
    if std::env::var_os("QUESTC_CONTENT").is_none() {
        println!(
            "cargo::warning=QUESTC_CONTENT is not set to a folder with `lore2mud`: its tests are left out"
        );
        return std::process::ExitCode::SUCCESS;
    }
    println!("cargo::rustc-cfg=lore2mud");
    quest_build::compile("quest.toml")
}
