// Pictures from the form to the attendee's eye, a person's own profile, and taking one's data along (A3, A8, B2, B3).
import type { Locator } from "@playwright/test";
import { look } from "../harness/looks.ts";
import { animation, isShown, picture } from "../harness/pictures.ts";
import { attendee, inAddress, liveEvent, password, segment, session } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { joinAt, leave } from "../pages/room.ts";
import { openEditor, save } from "../pages/session.ts";

function field(person: Person, label: string): Locator {
  return person.page.getByRole("group", { name: label, exact: true });
}

test("a session's picture, from the form to the card, the entrance and the room (B3)", async ({ servers, people }) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const table = await session(programme, "Open table", { displaySize: "LARGE", scheduling: "SCHEDULED" });
  const now = Date.now();
  await segment(programme, "Evening", [now - 1_800_000, now + 7_200_000], { sessionIds: [table] });
  const id = inAddress(table);
  await session(programme, "Without a picture");
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Open table");
  const cover = field(olga, "Picture");
  const choose = cover.locator("input[type=file]");
  await choose.setInputFiles({ name: "good.png", mimeType: "image/png", buffer: Buffer.from("<svg></svg>") });
  await expect(cover.getByText("This is no picture that can be shown.")).toBeVisible();
  olga.expectProblems(/422/);
  await choose.setInputFiles({ name: "big.png", mimeType: "image/png", buffer: Buffer.alloc(2 * 1024 * 1024 + 1) });
  await expect(cover.getByText("The picture has more than 2 MiB.")).toBeVisible();
  await choose.setInputFiles(await picture(olga.page, 400, 200));
  await expect(cover.getByText("smaller than 800 × 320")).toBeVisible();
  await choose.setInputFiles(await picture(olga.page, 1600, 640, "image/jpeg"));
  await expect(cover.getByText("smaller than 800 × 320")).toBeHidden();
  await isShown(cover.getByRole("img", { name: "The picture as it is now" }));
  await cover.getByLabel("Alternate text").fill("Hills under a pale sun");
  await expect(cover.getByText("22/140")).toBeVisible();
  await save(olga);
  await look(olga.page, "session-picture");

  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, "Ada Attendee"));
  await ada.goto(`/e/${programme.slug}/sessions`);
  await isShown(ada.page.getByRole("img", { name: "Hills under a pale sun" }));
  await look(ada.page, "picture-cards");
  await ada.goto(`/e/${programme.slug}`);
  const row = ada.page.locator(".segment .cover");
  await isShown(row.getByRole("img", { name: "Hills under a pale sun" }));
  expect(await row.evaluate((one: HTMLElement) => [one.offsetWidth, one.offsetHeight])).toEqual([96, 64]);
  await look(ada.page, "picture-schedule");
  await ada.goto(`/e/${programme.slug}/sessions/${id}`);
  await isShown(ada.page.getByRole("img", { name: "Hills under a pale sun" }));
  await look(ada.page, "picture-entrance");
  await joinAt(ada, `/e/${programme.slug}/sessions/${id}`);
  await isShown(ada.page.locator(".room-logo img"));
  await leave(ada);

  // Small in the list; dropped this time, and taken away again.
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  const small = olga.page.locator(".session-row img");
  await isShown(small);
  await expect(small).toHaveAttribute("src", /\/thumb$/);
  await openEditor(olga, programme.slug, "Open table");
  const data = await olga.page.evaluateHandle(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [900, 360];
    canvas.getContext("2d")!.fillRect(0, 0, 900, 360);
    const blob = await new Promise<Blob>(resolve => canvas.toBlob(blob => resolve(blob!)));
    const data = new DataTransfer();
    data.items.add(new File([blob], "dropped.png", { type: "image/png" }));
    return data;
  });
  const before = await cover.getByRole("img").getAttribute("src");
  await cover.locator(".picture-field").dispatchEvent("drop", { dataTransfer: data });
  await expect(cover.getByRole("img")).not.toHaveAttribute("src", before!);
  await cover.getByRole("button", { name: "Remove picture" }).click();
  await expect(cover.getByRole("img")).toHaveCount(0);
  await save(olga);
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.getByRole("link", { name: "Open table" })).toBeVisible();
  await expect(ada.page.locator(".session-card img")).toHaveCount(0);
});

test("a moving picture stands still for who prefers reduced motion, on cards and in text (B2, B3)", async ({
  servers,
  people,
}) => {
  test.setTimeout(180_000);
  const programme = await liveEvent(servers);
  const id = inAddress(await session(programme, "Open table"));
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Open table");
  const cover = field(olga, "Picture");
  await cover.locator("input[type=file]").setInputFiles(animation());
  await isShown(cover.getByRole("img"));
  await olga.page.locator("input[type=file][multiple]").setInputFiles({
    ...(await picture(olga.page, 900, 300)),
    name: "map.png",
  });
  await isShown(olga.page.locator(".ProseMirror img"));
  await save(olga);

  const ada = await people("Ada Attendee", { reducedMotion: "reduce" });
  await ada.become(await attendee(programme, "Ada Attendee"));
  const bob = await people("Bob Attendee", { reducedMotion: "no-preference" });
  await bob.become(await attendee(programme, "Bob Attendee"));
  for (const [person, ending] of [
    [ada, /\/card-still$/],
    [bob, /\/card$/],
  ] as const) {
    await person.goto(`/e/${programme.slug}/sessions`);
    const image = person.page.locator(".session-card img");
    await isShown(image);
    expect(await image.evaluate((one: HTMLImageElement) => one.currentSrc)).toMatch(ending);
    await person.goto(`/e/${programme.slug}/sessions/${id}`);
    await person.page.getByText("More about this session").click();
    await isShown(person.page.locator(".rich-text img"));
  }
});

test("an event's cover stands on its reception (A3)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/basics`);
  const cover = field(olga, "Cover picture");
  await cover.locator("input[type=file]").setInputFiles(await picture(olga.page, 1500, 600));
  await expect(olga.page.getByText("Saved.")).toBeVisible();
  await look(olga.page, "event-cover");
  const ada = await people("Ada Attendee");
  await ada.goto(`/e/${programme.slug}`);
  await isShown(ada.page.locator(".hero-cover img"));
  await look(ada.page, "event-cover-landing");
});

test("a person edits the profile, takes the data along and deletes the account (A8)", async ({ servers, people }) => {
  test.setTimeout(180_000);
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, "Ada Attendee"));
  await ada.goto("/account");
  await ada.page.getByLabel("Your name").fill("Ada L.");
  await ada.page.getByLabel("Headline").fill("Counts on engines");
  await field(ada, "Your picture")
    .locator("input[type=file]")
    .setInputFiles(await picture(ada.page, 300, 300));
  await isShown(field(ada, "Your picture").getByRole("img"));
  await ada.page.getByRole("button", { name: "Save profile" }).click();
  await expect(ada.page.getByText("Saved.")).toBeVisible();
  await look(ada.page, "profile");
  await ada.page.reload();
  await expect(ada.page.getByLabel("Headline")).toHaveValue("Counts on engines");
  const [download] = await Promise.all([
    ada.page.waitForEvent("download"),
    ada.page.getByRole("link", { name: "Download my data" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("my-data.json");
  await ada.page.getByRole("button", { name: "Delete account" }).click();
  const dialog = ada.page.getByRole("dialog", { name: "Delete account" });
  await dialog.getByLabel("Current password").fill("not the password");
  await dialog.getByRole("button", { name: "Delete my account for good" }).click();
  await expect(dialog.locator(".problem")).toBeVisible();
  await dialog.getByLabel("Current password").fill(password);
  await dialog.getByRole("button", { name: "Delete my account for good" }).click();
  await expect(ada.page).toHaveURL(/\/sign-in/);

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto("/account");
  await olga.page.getByRole("button", { name: "Delete account" }).click();
  const last = olga.page.getByRole("dialog", { name: "Delete account" });
  await last.getByLabel("Current password").fill(password);
  await last.getByRole("button", { name: "Delete my account for good" }).click();
  await expect(last.getByText("You are the last organizer")).toBeVisible();
});
