//! Compiles the game where its files are; says so where they are not.

fn main() -> std::process::ExitCode {
    println!("cargo::rustc-check-cfg=cfg(oldwood)");
    println!("cargo::rerun-if-env-changed=QUESTC_CONTENT");
    if std::env::var_os("QUESTC_CONTENT").is_none() {
        println!(
            "cargo::warning=QUESTC_CONTENT is not set to a folder with `oldwood`: its tests are left out"
        );
        return std::process::ExitCode::SUCCESS;
    }
    println!("cargo::rustc-cfg=oldwood");
    quest_build::compile("quest.toml")
}
