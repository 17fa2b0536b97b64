// The schedule, as two organizers plan it: a day set up by quick add, by pointer, by keyboard and from a file; what a break
// does not allow; a session that goes off the schedule (F1, F3, F4, F7).
import type { Request } from "@playwright/test";
import { look } from "../harness/looks.ts";
import { type Programme, liveEvent, secondOrganizer, session } from "../harness/programme.ts";
import { type People, type Person, accessible, expect, test } from "../harness/test.ts";
import { blockOf, drag, openSegment, quickAdd, rowOf } from "../pages/schedule.ts";

const first = "Saturday, 27 March 2027";
const second = "Sunday, 28 March 2027";
const third = "Monday, 29 March 2027";

/** An event over three days in Berlin; on the second one the clocks skip an hour. */
async function plannedEvent(programme: Programme): Promise<Programme> {
  const { createEvent } = await programme.organizer.run(
    `mutation($input: CreateEventInput!) { createEvent(input: $input) { event { id slug } } }`,
    {
      input: {
        organizationId: programme.organization,
        slug: "planned",
        name: "Planned Summit",
        startsAt: "2027-03-27T08:00:00Z",
        endsAt: "2027-03-29T16:00:00Z",
        timeZone: "Europe/Berlin",
      },
    },
  );
  return { ...programme, event: createEvent.event.id, slug: createEvent.event.slug };
}

async function segment(programme: Programme, name: string, startsAt: string, endsAt: string, more: object = {}) {
  const { createSegment } = await programme.organizer.run(
    `mutation($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } } }`,
    { input: { eventId: programme.event, name, startsAt, endsAt, ...more } },
  );
  return createSegment.segment.id as string;
}

async function planner(programme: Programme, people: People, name: string): Promise<Person> {
  const person = await people(name);
  const isFirst = name === "Olga Organizer";
  await person.become(isFirst ? programme.organizer : await secondOrganizer(programme, name));
  await person.goto(`/dashboard/${programme.slug}/schedule`);
  await expect(person.page.getByRole("heading", { name: "Schedule" })).toBeVisible();
  return person;
}

test("a day is set up in the table, and another window follows (F4, F7)", async ({ servers, people }) => {
  const programme = await plannedEvent(await liveEvent(servers));
  await session(programme, "Main room", { scheduling: "SCHEDULED" });
  await session(programme, "Side room");
  const olga = await planner(programme, people, "Olga Organizer");
  const otto = await planner(programme, people, "Otto Organizer");
  await expect(olga.page.getByText("No segment yet")).toBeVisible();
  await expect(olga.page.getByText("All times are in Europe/Berlin.")).toBeVisible();

  await quickAdd(olga, first, { name: "Opening", minutes: 45 });
  await expect(rowOf(olga, "Opening")).toContainText("09:00–09:45");
  await expect(rowOf(otto, "Opening")).toContainText("09:00–09:45");
  // The next one starts where the last one ends, with the same length; the focus is back in the name.
  await olga.page.keyboard.type("Second talk");
  await olga.page.keyboard.press("Enter");
  await expect(rowOf(olga, "Second talk")).toContainText("09:45–10:30");
  await quickAdd(olga, first, { name: "Lunch", start: "12:00", minutes: 60, type: "Break" });
  await expect(rowOf(otto, "Lunch")).toContainText("Break");
  await expect(rowOf(otto, "Lunch")).toContainText("Draft");

  // A break stands alone: both are named, what was typed stays.
  await quickAdd(olga, first, { name: "Long talk", start: "11:30", minutes: 60 });
  await expect(olga.page.getByText("“Long talk” would be at the same time as “Lunch”")).toBeVisible();
  const line = olga.page.getByRole("region", { name: first }).getByRole("form");
  await expect(line.getByLabel("Name")).toHaveValue("Long talk");
  await olga.page.reload();
  await expect(line.getByLabel("Name")).toHaveValue("Long talk");
  await line.getByLabel("Start").fill("11:00");
  await line.getByLabel("Name").press("Enter");
  await expect(rowOf(olga, "Long talk")).toContainText("11:00–12:00");
  // A link leads somewhere.
  await quickAdd(olga, third, { name: "Film night", type: "External link" });
  const address = olga.page.getByRole("region", { name: third }).getByRole("form").getByLabel("Address");
  await expect(address).toHaveAttribute("aria-invalid", "true");
  await address.fill("https://films.example/tonight");
  await address.press("Enter");
  await expect(rowOf(otto, "Film night")).toContainText("External link");
  await expect(address).toBeHidden();
  // An hour that the clocks skip is none.
  await quickAdd(olga, second, { name: "Night walk", start: "02:30" });
  await expect(olga.page.getByText("The clocks skip this time on that day.")).toBeVisible();

  const dialog = await openSegment(olga, "Opening");
  await expect(dialog.getByText("In the time zone of the event: Europe/Berlin")).toBeVisible();
  await dialog.getByLabel("Description").fill("How it all began.");
  await dialog.getByRole("searchbox", { name: "Sessions" }).click();
  await dialog.getByRole("button", { name: "Link Main room" }).click();
  await expect(dialog.getByText("Always open. Made scheduled")).toBeVisible();
  await dialog.getByRole("button", { name: "Make scheduled and link" }).click();
  await expect(dialog.getByRole("button", { name: "Unlink Side room" })).toBeVisible();
  // By keyboard: an arrow leads to what is found, Enter chooses, and the next name can be typed.
  const speakers = dialog.getByRole("searchbox", { name: "Speakers" });
  await speakers.fill("olga");
  const found = dialog.getByRole("button", { name: "Add Olga Organizer" });
  await expect(dialog.getByRole("button", { name: /^Add / })).toHaveCount(1);
  await speakers.press("ArrowDown");
  await expect(found).toBeFocused();
  await olga.page.keyboard.press("ArrowUp");
  await expect(speakers).toBeFocused();
  await olga.page.keyboard.press("ArrowDown");
  await olga.page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Remove Olga Organizer" })).toBeVisible();
  await expect(speakers).toBeFocused();
  await dialog.getByRole("combobox", { name: "Tags" }).fill("welcome");
  await dialog.getByLabel("Starts").fill("2027-03-27T09:05");
  // The end moves along.
  await expect(dialog.getByLabel("Ends")).toHaveValue("2027-03-27T09:50");
  await look(olga.page, "schedule-segment");
  // Meanwhile the other one changes the name: it shows, and nothing typed is lost.
  const theirs = await openSegment(otto, "Opening");
  await theirs.getByLabel("Name").fill("Grand opening");
  await theirs.getByLabel("Description").fill("Another one.");
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(theirs).toBeHidden();
  await expect(dialog.getByLabel("Name")).toHaveValue("Grand opening");
  await expect(dialog.getByText("Somebody else changed this meanwhile: Description.")).toBeVisible();
  await expect(dialog.getByLabel("Description")).toHaveValue("How it all began.");
  await dialog.getByRole("radio", { name: "Published" }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  for (const text of ["09:05–09:50", "Main room", "Side room", "Olga Organizer", "welcome", "Published"])
    await expect(rowOf(otto, "Grand opening")).toContainText(text);
  await look(olga.page, "schedule-table");

  await olga.page.getByRole("checkbox", { name: "Choose Second talk" }).check();
  await olga.page.getByRole("checkbox", { name: "Choose Long talk" }).check();
  await olga.page.getByRole("button", { name: "Publish" }).click();
  await expect(rowOf(otto, "Long talk")).toContainText("Published");
  await olga.page.getByRole("checkbox", { name: "Choose Long talk" }).check();
  await olga.page.getByRole("group", { name: "One chosen" }).getByRole("button", { name: "Delete" }).click();
  await expect(olga.page.getByRole("dialog").getByText("“Long talk” will be gone for good.")).toBeVisible();
  await olga.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(rowOf(otto, "Long talk")).toBeHidden();
});

test("all that is typed in the line of a day goes along into the whole form (F4, F7)", async ({ servers, people }) => {
  const programme = await plannedEvent(await liveEvent(servers));
  const olga = await planner(programme, people, "Olga Organizer");
  const line = olga.page.getByRole("region", { name: third }).getByRole("form");
  await line.getByLabel("Name").fill("Film night");
  await line.getByLabel("Start").fill("20:00");
  await line.getByLabel("Type").selectOption({ label: "External link" });
  await line.getByLabel("Address").fill("https://films.example/tonight");
  await line.getByRole("button", { name: "More fields" }).click();
  const dialog = olga.page.getByRole("dialog", { name: "Add segment" });
  await expect(dialog.getByLabel("Name")).toHaveValue("Film night");
  await expect(dialog.getByLabel("Address")).toHaveValue("https://films.example/tonight");
  await expect(dialog.getByLabel("Starts")).toHaveValue("2027-03-29T20:00");
});

test("segments are moved in the calendar by pointer and by keyboard (F7)", async ({ servers, people }) => {
  const programme = await plannedEvent(await liveEvent(servers));
  await segment(programme, "Opening", "2027-03-27T10:00", "2027-03-27T11:00", { published: true });
  await segment(programme, "Workshop", "2027-03-27T10:30", "2027-03-27T12:00");
  await segment(programme, "Lunch", "2027-03-27T12:30", "2027-03-27T13:30", { kind: "BREAK" });
  const olga = await planner(programme, people, "Olga Organizer");
  const otto = await planner(programme, people, "Otto Organizer");
  await olga.page.getByRole("button", { name: "Calendar" }).click();
  await expect(olga.page).toHaveURL(/view=calendar/);
  await expect(blockOf(olga, "Opening")).toBeVisible();
  await look(olga.page, "schedule-calendar");

  // 1.6 pixels are a minute: 48 of them half an hour.
  await drag(olga, blockOf(olga, "Opening"), { y: -48 });
  await expect(rowOf(otto, "Opening")).toContainText("09:30–10:30");
  await drag(olga, blockOf(olga, "Opening"), { y: 24 }, true);
  await expect(rowOf(otto, "Opening")).toContainText("09:30–10:45");
  const next = (await olga.page.getByRole("region", { name: second }).boundingBox())!;
  await drag(olga, blockOf(olga, "Workshop"), { x: next.width });
  // Straight to the right: on that day clocks are an hour ahead by then.
  await expect(otto.page.getByRole("region", { name: second }).getByText("11:30–13:00")).toBeVisible();

  // Into a break it does not go: it jumps back, and both are named.
  await drag(olga, blockOf(olga, "Opening"), { y: 5 * 48 });
  await expect(olga.page.locator(".toast").getByText("“Opening” would be at the same time as “Lunch”")).toBeVisible();
  await expect(blockOf(olga, "Opening")).toContainText("09:30–10:45");

  await blockOf(olga, "Opening").focus();
  await olga.page.keyboard.press("ArrowDown");
  await olga.page.keyboard.press("ArrowDown");
  await olga.page.keyboard.press("Shift+ArrowUp");
  await expect(olga.page.getByRole("status").getByText("Opening: Sat 27 Mar, 09:40–10:50")).toBeAttached();
  await expect(rowOf(otto, "Opening")).toContainText("09:40–10:50");
  await olga.page.keyboard.press("ArrowRight");
  await expect(blockOf(olga, "Opening")).toBeFocused();
  await expect(otto.page.getByRole("region", { name: second }).getByText("09:40–10:50")).toBeVisible();
  await olga.page.keyboard.press("Enter");
  await expect(olga.page.getByRole("dialog", { name: "Segment" }).getByLabel("Starts")).toHaveValue("2027-03-28T09:40");
  await olga.page.keyboard.press("Escape");
  await expect(blockOf(olga, "Opening")).toBeFocused();

  // An empty place, by keyboard; and the key Q.
  await olga.page
    .getByRole("region", { name: third })
    .getByRole("button", { name: /^Add on/ })
    .focus();
  await olga.page.keyboard.press("ArrowDown");
  await olga.page.keyboard.press("Enter");
  const dialog = olga.page.getByRole("dialog", { name: "Add on Mon 29 Mar" });
  await expect(dialog.getByLabel("Start")).toHaveValue("00:15");
  await dialog.getByLabel("Name").fill("Late show");
  await dialog.getByLabel("Name").press("Enter");
  await expect(dialog).toBeHidden();
  await expect(otto.page.getByRole("region", { name: third }).getByText("00:15–00:45")).toBeVisible();
  await olga.page.keyboard.press("q");
  await expect(olga.page.getByRole("dialog", { name: "Add on Sat 27 Mar" })).toBeVisible();
  await olga.page.keyboard.press("Escape");

  // What the address says is what a reload shows.
  await olga.page.getByRole("combobox", { name: "Day" }).selectOption({ label: second });
  await expect(olga.page).toHaveURL(/day=2027-03-28/);
  await olga.page.reload();
  await expect(olga.page.getByRole("region", { name: first })).toBeHidden();
  await expect(blockOf(olga, "Opening")).toBeVisible();
  // The day has 23 hours: after one comes three.
  const hours = olga.page.getByRole("region", { name: second }).locator(".hour");
  expect(await hours.count()).toBe(23);
  await expect(hours.nth(2)).toHaveText("03:00");
  await accessible(olga.page);
});

test("a schedule comes from a file, after a look at what it would do (F7)", async ({ servers, people }) => {
  const programme = await plannedEvent(await liveEvent(servers));
  await session(programme, "Main room", { scheduling: "SCHEDULED" });
  await segment(programme, "Lunch", "2027-03-27T12:00", "2027-03-27T13:00", { kind: "BREAK" });
  const olga = await planner(programme, people, "Olga Organizer");
  const otto = await planner(programme, people, "Otto Organizer");
  await olga.page.getByRole("button", { name: "Import" }).click();
  const dialog = olga.page.getByRole("dialog", { name: "Import schedule" });
  const rows = [
    "Name,Start,End,Type,Sessions,Published,Weather",
    "Keynote,2027-03-27 09:00,2027-03-27 10:00,Sessions,Main room,yes,sunny",
    "Too early,2027-03-26 09:00,2027-03-26 10:00,,,,",
    "In the way,2027-03-27 12:30,2027-03-27 14:00,,,,",
    "Nowhere,2027-03-27 15:00,2027-03-27 16:00,,No such room,,",
  ];
  const file = { name: "segments.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) };
  await dialog.locator("input[type=file]").setInputFiles(file);
  await expect(dialog.getByText("One segment will be added.")).toBeVisible();
  for (const [line, reason] of [
    ["3", "not within the time of the event"],
    ["4", "“In the way” would be at the same time as “Lunch”"],
    ["5", "no session with this title"],
  ])
    await expect(dialog.getByRole("row").filter({ hasText: reason! })).toContainText(line!);
  await expect(dialog.getByText("Weather")).toBeVisible();
  await expect(rowOf(otto, "Keynote")).toBeHidden();
  await look(olga.page, "schedule-import");
  await dialog.getByRole("button", { name: "Import one segment" }).click();
  await expect(rowOf(olga, "Keynote")).toContainText("Main room");
  await expect(rowOf(otto, "Keynote")).toContainText("09:00–10:00");
  const [download] = await Promise.all([
    olga.page.waitForEvent("download"),
    olga.page.getByRole("link", { name: "Export" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("segments.csv");
});

test("a session goes off the schedule only when somebody says so (F1, F3)", async ({ servers, people }) => {
  const programme = await plannedEvent(await liveEvent(servers));
  const room = await session(programme, "Main room", { scheduling: "SCHEDULED" });
  await segment(programme, "Opening", "2027-03-27T10:00", "2027-03-27T11:00", { sessionIds: [room], published: true });
  const olga = await planner(programme, people, "Olga Organizer");
  const otto = await planner(programme, people, "Otto Organizer");
  await expect(rowOf(otto, "Opening")).toContainText("Main room");
  await olga.page.getByRole("link", { name: "Main room" }).click();
  const section = olga.page.getByRole("region", { name: "Scheduling" });
  await expect(section.getByRole("link", { name: "Opening" })).toBeVisible();
  await look(olga.page, "session-scheduling");
  await section.getByRole("radio", { name: "Always open" }).check();
  await olga.page.getByRole("button", { name: "Save" }).click();
  const dialog = olga.page.getByRole("dialog", { name: "Take it off the schedule?" });
  await expect(dialog.getByText("These segments lead to it: “Opening”.")).toBeVisible();
  await look(olga.page, "session-off-schedule");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  const read = `query($id: ID!) { session(id: $id) { scheduling segments { name } } }`;
  const stored = async () => (await programme.organizer.run(read, { id: room })).session;
  expect(await stored()).toEqual({ scheduling: "SCHEDULED", segments: [{ name: "Opening" }] });
  await olga.page.getByRole("button", { name: "Save" }).click();
  await dialog.getByRole("button", { name: "Take it off and save" }).click();
  await expect(olga.page.getByText("Not saved yet")).toBeHidden();
  expect(await stored()).toEqual({ scheduling: "ALWAYS_OPEN", segments: [] });
  await expect(rowOf(otto, "Opening")).not.toContainText("Main room");
});

test("a form that is thrown away changes no session, and one may be closed while it is saved (F1, F7)", async ({
  servers,
  people,
}) => {
  const programme = await plannedEvent(await liveEvent(servers));
  const room = await session(programme, "Side room");
  await segment(programme, "Opening", "2027-03-27T09:00", "2027-03-27T10:00");
  const olga = await planner(programme, people, "Olga Organizer");
  const read = `query($id: ID!) { session(id: $id) { scheduling } }`;
  const scheduling = async () => (await programme.organizer.run(read, { id: room })).session.scheduling;
  const dialog = await openSegment(olga, "Opening");
  const link = async () => {
    await dialog.getByRole("searchbox", { name: "Sessions" }).click();
    await dialog.getByRole("button", { name: "Make scheduled and link" }).click();
    await expect(dialog.getByText("Becomes scheduled when you save: “Side room”")).toBeVisible();
  };
  await link();
  expect(await scheduling()).toBe("ALWAYS_OPEN");
  await dialog.getByRole("button", { name: "Discard" }).click();
  await expect(dialog.getByRole("button", { name: "Unlink Side room" })).toBeHidden();
  expect(await scheduling()).toBe("ALWAYS_OPEN");

  // The answer comes when nobody sees the form any more.
  await link();
  let answer = () => {};
  const held = new Promise<void>(resolve => (answer = resolve));
  const isSave = (request: Request) => !!request.postData()?.includes("updateSegment");
  await olga.page.route("**/graphql", async route => {
    if (isSave(route.request())) await held;
    await route.continue();
  });
  const asked = olga.page.waitForRequest(isSave);
  await dialog.getByRole("button", { name: "Save" }).click();
  await asked;
  await olga.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  answer();
  await expect(rowOf(olga, "Opening")).toContainText("Side room");
  expect(await scheduling()).toBe("SCHEDULED");
  await openSegment(olga, "Opening");
  await expect(dialog.getByRole("button", { name: "Unlink Side room" })).toBeVisible();
  await expect(dialog.getByText("Not saved yet")).toBeHidden();
  await olga.page.keyboard.press("Escape");

  // A move by keyboard is saved as the page is left, before its pause is over.
  await olga.page.getByRole("button", { name: "Calendar" }).click();
  await blockOf(olga, "Opening").focus();
  await olga.page.keyboard.press("ArrowDown");
  await olga.page.getByRole("navigation").getByRole("link", { name: "Sessions" }).first().click();
  await expect(olga.page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
  await olga.page.goBack();
  await olga.page.getByRole("button", { name: "Table" }).click();
  await expect(rowOf(olga, "Opening")).toContainText("09:05–10:05");
});
