/** What the page's Rust side calls: see `src/live/shim.rs`. */
import { preload } from "./device";
import type { VideoFrame } from "./youtube";

export { canShareScreen, isSecure, listDevices, onDevicesChanged } from "./devices";
export { Engine } from "./engine";
export { ring, testSound } from "./meter";
export {
  canFullScreen,
  enterPanel,
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

/** Puts YouTube's player into the page; what moves it is fetched with the first video that somebody shares. */
export async function openVideoFrame(...wanted: ConstructorParameters<typeof VideoFrame>): Promise<VideoFrame> {
  const { VideoFrame } = await import("./youtube");
  return new VideoFrame(...wanted);
}
