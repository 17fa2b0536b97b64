#!/usr/bin/env bash
# Builds the page into web/dist: `build.sh dev` quickly, `build.sh release` small, with the size budgets checked.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=${1:-dev}
case $mode in
dev) profile=dev folder=debug ;;
release) profile=web folder=web ;;
*)
    echo "build.sh knows dev and release, not '$mode'." >&2
    exit 2
    ;;
esac

# Tools of exactly these versions: wasm-bindgen's must be that of the code's own library.
tools=target/tools
install_tool() {
    local program=$1 version=$2 crate=$3
    shift 3
    [ "$(cat "$tools/$program.version" 2>/dev/null)" = "$version" ] && [ -x "$tools/bin/$program" ] && return
    echo "Building $crate $version in target/tools (a minute or two, once)"
    CARGO_TARGET_DIR=$tools/build cargo install --quiet --root "$tools" --version "$version" "$crate" "$@"
    echo "$version" >"$tools/$program.version"
}
install_tool wasm-bindgen 0.2.130 wasm-bindgen-cli
if [ "$mode" = release ]; then
    install_tool wasm-split-cli 0.2.4 wasm_split_cli_support --locked --features build-binary
fi
# Both share it.
rm -rf "$tools/build"
if [ ! -d web/node_modules/esbuild ]; then
    (cd web && npm ci --no-progress --loglevel=error)
fi

rm -rf web/pkg
module=target/web/wasm32-unknown-unknown/$folder/web.wasm
if [ "$mode" = release ]; then
    # Areas of the page become modules of their own (see web/src/areas.rs).
    cargo build --target wasm32-unknown-unknown --profile "$profile" -p web --bin web --features split --target-dir target/web
    "$tools/bin/wasm-split-cli" "$module" web/pkg/split --target web --out-name app
    "$tools/bin/wasm-bindgen" --target web --keep-lld-exports --out-name app --out-dir web/pkg web/pkg/split/app.wasm
    rm web/pkg/split/app.wasm
    mv web/pkg/split/* web/pkg/
    rmdir web/pkg/split
else
    cargo build --target wasm32-unknown-unknown --profile "$profile" -p web --bin web --target-dir target/web
    "$tools/bin/wasm-bindgen" --target web --out-name app --out-dir web/pkg "$module"
fi
# Its types would hide that esbuild turns the module into an address.
rm -f web/pkg/app_bg.wasm.d.ts

cd web
if [ "$mode" = release ]; then
    # Debian's wasm-opt 108 makes modules that do not start, silently; this one comes pinned from npm.
    find pkg -name '*.wasm' -print0 | xargs -0 -n 1 -P "$(nproc)" \
        sh -c 'node_modules/.bin/wasm-opt -Oz "$1" -o "$1.optimised" && mv "$1.optimised" "$1"' optimise
fi
node_modules/.bin/tsc -p .
node bundle.mjs "$mode"
