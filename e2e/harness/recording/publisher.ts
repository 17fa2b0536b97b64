// Cameras, microphones and shared screens of a take: a canvas and an oscillator instead of devices, driven by the one clock that all
// pages of a machine have.
import type { BrowserContext } from "@playwright/test";
import type { Person } from "../test.ts";
import { COLUMNS, FLASH, PANEL, RATE, ROWS, STAGGER, type Sign, type Voice, codeOf } from "./signal.ts";

declare global {
  interface Window {
    publisher: Publisher;
  }
}

type Publisher = {
  /** The number of this moment. */
  number: () => number;
  /** How many pictures of the camera were drawn while somebody took them. */
  drawn: number;
};

export type Publishing = {
  voice: Voice;
  /** What the person shares when asked for a screen. */
  screen?: Sign;
  /** When number 0 was, in milliseconds since 1970. */
  zero: number;
};

const all = { COLUMNS, FLASH, PANEL, RATE, ROWS, STAGGER, size: [640, 360] as [number, number] };

/** In pages of this browser that are opened from now on, devices are made up. */
export async function publishes(context: BrowserContext, publishing: Publishing): Promise<void> {
  const given = JSON.stringify({ ...all, ...publishing });
  await context.addInitScript({ content: `(${devices})(${codeOf}, ${given})` });
}

/** From the next page on, pictures are sent as H.264, as by a browser without VP8; others' pictures are received as they come. */
export async function sendsH264(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    type Codec = { mimeType?: string };
    const isOf = (mime: string) => (codec: Codec | undefined) => codec?.mimeType?.toLowerCase() === mime;
    const native = Array.prototype.find;
    // The page looks for VP8 among what the device can send.
    Array.prototype.find = function (this: Codec[], is: (codec: Codec) => boolean, ...rest: unknown[]) {
      const found: Codec | undefined = native.call(this, is, ...rest);
      if (!isOf("video/vp8")(found) || !String(is).includes("video/vp8")) return found;
      return native.call(this, isOf("video/h264")) ?? found;
    } as typeof native;
  });
}

/** Waits until so many seconds of the camera's picture were drawn. */
export async function goesOn(person: Person, seconds: number): Promise<void> {
  const until = await person.page.evaluate(more => window.publisher.drawn + more, seconds * RATE);
  await person.page.waitForFunction(until => window.publisher.drawn >= until, until, { polling: 50, timeout: 60_000 });
}

/** The number of this moment in the person's page. */
export function numberNow(person: Person): Promise<number> {
  return person.page.evaluate(() => window.publisher.number());
}

/** The largest size of the camera's picture is not sent any more, as by a slow computer, or is again. */
export async function sendLargest(person: Person, largest: boolean): Promise<void> {
  await person.page.evaluate(async largest => {
    for (const sender of window.peerConnections.flatMap(connection => connection.getSenders())) {
      const parameters = sender.getParameters();
      // Of a small picture not all sizes are sent that were asked for.
      const reports = [...(await sender.getStats()).values()];
      const sent = reports.filter(({ type, rid, framesSent }) => type === "outbound-rtp" && rid && framesSent > 0);
      if (sent.length < 2) continue;
      parameters.encodings.forEach((encoding, at) => (encoding.active = largest || at < sent.length - 1));
      return sender.setParameters(parameters);
    }
    throw new Error("no picture of several sizes is sent");
  }, largest);
}

/** Runs in every page before its own code, and sees nothing outside. */
function devices(codes: typeof codeOf, given: typeof all & Publishing): void {
  const { voice, screen, zero, size, COLUMNS, FLASH, PANEL, RATE, ROWS, STAGGER } = given;
  const native = navigator.mediaDevices;
  if (!native) return;
  const now = () => performance.timeOrigin + performance.now() - zero;
  const number = () => Math.floor((now() * RATE) / 1000);
  const publisher = { number, drawn: 0 };
  window.publisher = publisher;

  /** Draws as long as somebody takes the pictures, one for each number or for one in several. */
  const picture = (sign: Sign, [width, height]: [number, number], pace: number, drawn: () => void) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext("2d", { alpha: false, willReadFrequently: true })!;
    const [left, top] = [PANEL.left * width, PANEL.top * height];
    const [cellWidth, cellHeight] = [(PANEL.width * width) / COLUMNS, (PANEL.height * height) / ROWS];
    let tracks: MediaStreamTrack[] = [];
    let last = -pace;
    const draw = () => {
      tracks = tracks.filter(track => track.readyState === "live");
      if (tracks.length === 0) return;
      const now = number();
      if (now >= last + pace) {
        last = now;
        pen.fillStyle = `rgb(${sign.colour.join()})`;
        pen.fillRect(0, 0, width, height);
        pen.fillStyle = "#000";
        pen.fillRect(left - 4, top - 4, PANEL.width * width + 8, PANEL.height * height + 8);
        pen.fillStyle = "#fff";
        codes(sign.id, now).forEach((bit, at) => {
          const [column, row] = [at % (COLUMNS - 1), Math.floor(at / (COLUMNS - 1))];
          if (bit) pen.fillRect(left + column * cellWidth, top + row * cellHeight, cellWidth, cellHeight);
        });
        const since = (((now - sign.id * STAGGER) % RATE) + RATE) % RATE;
        if (since < FLASH) pen.fillRect(left + (COLUMNS - 1) * cellWidth, top, cellWidth, PANEL.height * height);
        drawn();
      }
      setTimeout(draw, ((last + pace) * 1000) / RATE - (performance.timeOrigin + performance.now() - zero) + 0.5);
    };
    return () => {
      const [track] = canvas.captureStream().getVideoTracks();
      tracks.push(track!);
      if (tracks.length === 1) draw();
      return track!;
    };
  };
  const camera = picture(voice, size, 1, () => (publisher.drawn += 1));
  const shown = screen && picture(screen, [960, 540], 2, () => undefined);

  let sound: MediaStreamAudioDestinationNode | undefined;
  const microphone = () => {
    sound ??= play();
    return sound.stream.getAudioTracks()[0]!.clone();
  };
  const play = () => {
    const context = new AudioContext({ sampleRate: 48_000 });
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    const voiceOf = (frequency: number, gain: number) => {
      const level = new GainNode(context, { gain });
      level.connect(destination);
      const oscillator = new OscillatorNode(context, { frequency });
      oscillator.connect(level);
      oscillator.start();
      return level.gain;
    };
    voiceOf(voice.tone, 0.06);
    const beep = voiceOf(voice.beep, 0);
    // When second 0 of the context was: it goes on in steps, right after which this is the least. A busy machine makes it slower than
    // the clock, so a beep is put in its place again and again until shortly before it.
    const looks: number[] = [];
    const offset = (voice.id * STAGGER) / RATE;
    setInterval(() => {
      looks.push(now() / 1000 - context.currentTime);
      if (looks.length > 10) looks.shift();
      const second = now() / 1000 - offset;
      const from = Math.ceil(second) + offset - Math.min(...looks);
      const to = from + FLASH / RATE;
      // Neither the beep before is cut off, nor this one when it has begun.
      if (second % 1 < 0.3 || from - context.currentTime < 0.07) return;
      beep.cancelScheduledValues(context.currentTime);
      beep.setValueAtTime(0, from - 0.002);
      beep.linearRampToValueAtTime(0.15, from);
      beep.setValueAtTime(0.15, to);
      beep.linearRampToValueAtTime(0, to + 0.002);
    }, 20);
    return destination;
  };

  const opened = (...tracks: MediaStreamTrack[]) => {
    window.openedTracks?.push(...tracks);
    return Promise.resolve(new MediaStream(tracks));
  };
  native.getUserMedia = (wanted = {}) =>
    opened(...(wanted.audio ? [microphone()] : []), ...(wanted.video ? [camera()] : []));
  native.getDisplayMedia = () =>
    shown ? opened(shown()) : Promise.reject(new DOMException("there is none", "NotFoundError"));
}
