// What a recording takes: room on the disks for an hour, and time from its end until it can be played.
import { record, recordings, untilAll } from "../harness/recording/recordings.ts";
import { recordedSession } from "../harness/recording/round.ts";
import { expect, test } from "../harness/test.ts";
import { attend, shareAudioAndVideo, shareScreen } from "../pages/room.ts";

const seconds = 60;

test("a minute of two people, one of whom shares a screen, in 720p", async ({ servers, people }) => {
  const { programme, id, room } = await recordedSession(servers);
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  await attend(programme, room, ada, ben);
  await shareAudioAndVideo(ada);
  await shareAudioAndVideo(ben);
  await shareScreen(ben);
  const first = async () => (await recordings(programme, id))[0];
  const length = async () => (await first())?.lengthSeconds ?? 0;
  await expect.poll(length, { timeout: 2_000 * seconds, intervals: [500] }).toBeGreaterThan(seconds);
  await record(programme, id, false);
  const ended = performance.now();
  await expect.poll(async () => (await first())?.endedAt, { intervals: [100] }).not.toBeNull();
  const kept = (await first())!;
  const [ready] = await untilAll(programme, id, 1, "READY", 600);
  const playable = (performance.now() - ended) / 1000;
  const anHour = (bytes: number) => `${((bytes / kept.lengthSeconds) * 3.6e-3).toFixed(0)} MB`;
  console.log(
    `recording of ${kept.lengthSeconds} s, two cameras and a screen: playable ${playable.toFixed(1)} s after its end ` +
      `(${(kept.lengthSeconds / playable).toFixed(2)} × real time); an hour takes ${anHour(kept.bytes)} while it is kept ` +
      `and ${anHour(ready!.bytes)} as a file`,
  );
});
