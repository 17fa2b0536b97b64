//! The C adapter in media/native has its own test program, which is compiled with the system's libraries and run here.

use std::path::Path;
use std::process::Command;

#[test]
fn the_srtp_adapter_keeps_its_promises() {
    let native = Path::new(env!("CARGO_MANIFEST_DIR")).join("native");
    let adapter = native.join("subprojects/libsrtp3");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("srtp3");
    let compiler = std::env::var("CC").unwrap_or_else(|_unset| "cc".into());
    let compiled = Command::new(compiler)
        .args(["-std=c11", "-g", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"])
        .arg("-Wl,--wrap=OPENSSL_cleanse")
        .arg("-I")
        .arg(adapter.join("include"))
        .args([native.join("tests/srtp3.c"), adapter.join("srtp3.c")])
        .args(["-lsrtp2", "-lcrypto", "-o"])
        .arg(&program)
        .output()
        .expect("a C compiler is there: the media worker was built with it");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let run = Command::new(&program).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Another version of the worker is refused with a word about what to do, before anything of it is touched.
#[test]
fn the_build_is_for_one_version_of_the_worker() {
    let native = Path::new(env!("CARGO_MANIFEST_DIR")).join("native");
    for (version, word) in [("9.9.9", "A new version"), ("0.24.0", "make setup")] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mediasoup-sys-{version}"));
        std::fs::create_dir_all(&folder).unwrap();
        let run = Command::new(native.join("meson"))
            .current_dir(&folder)
            .env("MESON_VENV", folder.join("no-such-environment"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(!run.status.success() && said.contains(word), "{version}: {said}");
        assert!(!folder.join("subprojects").exists(), "{version}");
    }
}
