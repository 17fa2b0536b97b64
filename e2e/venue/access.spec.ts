// Who can watch and who can share, as an organizer sets it up in the editor, and what comes of it for those in the venue.
import { type Programme, attendee, confirmAddress, emailOf, liveEvent, roomOf, session } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { attend } from "../pages/room.ts";
import { openEditor, save } from "../pages/session.ts";

async function ticketType(programme: Programme, name: string): Promise<string> {
  const { createTicketType } = await programme.organizer.run(
    `mutation($input: CreateTicketTypeInput!) { createTicketType(input: $input) { ticketType { id } } }`,
    { input: { eventId: programme.event, name } },
  );
  return createTicketType.ticketType.id;
}

function cards(person: Person) {
  return person.page.locator(".session-card h2");
}

test("a session is for ticket holders and for a pasted list, and says so (B9, C3)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Deep dive");
  const ada = await people("Ada Attendee");
  const caller = await attendee(programme, ada.name);
  await confirmAddress(caller, ada.name);
  await ada.become(caller);
  const vip = await ticketType(programme, "VIP");
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(cards(ada)).toHaveText(["Deep dive"]);

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Deep dive");
  await olga.page.getByLabel("Ticket holders").check();
  await olga.page.getByRole("button", { name: "Save" }).click();
  await expect(
    olga.page.getByText("Choose at least one ticket type, or another answer to who can watch."),
  ).toBeVisible();
  await olga.page.getByRole("checkbox", { name: "VIP" }).check();
  await save(olga);
  await expect(olga.page.getByText("Only for VIP.")).toBeVisible();
  await expect(cards(ada), "the ticket type of the registration is another one").toHaveText([]);

  await olga.page.getByRole("button", { name: "Paste or upload a list" }).click();
  const dialog = olga.page.getByRole("dialog", { name: "Paste or upload a list" });
  await dialog
    .getByLabel("Email addresses")
    .fill(`Name;Email\nAda;${emailOf(ada.name).toUpperCase()}\nLater;later@example.org\nno address`);
  await expect(dialog.getByText("3 addresses")).toBeVisible();
  await dialog.getByRole("button", { name: "Invite 3 people" }).click();
  await expect(dialog.getByText("This is no email address: no address")).toBeVisible();
  await olga.page.keyboard.press("Escape");
  const list = olga.page.getByRole("region", { name: "Invited people" });
  await expect(list.getByText("Ada Attendee")).toBeVisible();
  await expect(list.getByText("Takes effect on registration, once the address is confirmed")).toBeVisible();
  await expect(
    olga.page.getByText("Only for VIP, and one invited person. One invitation waits for a registration"),
  ).toBeVisible();
  await expect(cards(ada)).toHaveText(["Deep dive"]);

  // The kept address takes effect.
  const later = await people("Later");
  const comes = await attendee(programme, "Later", vip);
  await confirmAddress(comes, "Later");
  await later.become(comes);
  await later.goto(roomOf(programme, id));
  await list.getByRole("button", { name: "Take the invitation of Ada Attendee back" }).click();
  await expect(cards(ada)).toHaveText([]);

  // From a file: what is no address is told and stays to be mended, the others are invited; then the mended file.
  await olga.page.getByRole("button", { name: "Paste or upload a list" }).click();
  const addresses = dialog.getByLabel("Email addresses");
  const choose = (...lines: string[]) =>
    dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "guests.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\r\n")) });
  await addresses.fill("");
  await choose("Name,Email", `Ada,${emailOf(ada.name)}`, "carl.example.org");
  await expect(addresses).toHaveValue(`${emailOf(ada.name)}\ncarl.example.org`);
  await dialog.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(dialog.getByText("This is no email address: carl.example.org")).toBeVisible();
  await expect(addresses).toHaveValue("carl.example.org");
  await expect(cards(ada)).toHaveText(["Deep dive"]);
  await addresses.fill("");
  await choose("Name,Email", `Ada,${emailOf(ada.name)}`, "Carl,carl@example.org");
  await dialog.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(dialog).toBeHidden();
  await expect(olga.page.getByText("One person is invited. One was on the list already.")).toBeVisible();
  await expect(list.getByText("carl@example.org")).toBeVisible();
});

test("somebody is found by name, and invited as well where they could not watch (C5, D4)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  await session(programme, "Board meeting", { watchAccess: "PRIVATE" });
  const mo = await people("Mo Derator");
  await mo.become(await attendee(programme, mo.name));
  await attendee(programme, "Molly Other");
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Board meeting");
  await expect(olga.page.getByText("Private, and nobody who is registered is invited")).toBeVisible();
  await olga.page.getByRole("radio", { name: "Moderated" }).check();
  await save(olga);

  const moderators = olga.page.getByRole("region", { name: "Moderators" });
  const field = moderators.getByRole("combobox", { name: "Add a moderator" });
  await field.fill("mo");
  await expect(moderators.getByRole("option")).toHaveCount(2);
  await field.press("ArrowDown");
  await expect(moderators.getByRole("option", { name: "Mo Derator" })).toHaveAttribute("aria-selected", "true");
  await field.press("Enter");
  const dialog = olga.page.getByRole("dialog", { name: "Invite as well?" });
  await expect(dialog.getByText(emailOf(mo.name))).toBeVisible();
  await dialog.getByRole("button", { name: "Add and invite" }).click();
  await expect(moderators.getByRole("listitem")).toHaveText(/Mo Derator/);
  await expect(olga.page.getByText("Only for one invited person.")).toBeVisible();

  // Out of the list again, the moderator is named.
  const list = olga.page.getByRole("region", { name: "Invited people" });
  await list.getByRole("button", { name: "Take the invitation of Mo Derator back" }).click();
  await expect(olga.page.getByText("Moderators who are not among those who can watch: Mo Derator.")).toBeVisible();
  await field.fill("nobody@example.org");
  await field.press("Enter");
  await expect(moderators.getByText("Nobody with this email address is registered for the event.")).toBeVisible();
});

test("in a session by invitation, the others watch and see no share button (D2)", async ({ servers, people }) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Panel"));
  const ada = await people("Ada Attendee");
  await attend(programme, room, ada);
  const share = ada.page.getByRole("button", { name: "Share audio and video" });
  await expect(share).toBeVisible();

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Panel");
  await olga.page.getByRole("radio", { name: "Invite only" }).check();
  await save(olga);
  await expect(share, "while one is inside").toBeHidden();

  const sharers = olga.page.getByRole("region", { name: "People who may share" });
  await sharers.getByRole("combobox", { name: "Add somebody" }).fill("ada");
  await sharers.getByRole("option", { name: "Ada Attendee" }).click();
  await expect(sharers.getByRole("listitem")).toHaveText(/Ada Attendee/);
  await expect(share).toBeVisible();
  await sharers.getByRole("button", { name: "Remove Ada Attendee" }).click();
  await expect(share).toBeHidden();
});
