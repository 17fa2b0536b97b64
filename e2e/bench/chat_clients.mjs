// Many people who read one chat, in a thread of their own: what each of them hears, in which order, and how late. A thread runs
// plain JavaScript, since nothing translates TypeScript there.
import { performance } from "node:perf_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { WebSocket } from "ws";

const { url, cookies, session, query, clients, messages, sent, late } = workerData;

/** When each message was sent, by what it says; written by whoever sends. */
const sentAt = new Float64Array(sent);
/** Milliseconds from there to each client, one row of clients for each message. */
const lateness = new Float32Array(late);
const now = () => Number(process.hrtime.bigint()) / 1e6;

let complete = 0;
const wrong = [];

function open(index) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, ["graphql-transport-ws"], {
      headers: { cookie: cookies[index % cookies.length] },
    });
    let last = 0;
    socket.on("error", reject);
    socket.on("close", code => wrong.push(`client ${index} was closed with ${code}`));
    socket.on("open", () => socket.send(`{"type":"connection_init"}`));
    socket.on("message", data => {
      const arrived = now();
      const frame = data.toString();
      if (!frame.includes(`"type":"next"`)) {
        const { type, payload } = JSON.parse(frame);
        if (type === "connection_ack") {
          socket.send(JSON.stringify({ type: "subscribe", id: "1", payload: { query, variables: { id: session } } }));
          // Answered once what was sent before it was handled.
          socket.send(`{"type":"ping","payload":{"settled":true}}`);
        } else if (type === "pong") resolve(socket);
        else if (type !== "ping") wrong.push(`client ${index} got ${type} ${JSON.stringify(payload)}`);
        return;
      }
      const number = Number(/"number":(\d+)/.exec(frame)?.[1]);
      const place = Number(/"text":"Message (\d+)\./.exec(frame)?.[1]);
      if (number !== last + 1) wrong.push(`client ${index} got ${number} after ${last}`);
      last = number;
      lateness[place * clients + index] = arrived - sentAt[place];
      if (last === messages && ++complete === clients) parentPort.postMessage("complete");
    });
  });
}

let begun;
const sockets = [];
for (let index = 0; index < clients; index += 25) {
  const some = Array.from({ length: Math.min(25, clients - index) }, (_, step) => open(index + step));
  sockets.push(...(await Promise.all(some)));
}
parentPort.on("message", what => {
  if (what === "begin") begun = performance.eventLoopUtilization();
  if (what === "report") {
    const { utilization } = performance.eventLoopUtilization(begun);
    parentPort.postMessage({ wrong, utilization, complete });
  }
  if (what === "end") {
    for (const socket of sockets) socket.removeAllListeners("close").terminate();
    parentPort.close();
  }
});
parentPort.postMessage("ready");
