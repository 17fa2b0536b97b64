// The real programs, started on free ports with an empty data folder of their own: api, which starts media.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Where the programs under test are; other places serve measurements of release builds. */
export const programs = process.env.PROGRAMS ?? join(root, "target", "debug");

export type Environment = Record<string, string>;

export class Servers {
  /** Everything both programs wrote, for the report of a failed test. */
  log = "";
  private api?: ChildProcess;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly environment: Environment,
  ) {}

  /** Starts both and returns when api listens and media has dialled it. */
  static async start(environment: Environment = {}): Promise<Servers> {
    const [port, signalling] = await freePorts(2);
    const servers = Servers.with(port!, signalling!, environment);
    await servers.startApi();
    return servers;
  }

  private static with(port: number, signalling: number, environment: Environment): Servers {
    return new Servers(mkdtempSync(join(tmpdir(), "roundtable-e2e-")), port, {
      LISTEN: `127.0.0.1:${port}`,
      MEDIA_LISTEN: `127.0.0.1:${signalling}`,
      MEDIA_RTC_PORT: "0",
      MEDIA_RTC_LISTEN: "127.0.0.1",
      MEDIA_ANNOUNCED_ADDRESS: "127.0.0.1",
      WEB_DIR: join(root, "web", "dist"),
      DEMO: "0",
      RUST_LOG: "info",
      ...environment,
    });
  }

  /** The same with the large event of `api seed`, made with these arguments. */
  static async startSeeded(size: string[], environment: Environment = {}): Promise<Servers> {
    const [port, signalling] = await freePorts(2);
    const servers = Servers.with(port!, signalling!, environment);
    const env = { PATH: process.env.PATH, DATA_DIR: join(servers.folder, "data"), ...servers.environment };
    const seeded = spawnSync(join(programs, "api"), ["seed", ...size], { cwd: servers.folder, env, encoding: "utf8" });
    if (seeded.status !== 0) throw new Error(`the seed failed: ${seeded.stderr}`);
    await servers.startApi();
    return servers;
  }

  get url(): string {
    return `${this.environment.TLS_CERT ? "https" : "http"}://127.0.0.1:${this.port}`;
  }

  /** Where one of the settings that end with a port has it. */
  portOf(setting: "LISTEN" | "MEDIA_LISTEN" | "MEDIA_RTC_PORT"): number {
    return Number(this.environment[setting]!.split(":").pop());
  }

  /** The folder in which media keeps blocks of recordings until the api has their files. */
  get recordings(): string {
    return join(this.folder, "data", "recordings");
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.port}/graphql/ws`;
  }

  get apiPid(): number {
    if (!this.api?.pid) throw new Error("api is not running");
    return this.api.pid;
  }

  /** The media process that api (or its predecessor on the same data) started, or nothing while there is none. */
  get mediaPid(): number | undefined {
    return this.mediaPids()[0];
  }

  /** Starts api on the same port and data again, after a stop or a kill. */
  async startApi(): Promise<void> {
    const program = join(programs, "api");
    if (!existsSync(program)) throw new Error(`${program} is missing: cargo build -p media && cargo build -p api`);
    const api = spawn(program, {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        RUST_BACKTRACE: "1",
        DATA_DIR: join(this.folder, "data"),
        ...this.environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.api = api;
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk;
      this.log += chunk;
    };
    api.stdout.on("data", collect);
    api.stderr.on("data", collect);
    let ended = false;
    api.on("exit", () => (ended = true));
    await until("api to listen", () => {
      if (ended) throw new Error(`api ended at once:\n${output}`);
      return output.includes("listening on http");
    });
  }

  /** Waits until media answers, that is until people can join rooms. */
  async mediaReady(): Promise<void> {
    await until("media to be there", async () => {
      const answer = await fetch(`${this.url}/healthz`).catch(() => undefined);
      return answer?.ok === true && this.mediaPid !== undefined;
    });
  }

  /** Stops both the way Ctrl-C does and starts them on the same data. */
  async restart(): Promise<void> {
    await this.stopApi();
    await this.startApi();
  }

  async killApi(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Kills media in the middle of whatever it does, and returns the process id that is gone. */
  async killMedia(): Promise<number> {
    const pid = this.mediaPid;
    if (pid === undefined) throw new Error("media is not running");
    process.kill(pid, "SIGKILL");
    await until("media to be gone", () => !existsSync(`/proc/${pid}`) || this.mediaPid !== pid);
    return pid;
  }

  /** As for media: pages cannot tell it from a connection that a network has forgotten. */
  pauseApi(): void {
    process.kill(this.apiPid, "SIGSTOP");
  }

  resumeApi(): void {
    process.kill(this.apiPid, "SIGCONT");
  }

  /** Media stays, but does nothing until it is resumed: what a network that swallows everything looks like. */
  pauseMedia(): void {
    process.kill(this.mediaPid!, "SIGSTOP");
  }

  resumeMedia(): void {
    process.kill(this.mediaPid!, "SIGCONT");
  }

  async stopApi(): Promise<void> {
    await this.end("SIGTERM");
  }

  /** Ends both programs and removes their data. */
  async stop(): Promise<void> {
    await this.stopApi();
    for (const pid of this.mediaPids()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended by itself, as it should.
      }
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What is in the log, written beside the test's other results. */
  saveLog(path: string): void {
    writeFileSync(path, this.log);
  }

  /** Found by their data folder, because one whose api was killed has lost its parent and looks for it for a minute. */
  private mediaPids(): number[] {
    const folder = `DATA_DIR=${this.folder}`;
    return readdirSync("/proc")
      .map(Number)
      .filter(pid => pid > 0 && read(`/proc/${pid}/comm`).trim() === "media")
      .filter(pid => read(`/proc/${pid}/environ`).includes(folder));
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const api = this.api;
    if (!api || api.exitCode !== null || api.signalCode !== null) return;
    const exit = new Promise<void>(resolve => api.once("exit", () => resolve()));
    api.kill(signal);
    const late = setTimeout(() => api.kill("SIGKILL"), 20_000);
    await exit;
    clearTimeout(late);
  }
}

/** Waits for a condition instead of guessing how long something takes. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}

/** Ports that nobody listens on at this moment, neither over TCP nor over UDP. */
export async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, holdPort));
  await Promise.all(held.map(one => one.release()));
  return held.map(one => one.port);
}

async function holdPort(): Promise<{ port: number; release: () => Promise<void> }> {
  const listener = createServer();
  await new Promise<void>(resolve => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  const socket = createSocket("udp4");
  const free = await new Promise<boolean>(resolve => {
    socket.once("error", () => resolve(false));
    socket.bind(port, "127.0.0.1", () => resolve(true));
  });
  const release = async () => {
    await new Promise<void>(resolve => socket.close(resolve));
    await new Promise(resolve => listener.close(resolve));
  };
  if (free) return { port, release };
  await release();
  return holdPort();
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
