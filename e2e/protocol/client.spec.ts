// The usual client of graphql-transport-ws, npm `graphql-ws`, gets along with the server.
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { liveEvent, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";

function clientOf(url: string, cookie = "") {
  class WithCookie extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: cookie ? { cookie } : {} });
    }
  }
  return createClient({ url, webSocketImpl: WithCookie, retryAttempts: 0, lazyCloseTimeout: 2_000 });
}

test("queries, mutations and subscriptions run over one socket (O3)", async ({ servers }) => {
  const programme = await liveEvent(servers);
  const client = clientOf(servers.socketUrl, programme.organizer.cookie);
  const first = async (query: string, variables: Record<string, unknown> = {}): Promise<any> => {
    for await (const result of client.iterate({ query, variables })) return result;
  };
  expect((await first("{ me { name } }")).data).toEqual({ me: { name: "Olga Organizer" } });

  const changes = client.iterate<any>({
    query: "subscription($id: ID!) { sessionChanged(eventId: $id) { session { title } } }",
    variables: { id: programme.event },
  });
  const change = changes.next();
  // Operations on one socket are taken in order, so this answer says that the subscription is in place.
  await first("{ __typename }");
  await session(programme, "Round table");
  expect((await change).value.data.sessionChanged.session.title).toBe("Round table");
  await changes.return?.();

  const update = "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { name } } }";
  const renamed = await first(update, { input: { id: programme.event, name: "Renamed" } });
  expect(renamed.data.updateEvent.event.name).toBe("Renamed");
  await client.dispose();
});

test("an error of an operation ends that operation and not the connection (O1)", async ({ servers }) => {
  const client = clientOf(servers.socketUrl);
  const failure = await new Promise<any>((resolve, reject) => {
    client.subscribe({ query: "{ nosuch }" }, { next: reject, error: resolve, complete: () => reject("completed") });
  });
  expect(failure[0].message).toContain("nosuch");
  const answer = await client.iterate({ query: "{ __typename }" }).next();
  expect(answer.value).toEqual({ data: { __typename: "Query" } });
  await client.dispose();
});

/** What a client of graphql-ws does wrong here: its first message in another form, or other ways of connecting. */
type Wrong = { headers?: Record<string, string>; protocols?: string; init?: string[]; silent?: boolean };

/** The code that the usual client is closed with. */
function closeCode(url: string, wrong: Wrong): Promise<number> {
  class Meddling extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, wrong.protocols ?? protocols, { headers: wrong.headers ?? {} });
    }
    override send(data: string, ...rest: any[]): void {
      const frames = wrong.init && data.includes("connection_init") ? wrong.init : [data];
      for (const frame of frames) super.send(frame, ...(rest as [any]));
    }
  }
  return new Promise(resolve => {
    createClient({
      url,
      webSocketImpl: Meddling,
      retryAttempts: 0,
      lazy: false,
      // What is asked for here never comes: the client connects and says nothing.
      connectionParams: wrong.silent ? () => new Promise<never>(() => undefined) : undefined,
      onNonLazyError: () => undefined,
      on: { closed: event => resolve((event as { code: number }).code) },
    });
  });
}

const init = JSON.stringify({ type: "connection_init" });
const subscribe = JSON.stringify({ type: "subscribe", id: "1", payload: { query: "{ __typename }" } });
const codes: [number, string, Wrong][] = [
  [4400, "a message that is none", { init: ["{"] }],
  [4401, "an operation before the acknowledgement", { init: [subscribe] }],
  [4403, "the origin of another page", { headers: { origin: "https://elsewhere.example" } }],
  [4406, "another subprotocol", { protocols: "graphql-ws" }],
  [4408, "no connection_init in time", { silent: true }],
  [4429, "two of them", { init: [init, init] }],
];
for (const [code, what, wrong] of codes) {
  test(`the client is closed with ${code}: ${what} (O1)`, async ({ servers }) => {
    expect(await closeCode(servers.socketUrl, wrong)).toBe(code);
  });
}

test("the client is closed with 4409: an id in use (O1)", async ({ servers }) => {
  const programme = await liveEvent(servers);
  const code = await new Promise<number>(resolve => {
    const client = createClient({
      url: servers.socketUrl,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      generateID: () => "always the same",
      on: { closed: event => resolve((event as { code: number }).code) },
    });
    const ignore = { next: () => undefined, error: () => undefined, complete: () => undefined };
    const query = "subscription($id: ID!) { eventChanged(eventId: $id) { name } }";
    for (let round = 0; round < 2; round++) client.subscribe({ query, variables: { id: programme.event } }, ignore);
  });
  expect(code).toBe(4409);
});
