//! What holds for the packages as a whole.

use std::process::Command;

/// Neither api nor web may pull the media worker in: each would take minutes of C++ to build.
#[test]
fn only_media_depends_on_mediasoup() {
    for package in ["api", "web", "protocol", "render"] {
        let tree = Command::new(env!("CARGO"))
            .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "-p", package])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .output()
            .unwrap();
        let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
        assert!(tree.starts_with(package), "{tree}");
        assert!(!tree.contains("mediasoup"), "{package} depends on mediasoup");
    }
}
