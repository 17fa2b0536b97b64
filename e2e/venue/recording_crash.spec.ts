// Losing a process in the middle of a recording: what had come is not lost with it.
import { advances } from "../harness/call.ts";
import { blocksOnDisk } from "../harness/recording/kept.ts";
import { goesOn, numberNow } from "../harness/recording/publisher.ts";
import { record, recordings, untilAll } from "../harness/recording/recordings.ts";
import { recordedSession } from "../harness/recording/round.ts";
import { RATE } from "../harness/recording/signal.ts";
import { Take } from "../harness/recording/take.ts";
import { until } from "../harness/servers.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { recSign } from "../pages/recording.ts";
import { attend, shareAudioAndVideo, tileOf } from "../pages/room.ts";

test.use({ trace: "off" });

test("kill -9 of media: the block before is rendered and lacks 2 s at the most, and recording goes on in another (K6)", async ({
  servers,
  people,
}, info) => {
  test.setTimeout(300_000);
  const take = await Take.prepare({ servers, people, info }, ["Ada Attendee", "Ben Attendee"]);
  const [ada, ben] = take.people as [Person, Person];
  for (const person of [ada, ben]) {
    await take.enter(person);
    person.expectProblems(/WebSocket|ERR_CONNECTION|Failed to fetch|502|503/);
  }
  await take.goOnScreen(ada, ben);
  await take.goOnScreen(ben, ada);
  await goesOn(ben, 5);
  const last = await numberNow(ada);
  await servers.killMedia();

  // Both are back by themselves, and are told again.
  const all = () => recordings(take.programme, take.id);
  await expect
    .poll(async () => (await all()).map(recording => recording.end), { timeout: 60_000 })
    .toEqual(["RESTARTED", null]);
  for (const [one, other] of [
    [ada, ben],
    [ben, ada],
  ] as const) {
    await expect(recSign(one)).toBeVisible();
    await advances(tileOf(one, other.name).locator("video"), 30_000);
  }
  await goesOn(ada, 5);
  await record(take.programme, take.id, false);
  await expect(recSign(ada)).toBeHidden();

  const blocks = await take.blocks(2);
  await take.check(blocks, { acts: false, seamless: false });
  const [before, after] = blocks;
  for (const { voice } of take.cast.people) {
    const numbers = before!.file.frames.flatMap(({ tiles }) => tiles.find(tile => tile.id === voice.id)?.number ?? []);
    const missing = (last - numbers.at(-1)!) / RATE;
    expect(missing, `seconds that are missing of ${voice.name}`).toBeLessThan(2);
    expect(after!.file.frames.some(({ tiles }) => tiles.some(tile => tile.id === voice.id))).toBe(true);
  }
  expect(before!.timeline.reason, "nobody had written an end").toBeUndefined();
});

test.describe("blocks of a few seconds", () => {
  test.use({ environment: { RECORDING_BLOCK_SECONDS: "5" } });

  test("kill -9 of api: recording goes on, and the api hears of all of it when it is back (K5, K6)", async ({
    servers,
    people,
  }) => {
    test.setTimeout(240_000);
    const { programme, id, room } = await recordedSession(servers);
    const ada = await people("Ada Attendee");
    await attend(programme, room, ada);
    ada.expectProblems(/WebSocket|ERR_CONNECTION|Failed to fetch|502|503/);
    await shareAudioAndVideo(ada);
    await expect(recSign(ada)).toBeVisible();
    await until("a block", () => blocksOnDisk(servers).length > 0);

    const [first] = blocksOnDisk(servers);
    await servers.killApi();
    await until("another one", () => blocksOnDisk(servers).some(name => name > first!));
    await expect(recSign(ada)).toBeVisible();
    await servers.startApi();
    await servers.mediaReady();
    await record(programme, id, false);
    const ready = await untilAll(programme, id, 2);
    expect(ready.map(recording => recording.end)).toEqual([...ready.slice(1).map(() => "LENGTH"), "SWITCHED_OFF"]);
    expect(ready[0]!.id).toContain(first);
  });
});
