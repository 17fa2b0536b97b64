// Watching a YouTube video together. The real service is not reached: each browser has a player that the tests bring along, with a
// clock of its own.
import { look } from "../harness/looks.ts";
import { addModerator, approve, attendee, inAddress, liveEvent, roomOf, session } from "../harness/programme.ts";
import type { Servers } from "../harness/servers.ts";
import { type People, type Person, accessible, expect, test } from "../harness/test.ts";
import type { Behaviour } from "../harness/youtube/player.ts";
import { API, answerForYoutube, buffer, press, standings, together } from "../harness/youtube/routes.ts";
import {
  aloud,
  goOffScreen,
  hostSection,
  joinAt,
  leave,
  openHostControls,
  shareAudioAndVideo,
  shareButton,
  videoOf,
  youtubeButton,
  youtubeDialog,
  shareVideo,
} from "../pages/room.ts";

const LINK = "https://youtu.be/dQw4w9WgXcQ?t=30";

/** A live session that lets videos be shared, and how somebody comes into it with a player of their own. */
async function cinema(servers: Servers, people: People, settings: object = {}) {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Cinema", { youtubeSharing: true, ...settings });
  const path = roomOf(programme, id);
  const come = async (name: string, behaviour: Behaviour): Promise<Person> => {
    const person = await people(name);
    await person.become(await attendee(programme, name));
    await answerForYoutube(person, behaviour);
    await person.context.addInitScript(keepSockets);
    await joinAt(person, path);
    return person;
  };
  return { programme, id, path, come };
}

declare global {
  interface Window {
    sockets: WebSocket[];
  }
}

/** Runs in every page before its own code. */
function keepSockets(): void {
  window.sockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      window.sockets.push(this);
    }
  };
}

/** Breaks the person's connection to the room. */
async function cut(person: Person): Promise<void> {
  const cut = await person.page.evaluate(() => {
    const open = window.sockets.filter(one => one.url.includes("/signalling") && one.readyState === WebSocket.OPEN);
    open.forEach(one => one.close());
    return open.length;
  });
  expect(cut, "connections to the room").toBe(1);
}

/** Three with three clocks; where two of them obey no correction, nothing else is different. */
async function threeClocks(servers: Servers, people: People, deaf = false) {
  const { come } = await cinema(servers, people);
  const ada = await come("Ada Attendee", { speed: 1 });
  const ben = await come("Ben Attendee", { speed: 1.01, deaf });
  // One whose speeds are those of the menu can only be sought in.
  const carla = await come("Carla Attendee", { speed: 0.99, menuSpeeds: true, deaf });
  return { come, deaf, ada, ben, carla };
}

/** Ada shares a video, and whatever happens to the three they are at the same position. */
async function watchTogether({ come, deaf, ada, ben, carla }: Awaited<ReturnType<typeof threeClocks>>): Promise<void> {
  const all = [ada, ben, carla];
  await shareAudioAndVideo(ada);
  await shareVideo(ada, LINK);
  for (const person of all) await expect(videoOf(person, ada.name)).toBeVisible();
  await expect(aloud(ben, "Ada Attendee shares a video now.")).toBeAttached();
  await together(all, true, "after the start");
  const [start] = await standings([ada]);
  expect(start!.position, "from where the link says").toBeGreaterThan(30);
  expect(start!.position).toBeLessThan(120);

  await press(ada, "pause");
  await together(all, false, "paused");
  await press(ada, "seek", 300);
  await expect.poll(async () => (await standings([ben]))[0]!.position, { message: "sought while paused" }).toBe(300);
  await together(all, false, "sought while paused");
  await press(ada, "play");
  await together(all, true, "after the pause");

  await press(ada, "seek", 60);
  await together(all, true, "after a seek");
  const [back] = await standings([carla]);
  expect(back!.position).toBeLessThan(120);

  const dora = await come("Dora Late", { speed: 1.01, deaf });
  await together([...all, dora], true, "with somebody who came late");

  await cut(ben);
  await press(ada, "seek", 200);
  await together(all, true, "after a lost connection");
  expect((await standings([ben]))[0]!.position).toBeGreaterThan(199);

  await buffer(carla, 2);
  await together(all, true, "after a viewer's player stopped to load");
  await buffer(ada, 2);
  await together(all, true, "after the sharer's player stopped to load");

  await cut(ada);
  await together(all, true, "after the sharer's connection was lost");
  await press(ada, "pause");
  await together(all, false, "and the sharer moves it still");

  await leave(ada);
  for (const person of [ben, carla, dora]) await expect(videoOf(person, ada.name)).toBeHidden();
  await expect(aloud(ben, "The shared video ended.")).toBeAttached();
}

test("three players with three clocks are at the same position, whatever happens to them (J1, J4, H5)", async ({
  servers,
  people,
}) => {
  test.setTimeout(420_000);
  await watchTogether(await threeClocks(servers, people));
});

test("the same three without correction are not at the same position, which is seen: the comparison can fail (J1)", async ({
  servers,
  people,
}) => {
  test.setTimeout(180_000);
  const three = await threeClocks(servers, people, true);
  await expect(watchTogether(three)).rejects.toThrow(/after the start|paused/);
  const [adas, bens] = await standings([three.ada, three.ben]);
  expect(Math.abs(adas!.position - bens!.position), "seconds between the two").toBeGreaterThan(1);
});

test("links are checked while they are typed, and YouTube is asked for nothing before a video is shared (J2)", async ({
  servers,
  people,
}) => {
  const { programme, path } = await cinema(servers, people, { maxParticipants: 2 });
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  const asked = await answerForYoutube(ada, { speed: 1 });
  await joinAt(ada, path);
  await expect(shareButton(ada)).toBeVisible();
  await expect(youtubeButton(ada), "not on screen").toBeHidden();
  await shareAudioAndVideo(ada);
  await youtubeButton(ada).click();
  const dialog = youtubeDialog(ada);
  const field = dialog.getByLabel("Link to the video");
  await expect(field).not.toHaveAttribute("aria-invalid");
  await dialog.getByRole("button", { name: "Share video" }).click();
  await expect(field).toHaveAccessibleDescription("Paste the link of a YouTube video.");
  await expect(field).toBeFocused();
  const refusals: [string, RegExp][] = [
    ["https://www.youtube.com/playlist?list=PL123", /This is a playlist/],
    ["https://www.youtube.com/@somebody", /This is a channel/],
    ["https://youtube.com.evil.org/watch?v=dQw4w9WgXcQ", /Only links to youtube\.com/],
    ["https://youtu.be/short", /not complete/],
    ["javascript:alert(1)", /This is no link/],
  ];
  for (const [link, why] of refusals) {
    await field.fill(link);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(why);
  }
  await look(ada.page, "youtube-link");
  await field.fill(LINK);
  await expect(field).not.toHaveAttribute("aria-invalid");
  expect(asked, "no preview, no script").toEqual([]);
  await field.press("Enter");
  await expect(videoOf(ada, ada.name)).toBeVisible();
  await expect.poll(() => asked.length).toBe(2);
  expect(asked).toContain(API);
  expect(asked.find(url => url !== API)).toMatch(/^https:\/\/www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ\?/);

  // Two seats are taken, by Ada and by her video (J4).
  const ben = await people("Ben Attendee");
  await ben.become(await attendee(programme, ben.name));
  await answerForYoutube(ben, { speed: 1 });
  await joinAt(ben, path);
  await expect(ben.page.getByRole("button", { name: "Full", exact: true })).toBeDisabled();
  await look(ben.page, "youtube-video");
  await ada.page.getByRole("button", { name: "Stop video" }).first().click();
  await expect(videoOf(ben, ada.name)).toBeHidden();
  await shareAudioAndVideo(ben);
  const full = ada.page.getByRole("button", { name: "YouTube: full" });
  await expect(full).toBeDisabled();
});

test("in a moderated session hosts share a video and end anybody's; elsewhere leaving the screen ends it (J3, J4, O2)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const { programme, id, path, come } = await cinema(servers, people, { shareAccess: "MODERATED" });
  const mo = await people("Mo Derator");
  await mo.become(await attendee(programme, mo.name));
  await addModerator(programme, id, mo.name);
  await answerForYoutube(mo, { speed: 1 });
  await joinAt(mo, path);
  const ada = await people("Ada Attendee");
  const caller = await attendee(programme, ada.name);
  await ada.become(caller);
  await approve(programme, id, caller);
  await answerForYoutube(ada, { speed: 1 });
  await joinAt(ada, path);
  await shareAudioAndVideo(ada);
  await expect(youtubeButton(ada), "on screen, and no host").toBeHidden();
  await shareVideo(mo, LINK);
  await expect(videoOf(ada, mo.name)).toBeVisible();
  await together([mo, ada]);
  await expect(videoOf(ada, mo.name).getByRole("button", { name: `End the video of ${mo.name}` })).toBeHidden();

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await answerForYoutube(olga, { speed: 1 });
  await joinAt(olga, path);
  await openHostControls(olga);
  await accessible(olga.page);
  await expect(youtubeButton(olga), "one at a time").toBeDisabled();
  await hostSection(olga, "On screen")
    .getByRole("button", { name: `End the video of ${mo.name}` })
    .click();
  await expect(videoOf(ada, mo.name)).toBeHidden();
  await expect(mo.page.getByText("A host ended your video.")).toBeVisible();
  const { event } = await programme.organizer.run(
    `{ event(slug: "${programme.slug}") { hostActions { nodes { action person { name } } } } }`,
  );
  expect(event.hostActions.nodes[0]).toEqual({ action: "REMOVED_YOUTUBE", person: { name: mo.name } });

  // From now on who is on screen may, and only there.
  await programme.organizer.run(
    `mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`,
    { input: { id, shareAccess: "ANYONE" } },
  );
  await shareVideo(ada, LINK);
  const ben = await come("Ben Attendee", { speed: 1, error: 150 });
  await expect(videoOf(ben, ada.name).getByRole("alert")).toContainText("This video plays on YouTube only");
  await expect(youtubeButton(ben)).toBeHidden();
  await goOffScreen(ada);
  await expect(videoOf(ben, ada.name)).toBeHidden();
});

test("a player that cannot be fetched says so, with a way on; the switch is the organizers' (J1)", async ({
  servers,
  people,
}) => {
  const { programme, id, path } = await cinema(servers, people, { youtubeSharing: false });
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.context.route(API, route => route.abort());
  await olga.context.route(/youtube-nocookie/, route => route.fulfill({ contentType: "text/html", body: "" }));
  olga.expectProblems(/ERR_FAILED/);
  await joinAt(olga, path);
  await expect(shareButton(olga)).toBeVisible();
  await expect(youtubeButton(olga)).toBeHidden();

  const editor = await olga.context.newPage();
  await editor.goto(`${servers.url}/dashboard/${programme.slug}/sessions/${inAddress(id)}`);
  const toggle = editor.getByRole("switch", { name: "YouTube sharing" });
  await expect(toggle).not.toBeChecked();
  await toggle.check();
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(youtubeButton(olga), "without a reload").toBeVisible();

  await shareVideo(olga, LINK);
  const video = videoOf(olga, olga.name);
  await expect(video.getByRole("alert")).toContainText("YouTube's player could not be loaded");
  await look(olga.page, "youtube-no-player");
  await olga.page.setViewportSize({ width: 390, height: 844 });
  const sticksOut = async () => {
    const [tile, stop] = [
      await video.boundingBox(),
      await video.getByRole("button", { name: "Stop video" }).boundingBox(),
    ];
    return stop!.y + stop!.height - tile!.y - tile!.height;
  };
  await expect.poll(sticksOut, "on a phone the foot is in the tile").toBeLessThanOrEqual(0);
  await olga.context.unroute(API);
  await olga.context.unroute(/youtube-nocookie/);
  await answerForYoutube(olga, { speed: 1 });
  await video.getByRole("button", { name: "Try again" }).click();
  await together([olga]);
  await video.getByRole("button", { name: "Stop video" }).click();
  await expect(video).toBeHidden();
});
