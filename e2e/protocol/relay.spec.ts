// The lines of the browser tests are what they say: a test on a bad network proves nothing where the network was good.
import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";
import { expect, test } from "@playwright/test";
import { Lane, seeded } from "../harness/lane.ts";
import { Line } from "../harness/relay.ts";
import { freePorts, until } from "../harness/servers.ts";

const PACKET = Buffer.alloc(1000);

function sendThrough(lane: Lane, count: number): number[] {
  const arrived: number[] = [];
  for (let number = 0; number < count; number += 1) lane.send(PACKET, () => arrived.push(number));
  return arrived;
}

test("a lane loses about as much as it should, and the same packets each time", () => {
  const [first, second, other] = [new Lane(seeded(7)), new Lane(seeded(7)), new Lane(seeded(8))];
  for (const lane of [first, second, other]) lane.conditions = { loss: 0.1 };
  const arrived = sendThrough(first, 10_000);
  expect(first.counters.lost).toBeGreaterThan(900);
  expect(first.counters.lost).toBeLessThan(1100);
  expect(first.counters.passed + first.dropped).toBe(10_000);
  expect(sendThrough(second, 10_000)).toEqual(arrived);
  expect(sendThrough(other, 10_000)).not.toEqual(arrived);
});

test("a limited lane passes its rate, and drops what its queue cannot hold", async () => {
  const lane = new Lane(seeded(1));
  lane.conditions = { bitsPerSecond: 80_000, queueBytes: 5_000 };
  const began = performance.now();
  const arrived = sendThrough(lane, 20);
  expect(lane.counters.overflowed).toBe(15);
  await until("what was queued to arrive", () => arrived.length === 5);
  // A tenth of a second for each.
  expect(performance.now() - began).toBeGreaterThan(480);
  expect(arrived).toEqual([0, 1, 2, 3, 4]);
});

test("nothing overtakes, and a frozen lane lets nothing through", async () => {
  const lane = new Lane(seeded(1));
  lane.conditions = { delay: 20, jitter: 60 };
  const arrived = sendThrough(lane, 50);
  expect(arrived).toEqual([]);
  await until("all to arrive", () => arrived.length === 50);
  expect(arrived).toEqual([...arrived].sort((one, other) => one - other));
  lane.conditions = { frozen: true };
  expect(sendThrough(lane, 5)).toEqual([]);
  expect(lane.counters.frozen).toBe(5);
});

test("a line carries packets and streams both ways, freezes without losing a byte, and cuts", async () => {
  const [pages, signalling, media] = (await freePorts(3)) as [number, number, number];
  const echo = createSocket("udp4");
  echo.on("message", (packet, from) => echo.send(packet, from.port, from.address));
  await new Promise<void>(resolve => echo.bind(media, "127.0.0.1", resolve));
  const streams = createServer(socket => {
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>(resolve => streams.listen(signalling, "127.0.0.1", resolve));
  const line = await Line.open(101, { pages, signalling, media });
  const other = await Line.open(102, { pages, signalling, media });

  const client = createSocket("udp4");
  let packets = 0;
  client.on("message", () => (packets += 1));
  client.send("a", media, line.address);
  await until("a packet to come back", () => packets === 1);
  line.udp.up.conditions = { frozen: true };
  client.send("b", media, line.address);
  await until("a packet to be dropped", () => line.udp.up.counters.frozen === 1);
  expect(packets).toBe(1);

  const stream = connect(signalling, line.address);
  let text = "";
  let closed = false;
  stream.on("data", piece => (text += piece));
  stream.on("error", () => undefined);
  stream.on("close", () => (closed = true));
  stream.write("one ");
  await until("a word to come back", () => text === "one ");
  line.freeze(true);
  stream.write("two ");
  stream.write("three");
  // What is sent later on another line comes back: a line that leaks would have leaked by then.
  const second = connect(signalling, other.address);
  let echoed = "";
  second.on("data", piece => (echoed += piece));
  for (const word of ["later ", "and later"]) {
    second.write(word);
    await until("a word to come back on the other line", () => echoed.endsWith(word));
  }
  expect(text).toBe("one ");
  line.freeze(false);
  await until("the rest to come back", () => text === "one two three");
  expect(line.cut(line.signalling)).toBe(1);
  await until("the stream to be cut", () => closed);

  client.close();
  second.destroy();
  await line.close();
  await other.close();
  echo.close();
  await new Promise(resolve => streams.close(resolve));
});
