// A room that outgrows a worker: with one person allowed on each of two workers, everybody sees and hears the others.
import { advances, mediaFlows, received } from "../harness/call.ts";
import { liveEvent, roomOf, session } from "../harness/programme.ts";
import type { Servers } from "../harness/servers.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { attend, joinAt, leave, screenOf, shareAudioAndVideo, shareScreen, tileOf } from "../pages/room.ts";

test.use({ environment: { MEDIA_WORKERS: "2", MEDIA_ROUTER_MEMBERS: "1" } });

test("people on different workers see and hear each other, and muting and leaving pass through (H1, H4)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const all: Person[] = [];
  for (const name of ["Ada Attendee", "Ben Attendee", "Carla Attendee"]) {
    const person = await people(name);
    await attend(programme, room, person);
    all.push(person);
  }
  await expect.poll(() => metricsOfMedia(servers), "one on each worker").toMatch(/^routers 2$/m);
  const [ada, ben, carla] = all as [Person, Person, Person];
  await shareAudioAndVideo(ada);
  for (const person of [ben, carla]) await advances(tileOf(person, ada.name).locator("video"));
  await shareAudioAndVideo(ben);
  for (const person of [ada, carla]) await advances(tileOf(person, ben.name).locator("video"));
  for (const person of all) await mediaFlows(person.page);

  const muted = tileOf(ben, ada.name).getByRole("img", { name: "Microphone off" });
  await ada.page.getByRole("button", { name: "Mute microphone" }).click();
  await expect(muted).toBeVisible();
  await silent(ben);
  await ada.page.getByRole("button", { name: "Unmute microphone" }).click();
  await expect(muted).toBeHidden();
  await mediaFlows(ben.page);

  await shareScreen(ada);
  for (const person of [ben, carla]) await advances(screenOf(person, ada.name).locator("video"));

  // Who comes later, and again, finds what is on screen already.
  await joinAt(carla, room);
  for (const name of [ada.name, ben.name]) await advances(tileOf(carla, name).locator("video"));

  await leave(ada);
  for (const person of [ben, carla]) await expect(tileOf(person, ada.name)).toBeHidden();
  await advances(tileOf(carla, ben.name).locator("video"));
  await mediaFlows(carla.page);
});

async function metricsOfMedia(servers: Servers): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${servers.portOf("MEDIA_LISTEN")}/metrics`);
  return answer.text();
}

/** Waits until no more sound comes in. */
async function silent(person: Person): Promise<void> {
  let last = -1;
  await expect(async () => {
    const before = last;
    last = (await received(person.page)).audioBytes;
    expect(last).toBe(before);
  }).toPass({ timeout: 15_000, intervals: [1_000] });
}
