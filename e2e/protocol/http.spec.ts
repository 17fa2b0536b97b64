// GraphQL over HTTP to the letter: the audits of npm `graphql-http`, and what a server must survive.
import { serverAudits } from "graphql-http";
import { Caller } from "../harness/caller.ts";
import { liveEvent } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";

test("all 61 audits of GraphQL over HTTP pass (O1)", async ({ servers }) => {
  const audits = serverAudits({ url: `${servers.url}/graphql`, fetchFn: fetch });
  expect(audits.length).toBe(61);
  const missed: string[] = [];
  for (const audit of audits) {
    const result = await audit.fn();
    if (result.status !== "ok")
      missed.push(`${result.id} ${result.name}: ${result.status} ${"reason" in result ? result.reason : ""}`);
  }
  expect(missed).toEqual([]);
});

test("a batch of 1,000 operations is refused as one bad request (O1)", async ({ servers }) => {
  const caller = new Caller(servers);
  const batch = Array.from({ length: 1000 }, () => ({ query: "{ __typename }" }));
  const response = await caller.post(JSON.stringify(batch));
  expect(response.status).toBe(400);
  const body = await response.json();
  expect(Array.isArray(body)).toBe(false);
  expect(body.errors[0].extensions.code).toBe("GRAPHQL_INVALID");
  expect(await caller.run("{ __typename }")).toEqual({ __typename: "Query" });
});

test("200 aliases are refused, a few are answered (O1)", async ({ servers }) => {
  const caller = new Caller(servers);
  const aliases = (count: number) =>
    `{ ${Array.from({ length: count }, (_, index) => `a${index}: instance { version }`).join(" ")} }`;
  expect(await caller.refusal(aliases(200))).toBe("GRAPHQL_INVALID");
  expect(Object.keys(await caller.run(aliases(5)))).toHaveLength(5);
});

test("a query nested too deep is refused, introspection by tools is answered (O1)", async ({ servers }) => {
  const { organizer, event } = await liveEvent(servers);
  const nested = (depth: number): string =>
    depth === 0 ? "id" : `sessions { nodes { event { ${nested(depth - 1)} } } }`;
  const query = (depth: number) => `query($id: ID!) { node(id: $id) { ... on Event { ${nested(depth)} } } }`;
  expect(await organizer.refusal(query(12), { id: event })).toBe("GRAPHQL_INVALID");
  expect((await organizer.run(query(1), { id: event })).node.sessions.nodes).toEqual([]);
  const { getIntrospectionQuery } = await import("graphql");
  expect((await organizer.run(getIntrospectionQuery())).__schema.queryType.name).toBe("Query");
});

test("a page of more than the most is refused (O1)", async ({ servers }) => {
  const { organizer, slug } = await liveEvent(servers);
  const query = `query($slug: String!, $first: Int) { event(slug: $slug) { sessions(first: $first) { totalCount } } }`;
  expect(await organizer.refusal(query, { slug, first: 100_000 }), "too complex").toBe("GRAPHQL_INVALID");
  expect(await organizer.refusal(query, { slug, first: 101 })).toBe("INVALID_INPUT");
  expect(await organizer.refusal(query, { slug, first: -1 })).toBe("INVALID_INPUT");
  expect((await organizer.run(query, { slug, first: 50 })).event.sessions.totalCount).toBe(0);
});

test("a body over the limit answers 413 and the next request is served (O1)", async ({ servers }) => {
  const caller = new Caller(servers);
  const response = await caller.post(JSON.stringify({ query: `{ __typename } # ${"x".repeat(8_000_000)}` }));
  expect(response.status).toBe(413);
  expect((await caller.post(JSON.stringify({ query: "{ __typename }" }))).status).toBe(200);
});

test("malformed JSON, a wrong type and a wrong method get 400, 415 and 405 (O1)", async ({ servers }) => {
  const caller = new Caller(servers);
  expect((await caller.post("{ query:")).status).toBe(400);
  expect((await caller.post('"{ __typename }"')).status).toBe(400);
  expect((await caller.post("{ __typename }", { "content-type": "text/plain" })).status).toBe(415);
  expect((await fetch(`${servers.url}/graphql`, { method: "PUT", body: "{}" })).status).toBe(405);
  const mutation = encodeURIComponent("mutation { signOut { signedOut } }");
  expect((await fetch(`${servers.url}/graphql?query=${mutation}`)).status).toBe(405);
});
