// A graphql-transport-ws client that can misbehave: sends any frame and tells what came back and how the socket closed.
import { WebSocket } from "ws";
import { until } from "./servers.ts";

export type Closed = { code: number; reason: string };

export class RawSocket {
  readonly frames: any[] = [];
  closed?: Closed;

  private constructor(private readonly socket: WebSocket) {
    socket.on("message", data => this.frames.push(JSON.parse(data.toString())));
    socket.on("close", (code, reason) => (this.closed = { code, reason: reason.toString() }));
    socket.on("error", () => undefined);
  }

  /** Opens a socket with the subprotocols given; most tests want exactly the right one. */
  static async open(
    url: string,
    headers: Record<string, string> = {},
    protocols: string[] = ["graphql-transport-ws"],
  ): Promise<RawSocket> {
    const raw = new RawSocket(new WebSocket(url, protocols, { headers }));
    await until("the socket to open", () => raw.socket.readyState >= WebSocket.OPEN || raw.closed !== undefined);
    return raw;
  }

  /** Opens a socket and has it acknowledged. */
  static async acknowledged(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(url, headers);
    raw.send({ type: "connection_init" });
    await raw.frame("connection_ack");
    return raw;
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  sendBinary(bytes: Uint8Array): void {
    this.socket.send(bytes);
  }

  /** The first frame of a type, and of an operation when its id is given. */
  async frame(type: string, id?: string): Promise<any> {
    const found = () => this.frames.find(frame => frame.type === type && (id === undefined || frame.id === id));
    await until(`a ${type} frame`, () => {
      if (this.closed && !found()) throw new Error(`closed with ${this.closed.code} ${this.closed.reason}`);
      return found() !== undefined;
    });
    return found();
  }

  /** How the server closed it. */
  async close(): Promise<Closed> {
    await until("the socket to close", () => this.closed !== undefined);
    return this.closed!;
  }

  /** Returns when the server has handled everything sent so far: it answers pings in order. */
  async settled(): Promise<void> {
    const mark = `settled ${this.frames.length}-${Math.random()}`;
    this.send({ type: "ping", payload: { mark } });
    await until("a pong", () => this.frames.some(frame => frame.type === "pong" && frame.payload?.mark === mark));
  }

  end(): void {
    this.socket.terminate();
  }
}
