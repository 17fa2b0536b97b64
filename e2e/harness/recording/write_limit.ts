// A disk that is full for media alone, where none can be mounted: from one moment to another the kernel lets it write no byte to a file.
// It does so by the limit for the size of files (RLIMIT_FSIZE), which anybody may set for a program of their own. Writing fails as on a
// full disk, with another code (EFBIG); folders can be made and files renamed and deleted, as there. Whatever media starts meanwhile,
// such as a render, has the limit for as long as it runs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Servers, programs } from "../servers.ts";
import type { Disk } from "./small_disk.ts";

export class WriteLimit {
  private readonly folder = mkdtempSync(join(tmpdir(), "roundtable-media-"));
  /** For the setting `MEDIA_BIN`; a predecessor's media is found by its name. */
  readonly program = join(this.folder, "media");

  constructor() {
    // Who writes over the limit is told by a signal, which ends a program that does not begin with it ignored.
    const lines = ["#!/bin/sh", "trap '' XFSZ", `exec '${join(programs, "media")}' "$@"`];
    writeFileSync(this.program, `${lines.join("\n")}\n`, { mode: 0o755 });
  }

  /** That of the media of these servers, which run it by the program above. */
  disk(servers: Servers): Disk {
    const set = (bytes: string) => {
      const { status, error, stderr } = spawnSync("prlimit", ["--pid", `${servers.mediaPid}`, `--fsize=${bytes}:`]);
      if (status !== 0) throw new Error(`media has no limit: ${error?.message ?? stderr}`);
    };
    return { fill: () => set("0"), empty: () => set("unlimited"), end: () => undefined };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
