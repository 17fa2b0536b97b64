/**
 * What this browser captures: camera, microphone and screen, at most one track each.
 *
 * Tracks belong to this page and not to a call, so they outlive a lost connection and are sent again after it (H5).
 */
import { chosen } from "./choice";
import { Meter } from "./meter";
import type { Source } from "./messages";

/** Why a device cannot be used, in words the page explains. */
export type CaptureProblem = "denied" | "missing" | "busy" | "insecure" | "unsupported" | "cancelled" | "failed";

export type CaptureResult = { sources: Source[] } | { problem: CaptureProblem };

const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

const SCREEN_SOUND: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

const SCREEN: DisplayMediaStreamOptions = {
  video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 30 } },
  audio: SCREEN_SOUND,
};

/** What the standard's drafts add and the compiler does not know yet. */
type OwnSound = MediaTrackConstraints & { restrictOwnAudio?: boolean };

/** A shared screen's sound, but never the voices that this page plays: everybody would hear themselves again. */
function screen(): DisplayMediaStreamOptions {
  const known = navigator.mediaDevices.getSupportedConstraints() as { restrictOwnAudio?: boolean };
  if (!known.restrictOwnAudio) return { ...SCREEN, systemAudio: "exclude" } as DisplayMediaStreamOptions;
  return { ...SCREEN, audio: { ...SCREEN_SOUND, restrictOwnAudio: true } as OwnSound };
}

export class Capture {
  #tracks = new Map<Source, MediaStreamTrack>();
  #meter = new Meter();
  /** Which opening of a source is the newest; an older one that resolves later is thrown away. */
  #turn = new Map<Source, number>();

  constructor(
    private readonly changed: (source: Source) => void,
    private readonly ended: (source: Source) => void,
  ) {}

  track(source: Source): MediaStreamTrack | undefined {
    return this.#tracks.get(source);
  }

  /** Asks the person for `source` and keeps its track; a screen brings its sound along when it has any. */
  async open(source: Source): Promise<CaptureResult> {
    if (!navigator.mediaDevices) return { problem: "insecure" };
    const turn = (this.#turn.get(source) ?? 0) + 1;
    this.#turn.set(source, turn);
    try {
      const stream = await request(source);
      if (this.#turn.get(source) !== turn) {
        for (const track of stream.getTracks()) track.stop();
        return { problem: "cancelled" };
      }
      return { sources: stream.getTracks().map((track) => this.#keep(source, track)) };
    } catch (error) {
      return { problem: problem(source, error) };
    }
  }

  /**
   * Opens `source` again after another device was chosen. Where two cameras cannot be open at the same time, as on
   * phones, the old one stops first.
   */
  async reopen(source: Source): Promise<CaptureResult> {
    const result = await this.open(source);
    if (!("problem" in result) || result.problem !== "busy") return result;
    const old = this.#tracks.get(source);
    if (old) old.onended = null;
    old?.stop();
    return this.open(source);
  }

  /** Whether `source` is captured and its device is on. */
  isLive(source: Source): boolean {
    return this.#tracks.get(source)?.readyState === "live";
  }

  /** Stops the device, so that its light goes out. */
  close(source: Source): void {
    this.#turn.set(source, (this.#turn.get(source) ?? 0) + 1);
    const track = this.#tracks.get(source);
    if (!track) return;
    track.onended = null;
    track.stop();
    this.#tracks.delete(source);
    if (source === "microphone") this.#meter.watch(null);
    this.changed(source);
  }

  closeAll(): void {
    // Also those that are being asked for: their answer may come after this.
    for (const source of new Set([...this.#turn.keys(), ...this.#tracks.keys()])) this.close(source);
  }

  /** How loud the microphone is now, 0 to 1. */
  level(): number {
    return this.#meter.level();
  }

  #keep(asked: Source, track: MediaStreamTrack): Source {
    const source = asked === "screen" && track.kind === "audio" ? "screenAudio" : asked;
    const old = this.#tracks.get(source);
    if (old) {
      old.onended = null;
      old.stop();
    }
    if (source === "screen") track.contentHint = "detail";
    track.onended = () => {
      this.close(source);
      this.ended(source);
    };
    this.#tracks.set(source, track);
    if (source === "microphone") this.#meter.watch(track);
    this.changed(source);
    return source;
  }
}

function request(source: Source): Promise<MediaStream> {
  const media = navigator.mediaDevices;
  switch (source) {
    case "camera":
      return media.getUserMedia({ video: { ...CAMERA, ...preferred("camera") } });
    case "microphone":
      return media.getUserMedia({ audio: { ...MICROPHONE, ...preferred("microphone") } });
    case "screen":
    case "screenAudio":
      return media.getDisplayMedia
        ? media.getDisplayMedia(screen())
        : Promise.reject(new DOMException("no screen capture here", "NotSupportedError"));
  }
}

/** A remembered device that is unplugged now must not stop the person, so it is a wish and not a condition. */
function preferred(kind: "camera" | "microphone"): MediaTrackConstraints {
  const device = chosen(kind);
  return device ? { deviceId: { ideal: device } } : {};
}

function problem(source: Source, error: unknown): CaptureProblem {
  const name = error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      // Closing the browser's own screen picker is a change of mind, not a refusal.
      return source === "screen" ? "cancelled" : "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "NotSupportedError":
    case "InvalidStateError":
      return "unsupported";
    default:
      return "failed";
  }
}
