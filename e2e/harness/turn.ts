// A TURN server of its own (coturn), for the networks that let nothing else through.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts, until } from "./servers.ts";

export class TurnServer {
  private output = "";

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** On this port, over UDP and TCP; lets in whoever has a credential made with the secret. */
  static async start(port: number, secret: string): Promise<TurnServer> {
    const folder = mkdtempSync(join(tmpdir(), "roundtable-turn-"));
    const [from] = await freePorts(1);
    const settings = {
      "listening-ip": "127.0.0.1",
      "listening-port": port,
      "relay-ip": "127.0.0.1",
      "min-port": from!,
      "max-port": Math.min(from! + 200, 65_535),
      realm: "rooms.example",
      "static-auth-secret": secret,
      userdb: join(folder, "turndb"),
      pidfile: join(folder, "turn.pid"),
      "log-file": "stdout",
      // Only for tests, where everything is on one machine.
      "cli-password": secret,
    };
    const flags = [
      "use-auth-secret",
      "no-tls",
      "no-dtls",
      "no-cli",
      "allow-loopback-peers",
      "verbose",
      "no-multicast-peers",
    ];
    const named = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
    const process = spawn("turnserver", ["-n", ...flags.map(flag => `--${flag}`), ...named], {
      stdio: ["ignore", "pipe", "pipe"],
      cwd: folder,
    });
    const server = new TurnServer(process, folder);
    let failed: Error | undefined;
    process.on("error", error => (failed = error));
    for (const stream of [process.stdout!, process.stderr!]) stream.on("data", chunk => (server.output += chunk));
    await until("the TURN server to listen", () => {
      if (failed) throw new Error(`${failed.message}: apt-get install coturn`);
      if (process.exitCode !== null) throw new Error(`the TURN server ended:\n${server.output}`);
      return /listener opened on.*:\d+/i.test(server.output);
    });
    return server;
  }

  get log(): string {
    return this.output;
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>(resolve => this.process.once("exit", () => resolve()));
    if (this.process.exitCode === null && this.process.kill("SIGKILL")) await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
