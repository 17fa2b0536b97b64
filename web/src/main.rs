//! The program that the browser runs: it shows the page. All of it lives in the library, so that its pure parts can be
//! tested natively.

fn main() {
    #[cfg(target_arch = "wasm32")]
    web::app::start();
}
