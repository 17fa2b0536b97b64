/** The one object the page's Rust side holds: captures, plays, and carries out the commands of the signalling. */
import { Call } from "./call";
import { Capture, type CaptureResult } from "./capture";
import { choose, chosen, type Kind } from "./choice";
import type { Command, Emit, Event, Source } from "./messages";
import { Playback } from "./playback";

/** Milliseconds between two looks at who speaks. */
const SPEAKING_MS = 250;

/** The meter's level above which the person's own voice counts as speaking. */
const OWN_SPEAKING = 0.35;

export class Engine {
  #emit: Emit;
  #playback: Playback;
  #capture: Capture;
  #call: Call;
  #speaking = " false";
  #timer: ReturnType<typeof setInterval>;

  /** `listener` gets every event as JSON, `{ name: fields }`, never during a call into this object. */
  constructor(listener: (event: string) => void) {
    let open = true;
    this.#emit = ({ type, ...fields }) => queueMicrotask(() => open && listener(JSON.stringify({ [type]: fields })));
    this.#closeListener = () => (open = false);
    this.#playback = new Playback((blocked) => this.#emit({ type: "soundBlocked", blocked }));
    this.#capture = new Capture(
      (source) => this.#captureChanged(source),
      (source) => this.#emit({ type: "captureEnded", source }),
    );
    this.#call = this.#newCall();
    this.#timer = setInterval(() => this.#lookWhoSpeaks(), SPEAKING_MS);
  }

  #closeListener: () => void;

  run(json: string): void {
    const command = JSON.parse(json) as Command;
    const call = this.#call;
    switch (command.type) {
      case "load":
        void call.load(command.routerRtpCapabilities);
        break;
      case "iceServers":
        call.useIceServers(command.iceServers);
        break;
      case "receiveTransport":
        call.addTransport("receive", command.transport);
        break;
      case "sendTransport":
        call.addTransport("send", command.transport);
        break;
      case "consume":
        void call.consume(command.consumers);
        break;
      case "dropConsumer":
        call.dropConsumer(command.consumer);
        break;
      case "produce":
        void call.produce(command.source, command.muted);
        break;
      case "stopProducing":
        call.stopProducing(command.source);
        break;
      case "setMuted":
        call.setMuted(command.source, command.muted);
        // The light beside the camera goes out; a microphone stays open, for it must be back within a syllable.
        if (command.source === "camera" && command.muted) this.#capture.close("camera");
        break;
      case "restartIce":
        call.restartIce(command.direction, command.iceParameters);
        break;
      case "closeCapture":
        this.#capture.close(command.source);
        break;
      case "reset":
        call.close();
        this.#call = this.#newCall();
        break;
      default:
        command satisfies never;
    }
  }

  /** Asks for a device; the answer is `{ sources }` or `{ problem }` as JSON. */
  async open(source: Source): Promise<string> {
    const result: CaptureResult = await this.#capture.open(source);
    return JSON.stringify(result);
  }

  /** Switches a device off. */
  closeDevice(source: Source): void {
    this.#capture.close(source);
  }

  /** Chooses a device for now and later; what is being captured or heard moves over at once. */
  async choose(kind: Kind, device: string): Promise<string> {
    const before = chosen(kind);
    choose(kind, device);
    if (kind === "speaker") this.#playback.useChosenSpeaker();
    const captured = kind !== "speaker" && this.#capture.track(kind);
    if (!captured) return JSON.stringify({ sources: [] } satisfies CaptureResult);
    const result = await this.#capture.reopen(kind);
    if ("problem" in result && result.problem !== "cancelled") await this.#goBack(kind, before);
    return JSON.stringify(result);
  }

  /** The chosen device cannot be used: the one before is. */
  async #goBack(kind: "camera" | "microphone", before: string | null): Promise<void> {
    choose(kind, before ?? "");
    if (this.#capture.isLive(kind)) return;
    const result = await this.#capture.open(kind);
    if (!("problem" in result)) return;
    this.#capture.close(kind);
    this.#emit({ type: "captureEnded", source: kind });
  }

  /** Shows a picture: `key` is a consumer's id, `local:camera` or `local:screen`. */
  attach(video: HTMLVideoElement, key: string): void {
    this.#playback.attach(video, key);
  }

  detach(video: HTMLVideoElement): void {
    this.#playback.detach(video);
  }

  /** How loud the own microphone is, 0 to 1. */
  level(): number {
    return this.#capture.level();
  }

  unblockSound(): void {
    this.#playback.unblock();
  }

  /** Ends everything: devices off, sound off, no event after this. */
  close(): void {
    this.#closeListener();
    clearInterval(this.#timer);
    this.#call.close();
    this.#capture.closeAll();
  }

  #newCall(): Call {
    return new Call(this.#capture, this.#playback, (event: Event) => this.#emit(event));
  }

  #captureChanged(source: Source): void {
    if (source === "camera" || source === "screen") {
      this.#playback.setVideo(`local:${source}`, this.#capture.track(source) ?? null);
    }
    this.#call.captureChanged(source);
  }

  #lookWhoSpeaks(): void {
    const people = this.#call.speaking();
    const own = this.#capture.level() > OWN_SPEAKING;
    const now = `${people.join()} ${own}`;
    if (now === this.#speaking) return;
    this.#speaking = now;
    this.#emit({ type: "speaking", people, own });
  }
}
