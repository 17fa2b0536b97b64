// A recorded file as ffmpeg and ffprobe see it: what it says of itself, its pictures one after the other, and its sound.
import { spawn } from "node:child_process";
import { open } from "node:fs/promises";

/** Samples a second of what is decoded. */
export const SAMPLES = 48_000;

/** The size to which pictures are decoded. */
export const [WIDTH, HEIGHT] = [960, 540];

export type Facts = {
  width: number;
  height: number;
  videoCodec: string;
  audioCodec: string;
  /** When each picture is shown, in seconds, in order. */
  times: number[];
  /** In seconds. */
  videoLength: number;
  audioLength: number;
  /** The names of the outermost boxes, in order: a player may begin before it has all when `moov` comes before `mdat`. */
  boxes: string[];
};

type Probed = { streams: Record<string, any>[]; packets: { pts_time: string }[] };

export async function factsOf(path: string): Promise<Facts> {
  const asked = ["-show_streams", "-show_packets", "-select_streams", "v:0", "-show_entries", "packet=pts_time"];
  const video: Probed = JSON.parse(`${await output("ffprobe", ["-v", "error", "-of", "json", ...asked, path])}`);
  const audio: Probed = JSON.parse(
    `${await output("ffprobe", ["-v", "error", "-of", "json", "-show_streams", "-select_streams", "a:0", path])}`,
  );
  const [picture, sound] = [video.streams[0], audio.streams[0]];
  return {
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    videoCodec: picture?.codec_name ?? "none",
    audioCodec: sound?.codec_name ?? "none",
    times: video.packets.map(packet => Number(packet.pts_time)).sort((a, b) => a - b),
    videoLength: Number(picture?.duration ?? 0),
    audioLength: Number(sound?.duration ?? 0),
    boxes: await boxesOf(path),
  };
}

async function boxesOf(path: string): Promise<string[]> {
  const file = await open(path);
  const { size: end } = await file.stat();
  const names: string[] = [];
  const head = Buffer.alloc(16);
  for (let at = 0; at + 8 <= end;) {
    await file.read(head, 0, 16, at);
    names.push(head.toString("latin1", 4, 8));
    const short = head.readUInt32BE(0);
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (size < 8) break;
    at += size;
  }
  await file.close();
  return names;
}

/** Goes through the pictures in order, each as rows of red, green and blue. */
export async function eachPicture(path: string, look: (pixels: Buffer, index: number) => void): Promise<void> {
  const scaled = ["-vf", `scale=${WIDTH}:${HEIGHT}:flags=area`, "-pix_fmt", "rgb24", "-f", "rawvideo"];
  const size = WIDTH * HEIGHT * 3;
  const pixels = Buffer.alloc(size);
  let [filled, index] = [0, 0];
  await run("ffmpeg", ["-v", "error", "-i", path, "-map", "0:v:0", "-vsync", "passthrough", ...scaled, "-"], chunk => {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(size - filled, chunk.length - at);
      chunk.copy(pixels, filled, at, at + taken);
      [filled, at] = [filled + taken, at + taken];
      if (filled === size) look(pixels, index++);
      filled %= size;
    }
  });
}

/** All the sound in one channel; sample 0 is at second 0 of the file, also where its sound begins later. */
export async function soundOf(path: string): Promise<Float32Array> {
  const filled = ["-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", `${SAMPLES}`, "-f", "f32le"];
  const bytes = await output("ffmpeg", ["-v", "error", "-i", path, "-map", "0:a:0", ...filled, "-"]);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** The same file with its sound later by so many seconds, or earlier. */
export async function soundShifted(path: string, seconds: number, to: string): Promise<void> {
  const inputs = ["-i", path, "-itsoffset", `${seconds}`, "-i", path];
  await output("ffmpeg", ["-v", "error", "-y", ...inputs, "-map", "0:v:0", "-map", "1:a:0", "-c", "copy", to]);
}

async function output(program: string, given: string[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await run(program, given, chunk => chunks.push(chunk));
  return Buffer.concat(chunks);
}

function run(program: string, given: string[], take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const process = spawn(program, given, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    process.stderr.on("data", chunk => (said += chunk));
    process.stdout.on("data", take);
    process.on("error", reject);
    process.on("close", code => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${said}`))));
  });
}
