/**
 * What the page's Rust side and this layer say to each other: commands go in, events come out, both as JSON.
 *
 * The Rust side of the same words is `src/live/engine.rs`; its tests hold the exact spelling.
 */
import type { types } from "mediasoup-client";

/** What one producer carries, as the signalling protocol spells it. */
export type Source = "microphone" | "camera" | "screen" | "screenAudio";

export type Direction = "send" | "receive";

export interface TransportOptions {
  id: string;
  iceParameters: types.IceParameters;
  iceCandidates: types.IceCandidate[];
  dtlsParameters: types.DtlsParameters;
}

/** A TURN server, with a name and a word for it that end by themselves. */
export interface IceServer {
  urls: string[];
  username: string;
  credential: string;
}

export interface ConsumerOptions {
  id: string;
  producer: string;
  person: string;
  source: Source;
  rtpParameters: types.RtpParameters;
}

/** What the Rust side wants done. Nothing here answers at once: results are events. */
export type Command =
  | { type: "load"; routerRtpCapabilities: types.RtpCapabilities }
  | { type: "iceServers"; iceServers: IceServer[] }
  | { type: "receiveTransport"; transport: TransportOptions }
  | { type: "sendTransport"; transport: TransportOptions }
  | { type: "consume"; consumers: ConsumerOptions[] }
  | { type: "dropConsumer"; consumer: string }
  | { type: "produce"; source: Source; muted: boolean }
  | { type: "stopProducing"; source: Source }
  | { type: "setMuted"; source: Source; muted: boolean }
  | { type: "restartIce"; direction: Direction; iceParameters: types.IceParameters }
  | { type: "closeCapture"; source: Source }
  | { type: "reset" };

/** What happened here that the Rust side must know. */
export type Event =
  | { type: "loaded"; rtpCapabilities: types.RtpCapabilities }
  | { type: "connect"; direction: Direction; dtlsParameters: types.DtlsParameters }
  | { type: "consumed"; consumers: string[] }
  | { type: "produce"; source: Source; rtpParameters: types.RtpParameters }
  | { type: "transport"; direction: Direction; state: types.ConnectionState }
  | { type: "failed"; step: FailedStep; source: Source | null; message: string }
  | { type: "captureEnded"; source: Source }
  | { type: "speaking"; people: string[]; own: boolean }
  | { type: "soundBlocked"; blocked: boolean };

/** `unsupported` is a browser that cannot do this at all; everything else may work the next time. */
export type FailedStep = "load" | "unsupported" | "consume" | "produce";

export type Emit = (event: Event) => void;
