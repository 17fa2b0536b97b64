// One change of a session, told to many open pages: the server's CPU for each of them.
import { RawSocket } from "../harness/socket.ts";
import { attendee, liveEvent, session } from "../harness/programme.ts";
import { Servers, until } from "../harness/servers.ts";
import { test } from "../harness/test.ts";
import { cpuMilliseconds } from "./load.ts";

/** What the pages watch; the second way asks for something that differs between people, so that it is written for each. */
const ways = {
  "as pages ask": "",
  "with what the asker may do": "viewerCanEdit",
};
const fields = `id title description tags displaySize priority watchAccess maxParticipants version url
  room { sessionId viewerCount seatsInUse onScreen { person { id name } } }`;

const sockets = 1_000;
const changes = 40;

for (const [name, extra] of Object.entries(ways)) {
  test(`one change to ${sockets} pages, ${name}`, async () => {
    const servers = await Servers.start({ RUST_LOG: "warn" });
    const open: RawSocket[] = [];
    try {
      const programme = await liveEvent(servers);
      const id = await session(programme, "Round table", {
        tags: ["research", "track 1"],
        description: "x".repeat(140),
      });
      const viewer = await attendee(programme, "Vera Viewer");
      const query = `subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId version session { ${fields} ${extra} } } }`;
      for (let index = 0; index < sockets; index++) {
        const socket = await RawSocket.acknowledged(servers.socketUrl, { cookie: viewer.cookie });
        socket.send({ type: "subscribe", id: "1", payload: { query, variables: { id: programme.event } } });
        open.push(socket);
      }
      await Promise.all(open.map(socket => socket.settled()));
      const told = () =>
        open.reduce((sum, socket) => sum + socket.frames.filter(frame => frame.type === "next").length, 0);
      const rename = (title: string) =>
        programme.organizer.run(
          `mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`,
          {
            input: { id, title },
          },
        );
      await rename("Warm up");
      await until("the first change to be told", () => told() === sockets, 60);
      const before = cpuMilliseconds(servers.apiPid);
      for (let index = 0; index < changes; index++) {
        await rename(`Round table ${index}`);
        await until("a change to be told", () => told() === sockets * (index + 2), 60);
      }
      const cpu = cpuMilliseconds(servers.apiPid) - before;
      console.log(
        `one change to ${sockets} pages, ${name}: server CPU ${((cpu / changes / sockets) * 1000).toFixed(1)} µs per page`,
      );
    } finally {
      for (const socket of open) socket.end();
      await servers.stop();
    }
  });
}
