//! Links the system libraries that the media worker is built against (see native/README.md).

fn main() {
    for library in ["uv", "ssl", "crypto", "srtp2"] {
        println!("cargo:rustc-link-lib=dylib={library}");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
