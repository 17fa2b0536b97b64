// Ticket types and people: made and imported by an organizer, chosen by an attendee, who is then removed from inside a room.
import { look } from "../harness/looks.ts";
import { account, attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { joinAt } from "../pages/room.ts";

async function addTicketType(person: Person, name: string, description: string, places: string): Promise<void> {
  await person.page.getByRole("button", { name: "Add ticket type" }).click();
  const dialog = person.page.getByRole("dialog", { name: "Ticket type" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Description").fill(description);
  await dialog.getByLabel("Places").fill(places);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(person.page.getByRole("heading", { name })).toBeVisible();
}

test("tickets are offered, sold out, and taken away from somebody inside a room (A4, A7, C6)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Open table"));
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}`);
  await olga.page.getByRole("link", { name: "Ticket types" }).click();
  await addTicketType(olga, "Speaker", "On stage, and everywhere behind it.", "1");
  await addTicketType(olga, "Press", "", "");
  await olga.page.getByRole("button", { name: "Move Speaker up" }).click();
  await expect(olga.page.getByRole("heading", { level: 3 }).first()).toContainText("Speaker");
  await olga.page.getByRole("button", { name: "Edit Press" }).click();
  await expect(olga.page.getByRole("dialog").getByLabel("Name")).toHaveValue("Press");
  await olga.page.getByRole("dialog").getByLabel("Places").fill("0");
  await olga.page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(olga.page.getByText("A whole number from 1 to 1,000,000, or nothing.")).toBeVisible();
  await olga.page.keyboard.press("Escape");
  await olga.page.getByRole("button", { name: "Delete Press" }).click();
  await olga.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(olga.page.getByRole("heading", { name: "Press" })).toBeHidden();

  await olga.page.getByRole("link", { name: "People" }).click();
  await olga.page.getByRole("button", { name: "Import people" }).click();
  const dialog = olga.page.getByRole("dialog", { name: "Import people" });
  const rows = [
    "Name;Email;Ticket type;Shoe size",
    "Ida Import;ida@example.org;Attendee;38",
    "Nobody;no address;Attendee;",
    ";empty@example.org;Attendee;",
    "Vera;vera@example.org;VIP;",
  ];
  const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) };
  await dialog.locator("input[type=file]").setInputFiles(file);
  await expect(dialog.getByText("One person will be registered.")).toBeVisible();
  for (const [line, reason] of [
    ["3", "full email address"],
    ["4", "Give a name"],
    ["5", "no ticket type with this name"],
  ])
    await expect(dialog.getByRole("row").filter({ hasText: reason! })).toContainText(line!);
  await expect(dialog.getByText("Shoe size")).toBeVisible();
  await look(olga.page, "import-people");
  await dialog.getByRole("button", { name: "Import one person" }).click();
  await expect(olga.page.getByText("ida@example.org")).toBeVisible();
  // A search says of how many it found some.
  const heading = olga.page.getByRole("heading", { name: /^Registered/ });
  await expect(heading).toHaveText("Registered 1");
  await olga.page.getByLabel("Search by name or email").fill("nobody of that name");
  await expect(heading).toHaveText("Registered 0/1");
  await olga.page.getByLabel("Search by name or email").fill("");
  await expect(heading).toHaveText("Registered 1");
  const [download] = await Promise.all([
    olga.page.waitForEvent("download"),
    olga.page.getByRole("link", { name: "Export" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("people.csv");

  const ada = await people("Ada Attendee");
  await ada.become(await account(servers, "Ada Attendee"));
  const ben = await people("Ben Attendee");
  await ben.become(await account(servers, "Ben Attendee"));
  await ben.goto(`/e/${programme.slug}`);
  await ada.goto(`/e/${programme.slug}`);
  await ada.page.getByRole("button", { name: "Register" }).click();
  await expect(ada.page.getByText("Please choose one of the ticket types.")).toBeVisible();
  await expect(ada.page.getByText("One place left")).toBeVisible();
  await look(ada.page, "register-tickets");
  await ada.page.getByRole("radio", { name: "Speaker" }).check();
  await ben.page.getByRole("radio", { name: "Speaker" }).check();
  await ada.page.getByRole("button", { name: "Register" }).click();
  await expect(ada.page.getByRole("navigation", { name: "Venue" })).toBeVisible();
  await ben.page.getByRole("button", { name: "Register" }).click();
  await expect(ben.page.getByText("The last place has just been taken.")).toBeVisible();
  await expect(ben.page.getByRole("radio", { name: "Speaker" })).toBeDisabled();
  await expect(ben.page.getByText("Sold out")).toBeVisible();
  await look(ben.page, "register-sold-out");

  // A change of the ticket types shows without a reload; the only one that is left is chosen already.
  await olga.page.getByRole("link", { name: "Ticket types" }).click();
  await olga.page.getByRole("listitem").filter({ hasText: "Attendee" }).getByRole("button", { name: "Close" }).click();
  await expect(ben.page.getByText("All places are taken.")).toBeVisible();
  await look(olga.page, "dashboard-tickets");
  await olga.page.getByRole("button", { name: "Delete Speaker" }).click();
  await expect(olga.page.getByText("One person holds it.")).toBeVisible();
  await look(olga.page, "dashboard-ticket-in-use");
  await olga.page.keyboard.press("Escape");

  await joinAt(ada, room);
  await olga.page.getByRole("link", { name: "People" }).click();
  await olga.page.getByRole("combobox", { name: "Filter by ticket type" }).selectOption({ label: "Speaker" });
  await expect(olga.page.getByText("ida@example.org")).toBeHidden();
  // Moved to another ticket type, she is among its holders.
  const ticket = olga.page.getByRole("combobox", { name: "Ticket type of Ada Attendee" });
  await ticket.selectOption({ label: "Attendee" });
  await expect(ticket.locator("option:checked")).toHaveText("Attendee");
  await olga.page.getByRole("combobox", { name: "Filter by ticket type" }).selectOption({ label: "Attendee" });
  await expect(olga.page.getByText("ida@example.org")).toBeVisible();
  await expect(ticket).toBeVisible();
  await olga.page.getByRole("button", { name: "Remove Ada Attendee from the event" }).click();
  await look(olga.page, "dashboard-remove-person");
  await olga.page.getByRole("button", { name: "Remove from the event" }).last().click();
  // Out of the room, and of the whole event.
  await expect(ada.page.getByRole("heading", { name: "You were removed from this event" })).toBeVisible();
  await expect(olga.page.getByText("Removed", { exact: true })).toBeVisible();
  await look(olga.page, "dashboard-people");
  await ada.goto(`/e/${programme.slug}`);
  await expect(ada.page.getByRole("heading", { name: "You were removed from this event" })).toBeVisible();
  await look(ada.page, "removed-from-event");

  // Let back in, the page opens by itself.
  await olga.page.getByRole("button", { name: "Let back in" }).click();
  await expect(ada.page.getByRole("navigation", { name: "Venue" })).toBeVisible();
});

test("who is muted sees that and why, and who is removed leaves the venue at once (A7)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const caller = await attendee(programme, "Ada Attendee");
  const ada = await people("Ada Attendee");
  await ada.become(caller);
  await session(programme, "Open table");
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.getByText("Open table")).toBeVisible();
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/people`);
  await olga.page.getByRole("button", { name: "Mute Ada Attendee" }).click();
  await expect(ada.page.getByText("An organizer has muted you.")).toBeVisible();
  await olga.page.getByRole("button", { name: "Unmute Ada Attendee" }).click();
  await expect(ada.page.getByText("An organizer has muted you.")).toBeHidden();
  const { event } = await programme.organizer.run(
    `query($slug: String!) { event(slug: $slug) { registrations { nodes { id } } } }`,
    { slug: programme.slug },
  );
  await programme.organizer.run(
    `mutation($id: ID!) { blockPerson(input: { registrationId: $id }) { registration { blocked } } }`,
    { id: event.registrations.nodes[0].id },
  );
  await expect(ada.page.getByRole("heading", { name: "You were removed from this event" })).toBeVisible();
  await expect(ada.page.getByText("Open table")).toBeHidden();
});
