/**
 * The mediasoup-client chunk, and what it knows of this browser and the rooms' routers.
 *
 * Both are made ready early, since they are on the way to the first picture: the chunk is fetched, and the device is
 * loaded with what a router could do the last time. All routers of an installation can do the same, so that this is
 * nearly always right; where it is not, the device is loaded again.
 */
import type { types } from "mediasoup-client";

type Mediasoup = typeof import("./mediasoup");

const REMEMBERED = "roundtable.router";

let chunk: Promise<Mediasoup> | undefined;
let loaded: { router: string; device: types.Device } | undefined;

/** Fetches the chunk and loads a device. A failure is tried again by the next caller. */
export async function preload(): Promise<void> {
  const router = remembered();
  if (router) await loadDevice(JSON.parse(router) as types.RtpCapabilities);
  else await fetchChunk();
}

/** A device that knows what both the browser and the room's router can do. */
export async function loadDevice(routerRtpCapabilities: types.RtpCapabilities): Promise<types.Device> {
  const router = JSON.stringify(routerRtpCapabilities);
  if (loaded?.router === router) return loaded.device;
  const { Device } = await fetchChunk();
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities });
  loaded = { router, device };
  remember(router);
  return device;
}

function fetchChunk(): Promise<Mediasoup> {
  chunk ??= import("./mediasoup").catch((error: unknown) => {
    chunk = undefined;
    throw error;
  });
  return chunk;
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(router: string): void {
  try {
    localStorage.setItem(REMEMBERED, router);
  } catch {
    // Without storage the next join is a few hundredths of a second slower.
  }
}
