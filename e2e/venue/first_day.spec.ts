// The main job from an empty data folder: an organizer makes a session, people meet in it, everything is still there
// after a restart. Nothing here goes around the pages.
import { advances, mediaFlows } from "../harness/call.ts";
import { expect, test } from "../harness/test.ts";
import { setUp, signUp } from "../pages/account.ts";
import { createEvent, openVenue, publishEvent, register } from "../pages/event.ts";
import { enter, leave, shareAudioAndVideo, shareScreen, screenOf, tileOf } from "../pages/room.ts";
import { addSession } from "../pages/session.ts";

test("from nothing to a conversation (A1, A3, B1, C1, D1, H1)", async ({ servers, people }) => {
  test.setTimeout(240_000);
  const olga = await people("Olga Organizer");
  await olga.goto("/");
  await setUp(olga, "Hall of Records");
  await createEvent(olga, { name: "Summit of Small Rooms", slug: "summit" });
  await publishEvent(olga);
  await addSession(olga, { title: "Round table on rooms", description: "Everybody may speak." });

  const ada = await people("Ada Attendee");
  const ben = await people("Ben Attendee");
  for (const person of [ada, ben]) {
    await person.goto("/e/summit");
    await signUp(person);
    await register(person, "summit");
    await enter(person, "summit", "Round table on rooms");
  }
  await expect(ada.page.getByText("2 watching")).toBeVisible();
  const opened = await ben.page.evaluate(() => window.openedTracks.length);
  expect(opened, "nobody is asked for a camera to watch").toBe(0);

  await shareAudioAndVideo(ada);
  await advances(tileOf(ben, "Ada Attendee").locator("video"));
  await mediaFlows(ben.page);
  await expect(ben.page.getByText("1 on screen")).toBeVisible();

  await shareScreen(ada);
  await advances(screenOf(ben, "Ada Attendee").locator("video"));

  await leave(ada);
  await expect(tileOf(ben, "Ada Attendee")).toBeHidden();
  await expect(screenOf(ben, "Ada Attendee")).toBeHidden();
  await expect(ben.page.getByText("0 on screen")).toBeVisible();

  for (const person of [olga, ada, ben]) person.expectProblems(/WebSocket|ERR_CONNECTION|Failed to fetch|502|503/);
  await servers.restart();
  await servers.mediaReady();
  await ada.goto("/e/summit/sessions");
  await expect(ada.page.getByText("Round table on rooms")).toBeVisible();
  await enter(ada, "summit", "Round table on rooms");
  await shareAudioAndVideo(ada);
  await advances(tileOf(ben, "Ada Attendee").locator("video"), 30_000);

  await openVenue(olga, "summit");
  await olga.page.reload();
  await expect(olga.page.getByText("Summit of Small Rooms").first()).toBeVisible();
});
