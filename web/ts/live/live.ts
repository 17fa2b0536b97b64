/** What the page's Rust side calls: see `src/live/shim.rs`. */
import { preload } from "./device";

export { canShareScreen, isSecure, listDevices, onDevicesChanged } from "./devices";
export { Engine } from "./engine";
export { ring, testSound } from "./meter";
export {
  canFullScreen,
  keepFocusIn,
  keepAwake,
  onAwake,
  onFullScreenChanged,
  onNetworkChanged,
  onPageLeft,
  onShortcut,
  onVisibility,
  randomNumber,
  toggleFullScreen,
  toggleFullScreenOf,
  watchFullScreen,
  watchSize,
} from "./stage";

/** Fetches the media chunk ahead of joining; a failure shows when joining needs it. */
export function preloadMedia(): void {
  preload().catch(() => undefined);
}

/** Fetches what moves YouTube's player, with the first video that somebody shares. */
export async function loadVideoFrame(): Promise<typeof import("./youtube").VideoFrame> {
  return (await import("./youtube")).VideoFrame;
}
