/** The mediasoup-client chunk: fetched once, early, so that joining does not wait for it. */
import type { types } from "mediasoup-client";

type Mediasoup = typeof import("./mediasoup");

let chunk: Promise<Mediasoup> | undefined;

/** Fetches the chunk. A failed fetch is tried again by the next caller. */
export function preload(): Promise<Mediasoup> {
  chunk ??= import("./mediasoup").catch((error: unknown) => {
    chunk = undefined;
    throw error;
  });
  return chunk;
}

/** A device that knows what both the browser and the room's router can do. */
export async function loadDevice(routerRtpCapabilities: types.RtpCapabilities): Promise<types.Device> {
  const { Device } = await preload();
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities });
  return device;
}
