// An ffmpeg that fails or waits when a test wants it to, and else is the real one.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Encoder {
  private readonly folder = mkdtempSync(join(tmpdir(), "roundtable-encoder-"));
  /** For the setting `FFMPEG`. */
  readonly program = join(this.folder, "ffmpeg");

  constructor() {
    const lines = [
      "#!/bin/sh",
      `if [ -e '${this.folder}/fails' ]; then echo 'it was told to fail' >&2; exit 1; fi`,
      `while [ -e '${this.folder}/waits' ]; do sleep 0.1; done`,
      'exec ffmpeg "$@"',
    ];
    writeFileSync(this.program, `${lines.join("\n")}\n`, { mode: 0o755 });
  }

  fails(on: boolean): void {
    this.set("fails", on);
  }

  /** Once this is off, what waits goes on. */
  waits(on: boolean): void {
    this.set("waits", on);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private set(name: string, on: boolean): void {
    if (on) writeFileSync(join(this.folder, name), "");
    else rmSync(join(this.folder, name), { force: true });
  }
}
