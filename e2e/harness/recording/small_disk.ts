// A disk of its own for recordings, which a test fills.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Servers } from "../servers.ts";

export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Where blocks will be, for as long as there are none; or why that is impossible here. */
  static mount({ recordings }: Servers, megabytes: number): SmallDisk | string {
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", recordings], {
      encoding: "utf8",
    });
    if (mounted.error) return mounted.error.message;
    return mounted.status === 0 ? new SmallDisk(recordings) : mounted.stderr.trim();
  }

  /** Takes all the room that there is. */
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
  unmount(): void {
    spawnSync("umount", ["-l", this.folder]);
  }

  private get filling(): string {
    return join(this.folder, "filling");
  }
}
