// Forms at their edges: sent twice, and filled with what few people type.
import type { Locator } from "@playwright/test";
import { account, attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { openEditor } from "../pages/session.ts";

test("what is pressed twice is made once (A4, B1)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const counts = async () => {
    const { event } = await programme.organizer.run(
      `query($slug: String!) { event(slug: $slug) { sessions { totalCount } registrations { totalCount } } }`,
      { slug: programme.slug },
    );
    return { sessions: event.sessions.totalCount, registrations: event.registrations.totalCount };
  };
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions/new`);
  await olga.page.getByLabel("Title").fill("Round table");
  await pressTwice(olga, olga.page.getByRole("button", { name: "Add session" }), "createSession");
  await expect(olga.page.getByText("The session is added.")).toBeVisible();
  expect((await counts()).sessions).toBe(1);

  await openEditor(olga, programme.slug, "Round table");
  await olga.page.getByLabel("Title").fill("Square table");
  const saved = await pressTwice(olga, olga.page.getByRole("button", { name: "Save" }), "updateSession");
  await expect(olga.page.getByText("Not saved yet")).toBeHidden();
  expect(saved(), "requests that save").toBe(1);

  const ada = await people("Ada Attendee");
  await ada.become(await account(servers, ada.name));
  await ada.goto(`/e/${programme.slug}`);
  const registered = await pressTwice(ada, ada.page.getByRole("button", { name: "Register" }), "RegisterInput");
  await expect(ada.page.getByRole("navigation", { name: "Venue" })).toBeVisible();
  expect(registered(), "requests that register").toBe(1);
  expect((await counts()).registrations).toBe(1);
});

test("a new event with nothing in it is told all that is missing at once (A3)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto("/dashboard/new");
  await olga.page.getByRole("button", { name: "Create event" }).click();
  for (const field of ["Name", "Address", "Starts", "Ends"])
    await expect(olga.page.getByLabel(field)).toHaveAccessibleDescription(/Please fill this in\./);
  await expect(olga.page.getByLabel("Name")).toBeFocused();
});

test("a title has sixty scalar values of any script, keeps its direction to itself, and has not one more (B1)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  // Hebrew, a family that is five scalar values in one picture, and Arabic at the end.
  const sixty = `${"שלום 👩‍👩‍👧 ".repeat(5)}مرحبا`;
  expect([...sixty]).toHaveLength(60);
  const sessions = async () => {
    const { event } = await programme.organizer.run(
      `query($slug: String!) { event(slug: $slug) { sessions { nodes { id title } } } }`,
      { slug: programme.slug },
    );
    return event.sessions.nodes as { id: string; title: string }[];
  };
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions/new`);
  const title = olga.page.getByLabel("Title");
  const add = olga.page.getByRole("button", { name: "Add session" });
  await title.fill(`${sixty}🎉`);
  await expect(olga.page.getByText("61/60")).toBeVisible();
  await expect(olga.page.getByText("One character too many.")).toBeVisible();
  await add.click();
  await expect(olga.page.getByText("At most 60 characters.")).toBeVisible();
  expect(await sessions()).toEqual([]);

  await title.fill(sixty);
  await expect(title).not.toHaveAttribute("aria-invalid");
  await expect(olga.page.getByText("60/60")).toBeVisible();
  await add.click();
  await expect(olga.page.getByText("The session is added.")).toBeVisible();
  const [made] = await sessions();
  expect(made?.title).toBe(sixty);

  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await standsApart(olga.page.locator(".session-row .row-name a"), sixty);
  await ada.goto(`/e/${programme.slug}/sessions`);
  await standsApart(ada.page.locator(".session-card h2 a"), sixty);
  await ada.goto(roomOf(programme, made!.id));
  await standsApart(ada.page.getByRole("heading", { level: 1 }), sixty);
});

test("a title that is written from right to left, or turns what follows it, leaves messages about it in order (B1)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  // The first one ends in a character that has all that follows written from right to left.
  const titles = ["Alpha\u202e", "שלום"];
  for (const title of titles) await session(programme, title);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  await olga.page.getByRole("button", { name: "Move Alpha" }).press("ArrowDown");
  const toast = olga.page.locator(".toast").filter({ hasText: "now stands after" });
  await expect(toast.locator("bdi")).toHaveText(titles);
  const lefts = await toast.evaluate(element => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let node = texts.nextNode();
    while (node && !node.textContent!.includes("now stands")) node = texts.nextNode();
    const left = (word: string) => {
      const range = document.createRange();
      const from = node!.textContent!.indexOf(word);
      range.setStart(node!, from);
      range.setEnd(node!, from + word.length);
      return range.getBoundingClientRect().left;
    };
    return [left("now"), left("stands")];
  });
  expect(lefts[0], "from left to right").toBeLessThan(lefts[1]!);
});

/**
 * Presses a button a second time before the server has heard of the first. Returns how often it was asked for this operation,
 * to be called when the page shows what came of it.
 */
async function pressTwice(person: Person, button: Locator, operation: string): Promise<() => number> {
  let asked = 0;
  let letPass = () => {};
  const pressed = new Promise<void>(resolve => (letPass = resolve));
  await person.page.route("**/graphql", async route => {
    if (route.request().postData()?.includes(operation)) {
      asked += 1;
      await pressed;
    }
    await route.continue();
  });
  await button.dblclick();
  letPass();
  return () => asked;
}

/** The text is there as it was typed, and its direction neither turns what stands around it nor is turned by that. */
async function standsApart(element: Locator, text: string): Promise<void> {
  await expect(element).toHaveText(text);
  await expect(element).toHaveCSS("unicode-bidi", "plaintext");
}
