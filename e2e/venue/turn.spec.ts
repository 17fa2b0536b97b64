// Browsers that reach the room through a TURN server only, which lets them in by what the api has signed.
import { advances, mediaFlows } from "../harness/call.ts";
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { reception } from "../harness/reception.ts";
import { freePorts } from "../harness/servers.ts";
import { type People, type Person, expect, test as base } from "../harness/test.ts";
import type { Servers } from "../harness/servers.ts";
import { TurnServer } from "../harness/turn.ts";
import { joinAt, nothingGetsThrough, shareAudioAndVideo, tileOf } from "../pages/room.ts";

const SECRET = "north wind and south wind";

const test = base.extend<{ turnPort: number; turnSecret: string; turn: TurnServer }>({
  turnPort: async ({}, use) => use((await freePorts(1))[0]!),
  // What the TURN server has; the api has always the same.
  turnSecret: [SECRET, { option: true }],
  turn: [
    async ({ turnPort, turnSecret }, use) => {
      const turn = await TurnServer.start(turnPort, turnSecret);
      await use(turn);
      await turn.stop();
    },
    { auto: true },
  ],
  environment: async ({ turnPort }, use) => {
    const at = `turn:127.0.0.1:${turnPort}`;
    await use({ TURN_URLS: `${at}?transport=udp, ${at}?transport=tcp`, TURN_SECRET: SECRET });
  },
});

/** Two people whose networks let nothing out but the way to the TURN server. */
async function two(servers: Servers, people: People): Promise<{ ada: Person; ben: Person; room: string }> {
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  for (const person of [ada, ben]) {
    await person.context.addInitScript(() => {
      const Native = window.RTCPeerConnection;
      window.RTCPeerConnection = class extends Native {
        constructor(configuration?: RTCConfiguration) {
          super({ ...configuration, iceTransportPolicy: "relay" });
        }
      };
    });
    await person.become(await attendee(programme, person.name));
  }
  return { ada, ben, room };
}

test("picture and sound arrive through a TURN server, by a credential of each person's own (H9)", async ({
  servers,
  people,
  turn,
}) => {
  const { ada, ben, room } = await two(servers, people);
  for (const person of [ada, ben]) await joinAt(person, room);
  await shareAudioAndVideo(ada);
  await advances(tileOf(ben, ada.name).locator("video"), 30_000);
  await mediaFlows(ben.page);
  expect((await reception(ben.page)).ways).toEqual([expect.stringMatching(/relay$/)]);
  const names = new Set(turn.log.match(/user <\d+:\w+>/g));
  expect(names.size, "people whom the TURN server tells apart").toBe(2);
  expect(servers.log).not.toContain(SECRET);
});

test.describe("with another secret at the TURN server", () => {
  test.use({ turnSecret: "a wind from elsewhere" });

  test("nothing arrives, and people are told what to do (H9)", async ({ servers, people, turn }) => {
    const { ada, ben, room } = await two(servers, people);
    for (const person of [ada, ben]) await joinAt(person, room);
    await nothingGetsThrough(ada, ben);
    expect((await reception(ben.page)).audioBytes).toBe(0);
    expect(turn.log).toContain("401");
  });
});
