// The publisher of takes, without the product: what it gives to a page is recorded by the browser itself and read by the analyser.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { decode } from "./decode.ts";
import { publishes, sendsH264 } from "./publisher.ts";
import { FLASH, RATE, STAGGER, screens, voices } from "./signal.ts";
import { beginnings, levelsOf } from "./tones.ts";

test("the pictures of a publisher are numbered one after the other, and its beeps are with its flashes", async ({
  page,
  context,
}) => {
  const voice = voices[2]!;
  await publishes(context, { voice, screen: screens[0], zero: Math.floor(Date.now() / 1000) * 1000 });
  await page.route("**/*", route => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await page.goto("http://127.0.0.1/");
  const bytes = await page.evaluate(recordSeconds, 5);
  const folder = mkdtempSync(join(tmpdir(), "roundtable-publisher-"));
  const path = join(folder, "recorded.webm");
  writeFileSync(path, Buffer.from(bytes, "base64"));
  const { frames, sound } = await decode(path);
  rmSync(folder, { recursive: true });

  const numbers = frames.map(({ tiles }) => tiles.find(tile => tile.id === voice.id)?.number);
  const read = numbers.filter(number => number !== undefined);
  expect(read.length, "pictures that can be read").toBeGreaterThan(frames.length * 0.95);
  expect(read, "none comes twice or before another").toEqual([...new Set(read)].sort((a, b) => a - b));
  // On a busy machine not every one of them is drawn.
  expect(read.length).toBeGreaterThan((read.at(-1)! - read[0]!) / 2);

  const beeps = beginnings(sound, voice.beep).map(beep => beep * 1000);
  const isFirst = (number: number) => (number - voice.id * STAGGER) % RATE < FLASH;
  const flashes = frames.filter(({ tiles: [tile] }, at) => {
    const before = frames[at - 1]?.tiles[0];
    return tile?.flash && before && !before.flash && isFirst(tile.number ?? -1);
  });
  expect(flashes.length).toBeGreaterThan(2);
  for (const { time, tiles } of flashes) {
    const late = ((tiles[0]!.number! - voice.id * STAGGER) % RATE) * (1000 / RATE);
    const apart = beeps.map(beep => Math.abs(beep - time + late));
    expect(Math.min(...apart), `milliseconds between a beep and the flash at ${time} ms`).toBeLessThan(80);
  }
  const tone = levelsOf(sound, voice.tone, 0.05, 0.025).levels.slice(10, -10);
  expect(tone.filter(level => level > 0.03).length, "the tone goes on").toBeGreaterThan(tone.length * 0.97);
});

test("a page that looks for VP8 among what can be sent finds H.264, and everything else as it was", async ({
  page,
  context,
}) => {
  await sendsH264(context);
  await page.goto("about:blank");
  const found = await page.evaluate(() => {
    const codecs = ["video/VP8", "video/H264", "audio/opus"].map(mimeType => ({ mimeType }));
    return [
      codecs.find(codec => codec.mimeType.toLowerCase() === "video/vp8")?.mimeType,
      codecs.find(codec => codec.mimeType.startsWith("video"))?.mimeType,
      codecs.find(codec => codec.mimeType === "video/AV1")?.mimeType,
      [3, 4, 5].find(number => number > 3),
    ];
  });
  expect(found).toEqual(["video/H264", "video/VP8", undefined, 4]);
});

/** Runs in the page: records its camera and microphone, and gives the file in Base64. */
async function recordSeconds(seconds: number): Promise<string> {
  const [sound, picture] = await Promise.all([
    navigator.mediaDevices.getUserMedia({ audio: true }),
    navigator.mediaDevices.getUserMedia({ video: true }),
  ]);
  const stream = new MediaStream([...sound.getTracks(), ...picture.getTracks()]);
  const recorder = new MediaRecorder(stream, { mimeType: "video/webm;codecs=vp8,opus", videoBitsPerSecond: 1_000_000 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  await new Promise(resolve => setTimeout(resolve, seconds * 1_000));
  const stopped = new Promise(resolve => (recorder.onstop = resolve));
  recorder.stop();
  await stopped;
  const reader = new FileReader();
  const read = new Promise(resolve => (reader.onload = resolve));
  reader.readAsDataURL(new Blob(parts));
  await read;
  return (reader.result as string).split(",")[1]!;
}
