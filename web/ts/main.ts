// The page's entry: starts the WebAssembly module. All else is loaded by it, when it is needed.
import start from "../pkg/app.js";
import module from "../pkg/app_bg.wasm";

await start({ module_or_path: new URL(module, import.meta.url) });
