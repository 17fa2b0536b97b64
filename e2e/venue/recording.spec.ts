// A recording from the switch in the session's form to the replay that attendees watch, and to its end.
import { statSync } from "node:fs";
import { advances } from "../harness/call.ts";
import type { Caller } from "../harness/caller.ts";
import { look } from "../harness/looks.ts";
import { addModerator, attendee, confirmAddress, emailOf, liveEvent, roomOf, session } from "../harness/programme.ts";
import { Encoder } from "../harness/recording/encoder.ts";
import { blocksOnDisk } from "../harness/recording/kept.ts";
import { factsOf } from "../harness/recording/mp4.ts";
import { record, recordings } from "../harness/recording/recordings.ts";
import { accessible, expect, test as base } from "../harness/test.ts";
import {
  beingRecorded,
  blockOf,
  openRecordings,
  player,
  recSign,
  replays,
  replaySwitch,
  told,
} from "../pages/recording.ts";
import { goOffScreen, goOnScreen, join, joinAt, leave, preJoin, shareButton, shareDialog } from "../pages/room.ts";
import { askToDelete, openEditor, save } from "../pages/session.ts";

const test = base.extend<{ encoder: Encoder }>({
  encoder: async ({}, use) => {
    const encoder = new Encoder();
    await use(encoder);
    encoder.remove();
  },
  environment: async ({ encoder }, use) => use({ FFMPEG: encoder.program }),
});

/** In the zone of the event. */
const timeInBerlin = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin",
  hour: "2-digit",
  minute: "2-digit",
});

test("switched on, told, recorded, made again after a failure, played, fetched, shown as a replay, and deleted (B8, K1, K5, K8)", async ({
  servers,
  people,
  encoder,
}, info) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const title = "Recorded round";
  const id = await session(programme, title, { watchAccess: "PRIVATE" });
  const room = roomOf(programme, id);
  const [olga, ada, ben] = [await people("Olga Organizer"), await people("Ada Attendee"), await people("Ben Attendee")];
  await olga.become(programme.organizer);
  const callers: Caller[] = [];
  for (const person of [ada, ben]) {
    const caller = await attendee(programme, person.name);
    await confirmAddress(caller, person.name);
    await programme.organizer.run(`mutation($input: InviteInput!) { invite(input: $input) { session { id } } }`, {
      input: { sessionId: id, email: emailOf(person.name) },
    });
    await person.become(caller);
    callers.push(caller);
  }
  const [, bens] = callers as [Caller, Caller];
  const stranger = await attendee(programme, "Stranger");
  /** Before and after somebody went on screen. */
  const began: number[] = [];

  await test.step("everybody is told before anything is stored", async () => {
    await openRecordings(olga, programme.slug);
    await expect(olga.page.getByRole("heading", { name: "No recording yet" })).toBeVisible();
    await look(olga.page, "dashboard-recordings-empty");
    await joinAt(ada, room);
    await shareButton(ada).click();
    await expect(shareDialog(ada)).toBeVisible();
    await ben.goto(room);
    await expect(preJoin(ben)).toBeVisible();
    for (const person of [ada, ben]) await expect(told(person)).toBeHidden();

    await openEditor(olga, programme.slug, title);
    await olga.page.getByRole("switch", { name: /^Record this session/ }).check();
    await save(olga);
    // In the last look before going on screen, and at the entrance.
    for (const person of [ada, ben]) {
      await expect(told(person)).toBeVisible();
      await accessible(person.page);
    }
    await join(ben);
    await expect(recSign(ada), "nobody is on screen").toBeHidden();
    expect(blocksOnDisk(servers)).toEqual([]);

    began.push(Date.now());
    await Promise.all([expect(beingRecorded(ben)).toBeVisible(), goOnScreen(ada)]);
    for (const person of [ada, ben]) await expect(recSign(person)).toBeVisible();
    began.push(Date.now());
    expect(blocksOnDisk(servers)).toHaveLength(1);
    await look(ben.page, "room-recorded");
  });

  const block = blockOf(olga, title, 1);
  await test.step("it is in the list while it is recorded, and why it failed", async () => {
    await openRecordings(olga, programme.slug);
    await expect(block.getByText("Recording", { exact: true })).toBeVisible();
    encoder.fails(true);
    await goOffScreen(ada);
    await expect(recSign(ben)).toBeHidden();
    await record(programme, id, false);
    await expect(block.getByText("Failed", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(block.getByText("The server could not make the video: ffmpeg is missing or failed.")).toBeVisible();
    await look(olga.page, "dashboard-recordings-failed");
  });

  await test.step("tried again it is processed, with percent, and then ready", async () => {
    encoder.fails(false);
    encoder.waits(true);
    await block.getByRole("button", { name: "Try again" }).click();
    await expect(block.getByText(/^Processing · \d+%$/)).toBeVisible();
    encoder.waits(false);
    await expect(block.getByText("Ready", { exact: true })).toBeVisible({ timeout: 120_000 });
    await expect(olga.page.getByText(/^[\d.,]+ (kB|MB) stored$/)).toBeVisible();
    await expect.poll(() => blocksOnDisk(servers), "what was received is not needed any more").toEqual([]);
    await look(olga.page, "dashboard-recordings");
  });
  const name = `${title}, block 1`;

  await test.step("it plays in the page, part by part, and is downloaded whole", async () => {
    const part = olga.page.waitForResponse(answer => answer.url().includes("/recordings/") && answer.status() === 206);
    await block.getByRole("button", { name: `Play ${name}` }).click();
    await part;
    await advances(player(olga));
    await look(olga.page, "dashboard-recording-played");
    await olga.page.keyboard.press("Escape");
    await expect(player(olga)).toBeHidden();

    const [download] = await Promise.all([
      olga.page.waitForEvent("download"),
      block.getByRole("link", { name: `Download ${name}` }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.mp4$/);
    const path = info.outputPath("downloaded.mp4");
    await download.saveAs(path);
    const { width, height, videoLength } = await factsOf(path);
    expect([width, height]).toEqual([1920, 1080]);
    const { startedAt, lengthSeconds, bytes } = (await recordings(programme, id))[0]!;
    expect(Math.abs(videoLength - lengthSeconds), "seconds").toBeLessThanOrEqual(1);
    expect(statSync(path).size).toBe(bytes);

    // As its row says it.
    const start = new Date(startedAt);
    expect(start.getTime(), "when somebody went on screen").toBeGreaterThanOrEqual(began[0]! - 1_000);
    expect(start.getTime(), "when somebody went on screen").toBeLessThanOrEqual(began[1]! + 1_000);
    await expect(block.locator("time")).toContainText(timeInBerlin.format(start));
    const [minutes, second] = [Math.floor(lengthSeconds / 60), `${lengthSeconds % 60}`.padStart(2, "0")];
    await expect(block).toContainText(`Length ${minutes}:${second}`);
    const kilobytes = Math.ceil(bytes / 1e3);
    const size = kilobytes < 1_000 ? `${kilobytes} kB` : `${Math.round(bytes / 1e6)} MB`;
    await expect(block).toContainText(`Size ${size}`);
  });

  const url = (await recordings(programme, id))[0]!.url!;
  const fetched = async (who: Caller | undefined, range = "bytes=10-99") => {
    const headers = { range, ...(who && { cookie: who.cookie }) };
    const answer = await fetch(servers.url + url, { headers });
    return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength };
  };
  await test.step("as a replay those see it who may watch the session, and nobody else", async () => {
    await leave(ben);
    await ben.goto(room);
    await expect(ben.page.getByRole("button", { name: "Join" })).toBeVisible();
    await expect(replays(ben)).toBeHidden();
    expect((await fetched(bens)).status, "before it is a replay").toBe(404);
    expect(await fetched(programme.organizer)).toEqual({ status: 206, bytes: 90 });
    expect((await fetched(programme.organizer, "bytes=999999999-")).status).toBe(416);

    // A moderator sees it on the session's page before it is a replay, with a switch of the same kind.
    await leave(ada);
    await programme.organizer.run(
      `mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`,
      { input: { id, shareAccess: "MODERATED" } },
    );
    await addModerator(programme, id, ada.name);
    await ada.goto(room);
    const [inList, onPage] = [replaySwitch(block), replaySwitch(replays(ada))];
    await expect(onPage).not.toBeChecked();
    await expect(replays(ada).getByRole("link", { name: `Download ${name}` })).toBeVisible();
    await accessible(ada.page);

    await inList.check();
    await expect(onPage).toBeChecked();
    await expect(replays(ben)).toBeVisible();
    await look(ben.page, "entrance-replays");
    await replays(ben)
      .getByRole("button", { name: `Play ${name}` })
      .click();
    await advances(player(ben));
    expect(await fetched(bens)).toEqual({ status: 206, bytes: 90 });
    expect((await fetched(stranger)).status, "who may not watch the session").toBe(404);
    expect((await fetched(undefined)).status, "who is not signed in").toBe(404);

    await onPage.uncheck();
    await expect(inList).not.toBeChecked();
    await expect(player(ben)).toBeHidden();
    await expect(replays(ben)).toBeHidden();
    await expect(ben.page.getByRole("heading", { name: title }), "what was played is gone").toBeFocused();
    expect((await fetched(bens)).status, "withdrawn").toBe(404);
  });

  await test.step("it would stay without its session, and deleted it is gone for good", async () => {
    const question = await askToDelete(olga, programme.slug, title);
    await expect(question).toContainText("One recording stays, under Recordings.");
    await openRecordings(olga, programme.slug);
    await block.getByRole("button", { name: `Delete ${name}` }).click();
    const dialog = olga.page.getByRole("dialog", { name: "Delete this recording?" });
    await expect(dialog).toContainText(`“${name}” goes for good and cannot be brought back.`);
    await accessible(olga.page);
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(olga.page.getByText("The recording is deleted.")).toBeVisible();
    await expect(olga.page.getByRole("heading", { name: "No recording yet" })).toBeVisible();
    await expect(olga.page.getByRole("heading", { name: "Recordings", exact: true })).toBeFocused();
    await expect(olga.page.getByText("0 kB stored")).toBeVisible();
    expect((await fetched(programme.organizer)).status).toBe(404);
    expect(await recordings(programme, id)).toEqual([]);
  });
});
