// graphql-transport-ws to the letter, with raw frames: every close code, and what must not close the socket.
import { attendee, liveEvent, session } from "../harness/programme.ts";
import { RawSocket } from "../harness/socket.ts";
import { expect, test } from "../harness/test.ts";

const subscribe = (id: string, query: string, variables: object = {}) => ({
  id,
  type: "subscribe",
  payload: { query, variables },
});

test("a frame that is no message closes with 4400 (O1)", async ({ servers }) => {
  const mistakes: (object | string)[] = [
    "{ not json",
    '"text"',
    "[]",
    { type: "unknown" },
    { type: "x".repeat(4000) },
    { type: "subscribe", id: "1" },
    { type: "subscribe", id: "1", payload: {} },
    { type: "subscribe", payload: { query: "{ __typename }" } },
    { type: "subscribe", id: 1, payload: { query: "{ __typename }" } },
    { type: "complete" },
  ];
  for (const mistake of mistakes) {
    const socket = await RawSocket.acknowledged(servers.socketUrl);
    socket.send(mistake);
    expect((await socket.close()).code, JSON.stringify(mistake).slice(0, 80)).toBe(4400);
  }
  const binary = await RawSocket.acknowledged(servers.socketUrl);
  binary.sendBinary(new Uint8Array([1, 2, 3]));
  expect((await binary.close()).code).toBe(4400);
});

test("subscribing before the acknowledgement closes with 4401 (O1)", async ({ servers }) => {
  const socket = await RawSocket.open(servers.socketUrl);
  socket.send(subscribe("1", "{ __typename }"));
  expect(await socket.close()).toEqual({ code: 4401, reason: "Unauthorized" });
});

test("another page's origin closes with 4403, the own one is served (O1)", async ({ servers }) => {
  const foreign = await RawSocket.open(servers.socketUrl, { origin: "https://elsewhere.example" });
  if (!foreign.closed) foreign.send({ type: "connection_init" });
  expect(await foreign.close()).toEqual({ code: 4403, reason: "Forbidden" });
  const own = await RawSocket.acknowledged(servers.socketUrl, { origin: servers.url });
  own.end();
});

test("no subprotocol or only others closes with 4406 (O1)", async ({ servers }) => {
  for (const protocols of [[], ["graphql-ws"], ["mqtt", "graphql-ws"]]) {
    const socket = await RawSocket.open(servers.socketUrl, {}, protocols);
    expect((await socket.close()).code, protocols.join()).toBe(4406);
  }
  const among = await RawSocket.open(servers.socketUrl, {}, ["graphql-ws", "graphql-transport-ws"]);
  among.send({ type: "connection_init" });
  await among.frame("connection_ack");
  among.end();
});

test("no connection_init in time closes with 4408 (O1)", async ({ servers }) => {
  const socket = await RawSocket.open(servers.socketUrl);
  expect((await socket.close()).code).toBe(4408);
});

test("an id in use closes with 4409, an id that is free again does not (O1)", async ({ servers }) => {
  const { event } = await liveEvent(servers);
  const changes = "subscription($id: ID!) { eventChanged(eventId: $id) { id } }";
  const socket = await RawSocket.acknowledged(servers.socketUrl);
  socket.send(subscribe("again", "{ __typename }"));
  await socket.frame("complete", "again");
  socket.send(subscribe("again", changes, { id: event }));
  socket.send({ type: "complete", id: "again" });
  socket.send(subscribe("again", changes, { id: event }));
  await socket.settled();
  expect(socket.closed).toBeUndefined();
  socket.send(subscribe("again", changes, { id: event }));
  expect(await socket.close()).toEqual({ code: 4409, reason: "Subscriber for again already exists" });
});

test("a second connection_init closes with 4429 (O1)", async ({ servers }) => {
  const socket = await RawSocket.acknowledged(servers.socketUrl);
  socket.send({ type: "connection_init" });
  expect(await socket.close()).toEqual({ code: 4429, reason: "Too many initialisation requests" });
});

test("a ping is answered with its payload, a pong with nothing (O1)", async ({ servers }) => {
  const socket = await RawSocket.open(servers.socketUrl);
  socket.send({ type: "ping", payload: { at: 17 } });
  expect(await socket.frame("pong")).toEqual({ type: "pong", payload: { at: 17 } });
  socket.send({ type: "pong", payload: { unasked: true } });
  socket.send({ type: "connection_init" });
  await socket.frame("connection_ack");
  expect(socket.frames).toHaveLength(2);
  socket.end();
});

test("completing an operation is silent, and so is completing an unknown one (O1)", async ({ servers }) => {
  const { event } = await liveEvent(servers);
  const socket = await RawSocket.acknowledged(servers.socketUrl);
  socket.send(subscribe("s", "subscription($id: ID!) { eventChanged(eventId: $id) { id } }", { id: event }));
  socket.send({ type: "complete", id: "s" });
  socket.send({ type: "complete", id: "never seen" });
  await socket.settled();
  expect(socket.frames.filter(frame => frame.type === "complete")).toEqual([]);
  expect(socket.closed).toBeUndefined();
  socket.end();
});

test("an invalid document gets an error frame, and the socket stays (O1)", async ({ servers }) => {
  const socket = await RawSocket.acknowledged(servers.socketUrl);
  for (const [id, query] of [
    ["syntax", "{"],
    ["field", "{ nosuch }"],
    ["variable", "query($id: ID!) { node(id: $id) { id } }"],
    ["depth", "{ a".repeat(40) + " }".repeat(40)],
  ] as const) {
    socket.send(subscribe(id, query));
    const frame = await socket.frame("error", id);
    expect(frame.payload[0].message.length, id).toBeGreaterThan(0);
  }
  await socket.settled();
  expect(socket.frames.filter(frame => frame.type === "complete" || frame.type === "next")).toEqual([]);
  socket.send(subscribe("after", "{ __typename }"));
  expect((await socket.frame("next", "after")).payload).toEqual({ data: { __typename: "Query" } });
  await socket.frame("complete", "after");
  socket.end();
});

test("more operations than allowed on one socket are refused, the others go on (O1)", async ({ servers }) => {
  const programme = await liveEvent(servers);
  const changes = "subscription($id: ID!) { sessionChanged(eventId: $id) { session { title } } }";
  const socket = await RawSocket.acknowledged(servers.socketUrl, { cookie: programme.organizer.cookie });
  for (let index = 0; index < 200; index++) {
    socket.send(subscribe(`s${index}`, changes, { id: programme.event }));
  }
  const refused = await socket.frame("error", "s199");
  expect(refused.payload[0].extensions.code).toMatch(/^(GRAPHQL_INVALID|RATE_LIMITED)$/);
  await session(programme, "Afterwards");
  expect((await socket.frame("next", "s0")).payload.data.sessionChanged.session.title).toBe("Afterwards");
  socket.end();
});

test("a frame over the limit closes the socket, and the server goes on (O1)", async ({ servers }) => {
  const socket = await RawSocket.acknowledged(servers.socketUrl);
  socket.send(subscribe("big", `{ __typename } # ${"x".repeat(4_000_000)}`));
  await socket.close();
  const next = await RawSocket.acknowledged(servers.socketUrl);
  next.end();
});

test("the cookie says who subscribes: a private session's change reaches the organizer only (C2)", async ({
  servers,
}) => {
  const programme = await liveEvent(servers);
  const stranger = await attendee(programme, "Stranger");
  const query = "subscription($id: ID!) { sessionChanged(eventId: $id) { sessionId session { title } } }";
  const theirs = await RawSocket.acknowledged(servers.socketUrl, { cookie: stranger.cookie });
  const ours = await RawSocket.acknowledged(servers.socketUrl, { cookie: programme.organizer.cookie });
  for (const socket of [theirs, ours]) {
    socket.send(subscribe("s", query, { id: programme.event }));
    await socket.settled();
  }
  await session(programme, "Board meeting", { watchAccess: "PRIVATE" });
  await session(programme, "Open table");
  await expect
    .poll(() => ours.frames.filter(frame => frame.type === "next").map(titleOf))
    .toEqual(["Board meeting", "Open table"]);
  await expect.poll(() => theirs.frames.filter(frame => frame.type === "next").map(titleOf)).toContain("Open table");
  expect(JSON.stringify(theirs.frames)).not.toContain("Board meeting");
  theirs.end();
  ours.end();
});

function titleOf(frame: any): string | undefined {
  return frame.payload.data.sessionChanged.session?.title;
}
