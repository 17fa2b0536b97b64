// What a recording takes: room on the disks for an hour, and time from its end until it can be played.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onScreen } from "../harness/programme.ts";
import { publishes } from "../harness/recording/publisher.ts";
import { record, recordings, untilAll } from "../harness/recording/recordings.ts";
import { recordedSession } from "../harness/recording/round.ts";
import { screens, voices } from "../harness/recording/signal.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { attend, leave, shareAudioAndVideo, shareScreen } from "../pages/room.ts";

const seconds = 60;

// Devices of takes: Chromium's own camera has ten pictures a second here. Little is drawn of the pages, and nothing for a trace.
test.use({ trace: "off" });
const viewport = { width: 800, height: 600 };

test("a minute of two people, one of whom shares a screen", async ({ servers, people }) => {
  const { programme, id, room } = await recordedSession(servers);
  const [ada, ben] = [await people("Ada Attendee", { viewport }), await people("Ben Attendee", { viewport })];
  const zero = Math.floor(Date.now() / 1000) * 1000;
  await publishes(ada.context, { voice: voices[0]!, zero });
  await publishes(ben.context, { voice: voices[1]!, screen: screens[0], zero });
  await attend(programme, room, ada, ben);
  await shareAudioAndVideo(ada);
  await shareAudioAndVideo(ben);
  await shareScreen(ben);
  const first = async () => (await recordings(programme, id))[0];
  const length = async () => (await first())?.lengthSeconds ?? 0;
  const before = await cameraOf(ada);
  await expect.poll(length, { timeout: 2_000 * seconds, intervals: [500] }).toBeGreaterThan(seconds);
  const after = await cameraOf(ada);
  const time = (after.at - before.at) / 1000;
  const camera = {
    width: after.width,
    height: after.height,
    picturesPerSecond: (after.pictures - before.pictures) / time,
    kilobitsPerSecond: ((after.bytes - before.bytes) * 8) / time / 1000,
  };

  // Nobody is in a call any more while the file is made.
  for (const person of [ada, ben]) await leave(person);
  await expect.poll(() => onScreen(programme, id)).toEqual([]);
  for (const person of [ada, ben]) await person.page.close();
  await record(programme, id, false);
  const ended = performance.now();
  await expect.poll(async () => (await first())?.endedAt, { intervals: [100] }).not.toBeNull();
  const kept = (await first())!;
  const [ready] = await untilAll(programme, id, 1, "READY", 600);
  const playable = (performance.now() - ended) / 1000;
  const anHour = (bytes: number) => Math.round((bytes / kept.lengthSeconds) * 3600);
  const results = {
    lengthSeconds: kept.lengthSeconds,
    camera,
    playableAfterSeconds: playable,
    timesRealTime: kept.lengthSeconds / playable,
    bytesPerHour: { kept: anHour(kept.bytes), file: anHour(ready!.bytes) },
  };
  mkdirSync(join(import.meta.dirname, "results"), { recursive: true });
  const file = join(import.meta.dirname, "results", "recording.json");
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    `recording of ${kept.lengthSeconds} s, two cameras and a screen, all drawn by the pages: a camera sends ` +
      `${camera.width}×${camera.height} with ${camera.picturesPerSecond.toFixed(1)} pictures a second (of 30) and ` +
      `${camera.kilobitsPerSecond.toFixed(0)} kbit/s in all its sizes; playable ${playable.toFixed(1)} s after its end ` +
      `(${results.timesRealTime.toFixed(2)} × real time); an hour takes ${megabytes(results.bytesPerHour.kept)} while it is ` +
      `kept and ${megabytes(results.bytesPerHour.file)} as a file; raw figures: e2e/bench/results/recording.json`,
  );
});

/** What was sent so far of the camera of somebody who shares no screen: its largest size, and the bytes of all of them. */
function cameraOf(person: Person): Promise<Record<"at" | "width" | "height" | "pictures" | "bytes", number>> {
  return person.page.evaluate(async () => {
    const sum = { at: performance.now(), width: 0, height: 0, pictures: 0, bytes: 0 };
    for (const sender of window.peerConnections.flatMap(connection => connection.getSenders())) {
      for (const report of (await sender.getStats()).values()) {
        if (report.type !== "outbound-rtp" || report.kind !== "video") continue;
        sum.width = Math.max(sum.width, report.frameWidth ?? 0);
        sum.height = Math.max(sum.height, report.frameHeight ?? 0);
        sum.pictures = Math.max(sum.pictures, report.framesSent ?? 0);
        sum.bytes += report.bytesSent ?? 0;
      }
    }
    return sum;
  });
}
