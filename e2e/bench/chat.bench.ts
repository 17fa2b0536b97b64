// One chat that 1,000 people read, with 20 messages a second (I1): how long each takes from its mutation to each reader, what
// of the server's CPU a delivery takes, and that everybody hears every message once and in one order.
import { mkdirSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Caller } from "../harness/caller.ts";
import { attendee, liveEvent, session } from "../harness/programme.ts";
import { Servers, until } from "../harness/servers.ts";
import { expect, test } from "../harness/test.ts";
import { cpuMilliseconds, quantile } from "./load.ts";

const clients = 1_000;
const perSecond = 20;
const seconds = 30;
/** These are not measured. */
const warmUp = 40;
const messages = warmUp + perSecond * seconds;
/** One person may write one message a second. */
const writers = 40;
/** Readers stand in threads: one alone would be what is measured. */
const threads = 2;

/** What a page asks for. */
const fields = `id number revision author { id name picture { id isAnimated isSmall full { url } card { url } } } fromHost text
  mentions { id name } replyTo { id author { name } text mentions { id name } deletedAt } reactions { emoji count }
  createdAt editedAt deletedAt deletedByHost`;

type Report = { wrong: string[]; utilization: number; complete: number };

test(`a chat with ${clients} readers and ${perSecond} messages a second`, async () => {
  const servers = await Servers.start({ RUST_LOG: "warn" });
  const readers: Worker[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: writers });
  try {
    const programme = await liveEvent(servers);
    const id = await session(programme, "Round table");
    const people: Caller[] = [];
    for (let number = 0; number < writers; number++) people.push(await attendee(programme, `Writer ${number}`));
    const sentAt = new Float64Array(new SharedArrayBuffer(8 * messages));
    const lateness: Float32Array[] = [];
    const each = clients / threads;
    const heard: (string | Report)[][] = [];
    for (let thread = 0; thread < threads; thread++) {
      lateness.push(new Float32Array(new SharedArrayBuffer(4 * messages * each)));
      const said: (string | Report)[] = [];
      const reader = new Worker(join(import.meta.dirname, "chat_clients.mjs"), {
        workerData: {
          url: servers.socketUrl,
          cookies: people.map(person => person.cookie),
          session: id,
          query: `subscription($id: ID!) { messageChanged(sessionId: $id) { ${fields} } }`,
          clients: each,
          messages,
          sent: sentAt.buffer,
          late: lateness[thread]!.buffer,
        },
      });
      reader.on("message", what => said.push(what));
      reader.on("error", error => said.push(`error: ${error}`));
      readers.push(reader);
      heard.push(said);
    }
    const all = (what: string) =>
      heard.every(said => {
        const error = said.find(one => typeof one === "string" && one.startsWith("error"));
        if (error) throw new Error(String(error));
        return said.includes(what);
      });
    await until("the readers to listen", () => all("ready"), 120);

    const query = `mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { ${fields} } } }`;
    const answers: Promise<string>[] = [];
    const send = (number: number) => {
      const input = {
        sessionId: id,
        text: `Message ${number}. What one says in a sentence or two.`,
        clientId: `${number}`,
      };
      const body = JSON.stringify({ query, variables: { input } });
      sentAt[number] = now();
      answers.push(post(servers, agent, people[number % writers]!.cookie, body));
    };
    const stream = async (from: number, to: number) => {
      const began = now();
      for (let number = from; number < to; number++) {
        const wait = began + ((number - from) * 1_000) / perSecond - now();
        if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
        send(number);
      }
    };
    await stream(0, warmUp);
    for (const answer of await Promise.all(answers)) expect(answer).not.toContain(`"errors"`);
    for (const reader of readers) reader.postMessage("begin");
    const [cpu, began] = [cpuMilliseconds(servers.apiPid), now()];
    await stream(warmUp, messages);
    for (const answer of await Promise.all(answers)) expect(answer).not.toContain(`"errors"`);
    await until("every reader to have every message", () => all("complete"), 120);
    const [spent, lasted] = [cpuMilliseconds(servers.apiPid) - cpu, now() - began];

    for (const reader of readers) reader.postMessage("report");
    const reportOf = (said: (string | Report)[]) => said.find(one => typeof one === "object");
    await until("the readers to report", () => heard.every(said => reportOf(said) !== undefined));
    const reports = heard.map(said => reportOf(said) as Report);
    expect(reports.flatMap(report => report.wrong).slice(0, 10), "each message once and in order").toEqual([]);
    expect(reports.reduce((sum, report) => sum + report.complete, 0)).toBe(clients);

    const of = (number: number) => lateness.flatMap(late => [...late.subarray(number * each, (number + 1) * each)]);
    const numbers = Array.from({ length: messages - warmUp }, (_, step) => warmUp + step);
    const rows = numbers.map(number => {
      const sorted = of(number).sort((a, b) => a - b);
      const figures = [0, 0.5, 0.95, 0.99, 1].map(share => quantile(sorted, share).toFixed(2));
      return [number, (sentAt[number]! - began).toFixed(1), ...figures].join(",");
    });
    mkdirSync(join(import.meta.dirname, "results"), { recursive: true });
    const file = join(import.meta.dirname, "results", "chat.csv");
    writeFileSync(file, ["message,sent_ms,first_ms,p50_ms,p95_ms,p99_ms,last_ms", ...rows, ""].join("\n"));

    const every = Float32Array.from(numbers.flatMap(of)).sort();
    const deliveries = every.length;
    const figure = (share: number) => quantile(every, share).toFixed(1);
    console.log(
      `chat, ${clients} readers, ${perSecond} messages a second for ${(lasted / 1000).toFixed(1)} s, ${deliveries} deliveries: ` +
        `p50 ${figure(0.5)} ms, p95 ${figure(0.95)} ms (aim: 100 ms), p99 ${figure(0.99)} ms, last ${figure(1)} ms; server CPU ` +
        `${((spent / deliveries) * 1000).toFixed(1)} µs per delivery, ${((spent / lasted) * 100).toFixed(0)} % of a core; ` +
        `readers' threads busy ${reports.map(report => `${(report.utilization * 100).toFixed(0)} %`).join(", ")}`,
    );
  } finally {
    for (const reader of readers) reader.postMessage("end");
    agent.destroy();
    await servers.stop();
  }
});

/** The same clock in all threads, in milliseconds. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function post(servers: Servers, agent: Agent, cookie: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", accept: "application/json", cookie };
    const sent = request(`${servers.url}/graphql`, { method: "POST", agent, headers }, response => {
      let answer = "";
      response.on("data", chunk => (answer += chunk));
      response.on("end", () => resolve(answer));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
