// Recorded files that were never recorded: made by ffmpeg from pictures and sound that are computed, with a timeline and packets to
// them. By these it is seen that the analyser finds what is wrong, and nothing else.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { HEIGHT, SAMPLES, WIDTH } from "./mp4.ts";
import { COLUMNS, type Colour, PANEL, RATE, ROWS, type Sign, codeOf, flashes } from "./signal.ts";
import type { Box } from "./tiles.ts";
import { Timeline } from "./timeline.ts";
import type { Cast } from "./truth.ts";
import { NTP, Wire } from "./wire.ts";

/** Who is on screen from a second on, in order, and who of them is muted. */
type State = { from: number; cameras: string[]; muted?: string[]; screen?: string };

export type Scene = { cast: Cast; begin: number; end: number; states: State[] };

/** Milliseconds by which pictures are older than the moment at which they are shown. */
const AGE = 30;

export function timelineOf({ cast, begin, end, states }: Scene): Timeline {
  const at = (second: number) => Math.round((cast.zero + second * 1000) * 1000);
  const lines: object[] = [{ at: at(begin), event: "begin", version: 1, block: "B", session: "session:S" }];
  for (const { from, cameras, muted = [], screen } of statesOf({ cast, begin, end, states })) {
    const speakers = cameras.map(name => ({
      person: `account:${name}`,
      name,
      sources: ["microphone", "camera", ...(screen === name ? ["screen"] : [])],
      muted: muted.includes(name) ? ["microphone"] : [],
      lost: false,
    }));
    lines.push({ at: at(from), event: "onScreen", speakers });
  }
  lines.push({ at: at(end), event: "end", end: "LENGTH" });
  return new Timeline(lines.map(line => `${JSON.stringify(line)}\n`).join(""));
}

/** Those that are in the block, the first one from its beginning. */
function statesOf({ begin, end, states }: Scene): State[] {
  const before = states.filter(({ from }) => from <= begin).at(-1);
  const later = states.filter(({ from }) => from > begin && from < end);
  return [...(before ? [{ ...before, from: begin }] : []), ...later];
}

/** Writes the file of a scene: the moments with nobody on screen are not in it. */
export async function writeFile(scene: Scene, path: string): Promise<void> {
  const timeline = timelineOf(scene);
  const count = Math.round((timeline.length * RATE) / 1000);
  const wave = `${path}.f32`;
  writeFileSync(wave, Buffer.from(soundOf(scene, timeline, count).buffer));
  const raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${WIDTH}x${HEIGHT}`, "-r", `${RATE}`, "-i", "-"];
  const sound = ["-f", "f32le", "-ar", `${SAMPLES}`, "-ac", "1", "-i", wave];
  const video = ["-vf", "scale=1920:1080:flags=neighbor", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "30"];
  const rest = ["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart", "-y", path];
  const ffmpeg = spawn("ffmpeg", ["-v", "error", ...raw, ...sound, ...video, ...rest], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const ended = once(ffmpeg, "close");
  for (let frame = 0; frame < count; frame++) {
    const moment = timeline.momentAt((frame * 1000) / RATE + 1);
    if (!ffmpeg.stdin.write(picture(scene, moment))) await once(ffmpeg.stdin, "drain");
  }
  ffmpeg.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}

function stateAt({ cast, states }: Scene, moment: number): State {
  return states.filter(({ from }) => cast.zero + from * 1000 <= moment).at(-1) ?? { from: 0, cameras: [] };
}

function picture(scene: Scene, moment: number): Buffer {
  const { cast } = scene;
  const { cameras, screen } = stateAt(scene, moment);
  const person = (name: string) => cast.people.find(person => person.name === name)!;
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3, 24);
  const number = Math.floor(((moment - AGE - cast.zero) * RATE) / 1000);
  const shape = (left: number, top: number, width: number) => ({
    left,
    top,
    right: left + width,
    bottom: top + Math.round((width * 9) / 16),
  });
  if (screen) paint(pixels, shape(10, 60, 700), person(screen).screen!, number);
  cameras.forEach((name, at) => {
    const across = cameras.length === 1 ? 920 : 460;
    const box = screen ? shape(720, 10 + at * 140, 220) : shape(10 + at * 475, 10, across);
    paint(pixels, box, person(name).voice, number);
  });
  return pixels;
}

/** One picture, with a name on it. */
export function paint(pixels: Buffer, box: Box, sign: Sign, number: number): void {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const part = (left: number, top: number, right: number, bottom: number) => ({
    left: Math.round(box.left + left * width),
    top: Math.round(box.top + top * height),
    right: Math.round(box.left + right * width),
    bottom: Math.round(box.top + bottom * height),
  });
  fill(pixels, box, sign.colour);
  fill(pixels, part(0.02, 0.88, 0.4, 0.98), [20, 20, 20]);
  fill(
    pixels,
    part(PANEL.left - 0.01, PANEL.top - 0.01, PANEL.left + PANEL.width + 0.01, PANEL.top + PANEL.height + 0.01),
    [0, 0, 0],
  );
  const [across, down] = [PANEL.width / COLUMNS, PANEL.height / ROWS];
  const cell = (column: number, row: number, rows = 1) => {
    const [left, top] = [PANEL.left + column * across, PANEL.top + row * down];
    fill(pixels, part(left, top, left + across, top + rows * down), [255, 255, 255]);
  };
  codeOf(sign.id, number).forEach((bit, at) => bit && cell(at % (COLUMNS - 1), Math.floor(at / (COLUMNS - 1))));
  if (flashes(sign.id, number)) cell(COLUMNS - 1, 0, ROWS);
}

export function fill(pixels: Buffer, box: Box, colour: Colour): void {
  const row = Buffer.alloc((box.right - box.left) * 3, Buffer.from(colour));
  for (let y = box.top; y < box.bottom; y++) row.copy(pixels, (y * WIDTH + box.left) * 3);
}

function soundOf(scene: Scene, timeline: Timeline, frames: number): Float32Array {
  const { cast } = scene;
  const wave = (frequency: number, second: number) => Math.sin(2 * Math.PI * frequency * second);
  return Float32Array.from({ length: Math.round((frames * SAMPLES) / RATE) }, (_, at) => {
    const second = (timeline.momentAt((at * 1000) / SAMPLES) - AGE - cast.zero) / 1000;
    const { cameras, muted = [] } = stateAt(scene, timeline.momentAt((at * 1000) / SAMPLES));
    let sum = 0;
    for (const { name, voice } of cast.people) {
      if (!cameras.includes(name) || muted.includes(name)) continue;
      sum += 0.06 * wave(voice.tone, second) + (flashes(voice.id, second * RATE) ? 0.15 * wave(voice.beep, second) : 0);
    }
    return sum;
  });
}

const [PICTURE, SOUND] = [96, 111];

/** The packets of a source from one second to another, one for each picture and each fiftieth of a second of sound. */
export function wireOf(
  { zero }: Cast,
  kind: "picture" | "sound",
  [from, to]: [number, number],
  isLost: (second: number) => boolean = () => false,
): Wire {
  const [payloadType, clockRate, pace] = kind === "picture" ? [PICTURE, 90_000, RATE] : [SOUND, 48_000, 50];
  const mime = kind === "picture" ? "video/VP8" : "audio/opus";
  const records: Buffer[] = [Buffer.from("#!rtpplay1.0 127.0.0.1/0\n", "latin1"), head(zero)];
  for (let at = 0; at < Math.round((to - from) * pace); at++) {
    const second = from + at / pace;
    // Numbers and ticks pass their largest value on the way.
    const ticks = (2 ** 32 - 100_000 + Math.round((second - from) * clockRate)) % 2 ** 32;
    if (at % pace === 1) records.push(record(second, report(zero + second * 1000, ticks), false));
    if (!isLost(second))
      records.push(record(second, packet(payloadType, (65_500 + at) % 65_536, ticks, at % 90 === 0), true));
  }
  const cutOff = Buffer.from([0, 60, 0, 52, 0, 0]);
  const codec = { mime, payloadType, clockRate, channels: kind === "picture" ? 0 : 2, ssrc: 1 };
  return new Wire(Buffer.concat([...records, cutOff]), codec);
}

function head(zero: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(Math.floor(zero / 1000), 0);
  bytes.writeUInt32BE((zero % 1000) * 1000, 4);
  return bytes;
}

function record(second: number, body: Buffer, isRtp: boolean): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16BE(body.length + 8, 0);
  bytes.writeUInt16BE(isRtp ? body.length : 0, 2);
  bytes.writeUInt32BE(Math.round(second * 1000), 4);
  return Buffer.concat([bytes, body]);
}

function packet(payloadType: number, number: number, ticks: number, key: boolean): Buffer {
  const bytes = Buffer.alloc(16);
  bytes[0] = 0x80;
  bytes[1] = payloadType;
  bytes.writeUInt16BE(number, 2);
  bytes.writeUInt32BE(ticks, 4);
  bytes.writeUInt32BE(1, 8);
  // The start of a VP8 picture, whose lowest bit says that it is no key frame.
  bytes[12] = 0x10;
  bytes[13] = key ? 0 : 1;
  return bytes;
}

function report(time: number, ticks: number): Buffer {
  const bytes = Buffer.alloc(28);
  bytes[0] = 0x80;
  bytes[1] = 200;
  bytes.writeUInt16BE(6, 2);
  bytes.writeUInt32BE(1, 4);
  bytes.writeUInt32BE(Math.floor(time / 1000) + NTP, 8);
  bytes.writeUInt32BE(Math.floor(((time % 1000) / 1000) * 2 ** 32), 12);
  bytes.writeUInt32BE(ticks, 16);
  return bytes;
}
