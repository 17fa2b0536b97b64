// The disk is full in the middle of a recording: that stops and says why, everything else goes on, and nothing that was written is lost.
import { advances, mediaFlows } from "../harness/call.ts";
import { factsOf } from "../harness/recording/mp4.ts";
import { download, recordings, retry } from "../harness/recording/recordings.ts";
import { recordedRound } from "../harness/recording/round.ts";
import { type Disk, SmallDisk } from "../harness/recording/small_disk.ts";
import { WriteLimit } from "../harness/recording/write_limit.ts";
import { until } from "../harness/servers.ts";
import { expect, test as base } from "../harness/test.ts";
import { recSign, startAgain, stopped } from "../pages/recording.ts";
import { shareAudioAndVideo, tileOf } from "../pages/room.ts";

const test = base.extend<{ limit: WriteLimit; disk: Disk }>({
  limit: async ({}, use) => {
    const limit = new WriteLimit();
    await use(limit);
    limit.remove();
  },
  environment: async ({ limit }, use) => use({ MEDIA_BIN: limit.program }),
  disk: async ({ servers, limit }, use) => {
    await servers.mediaReady();
    const disk = SmallDisk.mount(servers, 96) ?? limit.disk(servers);
    await use(disk);
    disk.end();
  },
});

test("a full disk stops the recording and not the room; what was written becomes a file, and a host starts again (K1, K5, K6)", async ({
  servers,
  people,
  disk,
}, info) => {
  test.setTimeout(240_000);
  const { programme, id, olga, ada, ben } = await recordedRound(servers, people);
  await shareAudioAndVideo(ada);
  await expect(recSign(olga)).toBeVisible();
  const first = async () => (await recordings(programme, id))[0];
  // How it grows is told now and then.
  await expect.poll(async () => (await first())?.lengthSeconds ?? 0, { timeout: 60_000 }).toBeGreaterThan(3);

  const written = (await first())!.lengthSeconds;
  disk.fill();
  const why = "Recording stopped: the server’s disk is full or cannot be written.";
  await expect(stopped(olga, why)).toBeVisible({ timeout: 30_000 });
  for (const person of [olga, ada, ben]) await expect(recSign(person)).toBeHidden();
  await expect(ben.page.getByRole("status").filter({ hasText: why }), "everybody is told").toBeVisible();
  await expect.poll(async () => (await first())!.end).toBe("DISK");

  // The room goes on.
  for (const person of [olga, ben]) await advances(tileOf(person, ada.name).locator("video"));
  await mediaFlows(ben.page);
  expect(await recordings(programme, id), "and nothing is recorded").toHaveLength(1);

  disk.empty();
  await startAgain(olga).click();
  for (const person of [olga, ada, ben]) await expect(recSign(person)).toBeVisible();
  await until(
    "a file of what was written",
    async () => {
      const { id, state, failure } = (await first())!;
      if (state === "FAILED") {
        expect(failure, "there was no room for the file either").toBe("DISK");
        await retry(programme, id);
      }
      return state === "READY";
    },
    120,
  );
  const file = await download(programme, (await first())!, info.outputPath("written.mp4"));
  const { videoLength, audioLength } = await factsOf(file);
  expect(videoLength, "seconds of the file").toBeGreaterThan(written - 1);
  expect(audioLength).toBeGreaterThan(written - 1);
  await expect
    .poll(async () => (await recordings(programme, id)).map(recording => recording.end))
    .toEqual(["DISK", null]);
});
