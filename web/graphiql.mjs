// Bundles GraphiQL and the workers of its editor into a folder of their own: it is served in development only, and
// counts for no budget of the page.
import { build } from "esbuild";
import { writeFile } from "node:fs/promises";

/** Into `folder`, with names that stay, since only developers load it. */
export async function bundleGraphiql(folder) {
  await build({
    entryPoints: {
      main: "ts/graphiql/main.ts",
      editor: "monaco-editor/esm/vs/editor/editor.worker.js",
      json: "monaco-editor/esm/vs/language/json/json.worker.js",
      graphql: "monaco-graphql/esm/graphql.worker.js",
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    loader: { ".ttf": "file" },
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>GraphiQL · Roundtable</title>
    <link rel="icon" href="/favicon.svg" />
    <link rel="stylesheet" href="/graphiql/main.css" />
    <link rel="stylesheet" href="/graphiql/page.css" />
    <script type="module" src="/graphiql/main.js"></script>
  </head>
  <body><div id="graphiql"></div></body>
</html>
`;
  await writeFile(`${folder}/index.html`, page);
  await writeFile(`${folder}/page.css`, "body { margin: 0; }\n#graphiql { height: 100dvh; }\n");
}
