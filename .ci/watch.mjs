// Watches the sources for `make dev`: builds the part that changed, starts the programs again when theirs did, and keeps
// the last good ones running while a build fails.
import { spawn } from "node:child_process";
import { watch } from "node:fs";

const port = process.env.PORT ?? "8080";
const mediaPort = process.env.MEDIA_PORT ?? String(Number(port) + 1);

// What to do when a file below one of the folders changes; `restarts` says whether the programs are then started again.
const parts = [
  { name: "media", folders: ["media"], command: ["cargo", "build", "-p", "media"], restarts: true },
  { name: "api", folders: ["api", "migrations", "media/protocol"], command: ["cargo", "build", "-p", "api"], restarts: true },
  { name: "web", folders: ["web", "media/protocol", "schema.graphql"], command: [".ci/web", "dev"], restarts: false },
];
const ignored = /(^|\/)(node_modules|dist|pkg|target)\/|~$|\.sw.$/;

const waiting = new Set(parts);
let busy = false;
let server;
let ending = false;

for (const part of parts) {
  for (const folder of part.folders) {
    watch(folder, { recursive: folder !== "schema.graphql" }, (_event, file) => {
      if (file && ignored.test(`${folder}/${file}`)) return;
      waiting.add(part);
      // An editor saves several files within a moment; one build is enough for them.
      setTimeout(work, 200);
    });
  }
}

process.on("SIGINT", stop);
process.on("SIGTERM", stop);
await work();

async function work() {
  if (busy || ending) return;
  busy = true;
  let changed = false;
  while (waiting.size > 0 && !ending) {
    const part = parts.find(each => waiting.has(each));
    waiting.delete(part);
    const started = Date.now();
    const built = await finished(spawn(part.command[0], part.command.slice(1), { stdio: "inherit" }));
    console.log(`==> ${part.name}: ${built ? "built" : "does not build"} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    changed ||= built && part.restarts;
  }
  if (changed && !ending) await startAgain();
  busy = false;
}

async function startAgain() {
  await end();
  server = spawn("target/debug/api", {
    stdio: "inherit",
    env: {
      ...process.env,
      LISTEN: process.env.LISTEN ?? `127.0.0.1:${port}`,
      MEDIA_LISTEN: process.env.MEDIA_LISTEN ?? `127.0.0.1:${mediaPort}`,
      DEMO: process.env.DEMO ?? "1",
    },
  });
}

async function end() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = finished(server);
  server.kill("SIGTERM");
  await ended;
}

async function stop() {
  if (ending) return;
  ending = true;
  await end();
  process.exit(0);
}

function finished(child) {
  return new Promise(resolve => {
    child.once("exit", code => resolve(code === 0));
    child.once("error", () => resolve(false));
  });
}
