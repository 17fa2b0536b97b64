// The list of sessions as organizers work on it: put in order, copied, deleted and brought back.
import { type Programme, account, attendee, emailOf, liveEvent, session } from "../harness/programme.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";

test("an organizer puts sessions in order by mouse and keyboard, and another one and the venue see it live (B6, B10)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  for (const title of ["Alpha", "Beta", "Gamma"]) await session(programme, title);
  const otto = await second(programme, people);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto(`/e/${programme.slug}/sessions`);
  for (const person of [olga, otto]) await person.goto(`/dashboard/${programme.slug}/sessions`);
  const cards = ada.page.locator(".session-card h2");
  await expect(rows(otto)).toHaveText(["Alpha", "Beta", "Gamma"]);

  const handle = (title: string) => olga.page.getByRole("button", { name: `Move ${title}` });
  await handle("Gamma").dragTo(olga.page.getByRole("listitem").filter({ hasText: "Alpha" }));
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Gamma", "Alpha", "Beta"]);
  await expect(cards).toHaveText(["Gamma", "Alpha", "Beta"]);

  await handle("Gamma").focus();
  await olga.page.keyboard.press("ArrowDown");
  await expect(olga.page.getByText("“Gamma” now stands after “Alpha”.")).toBeVisible();
  await expect(handle("Gamma"), "so that one can go on").toBeFocused();
  await olga.page.keyboard.press("ArrowDown");
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Alpha", "Beta", "Gamma"]);
  await expect(cards).toHaveText(["Alpha", "Beta", "Gamma"]);
  await olga.page.keyboard.press("ArrowDown");
  await expect(olga.page.getByText("“Gamma” cannot go further this way.")).toBeVisible();
});

test("an organizer copies a session, deletes it and takes that back (B8)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  await session(programme, "Round table", { tags: ["maps"] });
  const otto = await second(programme, people);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  for (const person of [olga, otto]) await person.goto(`/dashboard/${programme.slug}/sessions`);

  await olga.page.getByRole("button", { name: "Duplicate Round table" }).click();
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Round table", "Round table (copy)"]);
  await expect(olga.page.getByText("maps")).toHaveCount(2);

  await olga.page.getByRole("button", { name: "Delete Round table (copy)" }).click();
  await olga.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Round table"]);
  await olga.page.getByRole("button", { name: "Undo" }).click();
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Round table", "Round table (copy)"]);
});

/** The titles of the rows, in order. */
function rows(person: Person) {
  return person.page.locator(".session-row .row-name a");
}

/** Another organizer. */
async function second(programme: Programme, people: People): Promise<Person> {
  const otto = await people("Otto Organizer");
  await otto.become(await account(programme.organizer.servers, otto.name));
  await programme.organizer.run(
    `mutation($input: AddOrganizerInput!) { addOrganizer(input: $input) { organization { id } } }`,
    { input: { organizationId: programme.organization, email: emailOf(otto.name) } },
  );
  return otto;
}
