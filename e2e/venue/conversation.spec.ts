// What people do in a room: microphone and camera off and on, sound alone, another tab, and rooms that no packet reaches.
import type { Locator } from "@playwright/test";
import { advances, liveTracks, mediaFlows, received } from "../harness/call.ts";
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";
import type { Servers } from "../harness/servers.ts";
import { chatButton, chatPanel, field, openChat } from "../pages/chat.ts";
import { handButton } from "../pages/people.ts";
import {
  joinAt,
  nothingGetsThrough,
  preJoin,
  shareAudioAndVideo,
  shareButton,
  shareDialog,
  shareScreen,
  tileOf,
} from "../pages/room.ts";

declare global {
  interface Window {
    allowDevices: () => void;
  }
}

/** Two people, registered and with the address of the same room. */
async function two(servers: Servers, people: People): Promise<{ ada: Person; ben: Person; room: string }> {
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  for (const person of [ada, ben]) await person.become(await attendee(programme, person.name));
  return { ada, ben, room };
}

/** Runs in a page before its own code: its devices open when the test allows it, as with a person who thinks about the question. */
function holdDevices(): void {
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const open = devices.getUserMedia.bind(devices);
  const allowed = new Promise<void>(allow => (window.allowDevices = allow));
  devices.getUserMedia = async constraints => {
    await allowed;
    return open(constraints);
  };
}

/** With a check open whose devices are held: lets them start, switches them off and on, and compares where `button` is. */
async function staysThroughCheck({ page }: Person, button: Locator): Promise<void> {
  const level = page.getByText("Say something: the bar should move.");
  const picture = page.getByRole("group", { name: "Your picture" }).locator("video");
  const camera = page.getByRole("switch", { name: "Use my camera" });
  const microphone = page.getByRole("switch", { name: "Use my microphone" });
  await expect(page.getByText("Starting your camera…")).toBeVisible();
  await expect(level).toBeHidden();
  const place = await button.boundingBox();
  const stays = async (when: string) => expect(await button.boundingBox(), when).toEqual(place);

  await page.evaluate(() => window.allowDevices());
  await expect(level).toBeVisible();
  await advances(picture);
  await stays("both are on");
  await camera.click();
  await expect(picture).toBeHidden();
  await stays("the camera is off");
  await microphone.click();
  await expect(level).toBeHidden();
  await stays("both are off");
  await camera.click();
  await microphone.click();
  await expect(level).toBeVisible();
  await advances(picture);
  await stays("both are on again");
}

test("microphone and camera go off and on, by button and by key (H2, H8)", async ({ servers, people }) => {
  const { ada, ben, room } = await two(servers, people);
  for (const person of [ada, ben]) await joinAt(person, room);
  await shareAudioAndVideo(ada);
  const tile = tileOf(ben, ada.name);
  const muted = tile.getByRole("img", { name: "Microphone off" });
  await advances(tile.locator("video"));
  await expect(muted).toBeHidden();

  await ada.page.getByRole("button", { name: "Mute microphone" }).click();
  await expect(muted).toBeVisible();
  // Who opens the chat writes, whatever keys that takes.
  await openChat(ada);
  await expect(field(ada)).toBeFocused();
  await ada.page.keyboard.type("hmm ok m");
  await expect(field(ada)).toHaveValue("hmm ok m");
  await chatPanel(ada).getByRole("button", { name: "Close chat" }).focus();
  for (const key of ["m", "v", "h"]) await ada.page.keyboard.press(key);
  await ada.page.keyboard.press("Enter");
  await expect(chatButton(ada), "the way back in").toBeFocused();
  await expect(handButton(ada)).toHaveAccessibleName("Raise hand");
  await expect(ada.page.getByRole("button", { name: "Unmute microphone" })).toBeVisible();
  await ada.page.keyboard.press("m");
  await expect(muted).toBeHidden();

  await ada.page.getByRole("button", { name: "Turn camera off" }).click();
  await expect(tile.locator("video")).toBeHidden();
  await expect(tile).toBeVisible();
  await expect.poll(() => liveTracks(ada.page), "the light beside the camera is out").toEqual(["audio"]);
  await ada.page.keyboard.press("v");
  await advances(tile.locator("video"));
  await mediaFlows(ben.page);

  await ada.page.getByRole("button", { name: "Go off screen" }).click();
  await expect(tile).toBeHidden();
  await expect.poll(() => liveTracks(ada.page), "every device is off").toEqual([]);
});

test("a camera is sent in three sizes, and a screen as one sharp picture (H4)", async ({ servers, people }) => {
  const { ada, room } = await two(servers, people);
  await joinAt(ada, room);
  await shareAudioAndVideo(ada);
  await expect.poll(() => sizesSent(ada)).toEqual(3);
  await shareScreen(ada);
  await expect.poll(() => sizesSent(ada)).toEqual(4);
});

test("somebody without a camera takes part with sound alone (H2)", async ({ servers, people }) => {
  const { ada, ben, room } = await two(servers, people);
  for (const person of [ada, ben]) await joinAt(person, room);
  await shareButton(ada).click();
  await ada.page.getByRole("switch", { name: "Use my camera" }).click();
  await ada.page.getByRole("button", { name: "Go on screen" }).click();
  await expect(tileOf(ben, ada.name)).toBeVisible();
  await expect(tileOf(ben, ada.name).locator("video")).toBeHidden();
  const before = await received(ben.page);
  await expect.poll(async () => (await received(ben.page)).audioBytes).toBeGreaterThan(before.audioBytes + 500);
  expect((await received(ben.page)).framesDecoded).toBe(0);
});

test("what is pressed below a check stays where it is while devices start and stop (H2)", async ({
  servers,
  people,
}) => {
  const { ada, room } = await two(servers, people);
  // All of it is in sight: nothing is scrolled to.
  await ada.page.setViewportSize({ width: 1280, height: 1200 });
  await ada.context.addInitScript(holdDevices);
  await ada.goto(room);
  await ada.page.getByRole("button", { name: "Check camera and microphone" }).click();
  await staysThroughCheck(ada, preJoin(ada));
  await joinAt(ada, room);
  await shareButton(ada).click();
  await staysThroughCheck(ada, shareDialog(ada).getByRole("button", { name: "Go on screen" }));
});

test("a device chosen in the check is chosen the next time as well (H2)", async ({ servers, people }) => {
  const { ada, room } = await two(servers, people);
  const menu = ada.page.getByRole("combobox", { name: "Microphone" });
  const open = async () => {
    await ada.goto(room);
    await ada.page.getByRole("button", { name: "Check camera and microphone" }).click();
    await expect(ada.page.locator("video")).toBeVisible();
  };
  await open();
  await menu.selectOption({ label: "Fake Audio Input 2" });
  await expect(menu.locator("option:checked")).toHaveText("Fake Audio Input 2");
  await open();
  await expect(menu.locator("option:checked")).toHaveText("Fake Audio Input 2");
});

test("who joins while the check shows the camera is in the room with it off, and goes on from there (H1, H2)", async ({
  servers,
  people,
}) => {
  const { ada, room } = await two(servers, people);
  await ada.goto(room);
  await ada.page.getByRole("button", { name: "Check camera and microphone" }).click();
  await expect(ada.page.locator("video")).toBeVisible();
  await preJoin(ada).click();
  await expect(shareButton(ada)).toBeVisible();
  await expect.poll(() => liveTracks(ada.page), "every device is off").toEqual([]);
  await shareAudioAndVideo(ada);
});

test("a second tab takes the room over, and either can take it back (H5)", async ({ servers, people }) => {
  const { ada, ben, room } = await two(servers, people);
  for (const person of [ada, ben]) await joinAt(person, room);
  await shareAudioAndVideo(ada);
  await advances(tileOf(ben, ada.name).locator("video"));

  const second = await ada.context.newPage();
  await second.goto(servers.url + room);
  await second.getByRole("button", { name: "Join" }).click();
  await expect(ada.page.getByRole("heading", { name: "You are in this room in another tab" })).toBeVisible();
  await expect.poll(() => liveTracks(ada.page), "the tab that lost the room has switched its devices off").toEqual([]);
  // The seat waits for the person, who sits on it again from the other tab.
  await expect(second.getByText("Place kept: go on screen again")).toBeVisible();
  await second.getByRole("button", { name: "Share audio and video" }).click();
  await second.getByRole("button", { name: "Go on screen" }).click();
  await advances(tileOf(ben, ada.name).locator("video"));
  await expect(ben.page.getByRole("group", { name: ada.name, exact: true })).toHaveCount(1);

  await ada.page.getByRole("button", { name: "Use it here" }).click();
  await expect(second.getByRole("heading", { name: "You are in this room in another tab" })).toBeVisible();
  await expect(ada.page.getByRole("button", { name: "Leave" })).toBeVisible();
});

test.describe("behind a firewall that lets no packet of a room through", () => {
  // An address for documentation, where nobody answers.
  test.use({ environment: { MEDIA_ANNOUNCED_ADDRESS: "192.0.2.1" } });

  test("the person is told what is missing and what to do (H9)", async ({ servers, people }) => {
    const { ada, ben, room } = await two(servers, people);
    for (const person of [ada, ben]) await joinAt(person, room);
    await nothingGetsThrough(ada, ben);
  });
});

test("a room that cannot be reached is told before joining, and entered as soon as it can be (H9)", async ({
  servers,
  people,
}) => {
  const { ada, room } = await two(servers, people);
  ada.expectProblems(/WebSocket|ERR_CONNECTION|503/);
  await ada.goto(room);
  await expect(preJoin(ada)).toBeVisible();
  servers.pauseMedia();
  await preJoin(ada).click();
  await expect(ada.page.getByRole("alert").filter({ hasText: "cannot be reached yet" })).toBeVisible({
    timeout: 30_000,
  });
  servers.resumeMedia();
  await expect(ada.page.getByRole("button", { name: "Leave" })).toBeVisible({ timeout: 30_000 });
});

/** How many video streams the page sends. */
function sizesSent(person: Person): Promise<number> {
  return person.page.evaluate(async () => {
    let streams = 0;
    for (const connection of window.peerConnections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === "outbound-rtp" && report.kind === "video") streams += 1;
      }
    }
    return streams;
  });
}
