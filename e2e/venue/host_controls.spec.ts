// What hosts do about people on screen: muted, taken off it and let back, given the next free seat, and kept or not when the
// way there becomes another one.
import { advances, liveTracks } from "../harness/call.ts";
import { look } from "../harness/looks.ts";
import {
  type Programme,
  addModerator,
  approve,
  attendee,
  liveEvent,
  onScreen,
  roomOf,
  session,
} from "../harness/programme.ts";
import { accessible, expect, test } from "../harness/test.ts";
import { townHall } from "../harness/town_hall.ts";
import {
  answer,
  askButton,
  asked,
  chooseOnTile,
  goOffScreen,
  goOnScreen,
  hostButton,
  hostSection,
  join,
  joinAt,
  openHostControls,
  requests,
  screenOf,
  shareAudioAndVideo,
  shareButton,
  shareDialog,
  shareScreen,
  tileMenu,
  tileOf,
} from "../pages/room.ts";

test("a moderator mutes, ends a screen share and removes; who was removed asks again, who left does not (D7, O2)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const { programme, id, room, mo, ada, caller } = await townHall(servers, people);
  await approve(programme, id, caller);
  for (const person of [mo, ada]) await joinAt(person, room);
  await shareAudioAndVideo(ada);
  const [tile, screen] = [tileOf(mo, ada.name), screenOf(mo, ada.name)];
  await advances(tile.locator("video"));

  const muted = tile.getByRole("img", { name: "Microphone off" });
  await expect(muted).toBeHidden();
  await chooseOnTile(tile, "Mute for everyone");
  await expect(ada.page.getByText("A host muted your microphone for everyone.")).toBeVisible();
  await expect(muted).toBeVisible();
  await tileMenu(tile).click();
  await expect(tile.getByRole("button", { name: "Mute for everyone" })).toBeDisabled();
  await accessible(mo.page);
  await mo.page.keyboard.press("Escape");
  await ada.page.getByRole("button", { name: "Unmute microphone" }).click();
  await expect(muted).toBeHidden();

  await goOffScreen(ada);
  await expect(tile).toBeHidden();
  await shareAudioAndVideo(ada);
  await shareScreen(ada);
  await expect(screen).toBeVisible();
  await chooseOnTile(screen, "Remove the screen share");
  await expect(ada.page.getByText("A host ended your screen share.")).toBeVisible();
  await expect(screen).toBeHidden();
  await advances(tile.locator("video"));
  await expect(ada.page.getByRole("button", { name: "Share screen" }), "it may be shared again").toBeEnabled();

  await openHostControls(mo);
  await hostSection(mo, "On screen").getByRole("button", { name: "Remove Ada Attendee from the screen" }).click();
  await expect(ada.page.getByText("A host removed you from the screen.")).toBeVisible();
  await expect(tile).toBeHidden();
  await expect.poll(() => liveTracks(ada.page), "every device is off").toEqual([]);
  await askButton(ada).click();
  await expect(requests(mo)).toHaveText([/Ada Attendee/]);
  await expect(hostSection(mo, "Kept off the screen"), "moderators keep nobody off").toBeHidden();

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}`);
  await olga.page.getByRole("link", { name: "Audit log" }).click();
  await expect(olga.page.getByRole("main").getByRole("listitem")).toHaveText([
    /Mo Derator removed Ada Attendee from the screen\.\s*Town hall/,
    /Mo Derator removed the screen share of Ada Attendee\.\s*Town hall/,
    /Mo Derator muted Ada Attendee for everyone\.\s*Town hall/,
    /Olga Organizer approved the request of Ada Attendee\.\s*Town hall/,
  ]);
  await look(olga.page, "audit-log");
  await mo.goto(`/dashboard/${programme.slug}/audit-log`);
  await expect(mo.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("in an open session organizers keep somebody off the screen until they are let back, and moderators nobody (D4, D7)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Open mike");
  const [olga, mo, ada] = [await people("Olga Organizer"), await people("Mo Derator"), await people("Ada Attendee")];
  const [moderator, caller] = [await attendee(programme, mo.name), await attendee(programme, ada.name)];
  await addModerator(programme, id, mo.name);
  await olga.become(programme.organizer);
  await mo.become(moderator);
  await ada.become(caller);
  for (const person of [olga, mo, ada]) await joinAt(person, roomOf(programme, id));
  await shareAudioAndVideo(ada);

  await expect(tileMenu(tileOf(olga, ada.name))).toBeVisible();
  await expect(tileOf(mo, ada.name)).toBeVisible();
  await expect(tileMenu(tileOf(mo, ada.name))).toBeHidden();
  await expect(hostButton(mo)).toBeHidden();
  const { me } = await caller.run(`{ me { id } }`);
  const refusal = await moderator.refusal(
    `mutation($input: RemoveFromScreenInput!) { removeFromScreen(input: $input) { session { id } } }`,
    { input: { sessionId: id, personId: me.id } },
  );
  expect(refusal).toBe("FORBIDDEN");

  await chooseOnTile(tileOf(olga, ada.name), "Remove from screen");
  await expect(ada.page.getByText("A host removed you from the screen.")).toBeVisible();
  await expect(tileOf(mo, ada.name)).toBeHidden();
  const why = ada.page.getByText("A host took you off the screen of this session.");
  await expect(why).toBeVisible();
  await look(ada.page, "room-barred");
  await ada.page.reload();
  await join(ada);
  await expect(why).toBeVisible();
  for (const way of [shareButton(ada), askButton(ada), ada.page.getByRole("button", { name: "Share screen" })])
    await expect(way).toBeHidden();

  await openHostControls(olga);
  const barred = hostSection(olga, "Kept off the screen");
  await expect(barred.getByRole("listitem")).toHaveText([/Ada Attendee/]);
  await barred.getByRole("button", { name: "Let back" }).click();
  await expect(barred).toBeHidden();
  await shareAudioAndVideo(ada);
  await advances(tileOf(mo, ada.name).locator("video"));
});

test("another answer to who can share counts at once: those on screen stay, leave or are invited (D2, D4, D9)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Panel");
  const [olga, mo, ada] = [await people("Olga Organizer"), await people("Mo Derator"), await people("Ada Attendee")];
  await olga.become(programme.organizer);
  for (const person of [mo, ada]) await person.become(await attendee(programme, person.name));
  await addModerator(programme, id, mo.name);
  for (const person of [olga, mo, ada]) await joinAt(person, roomOf(programme, id));
  await shareAudioAndVideo(ada);
  await areKnownOnScreen(programme, id, [ada.name]);
  const tile = tileOf(mo, ada.name);
  await expect(hostButton(mo), "a moderator of a session that is not moderated").toBeHidden();

  await openHostControls(olga);
  const mode = hostSection(olga, "Who can share audio and video").getByRole("combobox");
  const chosen = mode.locator("option:checked");
  await expect(chosen).toHaveText("Anyone");
  await mode.selectOption({ label: "Moderated" });
  await expect(hostButton(mo)).toBeVisible();
  await expect(chosen).toHaveText("Moderated");
  await advances(tile.locator("video"));
  await goOffScreen(ada);
  await shareAudioAndVideo(ada);

  const question = olga.page.getByRole("dialog", { name: "Invite those on screen?" });
  await mode.selectOption({ label: "Invite only" });
  await expect(question).toContainText("On screen: Ada Attendee.");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(chosen).toHaveText("Moderated");
  await mode.selectOption({ label: "Invite only" });
  await question.getByRole("button", { name: "Let them leave" }).click();
  await expect(ada.page.getByText("You may not be on screen in this session any more.")).toBeVisible();
  await expect(tile).toBeHidden();
  await expect(hostButton(mo)).toBeHidden();
  for (const way of [shareButton(ada), askButton(ada)]) await expect(way).toBeHidden();
  await areKnownOnScreen(programme, id, []);

  await mode.selectOption({ label: "Anyone" });
  await shareAudioAndVideo(ada);
  await expect(shareButton(mo)).toBeEnabled();
  await areKnownOnScreen(programme, id, [ada.name]);
  await mode.selectOption({ label: "Invite only" });
  await question.getByRole("button", { name: "Invite them" }).click();
  await expect(shareButton(mo)).toBeHidden();
  await expect(chosen).toHaveText("Invite only");
  await advances(tile.locator("video"));
  await goOffScreen(ada);
  await expect(shareButton(ada), "who was invited may come back").toBeEnabled();
});

test("who is approved while every seat is taken gets the next free one, kept for them until they take it (D5, E1, E3)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "One chair", { shareAccess: "MODERATED", maxParticipants: 1 });
  const [olga, ada, ben] = [await people("Olga Organizer"), await people("Ada Attendee"), await people("Ben Attendee")];
  await olga.become(programme.organizer);
  const caller = await attendee(programme, ada.name);
  await ada.become(caller);
  await approve(programme, id, caller);
  await ben.become(await attendee(programme, ben.name));
  for (const person of [olga, ada, ben]) await joinAt(person, roomOf(programme, id));
  await shareAudioAndVideo(ada);
  await openHostControls(olga);
  const capacity = hostSection(olga, "Capacity");
  await expect(capacity).toContainText("2 of 5,000 viewers · 1 of 1 seats in use");

  await askButton(ben).click();
  await expect(asked(ben, "1st")).toBeVisible();
  await look(ben.page, "room-asked");
  await expect(requests(olga)).toHaveText([/Ben Attendee/]);
  await look(olga.page, "room-host-controls");
  await answer(olga, "Approve", ben.name);
  const next = ben.page.getByRole("button", { name: "Approved · next free seat, you are 1st" });
  await expect(next).toBeVisible();
  await look(ben.page, "room-next-seat");
  await expect(hostSection(olga, "Requests")).toContainText("Next for a free seat: Ben Attendee");

  await next.click();
  const question = ben.page.getByRole("dialog", { name: "Take your request back?" });
  await question.getByRole("button", { name: "Take it back" }).click();
  await expect(hostSection(olga, "Requests")).not.toContainText("Next for a free seat");
  await askButton(ben).click();
  await expect(requests(olga)).toHaveText([/Ben Attendee/]);
  await answer(olga, "Approve", ben.name);

  await ben.page.reload();
  await join(ben);
  await expect(next, "the place is kept over a reload").toBeVisible();

  await goOffScreen(ada);
  const free = ben.page.getByRole("button", { name: /^A seat is free for you · \d+ s$/ });
  await expect(free).toBeEnabled();
  await ben.page.reload();
  await join(ben);
  await expect(free, "and so is the seat").toBeEnabled();
  const offer = ben.page.getByRole("status").filter({ hasText: "A place on screen is kept for you." });
  await offer.getByRole("button", { name: "Go on screen" }).click();
  await expect(shareDialog(ben).getByRole("timer")).toContainText("This place is kept for you for");
  await expect(capacity, "nobody is on screen").toContainText("3 of 5,000 viewers · 1 of 1 seats in use");
  await expect(ada.page.getByRole("button", { name: "Full", exact: true })).toBeDisabled();
  await goOnScreen(ben);
  await advances(tileOf(olga, ben.name).locator("video"));
  await expect(capacity).toContainText("2 of 5,000 viewers · 1 of 1 seats in use");
});

/** Waits until the api has heard from media, which tells it once a second, that these people are on screen. */
async function areKnownOnScreen(programme: Programme, id: string, names: string[]): Promise<void> {
  const known = async () => (await onScreen(programme, id)).map(speaker => speaker.name);
  await expect.poll(known, "whom the api knows to be on screen").toEqual(names);
}
