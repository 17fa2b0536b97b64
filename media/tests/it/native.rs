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
