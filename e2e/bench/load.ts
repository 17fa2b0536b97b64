// Sends one request over and over on several connections, and reports rate, latencies and the server's own CPU time.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

type Load = { perSecond: number; p50: number; p99: number; cpuPerRequest: number };

/** Milliseconds throughout. Answers other than 200 end the measurement. */
export async function load(
  url: string,
  headers: Record<string, string>,
  body: string,
  connections: number,
  seconds: number,
  pid: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request(url, { method: "POST", agent, headers }, response => {
        if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
        response.on("data", () => undefined);
        response.on("end", resolve);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  for (let index = 0; index < 200; index++) await once();

  const latencies: number[] = [];
  const cpu = cpuMilliseconds(pid);
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const sent = performance.now();
        await once();
        latencies.push(performance.now() - sent);
      }
    }),
  );
  const elapsed = performance.now() - started;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return {
    perSecond: (latencies.length / elapsed) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuPerRequest: (cpuMilliseconds(pid) - cpu) / latencies.length,
  };
}

export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)]!;
}

/** User and system time of a process; the kernel counts in hundredths of a second. */
export function cpuMilliseconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
