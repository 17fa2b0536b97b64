// Losing a process in the middle of a call.
import { advances, connections, devicesOpened, liveTracks, mediaFlows, received } from "../harness/call.ts";
import { type Programme, approve, attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";
import type { Servers } from "../harness/servers.ts";
import { goOffScreen, joinAt, shareAudioAndVideo, tileOf } from "../pages/room.ts";

/** Ada and Ben were let on screen in a moderated session; Ada is there, and Ben sees her. */
async function call(servers: Servers, people: People): Promise<{ ada: Person; ben: Person; programme: Programme }> {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table", { shareAccess: "MODERATED" });
  const ada = await people("Ada Attendee");
  const ben = await people("Ben Attendee");
  for (const person of [ada, ben]) {
    const caller = await attendee(programme, person.name);
    await person.become(caller);
    await approve(programme, id, caller);
    await joinAt(person, roomOf(programme, id));
    person.expectProblems(/WebSocket|ERR_CONNECTION|Failed to fetch|502|503/);
  }
  await shareAudioAndVideo(ada);
  await advances(tileOf(ben, ada.name).locator("video"));
  return { ada, ben, programme };
}

test("kill -9 of media: video again within 10 s, nobody presses anything, and who was approved still is (D5, H5)", async ({
  servers,
  people,
}) => {
  const { ada, ben } = await call(servers, people);
  await shareAudioAndVideo(ben);
  await advances(tileOf(ada, ben.name).locator("video"));

  const old = await Promise.all([ada, ben].map(person => connections(person.page)));
  const devices = await Promise.all([ada, ben].map(person => devicesOpened(person.page)));
  const pid = await servers.killMedia();
  const killed = Date.now();
  await expect(async () => {
    expect((await received(ada.page, old[0]!)).framesDecoded).toBeGreaterThan(0);
    expect((await received(ben.page, old[1]!)).framesDecoded).toBeGreaterThan(0);
  }).toPass({ timeout: 20_000, intervals: [100] });
  const seen = Date.now();
  expect(seen - killed, "milliseconds until both saw video again").toBeLessThan(10_000);
  expect(servers.mediaPid).not.toBe(pid);
  await advances(tileOf(ben, ada.name).locator("video"));
  await advances(tileOf(ada, ben.name).locator("video"));
  await mediaFlows(ben.page);
  for (const [at, person] of [ada, ben].entries()) {
    expect(await liveTracks(person.page)).toEqual(["audio", "video"]);
    expect(await devicesOpened(person.page), "no device was asked for again").toBe(devices[at]!);
  }
  await goOffScreen(ben);
  await shareAudioAndVideo(ben);
  await advances(tileOf(ada, ben.name).locator("video"));
});

test("kill -9 of api: the call goes on, and when it is back the page works again and who was approved still is (D5, H5)", async ({
  servers,
  people,
}) => {
  const { ada, ben, programme } = await call(servers, people);
  const carla = await people("Carla Attendee");
  await carla.become(await attendee(programme, carla.name));
  await carla.goto(`/e/${programme.slug}/sessions`);
  await expect(carla.page.getByText("1 on screen")).toBeVisible();
  carla.expectProblems(/WebSocket|ERR_CONNECTION|Failed to fetch|502|503/);
  const media = servers.mediaPid!;
  const before = await received(ben.page);
  await servers.killApi();
  await mediaFlows(ben.page);
  await advances(tileOf(ben, ada.name).locator("video"));
  expect((await received(ben.page)).framesDecoded).toBeGreaterThan(before.framesDecoded);

  await servers.startApi();
  await servers.mediaReady();
  await advances(tileOf(ben, ada.name).locator("video"), 20_000);
  expect(servers.mediaPid).toBe(media);

  // Pages that were open all the time hear of changes again: of sessions, and of who is in the rooms.
  await session(programme, "Made after the loss");
  await expect(carla.page.getByText("Made after the loss")).toBeVisible({ timeout: 30_000 });
  // Approved before the loss, and not on screen yet.
  await shareAudioAndVideo(ben);
  await expect(carla.page.getByText("2 on screen")).toBeVisible();
  await advances(tileOf(ada, ben.name).locator("video"));
});

test("an api that has fallen silent is noticed, and changes arrive again when it is back (O3)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  ada.expectProblems(/WebSocket|ERR_CONNECTION|Failed to fetch|502|503/);
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.getByRole("heading", { name: "There are no sessions yet" })).toBeVisible();
  const note = ada.page.getByText("No connection.");
  servers.pauseApi();
  await expect(note).toBeVisible({ timeout: 60_000 });
  servers.resumeApi();
  await expect(note).toBeHidden({ timeout: 60_000 });
  await session(programme, "Round table");
  await expect(ada.page.getByText("Round table")).toBeVisible();
});
