//! A new file in `content/` is compiled in as well; cargo alone would miss it.

fn main() {
    println!("cargo:rerun-if-changed=content");
}
