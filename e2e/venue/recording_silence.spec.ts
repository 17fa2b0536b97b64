// Nobody on screen for a long time: recording stops, and it is for a host to start it again.
import { advances, mediaFlows } from "../harness/call.ts";
import { record, recordingNow, recordings } from "../harness/recording/recordings.ts";
import { recordedRound } from "../harness/recording/round.ts";
import { accessible, expect, test } from "../harness/test.ts";
import { recSign, startAgain, stopped, told } from "../pages/recording.ts";
import { goOffScreen, hostSection, openHostControls, shareAudioAndVideo, shareDialog, tileOf } from "../pages/room.ts";

// Longer than a busy machine takes to leave the screen and come back.
test.use({ environment: { RECORDING_SILENCE_SECONDS: "15" } });

test("after the silence nothing is recorded until a host starts it again, and everybody is told each time (K1, K2)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const { programme, id, olga, ada, ben } = await recordedRound(servers, people);
  const ends = async () => (await recordings(programme, id)).map(recording => recording.end);

  await shareAudioAndVideo(ada);
  for (const person of [olga, ada, ben]) await expect(recSign(person)).toBeVisible();
  await expect.poll(ends).toEqual([null]);
  await advances(tileOf(ben, ada.name).locator("video"));

  // Back before the time is over: the same block goes on.
  await goOffScreen(ada);
  await expect(recSign(ben)).toBeHidden();
  await shareAudioAndVideo(ada);
  await expect(recSign(ben)).toBeVisible();
  await mediaFlows(ben.page);
  expect(await ends()).toEqual([null]);

  await goOffScreen(ada);
  const why = "Recording stopped: nobody was on screen for a long time.";
  await expect(stopped(olga, why)).toBeVisible({ timeout: 60_000 });
  await expect.poll(ends).toEqual(["SILENCE"]);
  expect(await recordingNow(programme, id)).toEqual({ now: false, stopped: "SILENCE" });
  await expect(startAgain(ben), "attendees cannot").toBeHidden();
  await accessible(olga.page);

  // On screen again, and nothing is recorded.
  await ada.page.getByRole("button", { name: "Share audio and video", exact: true }).click();
  await expect(shareDialog(ada)).toBeVisible();
  await expect(told(ada)).toBeHidden();
  await shareDialog(ada).getByRole("button", { name: "Go on screen" }).click();
  await advances(tileOf(ben, ada.name).locator("video"));
  await mediaFlows(ben.page);
  await expect.poll(async () => (await recordingNow(programme, id)).now).toBe(false);
  for (const person of [olga, ada, ben]) await expect(recSign(person)).toBeHidden();
  expect(await ends()).toEqual(["SILENCE"]);

  await startAgain(olga).click();
  for (const person of [olga, ada, ben]) await expect(recSign(person)).toBeVisible();
  await expect(stopped(olga, why)).toBeHidden();
  await expect.poll(ends).toEqual(["SILENCE", null]);
  await mediaFlows(ben.page);
  await openHostControls(olga);
  await expect(hostSection(olga, "Recording")).toContainText("This session is being recorded");
  await record(programme, id, false);
  for (const person of [olga, ada, ben]) await expect(recSign(person)).toBeHidden();
  await expect(hostSection(olga, "Recording")).toContainText("This session is not recorded.");
  await expect.poll(ends).toEqual(["SILENCE", "SWITCHED_OFF"]);
});
