// How people look at the stage: layouts, a tile alone on the screen, what of it is received, keys, and a phone (E4, H3, H4, H7, H8).
import type { Page } from "@playwright/test";
import { advances, comesAgain, pictureOf, standsStill } from "../harness/call.ts";
import { minuteFromNow, shortlyBefore } from "../harness/clock.ts";
import { networkOf } from "../harness/cut.ts";
import { look } from "../harness/looks.ts";
import { type Programme, attendee, liveEvent, roomOf, segment, session } from "../harness/programme.ts";
import type { Servers } from "../harness/servers.ts";
import { type People, type Person, accessible, expect, test } from "../harness/test.ts";
import { chatPanel, field } from "../pages/chat.ts";
import {
  aloud,
  attend,
  chooseLayout,
  join,
  joinAt,
  screenOf,
  shareAudioAndVideo,
  shareOfStage,
  shareScreen,
  tileOf,
  turnPin,
} from "../pages/room.ts";

type Three = { ada: Person; ben: Person; carla: Person; programme: Programme };

/** Ada and Ben are on screen, Carla watches. */
async function three(servers: Servers, people: People): Promise<Three> {
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, ben, carla] = [
    await people("Ada Attendee"),
    await people("Ben Attendee"),
    await people("Carla Attendee"),
  ];
  await attend(programme, room, ada, ben, carla);
  for (const person of [ada, ben]) await shareAudioAndVideo(person);
  for (const person of [ada, ben]) await advances(tileOf(carla, person.name).locator("video"), 60_000);
  return { ada, ben, carla, programme };
}

/** The larger one of both tiles. */
async function larger({ ada, ben, carla }: Three): Promise<number> {
  return Math.max(await shareOfStage(tileOf(carla, ada.name)), await shareOfStage(tileOf(carla, ben.name)));
}

test("a layout is chosen, is the person's own, and is kept over a reload (H3)", async ({ servers, people }) => {
  test.setTimeout(240_000);
  const all = await three(servers, people);
  const { ada, ben, carla } = all;
  await expect.poll(() => larger(all), "two alike in a grid").toBeLessThan(0.5);
  await chooseLayout(carla, "Speaker");
  await expect.poll(() => larger(all), "whoever speaks is large").toBeGreaterThan(0.5);
  expect(await shareOfStage(tileOf(ada, ben.name)), "Ada sees it as before").toBeLessThan(0.5);
  await look(carla.page, "room-speaker");

  await carla.page.reload();
  await join(carla);
  await expect.poll(() => larger(all), "it was remembered").toBeGreaterThan(0.5);
  await carla.page.getByRole("button", { name: "Layout", exact: true }).click();
  await expect(carla.page.getByRole("button", { name: "Speaker", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await accessible(carla.page);
  await carla.page.getByRole("button", { name: "Grid", exact: true }).click();
  await expect.poll(() => larger(all)).toBeLessThan(0.5);
});

test("what is pinned is large, and pictures come as large as their tiles (H3, H4)", async ({ servers, people }) => {
  test.setTimeout(240_000);
  const { ada, ben, carla } = await three(servers, people);
  const [adas, bens] = [tileOf(carla, ada.name), tileOf(carla, ben.name)];
  const width = async (tile: typeof adas) => (await pictureOf(tile.locator("video"))).frameWidth;
  await turnPin(bens, ben.name);
  await expect.poll(() => shareOfStage(bens)).toBeGreaterThan(0.5);
  const unpin = bens.getByRole("button", { name: `Stop showing ${ben.name} large` });
  await expect(unpin, "also where the tile stands now").toBeFocused();
  await expect
    .poll(() => width(adas), { timeout: 60_000, message: "a small tile has a small picture" })
    .toBeLessThanOrEqual(320);
  await expect.poll(() => width(bens), { timeout: 60_000 }).toBeGreaterThan(320);
  await turnPin(bens, ben.name);
  await expect.poll(() => shareOfStage(bens)).toBeLessThan(0.5);
  await expect
    .poll(() => width(adas), { timeout: 60_000, message: "and a larger one when it grows" })
    .toBeGreaterThan(320);
});

test("a poor connection is drawn on the tile of its person, and a good one is in its words alone (H4)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, carla] = [await people("Ada Attendee"), await people("Carla Attendee")];
  for (const person of [ada, carla]) await person.become(await attendee(programme, person.name));
  let adas = "";
  let tell = (_quality: string): void => undefined;
  await carla.page.routeWebSocket(/\/signalling$/, browser => {
    const server = browser.connectToServer();
    browser.onMessage(message => server.send(message));
    server.onMessage(message => {
      adas = /"person":"([^"]*)","name":"Ada Attendee"/.exec(String(message))?.[1] ?? adas;
      browser.send(message);
    });
    tell = quality => browser.send(JSON.stringify({ type: "quality", people: [{ person: adas, quality }] }));
  });
  for (const person of [ada, carla]) await joinAt(person, room);
  await shareAudioAndVideo(ada);
  const tile = tileOf(carla, ada.name);
  const mark = tile.getByRole("img", { name: /connection$/ });
  await expect(tile.getByTitle("Good connection")).toBeVisible();
  await expect(mark).toBeHidden();
  for (const [quality, words] of [
    ["FAIR", "Unsteady connection"],
    ["POOR", "Poor connection"],
  ] as const) {
    tell(quality);
    await expect(mark).toHaveAccessibleName(words);
  }
  await accessible(carla.page);
  tell("GOOD");
  await expect(mark).toBeHidden();
});

test("one tile fills the screen, and what is behind it is not received until it is shown again (E4, H3)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const { ada, ben, carla } = await three(servers, people);
  const [adas, bens] = [tileOf(carla, ada.name), tileOf(carla, ben.name)];
  const filled = () => carla.page.evaluate(() => document.fullscreenElement?.getAttribute("aria-label") ?? null);
  await bens.dblclick({ position: { x: 200, y: 200 } });
  await expect.poll(filled).toBe(ben.name);
  await standsStill(adas.locator("video"));
  await comesAgain(bens.locator("video"));
  await bens.getByRole("button", { name: `Fill the screen with ${ben.name}` }).click();
  await expect.poll(filled).toBe(null);
  await comesAgain(adas.locator("video"));
  await advances(adas.locator("video"));
});

test("a page that nobody looks at receives sound alone after a while (E4)", async ({ servers, people }) => {
  test.setTimeout(240_000);
  const { ada, carla } = await three(servers, people);
  const picture = tileOf(carla, ada.name).locator("video");
  const turn = (state: string) =>
    carla.page.evaluate(state => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await turn("hidden");
  await standsStill(picture);
  await turn("visible");
  await comesAgain(picture);
});

test("every key does what the sheet says, and none while one writes (H8)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await attend(programme, roomOf(programme, await session(programme, "Round table")), ada);
  const { page } = ada;
  const press = (key: string) => page.keyboard.press(key);
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await press("?");
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText("Next layout");
  await accessible(page);
  await press("l");
  await press("Escape");
  await expect(sheet).toBeHidden();
  const layout = page.getByRole("button", { name: "Layout", exact: true });
  await layout.click();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(sheet).toBeVisible();
  await press("Escape");
  await expect(sheet).toBeHidden();
  await expect(layout, "the way back to the sheet").toBeFocused();

  await press("l");
  await expect(aloud(ada, "Layout: Grid")).toBeAttached();
  const chat = chatPanel(ada);
  await press("c");
  await expect(field(ada)).toBeFocused();
  await press("Escape");
  await expect(chat, "nothing is written there").toBeHidden();
  await press("c");
  await expect(field(ada)).toBeFocused();
  await page.keyboard.type("lc?");
  await expect(field(ada)).toHaveValue("lc?");
  await press("Escape");
  await expect(chat, "what one writes is not closed by accident").toBeVisible();
  await expect(sheet).toBeHidden();
  await expect(aloud(ada, "Layout: Speaker")).not.toBeAttached();
  await layout.focus();
  await press("Escape");
  await expect(chat).toBeHidden();

  const full = () => page.evaluate(() => document.fullscreenElement?.tagName ?? null);
  await press("f");
  await expect.poll(full).toBe("HTML");
  await press("f");
  await expect.poll(full).toBe(null);
});

test("on a phone every control of the room is in reach, and nothing sticks out sideways (H3)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const { ada, ben } = await three(servers, people);
  await shareScreen(ben);
  await advances(screenOf(ada, ben.name).locator("video"), 60_000);
  await ada.page.setViewportSize({ width: 390, height: 844 });
  for (const layout of ["Grid", "Speaker", "Automatic"]) {
    await chooseLayout(ada, layout);
    const sideways = await ada.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways, layout).toBeLessThanOrEqual(0);
  }
  const screen = (await screenOf(ada, ben.name).boundingBox())!;
  const tile = (await tileOf(ada, ben.name).boundingBox())!;
  expect(tile.y, "people stand below a screen").toBeGreaterThanOrEqual(screen.y + screen.height);
  for (const button of await ada.page.getByRole("group", { name: "Controls" }).getByRole("button").all()) {
    if (!(await button.isVisible())) continue;
    const box = (await button.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect(box.y + box.height).toBeLessThanOrEqual(844);
  }
  await look(ada.page, "room-screen");
});

test("a shared screen of 1920×1080 arrives as sharp as that (H4)", async ({ servers, people }) => {
  test.setTimeout(240_000);
  const { ada, ben, carla } = await three(servers, people);
  await ben.page.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [1920, 1080];
      const pen = canvas.getContext("2d")!;
      let line = 0;
      setInterval(() => {
        pen.fillStyle = line % 2 ? "#fff" : "#eee";
        pen.fillRect(0, 0, 1920, 40);
        pen.fillStyle = "#000";
        pen.fillText(`line ${line++}`, 20, 20);
      }, 200);
      return Promise.resolve(canvas.captureStream(5));
    };
  });
  await shareScreen(ben);
  for (const person of [ada, carla]) {
    const video = screenOf(person, ben.name).locator("video");
    const size = async () => {
      const { frameWidth, frameHeight } = await pictureOf(video);
      return [frameWidth, frameHeight];
    };
    await expect.poll(size, { timeout: 60_000 }).toEqual([1920, 1080]);
  }
  const preferences = await ben.page.evaluate(() =>
    window.peerConnections
      .flatMap(connection => connection.getSenders())
      .filter(sender => sender.track?.contentHint === "detail")
      .map(sender => (sender.getParameters() as { degradationPreference?: string }).degradationPreference),
  );
  expect(preferences).toEqual(["maintain-resolution"]);
});

test("the end is told five minutes and one minute before, once each, and cuts nobody off (H7)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  // The room stays open for longer than that: it is the segment that ends.
  await programme.organizer.run(`mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }`, {
    input: { id: programme.event, afterMinutes: 10 },
  });
  const id = await session(programme, "Opening", { scheduling: "SCHEDULED" });
  const [minute, starts] = [60_000, minuteFromNow(60)];
  const ends = starts + 30 * minute;
  await segment(programme, "Opening", [starts, ends], { sessionIds: [id] });
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  const network = await networkOf(ada.page);
  ada.expectProblems(/WebSocket/);
  const room = roomOf(programme, id);
  const told = ada.page.getByRole("status").filter({ hasText: "By the schedule this session ends at" });
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "Europe/Berlin" }).format(ends);

  await shortlyBefore(servers, ends - 5 * minute, 20);
  await joinAt(ada, room);
  const notices = await noteNotices(ada.page);
  await expect(told).toBeVisible({ timeout: 40_000 });
  await expect(told).toContainText(`ends at ${time}: less than 5 minutes are left. Nobody is cut off then.`);
  await accessible(ada.page);
  await told.getByRole("button", { name: "Dismiss" }).click();
  await expect(told).toBeHidden();

  // A page takes the server's time when it connects, and this one has told of the five minutes already.
  await shortlyBefore(servers, ends - minute, 20);
  network.cut();
  network.mend();
  await expect(told).toContainText("less than a minute is left", { timeout: 60_000 });
  const [five, one] = [expect.stringContaining("5 minutes are left"), expect.stringContaining("a minute is left")];
  expect(await notices()).toEqual([five, one]);

  await shortlyBefore(servers, ends, 15);
  await joinAt(ada, room);
  await expect(told).toBeVisible();
  await expect(told, "it is over").toBeHidden({ timeout: 40_000 });
  await expect(ada.page.getByRole("button", { name: "Leave", exact: true })).toBeVisible();
});

/** From now on every notice of the end that the page shows, in order; one that went and came again is there twice. */
async function noteNotices(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const noted = window as unknown as { notices: string[] };
    noted.notices = [];
    let last = "";
    const look = () => {
      const regions = [...document.querySelectorAll("[role=status]")].map(one => one.textContent!);
      const now = regions.find(text => text.includes("By the schedule this session ends at")) ?? "";
      if (now && now !== last) noted.notices.push(now);
      last = now;
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
  return () => page.evaluate(() => (window as unknown as { notices: string[] }).notices);
}
