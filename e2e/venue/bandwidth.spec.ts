// A receiver behind a thin line: a smaller picture, the sound as before, and the large picture again when the line is well.
import { advances } from "../harness/call.ts";
import { test } from "../harness/network.ts";
import { liveEvent, roomOf, session } from "../harness/programme.ts";
import { reception } from "../harness/reception.ts";
import { type Person, expect } from "../harness/test.ts";
import { attend, shareAudioAndVideo, tileOf } from "../pages/room.ts";

/** What is too little for the large picture, and enough for a smaller one. */
const THIN = 250_000;

test("a throttled receiver gets a smaller picture and whole sound, and the large picture when it can (H4)", async ({
  servers,
  people,
  lines,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const viewport = { width: 1440, height: 900 };
  const ada = await people("Ada Attendee");
  const [ben, carla] = [await people("Ben Attendee", { viewport }), await people("Carla Attendee", { viewport })];
  const line = await lines(ben);
  await attend(programme, room, ada, ben, carla);
  await shareAudioAndVideo(ada);
  const large = { timeout: 60_000, intervals: [500] };
  for (const person of [ben, carla]) {
    await advances(tileOf(person, ada.name).locator("video"));
    await expect.poll(async () => (await reception(person.page)).width, large).toBe(1280);
  }

  line.udp.down.conditions = { bitsPerSecond: THIN, queueBytes: 6_000 };
  await expect.poll(async () => (await reception(ben.page)).width, large).toBeLessThan(1280);
  await expect.poll(async () => (await reception(carla.page)).width, large).toBe(1280);

  // From here on the picture makes room. Nothing but the server's own looks whether more would pass is in the way of the sound.
  await gapsOf(ben, 3);
  const before = await reception(ben.page);
  const gaps = await gapsOf(ben, 8);
  const after = await reception(ben.page);
  expect(gaps, "the part of the sound that was made up").toBeLessThan(0.1);
  expect(after.frames, "the picture still moves").toBeGreaterThan(before.frames);
  await expect.poll(async () => (await reception(ben.page)).width, large).toBeLessThan(1280);
  expect(line.udp.down.counters.overflowed, "packets that the thin line dropped").toBeGreaterThan(0);

  line.udp.down.conditions = {};
  await expect.poll(async () => (await reception(ben.page)).width, { ...large, timeout: 90_000 }).toBe(1280);

  // Lost sound is sent again: of one packet in twenty hardly anything is heard.
  line.udp.down.conditions = { loss: 0.05, delay: 20, jitter: 10 };
  // Without what protects it, it is above 5 %; a busy machine makes up a part by itself.
  expect(await gapsOf(ben, 8), "the part of the sound that was made up").toBeLessThan(0.04);
  expect(line.udp.down.counters.lost, "packets that were lost").toBeGreaterThan(20);
});

/** Of so many seconds of sound, the part that was made up because packets were missing. */
async function gapsOf(person: Person, seconds: number): Promise<number> {
  const before = await reception(person.page);
  let now = before;
  await expect
    .poll(async () => (now = await reception(person.page)).samples - before.samples, { timeout: seconds * 5_000 })
    .toBeGreaterThan(48_000 * seconds);
  return (now.concealed - before.concealed) / (now.samples - before.samples);
}
