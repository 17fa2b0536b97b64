/**
 * One connection to a room: its device, its two transports, what is received and what is sent.
 *
 * A call is used once. When the connection is lost it is closed whole and the next one starts from nothing, so nothing
 * of the old one can speak into the new one: a closed call emits no event.
 */
import type { types } from "mediasoup-client";
import type { Capture } from "./capture";
import { loadDevice } from "./device";
import { encoding, keepSharp } from "./encodings";
import type {
  ConsumerOptions,
  Direction,
  Emit,
  Event,
  FailedStep,
  IceServer,
  Source,
  TransportOptions,
} from "./messages";
import type { Playback } from "./playback";

/** One decision to send something. */
interface Start {
  source: Source;
  muted: boolean;
}

/** Levels (linear, 0 to 1) above which a person counts as speaking. */
const SPEAKING = 0.01;

export class Call {
  #device: types.Device | null = null;
  #iceServers: IceServer[] = [];
  #transports = new Map<Direction, types.Transport>();
  #producers = new Map<Source, types.Producer>();
  /** What is meant to be sent: a stop or mute that comes while a start is under way must win. */
  #starts = new Map<Source, Start>();
  #consumers = new Map<string, { consumer: types.Consumer; of: ConsumerOptions }>();
  /** Consumers whose end came before their beginning was done. */
  #dropped = new Set<string>();
  #closed = false;

  constructor(
    private readonly capture: Capture,
    private readonly playback: Playback,
    private readonly emit: Emit,
  ) {}

  async load(routerRtpCapabilities: types.RtpCapabilities): Promise<void> {
    try {
      const device = await loadDevice(routerRtpCapabilities);
      this.#device = device;
      this.#say({ type: "loaded", rtpCapabilities: device.recvRtpCapabilities });
    } catch (error) {
      const unsupported = error instanceof Error && error.name === "UnsupportedError";
      this.#fail(unsupported ? "unsupported" : "load", null, error);
    }
  }

  /** What transports made from now on may go through when the network lets nothing else out (H9). */
  useIceServers(iceServers: IceServer[]): void {
    this.#iceServers = iceServers;
  }

  addTransport(direction: Direction, options: TransportOptions): void {
    const device = this.#device;
    if (!device) return;
    const all = { ...options, iceServers: this.#iceServers };
    const transport = direction === "send" ? device.createSendTransport(all) : device.createRecvTransport(all);
    this.#transports.set(direction, transport);
    transport.on("connect", ({ dtlsParameters }, done) => {
      this.#say({ type: "connect", direction, dtlsParameters });
      // Not waiting for the server saves a round trip: ICE and DTLS repeat what arrives too early, and a refusal ends
      // the call from the other side.
      done();
    });
    transport.on("connectionstatechange", (state) => this.#say({ type: "transport", direction, state }));
    transport.on("produce", ({ rtpParameters, appData }, done, refuse) => {
      const start = appData["start"] as Start;
      const { source } = start;
      // Stopped meanwhile, perhaps started once more: the server hears of the newest start only.
      if (this.#starts.get(source) !== start) return refuse(new Error("stopped"));
      this.#say({ type: "produce", source, rtpParameters });
      // The protocol names an own producer by its source, so its id is of no use here and is not waited for.
      done({ id: `local:${source}` });
    });
  }

  async consume(options: ConsumerOptions[]): Promise<void> {
    const transport = this.#transports.get("receive");
    if (!transport) return;
    const ready: string[] = [];
    await Promise.all(
      options.map(async (of) => {
        try {
          const consumer = await transport.consume({
            id: of.id,
            producerId: of.producer,
            kind: isAudio(of.source) ? "audio" : "video",
            rtpParameters: of.rtpParameters,
            // Camera and microphone of a person share a stream, so that the browser keeps lips and voice together.
            streamId: `${of.person}/${of.source === "camera" || of.source === "microphone" ? "person" : "screen"}`,
          });
          if (this.#closed || this.#dropped.delete(of.id)) {
            consumer.close();
            return;
          }
          this.#consumers.set(of.id, { consumer, of });
          if (consumer.kind === "audio") this.playback.setAudio(of.id, consumer.track);
          else this.playback.setVideo(of.id, consumer.track);
          ready.push(of.id);
        } catch (error) {
          this.#fail("consume", of.source, error);
        }
      }),
    );
    if (ready.length > 0) this.#say({ type: "consumed", consumers: ready });
  }

  dropConsumer(id: string): void {
    const entry = this.#consumers.get(id);
    if (!entry) {
      this.#dropped.add(id);
      return;
    }
    this.#consumers.delete(id);
    entry.consumer.close();
    if (entry.consumer.kind === "audio") this.playback.setAudio(id, null);
    else this.playback.setVideo(id, null);
  }

  async produce(source: Source, muted: boolean): Promise<void> {
    const transport = this.#transports.get("send");
    const device = this.#device;
    if (!transport || !device || this.#starts.has(source)) return;
    const start: Start = { source, muted };
    this.#starts.set(source, start);
    // A camera that is switched off has no track, but its seat is kept by a producer that sends nothing.
    const track = this.capture.track(source) ?? (source === "camera" ? stillPicture() : undefined);
    if (!track) {
      this.#starts.delete(source);
      this.#fail("produce", source, new Error("nothing is captured"));
      return;
    }
    track.enabled = !muted;
    try {
      const producer = await transport.produce({
        ...encoding(source, device),
        track,
        // Tracks belong to the capture: a lost call must not switch the camera off.
        stopTracks: false,
        zeroRtpOnPause: true,
        appData: { start },
      });
      if (this.#closed) return;
      if (this.#starts.get(source) !== start) {
        producer.close();
        return;
      }
      this.#producers.set(source, producer);
      if (source === "screen" && producer.rtpSender) keepSharp(producer.rtpSender);
      if (start.muted) producer.pause();
      this.captureChanged(source);
    } catch (error) {
      if (this.#starts.get(source) !== start) return;
      this.#starts.delete(source);
      this.#fail("produce", source, error);
    }
  }

  stopProducing(source: Source): void {
    this.#starts.delete(source);
    this.#producers.get(source)?.close();
    this.#producers.delete(source);
  }

  setMuted(source: Source, muted: boolean): void {
    const start = this.#starts.get(source);
    if (start) start.muted = muted;
    const producer = this.#producers.get(source);
    if (muted) producer?.pause();
    else producer?.resume();
  }

  /** Sends the track that is captured now, after another device was chosen or the camera was switched on again. */
  captureChanged(source: Source): void {
    const producer = this.#producers.get(source);
    const track = this.capture.track(source);
    if (!producer || !track || producer.track === track) return;
    void producer.replaceTrack({ track }).catch((error: unknown) => this.#fail("produce", source, error));
  }

  restartIce(direction: Direction, iceParameters: types.IceParameters): void {
    void this.#transports
      .get(direction)
      ?.restartIce({ iceParameters })
      .catch(() => undefined);
  }

  /** The people who are heard now. */
  speaking(): string[] {
    const people = new Set<string>();
    for (const { consumer, of } of this.#consumers.values()) {
      if (of.source !== "microphone") continue;
      const level = consumer.rtpReceiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
      if (level > SPEAKING) people.add(of.person);
    }
    return [...people].sort();
  }

  close(): void {
    this.#closed = true;
    for (const transport of this.#transports.values()) transport.close();
    this.#transports.clear();
    this.#producers.clear();
    this.#consumers.clear();
    this.playback.clearRemote();
  }

  #say(event: Event): void {
    if (!this.#closed) this.emit(event);
  }

  #fail(step: FailedStep, source: Source | null, error: unknown): void {
    this.#say({ type: "failed", step, source, message: error instanceof Error ? error.message : String(error) });
  }
}

function isAudio(source: Source): boolean {
  return source === "microphone" || source === "screenAudio";
}

/** A track without any moving picture, for a camera that is off. */
function stillPicture(): MediaStreamTrack | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 180;
  canvas.getContext("2d")?.fillRect(0, 0, canvas.width, canvas.height);
  return canvas.captureStream(0).getVideoTracks()[0];
}
