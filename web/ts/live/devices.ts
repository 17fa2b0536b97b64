/** The devices of this computer, as the menus show them. */
import { chosen, type Kind } from "./choice";

export interface Device {
  kind: Kind;
  /** Empty for the browser's default, and for all before the person allowed anything. */
  id: string;
  label: string;
  chosen: boolean;
}

const KINDS: Record<MediaDeviceKind, Kind> = {
  videoinput: "camera",
  audioinput: "microphone",
  audiooutput: "speaker",
};

/** All devices as JSON; an insecure page has none. */
export async function listDevices(): Promise<string> {
  if (!navigator.mediaDevices) return "[]";
  const devices: Device[] = [];
  for (const { kind, deviceId, label } of await navigator.mediaDevices.enumerateDevices()) {
    if (KINDS[kind] === "speaker" && !("setSinkId" in HTMLMediaElement.prototype)) continue;
    devices.push({ kind: KINDS[kind], id: deviceId, label, chosen: chosen(KINDS[kind]) === deviceId });
  }
  return JSON.stringify(devices);
}

/** Calls `listener` whenever a device is plugged in or out; the result stops that. */
export function onDevicesChanged(listener: () => void): () => void {
  const media = navigator.mediaDevices;
  if (!media) return () => undefined;
  media.addEventListener("devicechange", listener);
  return () => media.removeEventListener("devicechange", listener);
}

/** Whether this page may use cameras and microphones at all (H9). */
export function isSecure(): boolean {
  return navigator.mediaDevices !== undefined;
}

/** Whether this browser can share a screen; most phones cannot. */
export function canShareScreen(): boolean {
  return navigator.mediaDevices !== undefined && "getDisplayMedia" in navigator.mediaDevices;
}
