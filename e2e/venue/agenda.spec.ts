// The schedule in the venue: change-overs without a reload, the room that opens by itself, My Agenda in a calendar.
import ICAL from "ical.js";
import { type Page } from "@playwright/test";
import { advances } from "../harness/call.ts";
import { minuteFromNow, shortlyBefore } from "../harness/clock.ts";
import { look } from "../harness/looks.ts";
import { type Programme, attendee, inAddress, liveEvent, roomOf, segment, session } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { peopleButton } from "../pages/people.ts";
import { goOffScreen, joinAt, leave, preJoin, shareAudioAndVideo, shareButton, tileOf } from "../pages/room.ts";

const minute = 60_000;
const scheduled = { scheduling: "SCHEDULED" };

/** Notes when a region first says nothing any more of what it speaks of before a change-over. */
async function noteWhenGone(page: Page, region: string, text: string): Promise<() => Promise<number>> {
  await page.evaluate(
    ([region, text]) => {
      const noted = window as unknown as { seenAt?: number };
      delete noted.seenAt;
      const look = () => {
        const holder = [...document.querySelectorAll(`[aria-label="${region}"]`)];
        if (noted.seenAt === undefined && holder.length > 0 && !holder.some(one => one.textContent!.includes(text!))) {
          noted.seenAt = Date.now();
        }
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
      look();
    },
    [region, text],
  );
  return async () => {
    const handle = await page.waitForFunction(() => (window as unknown as { seenAt?: number }).seenAt, undefined, {
      timeout: 90_000,
    });
    return (await handle.jsonValue())!;
  };
}

/** Counts what the page asks of the server from now on. */
function asks(page: Page): () => number {
  let count = 0;
  page.on("request", request => {
    if (request.url().endsWith("/graphql") && request.method() === "POST") count += 1;
  });
  return () => count;
}

/** Two talks after each other, a pause, a talk elsewhere and one with two rooms. */
async function threeHoursFromNow(programme: Programme) {
  const at = minuteFromNow(180);
  const opening = await session(programme, "Opening hall", scheduled);
  const panel = await session(programme, "Panel table", scheduled);
  const left = await session(programme, "Left room", scheduled);
  const right = await session(programme, "Right room", scheduled);
  const segments = {
    opening: await segment(programme, "Opening", [at - 60 * minute, at], {
      sessionIds: [opening],
      tags: ["keynote"],
      description: "Hello everybody.\nAnd welcome.",
    }),
    panel: await segment(programme, "Panel", [at, at + 45 * minute], { sessionIds: [panel], tags: ["talk"] }),
    pause: await segment(programme, "Coffee", [at + 45 * minute, at + 60 * minute], { kind: "BREAK" }),
    elsewhere: await segment(programme, "Film night", [at + 90 * minute, at + 120 * minute], {
      kind: "EXTERNAL_LINK",
      url: "https://films.example/tonight",
    }),
    choice: await segment(programme, "Workshops", [at + 100 * minute, at + 160 * minute], {
      sessionIds: [left, right],
      tags: ["talk"],
    }),
  };
  return { at, opening, panel, left, right, segments };
}

test("a change-over moves the reception and opens the room by itself (G1, G4, F5)", async ({ servers, people }) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const { at, panel } = await threeHoursFromNow(programme);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, "Ada Attendee"));

  await ada.goto(roomOf(programme, panel));
  const page = ada.page;
  await expect(page.getByRole("heading", { name: "Panel table" })).toBeVisible();
  await expect(page.getByRole("timer")).toBeVisible();
  await expect(page.getByRole("link", { name: "Add to calendar" })).toBeVisible();
  await expect(preJoin(ada)).toBeHidden();
  await look(page, "session-before");

  // The panel's room opens five minutes before it. A page takes the server's time when it connects.
  const opens = await shortlyBefore(servers, at - 5 * minute, 30);
  await page.reload();
  await expect(page.getByRole("timer")).toBeVisible();
  await expect(preJoin(ada)).toBeHidden();
  await expect(preJoin(ada)).toBeVisible({ timeout: 60_000 });
  expect(Date.now()).toBeGreaterThanOrEqual(opens);
  await preJoin(ada).click();
  await expect(shareButton(ada)).toBeVisible();

  const turns = await shortlyBefore(servers, at, 30);
  await ada.goto(`/e/${programme.slug}`);
  const now = page.getByRole("region", { name: "What’s happening now" });
  await expect(now.getByRole("listitem").filter({ hasText: "Opening" })).toContainText("Live");
  const soon = now.getByRole("list", { name: "Soon" });
  await expect(soon).toContainText("Panel");
  await expect(soon.getByRole("link", { name: "To the session" }), "one joins what is open").toBeVisible();
  const schedule = page.getByRole("region", { name: "Schedule" });
  await expect(schedule.getByRole("article").first()).toContainText("Opening");
  await expect(schedule.getByRole("article").first()).toContainText("Live");
  // Whatever the page asks for by itself at its beginning is over.
  await page.waitForLoadState("networkidle");
  expect(Date.now(), "the page was ready before the change-over").toBeLessThan(turns);
  const asked = asks(page);
  const turned = await noteWhenGone(page, "What’s happening now", "Opening");
  const late = (await turned()) - turns;
  expect(late, "milliseconds after the change-over").toBeLessThan(1_000);
  expect(late).toBeGreaterThan(-50);
  await expect(now.getByRole("listitem").filter({ hasText: "Panel" })).toContainText("Live");
  await expect(now.getByText("Opening")).toBeHidden();
  await expect(schedule.getByRole("article").first()).toContainText("Panel");
  expect(asked(), "requests that the change-over took").toBe(0);

  await page.getByRole("button", { name: "Show past segments (1)" }).click();
  const past = page.getByRole("group", { name: "Past segments" });
  await past.getByRole("link", { name: "Opening", exact: true }).click();
  await expect(page.getByText("This session has ended by the schedule")).toBeVisible();
  await expect(preJoin(ada)).toBeVisible();
});

test("the open list of sessions follows the schedule; speakers see a test run before (F2, F5, F6)", async ({
  servers,
  people,
}) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const at = minuteFromNow(180);
  await session(programme, "Lobby");
  const panel = await session(programme, "Panel table", scheduled);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, "Ada Attendee"));
  const bob = await people("Bob Builder");
  const speaker = await attendee(programme, "Bob Builder");
  await bob.become(speaker);
  const { me } = await speaker.run(`{ me { id } }`);
  await segment(programme, "Panel", [at, at + 2 * minute], { sessionIds: [panel], speakerIds: [me.id] });
  const cards = (person: Person) => person.page.locator(".session-card h2");

  await shortlyBefore(servers, at - 5 * minute, 30);
  for (const person of [ada, bob]) await person.goto(`/e/${programme.slug}/sessions`);
  await expect(cards(bob)).toHaveText(["Lobby", "Panel table"]);
  await expect(bob.page.locator(".session-card").filter({ hasText: "Panel table" })).toContainText("Test run");
  await expect(cards(ada)).toHaveText(["Lobby"]);
  // What is in no segment shows nowhere, nor does what is changed before its time.
  await session(programme, "Nowhere", scheduled);
  const rename = `mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`;
  await programme.organizer.run(rename, { input: { id: panel, description: "Soon." } });
  await session(programme, "Second lobby");
  await expect(cards(ada)).toHaveText(["Lobby", "Second lobby"]);
  await expect(cards(ada)).toHaveText(["Lobby", "Second lobby", "Panel table"], { timeout: 60_000 });
  await expect(bob.page.getByText("Test run")).toBeHidden();

  await shortlyBefore(servers, at + 2 * minute, 20);
  await ada.page.reload();
  await expect(cards(ada)).toHaveText(["Lobby", "Second lobby", "Panel table"]);
  await expect(cards(ada)).toHaveText(["Lobby", "Second lobby"], { timeout: 60_000 });
});

test("the schedule leads where its segments lead, and opens in the room, which goes on behind it (G1, G2)", async ({
  servers,
  people,
}) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const { at, opening, panel } = await threeHoursFromNow(programme);
  await shortlyBefore(servers, at, 1_800);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, "Ada Attendee"));
  await ada.goto(`/e/${programme.slug}`);
  const page = ada.page;
  const schedule = page.getByRole("region", { name: "Schedule" });
  await expect(schedule.getByRole("article")).toHaveCount(5);
  await look(page, "reception-schedule");

  const film = schedule.getByRole("article").filter({ hasText: "Film night" });
  const outwards = film.getByRole("link", { name: "Open Film night in a new tab" });
  expect(await outwards.getAttribute("target")).toBe("_blank");
  expect(await outwards.getAttribute("rel")).toContain("noopener");
  await schedule.getByRole("button", { name: "Choose a session of Workshops" }).click();
  await expect(page.getByRole("link", { name: "Right room" })).toBeVisible();
  await page.keyboard.press("Escape");
  await schedule.getByRole("button", { name: "talk", exact: true }).click();
  await expect(schedule.getByRole("article")).toHaveCount(2);
  await expect(page).toHaveURL(/tag=talk/);
  await schedule.getByRole("button", { name: "talk", exact: true }).click();

  await schedule.getByRole("article").filter({ hasText: "Opening" }).getByRole("link", { name: "Join" }).click();
  await expect(page).toHaveURL(new RegExp(`/sessions/${inAddress(opening)}`));
  await preJoin(ada).click();
  await expect(shareButton(ada)).toBeVisible();
  await page.getByRole("button", { name: "Schedule" }).click();
  const panelInRoom = page.getByRole("complementary", { name: "Schedule" });
  await expect(panelInRoom.getByRole("article").first()).toContainText("Opening");
  await expect(shareButton(ada)).toBeVisible();
  await look(page, "room-schedule");
  const inRoom = (name: string) => panelInRoom.getByRole("article").filter({ hasText: name });
  await expect(inRoom("Opening")).toContainText("You are here");
  await expect(inRoom("Opening").getByRole("link", { name: /^(Opening|Join)$/ }), "to where she is").toHaveCount(0);
  // Whatever else it leads to opens in a tab of its own.
  await inRoom("Workshops").getByRole("button", { name: "Choose a session of Workshops" }).click();
  for (const name of ["Left room", "Right room"])
    await expect(inRoom("Workshops").getByRole("link", { name })).toHaveAttribute("target", "_blank");
  await page.keyboard.press("Escape");
  for (const name of ["Panel", "To the session"])
    await expect(inRoom("Panel").getByRole("link", { name, exact: true })).toHaveAttribute("target", "_blank");
  const [other] = await Promise.all([
    page.waitForEvent("popup"),
    inRoom("Panel").getByRole("link", { name: "To the session" }).click(),
  ]);
  await expect(other).toHaveURL(new RegExp(`/sessions/${inAddress(panel)}`));
  await other.close();
  await expect(shareButton(ada), "who was inside stays there").toBeVisible();

  // After the end the room goes on; hosts see it, and can close it for all.
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(roomOf(programme, panel));
  await expect(olga.page.getByText("Test run")).toBeVisible();
  await expect(olga.page.locator(".entrance-event"), "apart from the event's name").toHaveText(/\S\s+Test run\s*$/);
  await joinAt(olga, roomOf(programme, opening));

  // The line of what is on and what comes next opens the schedule as well, and the room goes on behind it.
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(panelInRoom).toBeHidden();
  await shareAudioAndVideo(ada);
  for (const person of [ada, olga]) {
    const video = tileOf(person, ada.name).locator("video");
    await advances(video);
    await video.evaluate(element => element.setAttribute("data-mark", ""));
    await person.page.getByRole("button", { name: /^Now: Opening/ }).click();
    const beside = person.page.getByRole("complementary", { name: "Schedule" });
    await expect(beside.getByRole("article").first()).toContainText("Opening");
    await advances(tileOf(person, ada.name).locator("video[data-mark]"));
  }
  await expect(tileOf(olga, ada.name), "nobody left the screen").toBeVisible();
  await goOffScreen(ada);

  await leave(olga);
  await expect(peopleButton(ada)).toHaveAccessibleName("People, one inside");
  await shortlyBefore(servers, at + minute, 1);
  await olga.goto(roomOf(programme, opening));
  await expect(olga.page.getByText("Ended by schedule, one person inside")).toBeVisible();
  await look(olga.page, "session-ended");
  await expect(shareButton(ada)).toBeVisible();
  await olga.page.getByRole("button", { name: "Close for all" }).click();
  await olga.page.getByRole("dialog").getByRole("button", { name: "Close for all" }).click();
  await expect(page.getByRole("heading", { name: "This session was closed" })).toBeVisible();
  await expect(page.getByText("A host closed the room for everybody, or deleted the session.")).toBeVisible();
});

test("My Agenda marks clashes and goes into a calendar (G3, A6)", async ({ servers, people }) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const { at, left, right } = await threeHoursFromNow(programme);
  const ada = await people("Ada Attendee", { timezoneId: "Asia/Tokyo" });
  const caller = await attendee(programme, "Ada Attendee");
  await ada.become(caller);
  const second = await people("Ada in another window");
  await second.become(caller);
  await second.goto(`/e/${programme.slug}/agenda`);
  await expect(second.page.getByRole("heading", { name: "Your agenda is empty" })).toBeVisible();
  await look(second.page, "agenda-empty");

  const page = ada.page;
  // Tokyo's times, and beside them those of the event in Berlin.
  const hours = (zone: string, moment: number) =>
    new Date(moment).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  const berlin = (moment: number) => new RegExp(`${hours("Europe/Berlin", moment)} (CES?T|GMT)`);
  await ada.goto(roomOf(programme, left));
  const opens = at + 95 * minute;
  await expect(page.getByRole("status").filter({ hasText: "Opens" })).toContainText(hours("Asia/Tokyo", opens));
  await expect(page.getByText(berlin(opens))).toBeVisible();
  await ada.goto(`/e/${programme.slug}`);
  await expect(page.locator(".hero-head")).toContainText(/\d (CES?T|GMT)/);
  for (const name of ["Film night", "Workshops", "Coffee"]) {
    const mark = page.getByRole("button", { name: `${name} in My Agenda` });
    await mark.click();
    await expect(mark).toHaveAttribute("aria-pressed", "true");
  }
  await expect(second.page.getByRole("article")).toHaveCount(3);
  await expect(second.page.getByText("At the same time as Workshops")).toBeVisible();

  await page.getByRole("link", { name: "My Agenda" }).click();
  await expect(page.getByRole("heading", { name: "My Agenda", level: 1 })).toBeVisible();
  await expect(page.getByText("At the same time as Film night")).toBeVisible();
  const film = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "Film night" }) });
  await expect(film).toContainText(hours("Asia/Tokyo", at + 90 * minute));
  await expect(film).toContainText(hours("Europe/Berlin", at + 90 * minute));
  await look(page, "agenda");

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Add Workshops to your calendar" }).click(),
  ]);
  const one = events(await text(file));
  expect(one.map(event => event.summary)).toEqual(["Workshops"]);
  expect(one[0]!.startDate.toJSDate().getTime()).toBe(at + 100 * minute);
  expect(one[0]!.endDate.toJSDate().getTime()).toBe(at + 160 * minute);
  for (const room of [left, right]) expect(one[0]!.description).toContain(inAddress(room));

  const address = async () => (await page.locator(".feed-address").textContent())!;
  const first = await address();
  const read = async (url: string) => fetch(servers.url + new URL(url).pathname);
  expect(events(await (await read(first)).text()).map(event => event.summary)).toEqual([
    "Coffee",
    "Film night",
    "Workshops",
  ]);
  await page.getByRole("button", { name: "New address" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "New address" }).click();
  await expect(page.locator(".feed-address")).not.toHaveText(first);
  expect((await read(first)).status).toBe(404);
  const [all] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Add all to calendar" }).click(),
  ]);
  expect(events(await text(all))).toHaveLength(3);

  await page.getByRole("button", { name: "Coffee in My Agenda" }).click();
  await expect(second.page.getByRole("article")).toHaveCount(2);
  expect(events(await (await read(await address())).text())).toHaveLength(2);

  await programme.organizer.run(`mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }`, {
    input: { id: programme.event, agendaEnabled: false, peopleVisible: false },
  });
  await expect(page.getByRole("heading", { name: "My Agenda is switched off" })).toBeVisible();
  await expect(page.getByRole("link", { name: "My Agenda" })).toBeHidden();
});

test("people see each other, until that is switched off (A6)", async ({ servers, people }) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  for (const name of ["Bob Builder", "Cleo Coder"]) await attendee(programme, name);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, "Ada Attendee"));
  await ada.goto(`/e/${programme.slug}`);
  await ada.page.getByRole("link", { name: "People" }).click();
  await expect(ada.page.getByText("3 people")).toBeVisible();
  await look(ada.page, "people");
  await ada.page.getByRole("searchbox", { name: "Search by name" }).fill("cleo");
  await expect(ada.page.getByText("Bob Builder")).toBeHidden();
  await expect(ada.page.getByText("Cleo Coder")).toBeVisible();
  await programme.organizer.run(`mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }`, {
    input: { id: programme.event, peopleVisible: false },
  });
  await expect(ada.page.getByRole("heading", { name: "The list of people is switched off" })).toBeVisible();
  await expect(ada.page.getByRole("link", { name: "People" })).toBeHidden();
});

/** What a foreign reader finds in a calendar file, by start. */
function events(file: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const found = calendar.getAllSubcomponents("vevent").map(event => new ICAL.Event(event));
  return found.sort((a, b) => a.startDate.compare(b.startDate));
}

async function text(file: import("@playwright/test").Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
