// A line of one person to the servers: an address of its own on this machine, behind which the pages, the signalling and the packets
// of the room are reached through lanes that a test makes worse, cuts and freezes.
import { type Socket as UdpSocket, createSocket } from "node:dgram";
import { type Server, type Socket, connect, createServer } from "node:net";
import { type Conditions, InOrder, Lane, seeded } from "./lane.ts";

const SERVERS = "127.0.0.1";

/** The ports that the servers use, which are the same on every line. */
export type Ports = { pages: number; signalling: number; media: number };

/** Both directions of one kind of traffic. */
export class Way {
  readonly up: Lane;
  readonly down: Lane;

  constructor(seed: number) {
    this.up = new Lane(seeded(seed));
    this.down = new Lane(seeded(seed + 1));
  }

  both(conditions: Conditions): void {
    this.up.conditions = this.down.conditions = conditions;
  }

  get dropped(): number {
    return this.up.dropped + this.down.dropped;
  }
}

export class Line {
  /** Packets of the room over UDP, the same over TCP, the signalling's socket, and pages with the API. */
  readonly udp: Way;
  readonly tcp: Way;
  readonly signalling: Way;
  readonly pages: Way;
  private readonly closing: (() => void)[] = [];
  private readonly sockets = new Map<Way, Set<Socket>>();

  private constructor(
    readonly address: string,
    seed: number,
  ) {
    this.udp = new Way(seed);
    this.tcp = new Way(seed + 2);
    this.signalling = new Way(seed + 4);
    this.pages = new Way(seed + 6);
  }

  /** Number 1 is 127.0.0.2, and so on. */
  static async open(number: number, ports: Ports, seed = 20_251): Promise<Line> {
    const line = new Line(`127.0.0.${number + 1}`, seed + number * 100);
    await line.stream(ports.pages, line.pages);
    await line.stream(ports.signalling, line.signalling);
    await line.stream(ports.media, line.tcp);
    await line.packets(ports.media, line.udp);
    return line;
  }

  /** Everything, in both directions. */
  freeze(frozen: boolean): void {
    for (const way of [this.udp, this.tcp, this.signalling, this.pages]) way.both({ frozen });
    if (!frozen) for (const sockets of this.sockets.values()) for (const socket of sockets) socket.resume();
  }

  /** Ends every connection of this kind, as a proxy does that is started again. */
  cut(way: Way): number {
    const sockets = [...(this.sockets.get(way) ?? [])];
    for (const socket of sockets) socket.resetAndDestroy();
    return sockets.length / 2;
  }

  async close(): Promise<void> {
    for (const way of this.sockets.keys()) this.cut(way);
    for (const close of this.closing) close();
  }

  private async packets(port: number, way: Way): Promise<void> {
    const clients = new Map<string, UdpSocket>();
    const front = createSocket("udp4");
    front.on("message", (packet, { address, port: from }) => {
      const name = `${address}:${from}`;
      let behind = clients.get(name);
      if (!behind) {
        // Media tells clients apart by where their packets come from, so each has a socket of its own behind the line.
        behind = createSocket("udp4");
        behind.on("message", answer => way.down.send(answer, () => quietly(() => front.send(answer, from, address))));
        behind.on("error", () => undefined);
        clients.set(name, behind);
      }
      const to = behind;
      way.up.send(packet, () => quietly(() => to.send(packet, port, SERVERS)));
    });
    await new Promise<void>((resolve, reject) => {
      front.once("error", reject);
      front.bind(port, this.address, resolve);
    });
    front.on("error", () => undefined);
    this.closing.push(() => {
      front.close();
      for (const behind of clients.values()) behind.close();
    });
  }

  private async stream(port: number, way: Way): Promise<void> {
    const sockets = new Set<Socket>();
    this.sockets.set(way, sockets);
    const server: Server = createServer(near => {
      const far = connect(port, SERVERS);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.setNoDelay();
        socket.on("error", () => undefined);
        socket.on("close", () => sockets.delete(socket));
      }
      flow(near, far, way.up);
      flow(far, near, way.down);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, this.address, resolve);
    });
    this.closing.push(() => void server.close());
  }
}

/** Moves one direction of a stream through a lane. While it is frozen nothing is read, so that the sender notices in time. */
function flow(from: Socket, to: Socket, lane: Lane): void {
  const order = new InOrder();
  let waiting = 0;
  let held: Buffer[] = [];
  const forward = (piece: Buffer): void => {
    const milliseconds = lane.take(piece.length);
    waiting += piece.length;
    if (waiting > (lane.conditions.queueBytes ?? 32_000)) from.pause();
    const write = (): void => {
      waiting -= piece.length;
      if (!to.destroyed) to.write(piece);
      if (from.isPaused() && !lane.conditions.frozen) from.resume();
    };
    order.after(milliseconds, write);
  };
  from.on("data", (piece: Buffer) => {
    if (lane.conditions.frozen) {
      held.push(piece);
      from.pause();
      return;
    }
    forward(piece);
  });
  from.on("resume", () => {
    if (lane.conditions.frozen) return;
    const pieces = held;
    held = [];
    pieces.forEach(forward);
  });
  // The end comes after everything else, and not through a frozen line.
  from.on("close", () => {
    const end = (): void => void (lane.conditions.frozen ? setTimeout(end, 100) : to.destroy());
    setTimeout(end, Math.max(0, lane.conditions.delay ?? 0) + 50);
  });
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // The test is over, and its sockets with it.
  }
}
