// Staying in the room while the network does not: who was on screen is there again, with the same seat, without a press of anything.
import { connections, devicesOpened, liveTracks, received } from "../harness/call.ts";
import { test } from "../harness/network.ts";
import { type Programme, liveEvent, onScreen, roomOf, session } from "../harness/programme.ts";
import { reception } from "../harness/reception.ts";
import { type Person, expect } from "../harness/test.ts";
import { message, openChat, write } from "../pages/chat.ts";
import { attend, shareAudioAndVideo, tileOf } from "../pages/room.ts";

/** Names on screen in the order of their seats, as the server has them. */
async function seats(programme: Programme, id: string): Promise<string[]> {
  const sending = (await onScreen(programme, id)).filter(speaker => speaker.microphone && speaker.camera);
  return sending.map(speaker => speaker.name);
}

/** Whether pictures and sound come in by connections that were made after the first ones. */
async function flowsAnew(person: Person, old: number): Promise<void> {
  await expect(async () => {
    const flows = await received(person.page, old);
    expect(flows.framesDecoded).toBeGreaterThan(5);
    expect(flows.audioBytes).toBeGreaterThan(500);
  }).toPass({ timeout: 60_000, intervals: [250] });
}

test("a lost socket and a network that is gone for 20 s: seat, camera, microphone and chat are kept (H5)", async ({
  servers,
  people,
  lines,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  const [adas, bens] = [await lines(ada), await lines(ben)];
  for (const person of [ada, ben]) {
    await attend(programme, roomOf(programme, id), person);
    person.expectProblems(/WebSocket|ERR_|Failed to fetch|503/);
    await openChat(person);
    await shareAudioAndVideo(person);
  }
  const order = [ada.name, ben.name];
  await expect.poll(() => seats(programme, id)).toEqual(order);
  const devices = [await devicesOpened(ada.page), await devicesOpened(ben.page)];

  const kept = async (since: number[], word: string) => {
    await flowsAnew(ben, since[1]!);
    await flowsAnew(ada, since[0]!);
    await expect.poll(() => seats(programme, id)).toEqual(order);
    for (const [at, person] of [ada, ben].entries()) {
      await expect(tileOf(person, person.name)).toBeVisible();
      expect(await liveTracks(person.page)).toEqual(["audio", "video"]);
      expect(await devicesOpened(person.page), "no device was asked for again").toBe(devices[at]!);
    }
    await write(ada, word);
    await expect(message(ben, word)).toHaveCount(1);
  };

  await test.step("the signalling's socket is cut", async () => {
    const before = await connections(ada.page);
    expect(adas.cut(adas.signalling)).toBe(1);
    await kept([before, 0], "after the cut");
  });

  await test.step("nothing passes for 20 s", async () => {
    const before = [await connections(ada.page), await connections(ben.page)];
    const [wide, head] = [ada.page.viewportSize()!, ada.page.locator(".room-head")];
    await ada.page.setViewportSize({ width: 390, height: 844 });
    const height = (await head.boundingBox())!.height;
    const frozenAt = Date.now();
    for (const line of [adas, bens]) line.freeze(true);
    await expect(head.getByText("Reconnecting…")).toBeVisible({ timeout: 20_000 });
    expect((await head.boundingBox())!.height, "on a phone too it moves nothing").toBe(height);
    await ada.page.setViewportSize(wide);
    await expect.poll(() => Date.now() - frozenAt, { timeout: 30_000 }).toBeGreaterThan(20_000);
    for (const line of [adas, bens]) {
      expect(line.udp.up.counters.frozen, "packets that did not pass").toBeGreaterThan(50);
      line.freeze(false);
    }
    await kept(before, "after the silence");
  });
});

test("where UDP is lost in the middle of a call it goes on over TCP (H5, H9)", async ({ servers, people, lines }) => {
  test.setTimeout(180_000);
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  const line = await lines(ben);
  await attend(programme, room, ada, ben);
  await shareAudioAndVideo(ada);
  await expect.poll(async () => (await reception(ben.page)).frames).toBeGreaterThan(5);
  expect(line.udp.down.counters.passed, "it began with UDP").toBeGreaterThan(5);
  expect(line.tcp.down.counters.passedBytes).toBeLessThan(20_000);

  line.udp.both({ frozen: true });
  const before = (await reception(ben.page)).frames;
  await expect
    .poll(() => line.tcp.down.counters.passedBytes, { timeout: 60_000, message: "media over TCP" })
    .toBeGreaterThan(100_000);
  await expect.poll(async () => (await reception(ben.page)).frames).toBeGreaterThan(before + 20);
  expect(line.udp.dropped).toBeGreaterThan(0);
  await expect(ben.page.getByRole("alert")).toHaveCount(0);
});
