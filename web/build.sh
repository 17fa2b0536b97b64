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

# The tool must be of exactly the version that the code was compiled with.
bindgen=0.2.130
tool=target/tools/bin/wasm-bindgen
if [ "$("$tool" --version 2>/dev/null)" != "wasm-bindgen $bindgen" ]; then
    echo "Building wasm-bindgen $bindgen in target/tools (about two minutes, once)"
    CARGO_TARGET_DIR=target/tools/build cargo install --quiet --root target/tools --version "$bindgen" wasm-bindgen-cli
    rm -rf target/tools/build
fi
if [ ! -d web/node_modules/esbuild ]; then
    (cd web && npm ci --no-progress --loglevel=error)
fi

cargo build --target wasm32-unknown-unknown --profile "$profile" -p web --bin web --target-dir target/web

rm -rf web/pkg
"$tool" --target web --out-name app --out-dir web/pkg "target/web/wasm32-unknown-unknown/$folder/web.wasm"
# Its types would hide that esbuild turns the module into an address.
rm -f web/pkg/app_bg.wasm.d.ts

cd web
if [ "$mode" = release ]; then
    # Debian's wasm-opt 108 makes modules that do not start, silently; this one comes pinned from npm.
    node_modules/.bin/wasm-opt -Oz pkg/app_bg.wasm -o pkg/optimised.wasm
    mv pkg/optimised.wasm pkg/app_bg.wasm
fi
node_modules/.bin/tsc -p .
node bundle.mjs "$mode"
