// What the organizer does in the dashboard shows in the open pages of attendees.
import { attendee, liveEvent } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { addSession, deleteSession, openEditor, save } from "../pages/session.ts";

test("a session made, changed, hidden and deleted in the dashboard is followed by the open venue (B1, B9, C2)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.getByRole("heading", { name: "There are no sessions yet" })).toBeVisible();
  await mark(ada);
  const card = (title: string) => ada.page.getByRole("link", { name: title });

  await olga.goto(`/dashboard/${programme.slug}`);
  await addSession(olga, { title: "Round table" });
  await expect(card("Round table")).toBeVisible();

  await openEditor(olga, programme.slug, "Round table");
  await olga.page.getByLabel("Title").fill("Square table");
  await save(olga);
  await expect(card("Square table")).toBeVisible();
  await expect(card("Round table")).toBeHidden();

  await olga.page.getByRole("radio", { name: /^Private/ }).check();
  await save(olga);
  await expect(card("Square table")).toBeHidden();
  await olga.page.getByRole("radio", { name: /^Anyone/ }).check();
  await save(olga);
  await expect(card("Square table")).toBeVisible();

  await deleteSession(olga, programme.slug, "Square table");
  await expect(card("Square table")).toBeHidden();
  await expect(ada.page.getByRole("heading", { name: "There are no sessions yet" })).toBeVisible();
  expect(await isMarked(ada), "all of it without a reload").toBe(true);
});

test("two organizers at one session see each other's changes, and neither loses what they typed (B9)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  const otto = await people("Olga Organizer");
  for (const person of [olga, otto]) await person.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}`);
  await addSession(olga, { title: "Round table" });
  for (const person of [olga, otto]) await openEditor(person, programme.slug, "Round table");

  await otto.page.getByLabel("Description").fill("A draft by Otto.");
  await olga.page.getByLabel("Title").fill("Square table");
  await save(olga);
  await expect(otto.page.getByLabel("Title")).toHaveValue("Square table");
  await expect(otto.page.getByLabel("Description")).toHaveValue("A draft by Otto.");
  await save(otto);
  await expect(olga.page.getByLabel("Description")).toHaveValue("A draft by Otto.");
  await expect(olga.page.getByLabel("Title")).toHaveValue("Square table");
});

test("another language is chosen on the page and stays", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto(`/e/${programme.slug}/sessions`);
  await ada.page.getByRole("button", { name: "Your account" }).click();
  await ada.page.getByRole("button", { name: "Deutsch" }).click();
  const german = ada.page.getByRole("heading", { name: "Noch gibt es keine Sessions" });
  await expect(german).toBeVisible();
  await ada.page.reload();
  await expect(german).toBeVisible();
  await expect(ada.page.locator("html")).toHaveAttribute("lang", "de");
});

/** Puts a mark on the page that a reload would wipe off. */
function mark(person: Person): Promise<void> {
  return person.page.evaluate(() => document.documentElement.setAttribute("data-mark", ""));
}

function isMarked(person: Person): Promise<boolean> {
  return person.page.evaluate(() => document.documentElement.hasAttribute("data-mark"));
}
