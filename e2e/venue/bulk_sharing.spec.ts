// Who can share, changed for several sessions at once while people are on screen.
import { addressOf, liveEvent, onScreen, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { attend, shareAudioAndVideo } from "../pages/room.ts";

test("an organizer is asked once what becomes of those on screen when several sessions become invite only (D9, B8)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const alpha = await session(programme, "Alpha");
  await session(programme, "Beta");
  const ada = await people("Ada Attendee");
  await attend(programme, await addressOf(programme, alpha), ada);
  await shareAudioAndVideo(ada);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  const known = async () => (await onScreen(programme, alpha)).map(speaker => speaker.name);
  await expect.poll(known, "so the page knows it as well").toEqual([ada.name]);

  const bar = olga.page.getByRole("group", { name: "Selected sessions" });
  await bar.getByRole("checkbox").check();
  await bar.getByRole("button", { name: "Access" }).click();
  const dialog = olga.page.getByRole("dialog", { name: "Access to 2 sessions" });
  await dialog.getByLabel("Who can share").selectOption("Invite only");
  await dialog.getByRole("button", { name: "Save" }).click();
  const question = olga.page.getByRole("dialog", { name: "Invite those on screen?" });
  await expect(question).toContainText("One person is on screen in one session that becomes invite only.");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog, "nothing is changed yet").toBeVisible();
  await dialog.getByRole("button", { name: "Save" }).click();
  await question.getByRole("button", { name: "Invite them" }).click();
  await expect(olga.page.getByText("2 sessions are changed.")).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(await known()).toEqual([ada.name]);
  const query = `query($id: ID!) { session(id: $id) { shareAccess sharers { name } } }`;
  const { shareAccess, sharers } = (await programme.organizer.run(query, { id: alpha })).session;
  expect({ shareAccess, sharers }).toEqual({ shareAccess: "INVITE_ONLY", sharers: [{ name: ada.name }] });
});
