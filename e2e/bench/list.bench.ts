// The list of 50 sessions with their tags: requests per second, latencies, and CPU per request, on both databases.
import { attendee, liveEvent, session } from "../harness/programme.ts";
import { Servers } from "../harness/servers.ts";
import { expect, test } from "../harness/test.ts";
import { load } from "./load.ts";

const list = `query($slug: String!) { event(slug: $slug) { sessions(first: 50) { totalCount nodes {
  id title description tags displaySize priority watchAccess shareAccess maxParticipants url
  room { viewerCount seatsInUse onScreen { person { id name } } } } } } }`;

const databases = [
  { name: "SQLite", url: undefined },
  // `make bench` starts one; by hand: `.ci/postgres npx …`.
  ...(process.env.TEST_POSTGRES_URL ? [{ name: "PostgreSQL", url: process.env.TEST_POSTGRES_URL }] : []),
];

for (const { name, url } of databases) {
  test(`list of 50 sessions on ${name}`, async () => {
    const servers = await Servers.start({ RUST_LOG: "warn", ...(url ? { DATABASE_URL: url } : {}) });
    try {
      const programme = await liveEvent(servers);
      for (let index = 0; index < 50; index++) {
        await session(programme, `Session number ${index} about small rooms`, {
          description: "What we learned from a hundred small rooms, and what we would do again.",
          tags: ["research", `track ${index % 5}`, `room ${index % 7}`],
        });
      }
      const viewer = await attendee(programme, "Vera Viewer");
      const answer = await viewer.run(list, { slug: programme.slug });
      expect(answer.event.sessions.nodes).toHaveLength(50);
      const body = JSON.stringify({ query: list, variables: { slug: programme.slug } });
      const headers = { "content-type": "application/json", accept: "application/json", cookie: viewer.cookie };
      for (const connections of [1, 16]) {
        const result = await load(`${servers.url}/graphql`, headers, body, connections, 8, servers.apiPid);
        console.log(
          `list of 50 sessions, ${name}, ${connections} connections: ${result.perSecond.toFixed(0)} requests/s, ` +
            `p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms, ` +
            `server CPU ${result.cpuPerRequest.toFixed(2)} ms per request, ${JSON.stringify(answer).length} bytes`,
        );
      }
    } finally {
      await servers.stop();
    }
  });
}
