// What media received of one producer and kept: an rtpdump of its packets and sender reports, read without any of media's code. By it
// a number that is missing in the file is told from one that was lost on the wire.
import { readFileSync } from "node:fs";
import type { Codec, Span } from "./timeline.ts";

/** Milliseconds without a packet that are a hole. */
const HOLE = 150;

/** What NTP counts from, in seconds before 1970. */
export const NTP = 2_208_988_800;

type Packet = {
  arrived: number;
  number: number;
  ticks: number;
  /** A picture begins here that needs no other one. */
  key: boolean;
  size?: string;
};

export class Wire {
  /** When each picture was taken, or each packet of sound: milliseconds since 1970, in order. */
  readonly times: number[];
  /** When nothing came, or what came could not be decoded because something before it was lost. */
  readonly holes: Span[];
  /** Packets that never came. */
  readonly lost: number;
  /** The sizes of the picture one after the other, such as "320×180"; of VP8 alone. */
  readonly sizes: string[];

  constructor(dump: Buffer, codec: Codec) {
    const { packets, reports } = read(dump, codec);
    const timed = packets.map(packet => ({ ...packet, time: timeOf(packet, reports, codec.clockRate) }));
    const sizes = packets.flatMap(packet => packet.size ?? []);
    this.sizes = sizes.filter((size, at) => size !== sizes[at - 1]);
    this.times = [...new Set(timed.map(packet => packet.time))].sort((a, b) => a - b);
    const isPicture = codec.channels === 0;
    this.holes = [];
    let lost = 0;
    timed.forEach((packet, at) => {
      const before = timed[at - 1];
      if (!before) return;
      const missing = packet.number - before.number - 1;
      lost += Math.max(0, missing);
      if (missing > 0 && isPicture) {
        // Every picture needs the one before it, until a key frame.
        const key = timed.slice(at).find(packet => packet.key);
        this.holes.push([before.time, key?.time ?? Infinity]);
      } else if (packet.time - before.time > HOLE) {
        this.holes.push([before.time, packet.time]);
      }
    });
    this.lost = lost;
    const first = isPicture ? timed.find(packet => packet.key) : timed[0];
    this.holes.unshift([-Infinity, first?.time ?? Infinity]);
    this.holes.push([timed.at(-1)?.time ?? -Infinity, Infinity]);
  }

  static read(path: string, codec: Codec): Wire {
    return new Wire(readFileSync(path), codec);
  }

  /** Whether something may be missing between these moments. */
  isHole(from: number, to: number): boolean {
    return this.holes.some(([start, end]) => start < to && end > from);
  }
}

type Report = { ticks: number; time: number };

function read(dump: Buffer, codec: Codec): { packets: Packet[]; reports: Report[] } {
  if (!dump.toString("latin1", 0, 12).startsWith("#!rtpplay1.0")) throw new Error("this is no rtpdump");
  const head = dump.indexOf("\n") + 1;
  const start = dump.readUInt32BE(head) * 1000 + dump.readUInt32BE(head + 4) / 1000;
  const packets = new Map<number, Packet>();
  const reports: Report[] = [];
  let [number, ticks]: (number | undefined)[] = [undefined, undefined];
  for (let at = head + 16; at + 8 <= dump.length;) {
    const length = dump.readUInt16BE(at);
    const isRtp = dump.readUInt16BE(at + 2) > 0;
    const arrived = start + dump.readUInt32BE(at + 4);
    const packet = dump.subarray(at + 8, at + length);
    at += length;
    // The last record may be cut off.
    if (length < 8 || at > dump.length) break;
    if (!isRtp) {
      for (const report of reportsIn(packet, codec.ssrc))
        reports.push({ ...report, ticks: nearest(report.ticks, ticks, 2 ** 32) });
      continue;
    }
    if ((packet[1]! & 0x7f) !== codec.payloadType) continue;
    number = nearest(packet.readUInt16BE(2), number, 2 ** 16);
    ticks = nearest(packet.readUInt32BE(4), ticks, 2 ** 32);
    packets.set(number, { arrived, number, ticks, ...look(payloadOf(packet), codec.mime.toLowerCase()) });
  }
  return { packets: [...packets.values()].sort((a, b) => a.number - b.number), reports };
}

/** A number that begins again after the largest, in a row that goes on. */
function nearest(value: number, last: number | undefined, range: number): number {
  if (last === undefined) return value;
  return value + Math.round((last - value) / range) * range;
}

/** By the sender report that is nearest; without any, when it arrived. */
function timeOf(packet: Packet, reports: Report[], clockRate: number): number {
  let best: Report | undefined;
  for (const report of reports) {
    if (!best || Math.abs(report.ticks - packet.ticks) < Math.abs(best.ticks - packet.ticks)) best = report;
  }
  return best ? best.time + ((packet.ticks - best.ticks) * 1000) / clockRate : packet.arrived;
}

function reportsIn(packets: Buffer, ssrc: number): Report[] {
  const reports: Report[] = [];
  for (let at = 0; at + 4 <= packets.length; at += 4 + packets.readUInt16BE(at + 2) * 4) {
    if (packets[at + 1] !== 200 || at + 20 > packets.length || packets.readUInt32BE(at + 4) !== ssrc) continue;
    const time = (packets.readUInt32BE(at + 8) - NTP) * 1000 + (packets.readUInt32BE(at + 12) * 1000) / 2 ** 32;
    reports.push({ time, ticks: packets.readUInt32BE(at + 16) });
  }
  return reports;
}

function payloadOf(packet: Buffer): Buffer {
  const [first] = packet;
  let from = 12 + (first! & 0x0f) * 4;
  if (first! & 0x10) from += 4 + packet.readUInt16BE(from + 2) * 4;
  const padding = first! & 0x20 ? packet.at(-1)! : 0;
  return packet.subarray(from, packet.length - padding);
}

function look(payload: Buffer, mime: string): { key: boolean; size?: string } {
  if (payload.length === 0) return { key: false };
  if (mime === "video/vp8") return lookAtVp8(payload);
  if (mime !== "video/h264") return { key: true };
  // Of a unit alone, the first of several in a packet, or the beginning of one in parts: a sequence's parameters, or a key picture.
  const kind = payload[0]! & 0x1f;
  const inner = kind === 24 ? payload[3]! & 0x1f : kind === 28 && payload[1]! & 0x80 ? payload[1]! & 0x1f : kind;
  return { key: inner === 7 || inner === 5 };
}

/** By RFC 7741, section 4.2, and RFC 6386, section 9.1. */
function lookAtVp8(payload: Buffer): { key: boolean; size?: string } {
  let at = 1;
  if (payload[0]! & 0x80) {
    const more = payload[1]!;
    at += 1;
    if (more & 0x80) at += payload[at]! & 0x80 ? 2 : 1;
    if (more & 0x40) at += 1;
    if (more & 0x30) at += 1;
  }
  const begins = (payload[0]! & 0x17) === 0x10;
  const key = begins && payload.length > at && (payload[at]! & 1) === 0;
  if (!key || payload.length < at + 10) return { key };
  const side = (from: number) => payload.readUInt16LE(from) & 0x3fff;
  return { key, size: `${side(at + 6)}×${side(at + 8)}` };
}
