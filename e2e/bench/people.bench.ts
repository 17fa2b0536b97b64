// The people of a room that 5,000 are in: a page of them and a search, in milliseconds of server time. A media node that is played
// here says who is inside; 5,000 real ones would measure something else.
import { createHash } from "node:crypto";
import { WebSocket } from "ws";
import { Caller } from "../harness/caller.ts";
import { Servers } from "../harness/servers.ts";
import { test } from "../harness/test.ts";
import { load } from "./load.ts";

const secret = "what api and this bench share, long enough";
const inside = 5_000;

const people = `query($id: ID!, $search: String, $after: String) { session(id: $id) { room {
  people(search: $search, first: 100, after: $after) { totalCount revision pageInfo { hasNextPage endCursor }
    nodes { role onScreen hand sortKey person { id name picture { id } } } }
  hosts: people(role: HOST, first: 100) { nodes { person { id name } } } } } }`;

test("a room of 5,000", async () => {
  const servers = await Servers.startSeeded([], { RUST_LOG: "warn", MEDIA_EXTERNAL: "1", SECRET: secret });
  try {
    const caller = new Caller(servers);
    await caller.run(`mutation($input: SignInInput!) { signIn(input: $input) { account { id } } }`, {
      input: { email: "ada@example.org", password: "roundtable demo" },
    });
    const { event } = await caller.run(`{ event(slug: "large") { sessions(first: 1) { nodes { id } } } }`);
    const id: string = event.sessions.nodes[0].id;
    const link = await fill(servers, id);
    const count = async () => (await caller.run(people, { id })).session.room.people.totalCount as number;
    while ((await count()) < inside) await new Promise(resolve => setTimeout(resolve, 50));

    const { endCursor } = (await caller.run(people, { id, search: "person 2" })).session.room.people.pageInfo;
    for (const [what, variables] of [
      ["the first page", { id }],
      ["a page in the middle", { id, after: endCursor }],
      ["a search", { id, search: "person 49" }],
      ["a search that finds nobody", { id, search: "xyz" }],
    ] as const) {
      const headers = { "content-type": "application/json", accept: "application/json", cookie: caller.cookie };
      const body = JSON.stringify({ query: people, variables });
      const result = await load(`${servers.url}/graphql`, headers, body, 1, 5, servers.apiPid);
      console.log(
        `${inside} people, ${what}: p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms, ` +
          `server CPU ${result.cpuPerRequest.toFixed(2)} ms`,
      );
    }
    link.terminate();
  } finally {
    await servers.stop();
  }
});

/** Links as media does, and says that everybody is in the room. */
async function fill(servers: Servers, session: string): Promise<WebSocket> {
  const link = new WebSocket(`${servers.url.replace("http", "ws")}/media/link`, {
    headers: { authorization: `Bearer ${derived("link")}` },
  });
  await new Promise((resolve, reject) => link.once("open", resolve).once("error", reject));
  const say = (message: object) => link.send(JSON.stringify(message));
  const counts = { seats: 0, maxSeats: 50, viewers: inside };
  say({ type: "hello", version: 6, address: ":1/signalling", rooms: [] });
  await new Promise(resolve => link.once("message", resolve));
  say({ type: "rooms", rooms: [{ session, counts, speakers: [] }] });
  const joined = Array.from({ length: inside }, (_, number) => ({
    person: `account:${number.toString(8).padStart(26, "0")}`,
    name: `Person ${number.toString().padStart(4, "0")}`,
  }));
  say({ type: "people", rooms: [{ session, joined }] });
  const ping = setInterval(() => say({ type: "ping" }), 5_000);
  link.once("close", () => clearInterval(ping));
  return link;
}

/** The key for one purpose, as api and media derive it from their secret. */
function derived(purpose: string): string {
  const hash = createHash("sha256");
  for (const part of ["roundtable", purpose, secret]) {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(Buffer.byteLength(part)));
    hash.update(length).update(part);
  }
  return hash.digest("hex");
}
