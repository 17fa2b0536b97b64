// A disk of its own for recordings, which a test fills. To mount one takes rights that not everybody has.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Servers } from "../servers.ts";

/** What recordings are written to. */
export type Disk = {
  /** Takes all the room that there is. */
  fill(): void;
  empty(): void;
  end(): void;
};

export class SmallDisk implements Disk {
  private constructor(private readonly folder: string) {}

  /** Where blocks will be, for as long as there are none; nothing where that is not allowed. */
  static mount({ recordings }: Servers, megabytes: number): SmallDisk | undefined {
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", recordings]);
    return mounted.status === 0 ? new SmallDisk(recordings) : undefined;
  }

  fill(): void {
    const file = openSync(this.filling, "a");
    const piece = Buffer.alloc(64 * 1024);
    try {
      for (;;) writeSync(file, piece);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      closeSync(file);
    }
  }

  empty(): void {
    rmSync(this.filling, { force: true });
  }

  /** Also while somebody has files open on it. */
  end(): void {
    spawnSync("umount", ["-l", this.folder]);
  }

  private get filling(): string {
    return join(this.folder, "filling");
  }
}
