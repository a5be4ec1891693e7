//! Says where the generated content lies; the program includes it as it is.

fn main() {
    println!("cargo::rerun-if-env-changed=PEERS_CONTENT");
    let folder = std::env::var("PEERS_CONTENT").unwrap_or_default();
    println!("cargo::rustc-env=PEERS_CONTENT={folder}");
}
