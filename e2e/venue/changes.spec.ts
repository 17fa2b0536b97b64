// What the organizer does in the dashboard shows in the open pages of attendees.
import { advances, mediaFlows } from "../harness/call.ts";
import { isMarked, mark } from "../harness/mark.ts";
import { isShown, picture } from "../harness/pictures.ts";
import {
  type Programme,
  attendee,
  hoursFromNow,
  inAddress,
  liveEvent,
  roomOf,
  secondOrganizer,
  session,
} from "../harness/programme.ts";
import type { Servers } from "../harness/servers.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";
import { attend, preJoin, shareAudioAndVideo, tileOf } from "../pages/room.ts";
import { addSession, deleteSession, openEditor, save } from "../pages/session.ts";

test("a session made, changed, hidden and deleted in the dashboard is followed by the open venue (B1, B10, C2)", async ({
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
  await mark(ada.page);
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
  await olga.page.getByRole("radio", { name: /^Anyone Everybody who is/ }).check();
  await save(olga);
  await expect(card("Square table")).toBeVisible();

  await deleteSession(olga, programme.slug, "Square table");
  await expect(card("Square table")).toBeHidden();
  await expect(ada.page.getByRole("heading", { name: "There are no sessions yet" })).toBeVisible();
  expect(await isMarked(ada.page), "all of it without a reload").toBe(true);
});

test("people inside see a new title and a new picture, and their call goes on (B3, B10)", async ({
  servers,
  people,
}) => {
  test.setTimeout(180_000);
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  await attend(programme, room, ada, ben);
  await shareAudioAndVideo(ada);
  await advances(tileOf(ben, ada.name).locator("video"));
  await expect(ben.page.getByRole("heading", { name: "Round table" })).toBeVisible();
  await expect(ben.page.locator(".room-logo img")).toBeHidden();
  const connections = () => ben.page.evaluate(() => window.peerConnections.length);
  const before = await connections();
  await mark(ben.page);

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Round table");
  await olga.page.getByLabel("Title").fill("Square table");
  const cover = olga.page.getByRole("group", { name: "Picture", exact: true });
  await cover.locator("input[type=file]").setInputFiles(await picture(olga.page, 1500, 600));
  await isShown(cover.getByRole("img"));
  await save(olga);
  await expect(ben.page.getByRole("heading", { name: "Square table" })).toBeVisible();
  await isShown(ben.page.locator(".room-logo img"));
  await advances(tileOf(ben, ada.name).locator("video"));
  await mediaFlows(ben.page);
  expect(await connections(), "the call is the same one").toBe(before);
  expect(await isMarked(ben.page), "without a reload").toBe(true);
});

test("an event that an organizer opens early opens in the venue and lets people into its rooms (A3)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  await programme.organizer.run(`mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }`, {
    input: { id: programme.event, startsAt: hoursFromNow(2) },
  });
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto(`/e/${programme.slug}`);
  await expect(ada.page.getByRole("timer")).toBeVisible();
  const bob = await people("Bob Attendee");
  await bob.become(await attendee(programme, bob.name));
  await bob.goto(roomOf(programme, id));
  await preJoin(bob).click();
  await expect(bob.page.getByRole("heading", { name: "The event is not open right now" })).toBeVisible();
  for (const person of [ada, bob]) await mark(person.page);

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}`);
  await expect(olga.page.getByText("Upcoming", { exact: true })).toBeVisible();
  await olga.page.getByRole("button", { name: "Open now" }).click();
  await expect(olga.page.getByText("Live", { exact: true })).toBeVisible();
  await expect(ada.page.getByRole("region", { name: "What’s happening now" })).toBeVisible();
  await expect(ada.page.getByRole("timer")).toBeHidden();
  // The way in is there by itself.
  await preJoin(bob).click();
  await expect(bob.page.getByRole("button", { name: "Leave" })).toBeVisible();
  for (const person of [ada, bob]) expect(await isMarked(person.page), "without a reload").toBe(true);
});

test("two organizers at one session see each other's changes, and neither loses what they typed (A2, B10)", async ({
  servers,
  people,
}) => {
  const { olga, otto } = await twoEditors(servers, people);

  await otto.page.getByLabel("Description").fill("A draft by Otto.");
  await olga.page.getByLabel("Title").fill("Square table");
  await save(olga);
  await expect(otto.page.getByLabel("Title")).toHaveValue("Square table");
  await expect(otto.page.getByLabel("Description")).toHaveValue("A draft by Otto.");
  await save(otto);
  await expect(olga.page.getByLabel("Description")).toHaveValue("A draft by Otto.");
  await expect(olga.page.getByLabel("Title")).toHaveValue("Square table");

  // Both in the same field: the second is told, and decides.
  await otto.page.getByLabel("Title").fill("Oval table");
  await olga.page.getByLabel("Title").fill("Triangular table");
  await save(olga);
  const told = otto.page.getByText("Somebody else changed this meanwhile: Title.");
  await expect(told).toBeVisible();
  await expect(otto.page.getByLabel("Title")).toHaveValue("Oval table");
  // Far from the field it stands at the button, with what the other one wrote.
  const theirs = otto.page.getByRole("listitem").filter({ hasText: "Theirs: Triangular table" });
  await otto.page.getByLabel("Priority").scrollIntoViewIfNeeded();
  await expect(told).toBeInViewport();
  await expect(theirs).toBeInViewport();
  await save(otto);
  await expect(olga.page.getByLabel("Title")).toHaveValue("Oval table");
  await expect(told).toBeHidden();
});

test("of two organizers who save at the same moment the second hears of the first, and nothing is written over (B10)", async ({
  servers,
  people,
}) => {
  const { programme, id, olga, otto } = await twoEditors(servers, people);
  const stored = async () => {
    const read = `query($id: ID!) { session(id: $id) { title description } }`;
    return (await programme.organizer.run(read, { id })).session as { title: string; description: string };
  };
  const told = otto.page.getByText("Somebody else changed this meanwhile: Title.");
  // It is there before anything is said in it, so that it is read out.
  const saying = (await otto.page.locator(".savebar").getByRole("status").elementHandle())!;

  // Other fields: nobody is asked, and both are saved.
  await otto.page.getByLabel("Description").fill("A draft by Otto.");
  await olga.page.getByLabel("Title").fill("Square table");
  await overtake(otto, () => save(olga));
  await save(otto);
  await expect(otto.page.getByLabel("Title")).toHaveValue("Square table");
  await expect(told).toBeHidden();
  expect(await stored()).toEqual({ title: "Square table", description: "A draft by Otto." });

  // The same field: nothing of Otto's is sent over it, and nothing of his is lost.
  await otto.page.getByLabel("Title").fill("Oval table");
  await otto.page.getByLabel("Description").fill("Another one by Otto.");
  await olga.page.getByLabel("Title").fill("Triangular table");
  await overtake(otto, () => save(olga));
  // He may be told of her change before his own save is answered.
  const refused = otto.page.waitForResponse(
    async response =>
      !!response.request().postData()?.includes("updateSession") && (await response.text()).includes("CONFLICT"),
  );
  await otto.page.getByRole("button", { name: "Save" }).click();
  await refused;
  await expect(told).toBeVisible();
  expect(await saying.textContent()).toContain("Somebody else changed this meanwhile: Title.");
  await expect(otto.page.getByRole("button", { name: "Save" })).not.toHaveAttribute("aria-busy");
  expect(await stored()).toEqual({ title: "Triangular table", description: "A draft by Otto." });
  await expect(otto.page.getByLabel("Title")).toHaveValue("Oval table");
  await expect(otto.page.getByLabel("Description")).toHaveValue("Another one by Otto.");

  // He takes hers, and his other field is saved.
  const theirs = otto.page.getByRole("listitem").filter({ hasText: "Theirs: Triangular table" });
  await theirs.getByRole("button", { name: "Take theirs" }).press("Enter");
  await expect(otto.page.getByLabel("Title")).toHaveValue("Triangular table");
  await expect(otto.page.getByRole("button", { name: "Save" })).toBeFocused();
  await expect(told).toBeHidden();
  await save(otto);
  expect(await stored()).toEqual({ title: "Triangular table", description: "Another one by Otto." });
});

test("who types on while their save is away hears of what another one saved in that field (B10)", async ({
  servers,
  people,
}) => {
  const { programme, id, olga, otto } = await twoEditors(servers, people);
  await otto.page.getByLabel("Title").fill("Square table");
  await overtake(otto, async () => {
    await otto.page.getByLabel("Description").fill("Otto typed on.");
    await olga.page.getByLabel("Description").fill("A draft by Olga.");
    await save(olga);
  });
  await otto.page.getByRole("button", { name: "Save" }).click();
  await expect(otto.page.getByText("Saved.", { exact: true })).toBeVisible();
  await expect(otto.page.getByText("Somebody else changed this meanwhile: Description.")).toBeVisible();
  await expect(otto.page.getByLabel("Description")).toHaveValue("Otto typed on.");
  await expect(otto.page.getByRole("listitem").filter({ hasText: "Theirs: A draft by Olga." })).toBeVisible();
  const read = `query($id: ID!) { session(id: $id) { title description } }`;
  const now = (await programme.organizer.run(read, { id })).session;
  expect(now).toEqual({ title: "Square table", description: "A draft by Olga." });
});

test("a session that is deleted while somebody edits it leaves them their text, as a new one if they like (B8)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  await session(programme, "Round table");
  const [olga, otto] = await twoOrganizers(programme, people);
  await openEditor(otto, programme.slug, "Round table");
  await otto.page.getByLabel("Description").fill("A draft by Otto.");
  await deleteSession(olga, programme.slug, "Round table");
  await expect(otto.page.getByText("Somebody else deleted this session meanwhile.")).toBeVisible();
  await otto.page.getByRole("button", { name: "Add as a new session" }).click();
  await expect(otto.page.getByText("The session is added.")).toBeVisible();
  await openEditor(olga, programme.slug, "Round table");
  await expect(olga.page.getByLabel("Description")).toHaveValue("A draft by Otto.");
});

test("what is typed and not saved survives the page, and only that (B10)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Round table");
  await olga.page.getByLabel("Title").fill("Half a ti");
  olga.page.once("dialog", dialog => dialog.accept());
  await olga.goto("/");
  // Meanwhile somebody makes it private.
  await programme.organizer.run(
    `mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`,
    { input: { id, watchAccess: "PRIVATE" } },
  );
  await olga.goto(`/dashboard/${programme.slug}/sessions/${inAddress(id)}`);
  await expect(olga.page.getByLabel("Title")).toHaveValue("Half a ti");
  await expect(olga.page.getByRole("radio", { name: /^Private/ })).toBeChecked();
  await save(olga);
  const now = await programme.organizer.run(`query($id: ID!) { session(id: $id) { title watchAccess } }`, { id });
  expect(now.session).toEqual({ title: "Half a ti", watchAccess: "PRIVATE" });
});

test("an event's fields that are typed and not saved survive the page as well (A3)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto("/dashboard/new");
  await olga.page.getByLabel("Name").fill("Second summit");
  await olga.page.reload();
  await expect(olga.page.getByLabel("Name")).toHaveValue("Second summit");
  await olga.goto(`/dashboard/${programme.slug}/basics`);
  await olga.page.getByLabel("Description").fill("Half a sen");
  await olga.page.goBack();
  await olga.page.goForward();
  await expect(olga.page.getByLabel("Description")).toHaveValue("Half a sen");
});

test("the venue goes on at the event's new address (A3)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  await session(programme, "Round table");
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.getByText("Round table")).toBeVisible();
  await programme.organizer.run(`mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }`, {
    input: { id: programme.event, slug: "moved" },
  });
  await expect(ada.page).toHaveURL(/\/e\/moved\/sessions$/);
  await expect(ada.page.getByText("Round table")).toBeVisible();
  // A link of before leads there as well.
  await ada.goto(`/e/${programme.slug}/sessions?q=round`);
  await expect(ada.page).toHaveURL(/\/e\/moved\/sessions\?q=round$/);
  await expect(ada.page.getByText("Round table")).toBeVisible();
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

/** Does something after this person has pressed Save, and before the server hears of it. */
async function overtake(person: Person, first: () => Promise<void>): Promise<void> {
  let waiting = true;
  await person.page.route("**/graphql", async route => {
    if (waiting && route.request().postData()?.includes("updateSession")) {
      waiting = false;
      await first();
    }
    await route.fallback();
  });
}

/** Two people who may both do everything. */
/** Two organizers who have the same session open in their editors. */
async function twoEditors(servers: Servers, people: People) {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const [olga, otto] = await twoOrganizers(programme, people);
  for (const person of [olga, otto]) await openEditor(person, programme.slug, "Round table");
  return { programme, id, olga, otto };
}

async function twoOrganizers(programme: Programme, people: People): Promise<[Person, Person]> {
  const otto = await people("Otto Organizer");
  await otto.become(await secondOrganizer(programme, otto.name));
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  return [olga, otto];
}
