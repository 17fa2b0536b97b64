// The page's entry: starts the WebAssembly module. All else is loaded by it, when it is needed.
// The texts stand first: they are fetched as soon as this runs, beside the module, which the document has asked for.
import { firstTexts } from "./texts";
import start from "../pkg/app.js";
import module from "../pkg/app_bg.wasm";

/** The modules of the page's areas (src/areas.rs), by area; none in a build that is not split. */
declare const AREA_FILES: Record<string, string[]>;

// Who comes to an area by its own address gets it beside the main module, and not after it.
const areas: [RegExp, string[]][] = [
  [/^\/dashboard/, ["dashboard"]],
  [/^\/e\/[^/]+\/sessions\/./, ["room", "call"]],
  [/^\/e\/[^/]+\/(agenda|people)$/, ["venue_parts"]],
  [/^\/e\/[^/]+\/?$/, ["timetable"]],
];
const here = areas.find(([path]) => path.test(location.pathname))?.[1] ?? [];
for (const file of new Set(here.flatMap((area) => AREA_FILES[area] ?? []))) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: new URL(file, import.meta.url).href });
  document.head.append(link);
}

// The module shows the page when its texts are here too.
try {
  await Promise.all([firstTexts(), start({ module_or_path: new URL(module, import.meta.url) })]);
} catch (problem) {
  console.error(problem);
  sayNotLoaded();
}

/** Without its texts the page cannot say in the reader's language that they are missing: the document does. */
function sayNotLoaded(): void {
  const said = document.querySelector<HTMLTemplateElement>("#not-loaded")!.content.cloneNode(true) as DocumentFragment;
  said.querySelector("button")!.addEventListener("click", () => location.reload());
  document.body.append(said);
}
