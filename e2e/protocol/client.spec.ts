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
