/**
 * Showing and sounding tracks: pictures go into the page's own `video` elements, sound into elements kept here, since
 * everybody is heard whether or not there is room for their tile (E4).
 */
import { chosen } from "./choice";

type Sinkable = HTMLMediaElement & { setSinkId?: (id: string) => Promise<void> };

export class Playback {
  #streams = new Map<string, MediaStream>();
  #videos = new Map<HTMLVideoElement, string>();
  #audios = new Map<string, HTMLAudioElement>();
  #blocked = new Set<string>();

  constructor(private readonly soundBlocked: (blocked: boolean) => void) {}

  /** Makes the picture of `key` available, or takes it away. */
  setVideo(key: string, track: MediaStreamTrack | null): void {
    if (track) this.#streams.set(key, new MediaStream([track]));
    else this.#streams.delete(key);
    for (const [video, shown] of this.#videos) if (shown === key) this.#show(video, key);
  }

  /** Shows `key` in `video`, now and whenever its track changes, until `detach`. */
  attach(video: HTMLVideoElement, key: string): void {
    this.#videos.set(video, key);
    this.#show(video, key);
  }

  detach(video: HTMLVideoElement): void {
    this.#videos.delete(video);
    video.srcObject = null;
  }

  /** Sounds `track` as `key`, or silences it. */
  setAudio(key: string, track: MediaStreamTrack | null): void {
    this.#audios.get(key)?.remove();
    this.#audios.delete(key);
    if (!track) {
      this.#note(key, false);
      return;
    }
    const audio = document.createElement("audio");
    audio.autoplay = true;
    audio.srcObject = new MediaStream([track]);
    audio.dataset["sound"] = key;
    audio.hidden = true;
    document.body.append(audio);
    this.#audios.set(key, audio);
    void this.#sound(key, audio);
  }

  /** Plays what the browser held back. Must be called from a click. */
  unblock(): void {
    for (const [key, audio] of this.#audios) void this.#sound(key, audio);
  }

  /** Moves all sound to the speaker that is chosen now. */
  useChosenSpeaker(): void {
    for (const audio of this.#audios.values()) this.#route(audio);
  }

  clearRemote(): void {
    for (const key of [...this.#audios.keys()]) this.setAudio(key, null);
    for (const key of [...this.#streams.keys()]) if (!key.startsWith("local:")) this.setVideo(key, null);
  }

  #show(video: HTMLVideoElement, key: string): void {
    const stream = this.#streams.get(key) ?? null;
    if (video.srcObject === stream) return;
    video.srcObject = stream;
    if (stream) void video.play().catch(() => undefined);
  }

  async #sound(key: string, audio: HTMLAudioElement): Promise<void> {
    this.#route(audio);
    try {
      await audio.play();
      this.#note(key, false);
    } catch (error) {
      // Anything but a refusal (for one, an element that was removed meanwhile) needs no click.
      this.#note(key, error instanceof DOMException && error.name === "NotAllowedError");
    }
  }

  #route(audio: Sinkable): void {
    const speaker = chosen("speaker");
    if (audio.setSinkId) void audio.setSinkId(speaker ?? "").catch(() => undefined);
  }

  #note(key: string, blocked: boolean): void {
    const before = this.#blocked.size > 0;
    if (blocked) this.#blocked.add(key);
    else this.#blocked.delete(key);
    const now = this.#blocked.size > 0;
    if (now !== before) this.soundBlocked(now);
  }
}
