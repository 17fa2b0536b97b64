// The page for developers who try queries out.
import { attendee, liveEvent } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";

test("GraphiQL answers as the person who is signed in, and knows the schema (O1)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto("/graphiql");
  // The button does nothing until both editors have loaded.
  const result = ada.page.getByRole("region", { name: "Result Window" });
  await expect(ada.page.getByRole("region", { name: "Operation Editor" })).toContainText("query Start");
  await expect(result.locator(".monaco-editor").first()).toBeVisible();
  await ada.page.getByRole("button", { name: "Execute query" }).click();
  await expect(result).toContainText("Ada Attendee");
  await ada.page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await expect(ada.page.getByText("Root Types")).toBeVisible();
});

test.describe("in production", () => {
  test.use({ environment: { ROUNDTABLE_ENV: "production", SECRET: "0123456789abcdef0123456789abcdef0123" } });

  test("there is no GraphiQL (O1)", async ({ servers }) => {
    for (const path of ["/graphiql", "/graphiql/", "/graphiql/index.html", "/graphiql/main.js"]) {
      expect((await fetch(servers.url + path)).status, path).toBe(404);
    }
  });
});
