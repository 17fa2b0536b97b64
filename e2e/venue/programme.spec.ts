// The list of sessions as organizers work on it: put in order, copied, deleted and brought back.
import { readFile } from "node:fs/promises";
import { minuteFromNow } from "../harness/clock.ts";
import {
  type Programme,
  addModerator,
  attendee,
  hoursFromNow,
  liveEvent,
  roomOf,
  secondOrganizer,
  segment,
  session,
} from "../harness/programme.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";
import { joinAt, shareButton } from "../pages/room.ts";

const minute = 60_000;

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

test("an organizer copies a session, deletes it and takes that back; who is inside stays until then (B8)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const round = await session(programme, "Round table", { tags: ["maps"] });
  const otto = await second(programme, people);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  for (const person of [olga, otto]) await person.goto(`/dashboard/${programme.slug}/sessions`);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  const room = await olga.page.getByRole("link", { name: "Open room of Round table" }).getAttribute("href");
  expect(room).toBe(roomOf(programme, round));
  await joinAt(ada, room!);

  await olga.page.getByRole("button", { name: "Duplicate Round table" }).click();
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Round table", "Round table (copy)"]);
  await expect(olga.page.getByText("maps")).toHaveCount(2);

  await olga.page.getByRole("button", { name: "Delete Round table (copy)" }).click();
  await olga.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Round table"]);
  await olga.page.getByRole("button", { name: "Undo" }).click();
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Round table", "Round table (copy)"]);

  const remove = async () => {
    await olga.page.getByRole("button", { name: "Delete Round table", exact: true }).click();
    await olga.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Round table (copy)"]);
    await expect(shareButton(ada), "it can be taken back").toBeVisible();
  };
  await remove();
  await olga.page.getByRole("button", { name: "Undo" }).click();
  for (const person of [olga, otto]) await expect(rows(person)).toHaveText(["Round table", "Round table (copy)"]);
  await expect(shareButton(ada)).toBeVisible();
  await remove();
  await expect(ada.page.getByRole("heading", { name: "This session was closed" })).toBeVisible({ timeout: 30_000 });
});

test("a large session stands alone in its row, two medium ones share one, and that changes live (B5)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Alpha", { displaySize: "LARGE", priority: 2 });
  for (const title of ["Beta", "Gamma"]) await session(programme, title, { displaySize: "MEDIUM" });
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.locator(".session-card h2")).toHaveText(["Alpha", "Beta", "Gamma"]);
  await expect.poll(() => rowsOfCards(ada)).toEqual([["Alpha"], ["Beta", "Gamma"]]);
  await programme.organizer.run(
    `mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`,
    { input: { id, displaySize: "MEDIUM" } },
  );
  await expect.poll(() => rowsOfCards(ada)).toEqual([["Alpha", "Beta"], ["Gamma"]]);
});

test("many are selected, tagged, restricted, deleted and brought back (B4, B8)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  for (const title of ["Alpha", "Beta", "Gamma"]) await session(programme, title, { tags: ["Old"] });
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto(`/e/${programme.slug}/sessions`);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  const bar = olga.page.getByRole("group", { name: "Selected sessions" });
  const cards = ada.page.locator(".session-card h2");
  await expect(cards).toHaveText(["Alpha", "Beta", "Gamma"]);

  await olga.page.getByRole("checkbox", { name: "Select Alpha" }).check();
  await olga.page.getByRole("checkbox", { name: "Select Gamma" }).check();
  await expect(bar.getByText("2 selected")).toBeVisible();
  await bar.getByRole("button", { name: "Tags" }).click();
  let dialog = olga.page.getByRole("dialog", { name: "Tags of 2 sessions" });
  await dialog.getByRole("combobox", { name: "Tags" }).fill("deep sea");
  await expect(dialog.getByRole("option", { name: "New tag “deep sea”" })).toBeVisible();
  await dialog.getByRole("combobox", { name: "Tags" }).press("Enter");
  await dialog.getByRole("checkbox", { name: "Old" }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(olga.page.locator(".session-row").filter({ hasText: "deep sea" })).toHaveCount(2);
  await expect(olga.page.locator(".session-row").filter({ hasText: "Old" })).toHaveCount(1);

  await bar.getByRole("button", { name: "Access" }).click();
  dialog = olga.page.getByRole("dialog", { name: "Access to 2 sessions" });
  await dialog.getByLabel("Who can watch").selectOption("Private");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(cards).toHaveText(["Beta"]);

  await bar.getByRole("checkbox").check();
  await bar.getByRole("button", { name: "Delete" }).click();
  dialog = olga.page.getByRole("dialog", { name: "Delete 3 sessions?" });
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(rows(olga)).toHaveCount(0);
  await expect(cards).toHaveCount(0);
  await olga.page.getByRole("button", { name: "Undo" }).click();
  await expect(rows(olga)).toHaveText(["Alpha", "Beta", "Gamma"]);
  await expect(cards).toHaveText(["Beta"]);
});

test("lists are narrowed by tags above them and by a panel, and the choices stand in the address (B4, B7)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  await session(programme, "Maps", { tags: ["Geo"] });
  await session(programme, "Ferris", { tags: ["Rust"] });
  await session(programme, "Board", { watchAccess: "PRIVATE", tags: ["Rust"] });
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  await expect(rows(olga)).toHaveText(["Board", "Ferris", "Maps"]);
  await olga.page.getByRole("button", { name: "Filters" }).click();
  await olga.page.getByRole("checkbox", { name: "Rust" }).check();
  await expect(rows(olga)).toHaveText(["Board", "Ferris"]);
  await olga.page.getByRole("checkbox", { name: "Geo" }).check();
  await expect(rows(olga), "within a section any will do").toHaveText(["Board", "Ferris", "Maps"]);
  await olga.page.getByRole("checkbox", { name: "Attendee" }).check();
  await expect(rows(olga), "between sections all are met").toHaveText(["Ferris", "Maps"]);
  await olga.page.getByRole("searchbox").first().fill("map");
  await expect(rows(olga)).toHaveText(["Maps"]);
  await olga.page.getByRole("searchbox").first().fill("");
  await expect(rows(olga)).toHaveText(["Ferris", "Maps"]);
  await olga.page.getByRole("button", { name: "Clear Tags" }).click();
  await expect(olga.page).not.toHaveURL(/tags=/);
  await olga.page.reload();
  await expect(rows(olga)).toHaveText(["Ferris", "Maps"]);
  await expect(olga.page.getByRole("button", { name: "Filters (1)" })).toBeVisible();

  const cards = ada.page.locator(".session-card h2");
  await ada.goto(`/e/${programme.slug}/sessions?tags=Geo`);
  await expect(cards).toHaveText(["Maps"]);
  await ada.page.getByRole("button", { name: "Filters (1)" }).click();
  await ada.page.getByRole("button", { name: "Clear Tags" }).click();
  await expect(cards).toHaveText(["Ferris", "Maps"]);
  const tag = ada.page.getByRole("group", { name: "Filter by tag" }).getByRole("button", { name: "Rust" });
  await tag.click();
  await expect(tag).toHaveAttribute("aria-pressed", "true");
  await expect(cards).toHaveText(["Ferris"]);
  await expect(ada.page).toHaveURL(/tags=Rust/);
  await tag.click();
  await expect(cards, "pressed again").toHaveText(["Ferris", "Maps"]);
  await expect(ada.page).not.toHaveURL(/tags=/);

  // One session is on now, another one in two days as well: what is always open is on every date.
  const day = hoursFromNow(48).slice(0, 10);
  const [now, noon] = [Date.now(), Date.parse(`${day}T12:00:00Z`)];
  await programme.organizer.run(`mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }`, {
    input: { id: programme.event, endsAt: hoursFromNow(72) },
  });
  const once = await session(programme, "Once", { scheduling: "SCHEDULED" });
  const twice = await session(programme, "Twice", { scheduling: "SCHEDULED" });
  await segment(programme, "Today", [now - 30 * minute, now + 30 * minute], { sessionIds: [once, twice] });
  await segment(programme, "In two days", [noon, noon + 30 * minute], { sessionIds: [twice] });
  await expect(cards).toHaveText(["Ferris", "Maps", "Once", "Twice"]);
  const words = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  const date = (person: Person) =>
    person.page.getByRole("checkbox", { name: new Date(noon).toLocaleDateString("en-GB", words), exact: true });
  await date(ada).check();
  await expect(cards).toHaveText(["Ferris", "Maps", "Twice"]);
  await expect(ada.page).toHaveURL(new RegExp(`dates=${day}`));
  await ada.page.reload();
  await expect(cards).toHaveText(["Ferris", "Maps", "Twice"]);

  await olga.goto(`/dashboard/${programme.slug}/sessions?dates=${day}`);
  await expect(rows(olga)).toHaveText(["Board", "Ferris", "Maps", "Twice"]);
  await olga.page.getByRole("button", { name: "Filters (1)" }).click();
  await expect(date(olga)).toBeChecked();
  await olga.page.getByRole("button", { name: "Clear Dates" }).click();
  await expect(rows(olga)).toHaveText(["Board", "Ferris", "Maps", "Once", "Twice"]);
  await expect(olga.page).not.toHaveURL(/dates=/);
});

test("each session says why it can be found now or not, and by whom, and follows what changes that (B9)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const { organizer } = programme;
  const at = minuteFromNow(180);
  const end = minuteFromNow(30);
  const scheduled = (title: string) => session(programme, title, { scheduling: "SCHEDULED" });
  await session(programme, "Vault", { watchAccess: "UNLISTED" });
  await scheduled("Limbo");
  await segment(programme, "Preview", [at, at + 60 * minute], {
    sessionIds: [await scheduled("Sketch")],
    published: false,
  });
  await segment(programme, "Show", [at, at + 60 * minute], { sessionIds: [await scheduled("Matinee")] });
  const marathon = await scheduled("Marathon");
  for (const lap of ["Lap one", "Lap two", "Lap three", "Lap four", "Lap five"])
    await segment(programme, lap, [at, at + 60 * minute], { sessionIds: [marathon] });
  await segment(programme, "Cooking", [end - 60 * minute, end], { sessionIds: [await scheduled("Kitchen")] });
  await segment(programme, "Coffee", [end - 75 * minute, end - 60 * minute], {
    sessionIds: [await scheduled("Breakfast")],
  });
  const panel = await session(programme, "Panel", { shareAccess: "MODERATED" });
  await attendee(programme, "Mo Derator");
  await addModerator(programme, panel, "Mo Derator");
  await organizer.run(`mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`, {
    input: { id: panel, watchAccess: "PRIVATE" },
  });

  const olga = await people("Olga Organizer");
  await olga.become(organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  const row = (title: string) =>
    olga.page
      .locator(".session-row")
      .filter({ has: olga.page.getByRole("link", { name: title, exact: true }) })
      .locator(".visibility");
  const berlin = (moment: number) =>
    new Date(moment).toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" });
  // Five minutes before its segment.
  const opens = new RegExp(`Opens [^.]*${berlin(at - 5 * minute)}\\. For everybody who is registered\\.`);
  const nobody = "nobody can see it.";
  await expect(row("Vault")).toHaveText("Open now. Unlisted: only with the link.");
  await expect(row("Limbo")).toContainText(`Scheduled but not linked to a segment: ${nobody}`);
  await expect(row("Sketch")).toContainText(`Linked only to segments that are drafts: ${nobody}`);
  await expect(row("Matinee")).toHaveText(opens);
  const show = olga.page.locator(".led-by", { hasText: "Show" });
  await expect(show, "in the event's zone").toContainText(berlin(at));
  await expect(show.getByRole("link", { name: "Show" })).toHaveAttribute("href", /\/schedule\?segment=/);
  await expect(olga.page.getByText("2 more segments", { exact: true }), "said in words").toBeAttached();
  await expect(row("Kitchen")).toContainText(new RegExp(`Open until [^.]*${berlin(end)}\\.`));
  await expect(row("Breakfast")).toContainText("Its time is over: only by its link.");
  await expect(row("Panel")).toContainText(
    "Private, and nobody who is registered is invited: only organizers find it.",
  );
  await expect(row("Panel")).toContainText("Moderators who are not among those who can watch: Mo Derator.");

  await organizer.run(`mutation($input: PublishSegmentsInput!) { publishSegments(input: $input) { changed } }`, {
    input: { eventId: programme.event, published: true },
  });
  await expect(row("Sketch")).toHaveText(opens);
  await organizer.run(`mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { state } } }`, {
    input: { id: programme.event, published: false },
  });
  for (const title of ["Vault", "Limbo", "Sketch", "Kitchen"])
    await expect(row(title)).toContainText("Only organizers find it: the event is a draft.");
});

test("sessions come from a file after a dry run, and go into one (B10)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  await session(programme, "Here already");
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  await olga.page.getByRole("button", { name: "Import" }).click();
  const dialog = olga.page.getByRole("dialog", { name: "Import sessions" });
  const lines = ["Title;Tags;Maximum participants", "Maps;Geo;7", "Bad;;99", "here already;;", "maps;;"];
  const file = { name: "sessions.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\r\n")) };
  await dialog.locator("input[type=file]").setInputFiles(file);
  await expect(dialog.getByText("One session will be added.")).toBeVisible();
  await expect(dialog.getByRole("row", { name: "3 A number from 1 to 50." })).toBeVisible();
  await expect(dialog.getByRole("row", { name: "5 A line before has the same title." })).toBeVisible();
  await expect(dialog.getByText("One title is there already")).toBeVisible();
  await dialog.getByRole("button", { name: "Import one session" }).click();
  await expect(rows(olga)).toHaveText(["Here already", "Maps"]);
  const download = olga.page.waitForEvent("download");
  await olga.page.getByRole("link", { name: "Export" }).click();
  expect((await download).suggestedFilename()).toBe("sessions.csv");

  // The file to fill in has every column that an export has, but for the link.
  await olga.page.getByRole("button", { name: "Import" }).click();
  const template = await dialog.getByRole("link", { name: "Download a template" }).getAttribute("href");
  const columns = (text: string) => text.replace("\uFEFF", "").split("\r\n")[0]!.split(",");
  const exported = columns(await readFile(await (await download).path(), "utf8"));
  expect(columns(decodeURIComponent(template!.split(",")[1]!))).toEqual(exported.filter(column => column !== "Link"));
});

/** The titles of the rows, in order. */
function rows(person: Person) {
  return person.page.locator(".session-row .row-name > a");
}

/** Another organizer. */
async function second(programme: Programme, people: People): Promise<Person> {
  const otto = await people("Otto Organizer");
  await otto.become(await secondOrganizer(programme, otto.name));
  return otto;
}

/** The titles of the venue's cards, those beside each other together. */
function rowsOfCards(person: Person): Promise<string[][]> {
  return person.page.locator(".session-card").evaluateAll(cards => {
    const rows = new Map<number, string[]>();
    for (const card of cards) {
      const top = Math.round(card.getBoundingClientRect().top);
      rows.set(top, [...(rows.get(top) ?? []), card.querySelector("h2")!.textContent!.trim()]);
    }
    return [...rows.values()];
  });
}
