// Devices that go away or are refused, and sound that the browser holds back: people are told, with a way on, and stay in the room.
import { chromiumFlags } from "../playwright.config.ts";
import { advances, liveTracks, mediaFlows } from "../harness/call.ts";
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";
import type { Servers } from "../harness/servers.ts";
import { joinAt, shareAudioAndVideo, shareButton, shareDialog, tileOf } from "../pages/room.ts";

// A browser as people have it: it asks before it gives a device away, and before it makes a sound by itself. Tracing looks into pages,
// which counts as a press on them and lets them sound.
const lenient = ["--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"];
test.use({
  trace: "off",
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: chromiumFlags.filter(flag => !lenient.includes(flag)),
  },
});

type Options = Parameters<People>[1];

/** Ada on screen, and Ben with the address of her room. */
async function withAda(
  servers: Servers,
  people: People,
  options?: Options,
): Promise<{ ada: Person; ben: Person; room: string }> {
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee", options)];
  for (const person of [ada, ben]) await person.become(await attendee(programme, person.name));
  await joinAt(ada, room);
  await shareAudioAndVideo(ada);
  return { ada, ben, room };
}

test("an unplugged camera or microphone is told, the other one goes on, and the same button brings it back (H2, H5)", async ({
  servers,
  people,
}) => {
  const { ada, ben, room } = await withAda(servers, people);
  await joinAt(ben, room);
  const picture = tileOf(ben, ada.name).locator("video");
  await advances(picture);

  await unplug(ada, "video");
  await expect(ada.page.getByText("Your camera was disconnected. Connect it again")).toBeVisible();
  await expect(picture).toBeHidden();
  await expect(tileOf(ben, ada.name)).toBeVisible();
  await ada.page.getByRole("button", { name: "Turn camera on" }).click();
  await advances(picture);

  await unplug(ada, "audio");
  await expect(ada.page.getByText("Your microphone was disconnected. Connect it again")).toBeVisible();
  await expect(tileOf(ben, ada.name).getByRole("img", { name: "Microphone off" })).toBeVisible();
  await advances(picture);
  await ada.page.getByRole("button", { name: "Unmute microphone" }).click();
  await expect(tileOf(ben, ada.name).getByRole("img", { name: "Microphone off" })).toBeHidden();
  await mediaFlows(ben.page);
  await expect.poll(() => liveTracks(ada.page)).toEqual(["audio", "video"]);
});

test("whoever refuses camera and microphone is told where to allow them, and watches on (H2)", async ({
  servers,
  people,
}) => {
  const { ada, ben, room } = await withAda(servers, people, { permissions: [] });
  await ben.context.grantPermissions([]);
  await joinAt(ben, room);
  await shareButton(ben).click();
  const dialog = shareDialog(ben);
  await expect(dialog.getByRole("alert").filter({ hasText: "may not use your camera. Allow it" })).toBeVisible();
  await expect(dialog.getByRole("alert").filter({ hasText: "may not use your microphone. Allow it" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Go on screen" })).toBeDisabled();
  await ben.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await advances(tileOf(ben, ada.name).locator("video"));
  await mediaFlows(ben.page);

  // Allowed after all: the same dialog leads on.
  await ben.context.grantPermissions(["camera", "microphone"]);
  await shareButton(ben).click();
  for (const name of ["Use my camera", "Use my microphone"]) {
    const device = dialog.getByRole("switch", { name });
    await device.check();
    await expect(device).toBeChecked();
  }
  await dialog.getByRole("button", { name: "Go on screen" }).click();
  await advances(tileOf(ada, ben.name).locator("video"));
});

test("where the browser holds sound back, one press turns it on (H1)", async ({ servers, people }) => {
  const { ada, ben, room } = await withAda(servers, people, { permissions: [] });
  // A test that looks into a page counts as a press on it, so the page enters by itself and says when its sound was refused.
  await ben.context.addInitScript(() => {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      const played = play.call(this);
      if (this instanceof HTMLAudioElement) played.catch((error: Error) => console.log(`refused: ${error.name}`));
      return played;
    };
    const enter = setInterval(() => {
      const join = [...document.querySelectorAll("button")].find(button => button.textContent?.includes("Join"));
      if (!join) return;
      clearInterval(enter);
      join.click();
    }, 100);
  });
  const refused = ben.page.waitForEvent("console", {
    predicate: message => message.text() === "refused: NotAllowedError",
    timeout: 30_000,
  });
  await ben.goto(room);
  await refused;
  const told = ben.page.getByRole("alert").filter({ hasText: "Your browser holds the sound back" });
  await expect(told).toBeVisible();
  await advances(tileOf(ben, ada.name).locator("video"));
  expect(await sounding(ben)).toEqual([false]);
  await told.getByRole("button", { name: "Turn sound on" }).click();
  await expect(told).toBeHidden();
  expect(await sounding(ben)).toEqual([true]);
});

/** As browsers tell it: the track is over, and an event says so. */
function unplug(person: Person, kind: "audio" | "video"): Promise<void> {
  return person.page.evaluate(gone => {
    const track = window.openedTracks.findLast(track => track.kind === gone && track.readyState === "live");
    track?.stop();
    track?.dispatchEvent(new Event("ended"));
  }, kind);
}

/** Of each person who is heard, whether the sound plays. */
function sounding(person: Person): Promise<boolean[]> {
  return person.page.evaluate(() => [...document.querySelectorAll("audio")].map(audio => !audio.paused));
}
