// What media writes down of blocks while it records them, kept for longer than media does: it removes a block as soon as its file is
// with the api. Files that are linked stay.
import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Servers } from "../servers.ts";
import { Timeline } from "./timeline.ts";
import type { Block } from "./truth.ts";
import { Wire } from "./wire.ts";

export class Kept {
  private readonly folder: string;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly servers: Servers) {
    // On the same disk, and gone with the rest.
    this.folder = join(dirname(servers.recordings), "kept");
    this.timer = setInterval(() => this.link(), 100);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** A block that crashed has no end: it is `until` then, in milliseconds since 1970. */
  timeline(block: string, until?: number): Timeline {
    return new Timeline(this.timelineText(block), until);
  }

  timelineText(block: string): string {
    return readFileSync(join(this.folder, block, "timeline.jsonl"), "utf8");
  }

  wires(block: string, timeline: Timeline): Block["wires"] {
    return timeline.tracks.map(({ track, name, source, codec }) => {
      return { name, source, wire: Wire.read(join(this.folder, block, `${track}.rtpdump`), codec) };
    });
  }

  private link(): void {
    if (!existsSync(dirname(this.folder))) return this.stop();
    for (const block of blocksOnDisk(this.servers)) {
      const [from, to] = [join(this.servers.recordings, block), join(this.folder, block)];
      mkdirSync(to, { recursive: true });
      for (const name of names(from).filter(name => /^(timeline\.jsonl|\d+\.rtpdump)$/.test(name))) {
        if (existsSync(join(to, name))) continue;
        try {
          linkSync(join(from, name), join(to, name));
        } catch {
          // It went at this moment; everything in it had been linked long before.
        }
      }
    }
  }
}

/** The ids of those that media has, the first one first. */
export function blocksOnDisk({ recordings }: Servers): string[] {
  return names(recordings)
    .filter(name => /^[0-9A-Z]{26}$/.test(name))
    .sort();
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
