//! Makes the committed schema known to the GraphQL documents, which are checked against it when they are compiled.

fn main() {
    println!("cargo::rerun-if-changed=../schema.graphql");
    cynic_codegen::register_schema("roundtable")
        .from_sdl_file("../schema.graphql")
        .expect("schema.graphql is a valid schema")
        .as_default()
        .expect("there is one default schema");
    // What the module is split by.
    if std::env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
