// What everybody opens in a large event (1,000 sessions, 300 segments, 200 tags, 5,000 people): the sessions list, the schedule
// and the reception, in milliseconds of server time.
import { Caller } from "../harness/caller.ts";
import { Servers } from "../harness/servers.ts";
import { test } from "../harness/test.ts";
import { load } from "./load.ts";

const queries = {
  "sessions list": `{ event(slug: "large") { sessions(first: 50) { totalCount nodes { id title description tags displaySize
    priority watchAccess shareAccess scheduling timing testRun viewerIsHost url room { viewerCount seatsInUse } } } } }`,
  schedule: `{ event(slug: "large") { segments(first: 100) { totalCount nodes { id name description kind url startsAt endsAt
    tags speakers { id name } sessions { id title } } } } }`,
  reception: `{ event(slug: "large") { id name state myAgenda tags
    segments(past: false, first: 50) { nodes { id name startsAt endsAt tags speakers { name } sessions { id title timing } } }
    sessions(first: 25) { nodes { id title tags timing testRun room { viewerCount } } } } }`,
};

test("a large event", async () => {
  const began = performance.now();
  const servers = await Servers.startSeeded([], { RUST_LOG: "warn" });
  try {
    console.log(`large event: made in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    for (const [who, email] of [
      ["attendee", "ada@example.org"],
      ["organizer", "olivia@example.org"],
    ]) {
      const caller = new Caller(servers);
      await caller.run(`mutation($input: SignInInput!) { signIn(input: $input) { account { id } } }`, {
        input: { email, password: "roundtable demo" },
      });
      for (const [what, query] of Object.entries(queries)) {
        const answer = await caller.run(query);
        const headers = { "content-type": "application/json", accept: "application/json", cookie: caller.cookie };
        const result = await load(`${servers.url}/graphql`, headers, JSON.stringify({ query }), 1, 5, servers.apiPid);
        console.log(
          `large event, ${what} of an ${who}: p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms, ` +
            `server CPU ${result.cpuPerRequest.toFixed(2)} ms, ${JSON.stringify(answer).length} bytes`,
        );
      }
    }
  } finally {
    await servers.stop();
  }
});
