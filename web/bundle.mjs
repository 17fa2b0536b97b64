// Bundles scripts, styles and the module into web/dist with hashed names, fills in index.html, compresses, and checks
// the size budgets. `node bundle.mjs dev|release`.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { bundleGraphiql } from "./graphiql.mjs";

const release = process.argv[2] === "release";
const out = "dist.new";

/** Sizes in bytes of brotli: what an attendee's first page loads, one lazy part, everything. */
const budgets = { entryWarns: 450_000, entryFails: 500_000, lazyFails: 120_000, allFails: 1_800_000 };

/** Modules with fewer bytes than this share one file: it is compressed as a whole and asked for once. */
const smallBelow = 1024;

await rm(out, { recursive: true, force: true });

await mkdir(`${out}/assets`, { recursive: true });

const { loader, areas } = await areaFiles();
const texts = await textFiles();

const bundle = await build({
  entryPoints: { app: "ts/main.ts", style: "style/main.css" },
  outdir: `${out}/assets`,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  minify: release,
  sourcemap: !release,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".wasm": "file", ".woff2": "file" },
  // Rust names these in `raw_module`; here they become the real files.
  alias: {
    browser: "./ts/browser.ts",
    live: "./ts/live/live.ts",
    rich_text: "./ts/rich_text/rich_text.ts",
    texts: "./ts/texts.ts",
  },
  define: { AREA_FILES: JSON.stringify(areas), TEXT_FILES: JSON.stringify(texts) },
  plugins: [
    { name: "loader", setup: (build) => build.onLoad({ filter: /__wasm_split\.js$/ }, () => ({ contents: loader })) },
  ],
  metafile: true,
  logLevel: "warning",
  // wasm-bindgen names a module once for each place that imports from it; they are all the same one.
  logOverride: { "duplicate-object-key": "silent" },
});

const outputs = Object.entries(bundle.metafile.outputs).map(([path, output]) => ({ name: basename(path), ...output }));
const script = outputs.find((output) => output.entryPoint === "ts/main.ts");
const style = outputs.find((output) => output.entryPoint === "style/main.css");
const module = outputs.find((output) => output.name.startsWith("app_bg-"));
const font = outputs.find((output) => /inter-latin-wght-normal-.*\.woff2$/.test(output.name));

// Everything reachable by static imports from the entry is loaded at the first page; the rest only when asked for.
const first = new Set([script.name, style.name, module.name]);
const follow = (output) => {
  for (const { path, kind } of output.imports) {
    if (kind === "import-statement" && !first.has(basename(path))) {
      first.add(basename(path));
      follow(outputs.find((other) => other.name === basename(path)));
    }
  }
};
follow(script);
const chunks = [...first].filter((name) => name.endsWith(".js") && name !== script.name);

const page = (await readFile("index.html", "utf8"))
  .replaceAll("{script}", `/assets/${script.name}`)
  .replaceAll("{style}", `/assets/${style.name}`)
  .replaceAll("{module}", `/assets/${module.name}`)
  .replaceAll("{chunks}", chunks.map((name) => `<link rel="modulepreload" href="/assets/${name}" />`).join(""))
  .replaceAll("{font}", `/assets/${font.name}`)
  .replaceAll("{icons}", await icons());
await writeFile(`${out}/index.html`, page);
await writeFile(`${out}/favicon.svg`, await readFile("favicon.svg"));
await bundleGraphiql(`${out}/graphiql`);

/**
 * The modules that are loaded with an area of the page (see src/areas.rs), copied under hashed names, the small ones in
 * one file: their loader, which learns this, and the files of each area, as the loader asks for them.
 */
async function areaFiles() {
  const path = "pkg/__wasm_split.js";
  if (!existsSync(path)) return { areas: {} };
  let loader = `import { part } from "../ts/parts";\n${await readFile(path, "utf8")}`;
  const learn = (name, call) => {
    const fetching = `fetch(new URL("./${name}", import.meta.url))`;
    if (!loader.includes(fetching)) throw new Error(`the loader does not fetch ${name} as it used to`);
    loader = loader.replace(fetching, call);
  };
  const small = [];
  const names = (await readdir("pkg")).filter((name) => /^(split|chunk)_.*\.wasm$/.test(name));
  for (const name of names.sort()) {
    const bytes = await readFile(`pkg/${name}`);
    if (bytes.length < smallBelow) small.push({ name, bytes });
    else learn(name, `fetch(new URL("${await asset(name, bytes)}", import.meta.url))`);
  }
  const archive = await asset("chunks.bin", Buffer.concat(small.map(({ bytes }) => bytes)));
  let end = 0;
  for (const { name, bytes } of small) learn(name, `part("${archive}", ${end}, ${(end += bytes.length)})`);

  const areas = {};
  const file = (code) => code.match(/"(\.\/[^"]+\.(wasm|bin))"/)[1];
  const chunks = Object.fromEntries(
    [...loader.matchAll(/const (__chunk_\w+) = ([\s\S]*?)\]\)/g)].map(([, chunk, code]) => [chunk, file(code)]),
  );
  for (const [, area, code, needs] of loader.matchAll(/__wasm_split_load_(\w+) = ([\s\S]*?), \[([^\]]*)\]\)\)/g)) {
    const needed = needs.split(",").filter(Boolean).map((need) => chunks[need.trim()]);
    areas[area] = [...new Set([file(code), ...needed])];
  }
  return { loader, areas };
}

/** The texts of each language in one file, by tag. What src/text/current.rs reads is the same without the comments. */
async function textFiles() {
  const files = {};
  for (const language of (await readdir("locales")).sort()) {
    const names = (await readdir(`locales/${language}`)).filter((name) => name.endsWith(".ftl")).sort();
    const parts = await Promise.all(names.map((name) => readFile(`locales/${language}/${name}`, "utf8")));
    files[language] = await asset(`texts-${language}.txt`, parts.join("\n").replace(/^#.*\n?/gm, ""));
  }
  return files;
}

/** Writes an asset under a name that holds its content, which this gives as scripts ask for it. */
async function asset(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const hashed = name.replace(/\.\w+$/, (ending) => `-${hash}${ending}`);
  await writeFile(`${out}/assets/${hashed}`, bytes);
  return `./${hashed}`;
}

/** The icons that components/icon.rs names, as one sprite: no request of its own, and no icon that is not used. */
async function icons() {
  const source = await readFile("src/components/icon.rs", "utf8");
  const names = [...source.matchAll(/^\s+\w+ = "([a-z0-9-]+)",$/gm)].map((match) => match[1]);
  const symbols = names.map(async (name) => {
    const picture = await readFile(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
    const shapes = picture.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "");
    return `<symbol id="icon-${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  });
  return (await Promise.all(symbols)).join("");
}

const sizes = { entry: 0, lazy: {}, all: 0, files: {} };
let largestTexts = 0;
for (const folder of [out, `${out}/assets`]) {
  for (const name of await readdir(folder)) {
    if (![".js", ".css", ".wasm", ".html", ".svg", ".txt", ".bin"].includes(extname(name))) continue;
    const bytes = await readFile(`${folder}/${name}`);
    const quality = release ? 11 : 4;
    const compressed = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    if (release) await writeFile(`${folder}/${name}.br`, compressed);
    sizes.files[name] = { raw: bytes.length, brotli: compressed.length };
    sizes.all += compressed.length;
    if (folder === out) continue;
    if (first.has(name)) sizes.entry += compressed.length;
    // A page loads the texts of one language.
    else if (name.endsWith(".txt")) largestTexts = Math.max(largestTexts, compressed.length);
    else if ([".js", ".wasm", ".bin"].includes(extname(name))) sizes.lazy[name] = compressed.length;
  }
}

// An event's first page shows its timetable, which needs some of the small modules and so gets all.
const archive = areas.timetable?.find((file) => file.endsWith(".bin"));
sizes.entry += largestTexts + (archive ? sizes.lazy[basename(archive)] : 0);

// The old build is served until the new one is complete.
await rm("dist", { recursive: true, force: true });
await rename(out, "dist");

const problems = [];
if (release) {
  await writeFile("dist/sizes.json", `${JSON.stringify(sizes, null, 2)}\n`);
  console.log("web: sizes in bytes (raw, brotli)");
  for (const [name, { raw, brotli }] of Object.entries(sizes.files)) {
    console.log(`  ${name.padEnd(36)}${String(raw).padStart(9)} ${String(brotli).padStart(8)}`);
  }
  console.log(`  first page ${sizes.entry} of ${budgets.entryWarns}, everything ${sizes.all} of ${budgets.allFails}`);
  if (sizes.entry > budgets.entryFails) problems.push(`the first page is over its ${budgets.entryFails} bytes`);
  else if (sizes.entry > budgets.entryWarns) console.warn(`web: warning: the first page is over ${budgets.entryWarns} bytes`);
  for (const [name, size] of Object.entries(sizes.lazy)) {
    if (size > budgets.lazyFails) problems.push(`${name} is over the ${budgets.lazyFails} bytes of a lazy part`);
  }
  if (sizes.all > budgets.allFails) problems.push(`everything is over its ${budgets.allFails} bytes`);
}
if (!existsSync("dist/index.html") || problems.length > 0) {
  console.error(`web: ${problems.join("; ")}`);
  process.exit(1);
}
