// How the venue behaves: for how long sessions are shown around their segments (A5), and attendees who make sessions of their
// own (A6, N1, N2), and for how long messages are kept (A8).
import { look } from "../harness/looks.ts";
import { picture } from "../harness/pictures.ts";
import { attendee, liveEvent } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { preJoin } from "../pages/room.ts";
import { deleteSession, openEditor, save } from "../pages/session.ts";

async function openControls(person: Person, slug: string): Promise<void> {
  await person.goto(`/dashboard/${slug}/controls`);
  await expect(person.page.getByRole("heading", { name: "Venue controls" })).toBeVisible();
  await expect(person.page.getByLabel("Minutes before")).toBeVisible();
}

test("sessions are shown as long as organizers say, and another window follows (A5)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  const other = await people("Olga at home");
  for (const person of [olga, other]) {
    await person.become(programme.organizer);
    await openControls(person, programme.slug);
    await expect(person.page.getByLabel("Minutes before")).toHaveValue("5");
    await expect(person.page.getByLabel("Minutes after")).toHaveValue("0");
  }
  await olga.page.getByLabel("Minutes before").fill("300");
  await olga.page.getByRole("button", { name: "Save" }).click();
  await expect(olga.page.getByText("A whole number from 0 to 240.")).toBeVisible();
  await olga.page.getByLabel("Minutes before").fill("10");
  // Somebody else saves meanwhile: their field shows, and what one typed stays, also after a reload.
  await other.page.getByLabel("Minutes after").fill("15");
  await other.page.getByRole("button", { name: "Save" }).click();
  await expect(olga.page.getByLabel("Minutes after")).toHaveValue("15");
  olga.page.on("dialog", dialog => void dialog.accept());
  await olga.page.reload();
  await expect(olga.page.getByLabel("Minutes before")).toHaveValue("10");
  await look(olga.page, "venue-controls");
  await olga.page.getByRole("button", { name: "Save" }).click();
  await expect(other.page.getByLabel("Minutes before")).toHaveValue("10");
});

test("organizers say for how many days messages are kept, or for ever (A8)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openControls(olga, programme.slug);
  const kept = async () => {
    const query = `query($slug: String!) { event(slug: $slug) { chatRetentionDays } }`;
    return (await programme.organizer.run(query, { slug: programme.slug })).event.chatRetentionDays as number | null;
  };
  const { page } = olga;
  const choice = page.getByRole("group", { name: "Keep chat messages" });
  const days = page.getByLabel("Days", { exact: true });
  const saveIt = page.getByRole("button", { name: "Save" });
  await expect(choice.getByRole("radio", { name: /^For ever/ })).toBeChecked();
  await expect(days).toBeHidden();

  await choice.getByRole("radio", { name: /^For some days/ }).check();
  await expect(choice).toContainText("cannot be brought back");
  await days.fill("3651");
  await saveIt.click();
  await expect(days).toHaveAttribute("aria-invalid", "true");
  await expect(days).toHaveAccessibleDescription("A whole number from 1 to 3,650.");
  expect(await kept(), "refused").toBeNull();
  await days.fill("30");
  await look(page, "venue-controls-chat");
  await saveIt.click();
  const question = page.getByRole("dialog", { name: "Delete what is older?" });
  await expect(question).toContainText("Messages older than 30 days go within a few minutes of saving.");
  expect(await kept(), "not before that is answered").toBeNull();
  await question.getByRole("button", { name: "Save and delete" }).click();
  await expect(page.getByText("Not saved yet")).toBeHidden();
  expect(await kept()).toBe(30);
  await page.reload();
  await expect(choice.getByRole("radio", { name: /^For some days/ })).toBeChecked();
  await expect(days).toHaveValue("30");

  await choice.getByRole("radio", { name: /^For ever/ }).check();
  await saveIt.click();
  await expect(page.getByText("Not saved yet")).toBeHidden();
  expect(await kept()).toBeNull();

  // Of recordings it is said how many go.
  const recordings = page.getByRole("group", { name: "Keep recordings" });
  await recordings.getByRole("radio", { name: /^For some days/ }).check();
  await days.fill("3");
  await saveIt.click();
  await expect(question).toContainText("No recording is that old now.");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Not saved yet")).toBeVisible();
});

test("attendees make sessions of their own once they may (A6, N1, N2)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, "Ada Attendee"));
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
  const create = ada.page.getByRole("button", { name: "Create session" });
  await expect(create).toBeHidden();
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openControls(olga, programme.slug);
  await olga.page.getByRole("switch", { name: "Create sessions" }).check();
  await olga.page.getByRole("button", { name: "Save" }).click();

  await create.click();
  const dialog = ada.page.getByRole("dialog", { name: "Create session" });
  await dialog.getByLabel("Title").fill("Tea and typography");
  await ada.page.keyboard.press("Escape");
  await ada.page.reload();
  await create.click();
  await expect(dialog.getByLabel("Title")).toHaveValue("Tea and typography");
  await dialog.getByRole("radio", { name: "Moderated" }).check();
  await dialog.getByLabel("Places on screen").fill("51");
  await dialog.getByRole("button", { name: "Create session" }).click();
  await expect(dialog.getByText("A number from 1 to 50.")).toBeVisible();
  await look(ada.page, "create-session");
  await dialog.getByLabel("Places on screen").fill("8");
  await dialog.locator("input[type=file]").setInputFiles(await picture(ada.page, 1600, 640));
  await dialog.getByLabel("Alternate text").fill("Two cups");
  await dialog.getByRole("button", { name: "Create session" }).click();
  await expect(ada.page).toHaveURL(/\/sessions\/\w+/);
  await expect(preJoin(ada)).toBeVisible();

  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  const row = olga.page.getByRole("listitem").filter({ hasText: "Tea and typography" }).first();
  await expect(row).toContainText("By Ada Attendee");
  await look(olga.page, "sessions-of-attendees");
  // Organizers edit it, and delete it.
  await openEditor(olga, programme.slug, "Tea and typography");
  await olga.page.getByLabel("Title").fill("Tea and type");
  await save(olga);
  await expect(ada.page.getByRole("heading", { name: "Tea and type" })).toBeVisible();
  await deleteSession(olga, programme.slug, "Tea and type");
});
