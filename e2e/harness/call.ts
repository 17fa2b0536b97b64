// Looks into the calls of a page: what its peer connections received, and whether its pictures move.
import { type Locator, type Page, expect } from "@playwright/test";

declare global {
  interface Window {
    peerConnections: RTCPeerConnection[];
    openedTracks: MediaStreamTrack[];
  }
}

/**
 * Runs in every page before its own code: keeps each peer connection that the page makes and each track that it opens, so
 * that a test can ask them.
 */
export function collectConnections(): void {
  const Native = window.RTCPeerConnection;
  window.peerConnections = [];
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.peerConnections.push(this);
    }
  };
  window.openedTracks = [];
  const devices = navigator.mediaDevices;
  if (!devices) return;
  for (const open of ["getUserMedia", "getDisplayMedia"] as const) {
    const native = devices[open].bind(devices);
    devices[open] = async constraints => {
      const stream = await native(constraints);
      window.openedTracks.push(...stream.getTracks());
      return stream;
    };
  }
}

export type Received = { framesDecoded: number; audioBytes: number };

/** What all connections that are still open have received so far; of those only that the page made after the first ones. */
export function received(page: Page, first = 0): Promise<Received> {
  return page.evaluate(async skipped => {
    const sum = { framesDecoded: 0, audioBytes: 0 };
    for (const connection of window.peerConnections.slice(skipped)) {
      if (connection.connectionState === "closed") continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp") continue;
        if (report.kind === "video") sum.framesDecoded += report.framesDecoded ?? 0;
        if (report.kind === "audio") sum.audioBytes += report.bytesReceived ?? 0;
      }
    }
    return sum;
  }, first);
}

/** Waits until more pictures have been decoded and more sound has come in than before. */
export async function mediaFlows(page: Page): Promise<void> {
  const before = await received(page);
  await expect(async () => {
    const now = await received(page);
    expect(now.framesDecoded).toBeGreaterThan(before.framesDecoded + 5);
    expect(now.audioBytes).toBeGreaterThan(before.audioBytes + 500);
  }).toPass({ timeout: 30_000 });
}

/** Waits until the picture of a `video` element moves on. */
export async function advances(video: Locator, milliseconds = 15_000): Promise<void> {
  const position = () =>
    video.evaluate((element: HTMLVideoElement) => element.currentTime, undefined, { timeout: 2_000 });
  let last: number | undefined;
  await expect(async () => {
    const now = await position();
    const before = last;
    last = now;
    expect(before).toBeDefined();
    expect(now).toBeGreaterThan(before!);
  }).toPass({ timeout: milliseconds, intervals: [200] });
}

/** How many devices the page was ever given: asking for one again would make this more. */
export function devicesOpened(page: Page): Promise<number> {
  return page.evaluate(() => window.openedTracks.length);
}

/** How many connections the page ever made. */
export function connections(page: Page): Promise<number> {
  return page.evaluate(() => window.peerConnections.length);
}

/** The kinds of the devices that are on in the page. */
export function liveTracks(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.openedTracks
      .filter(track => track.readyState === "live")
      .map(track => track.kind)
      .sort(),
  );
}

export type PictureStats = { framesReceived: number; frameWidth: number; frameHeight: number };

/** What the page has received of the picture in a `video` element. */
export function pictureOf(video: Locator): Promise<PictureStats> {
  return video.evaluate(async (element: HTMLVideoElement) => {
    const track = (element.srcObject as MediaStream | null)?.getVideoTracks()[0]?.id;
    for (const connection of window.peerConnections) {
      if (connection.connectionState === "closed") continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.trackIdentifier !== track) continue;
        const { framesReceived = 0, frameWidth = 0, frameHeight = 0 } = report;
        return { framesReceived, frameWidth, frameHeight };
      }
    }
    return { framesReceived: 0, frameWidth: 0, frameHeight: 0 };
  });
}

/** Waits until no more of a picture is received, while sound goes on to come. */
export async function standsStill(video: Locator): Promise<void> {
  const sound = async () => (await received(video.page())).audioBytes;
  await expect(async () => {
    const [frames, heard] = [(await pictureOf(video)).framesReceived, await sound()];
    await expect.poll(sound, "sound comes meanwhile").toBeGreaterThan(heard + 3_000);
    expect((await pictureOf(video)).framesReceived).toBe(frames);
  }).toPass({ timeout: 60_000 });
}

/** Waits until more of a picture is received. */
export async function comesAgain(video: Locator): Promise<void> {
  const { framesReceived } = await pictureOf(video);
  await expect
    .poll(async () => (await pictureOf(video)).framesReceived, { timeout: 30_000 })
    .toBeGreaterThan(framesReceived + 3);
}
