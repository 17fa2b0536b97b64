// Who is in the room, live and searched; hands in their order, lowered by a host; and reactions, told together.
import { look } from "../harness/looks.ts";
import { approve, attendee, liveEvent, mute, roomOf, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { townHall } from "../harness/town_hall.ts";
import { handAt, handButton, openPeople, peopleButton, peoplePanel, react, rowsOf, search } from "../pages/people.ts";
import { aloud, attend, chooseOnTile, goOffScreen, joinAt, leave, shareAudioAndVideo, tileOf } from "../pages/room.ts";

test("people come and go in the list, are found in it, and hosts stand apart (I2)", async ({ servers, people }) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const room = roomOf(programme, id);
  const [olga, ada, zoe] = [await people("Olga Organizer"), await people("Ada Attendee"), await people("Zoë Zimmer")];
  await olga.become(programme.organizer);
  for (const person of [ada, zoe]) await person.become(await attendee(programme, person.name));
  await joinAt(olga, room);
  await joinAt(ada, room);
  await expect(peopleButton(ada)).toHaveAccessibleName("People, 2 inside");
  await openPeople(ada);
  await expect(rowsOf(ada, "Hosts")).toHaveText([/Olga Organizer\s*Host/]);
  await expect(rowsOf(ada, "Everybody else")).toHaveText([/Ada Attendee \(you\)/]);

  await joinAt(zoe, room);
  await expect(rowsOf(ada, "Everybody else")).toHaveText([/Ada Attendee/, /Zoë Zimmer/]);
  await expect(peopleButton(ada)).toHaveAccessibleName("People, 3 inside");
  await shareAudioAndVideo(zoe);
  await expect(rowsOf(ada, "On screen")).toHaveText([/Zoë Zimmer/]);
  await expect(rowsOf(ada, "Everybody else")).toHaveText([/Ada Attendee/]);
  await look(ada.page, "room-people");

  await search(ada, "ZOE");
  await expect(rowsOf(ada, "Everybody else")).toHaveText([/Zoë Zimmer/]);
  await expect(peoplePanel(ada).getByRole("status")).toHaveText("One person found");
  await expect(rowsOf(ada, "Hosts")).toHaveCount(0);
  await search(ada, "nobody of that name");
  await expect(peoplePanel(ada)).toContainText("Nobody found");
  await peoplePanel(ada).getByRole("button", { name: "Clear the search" }).click();
  await expect(rowsOf(ada, "Hosts")).toHaveText([/Olga Organizer/]);

  await goOffScreen(zoe);
  await leave(zoe);
  await expect(rowsOf(ada, "Everybody else")).toHaveText([/Ada Attendee/]);
  await expect(peopleButton(ada)).toHaveAccessibleName("People, 2 inside");

  // The organizers switch the list off: hosts alone see it.
  await programme.organizer.run(
    `mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { peopleVisible } } }`,
    { input: { id: programme.event, peopleVisible: false } },
  );
  await ada.page.reload();
  await ada.page.getByRole("button", { name: "Join" }).click();
  await peopleButton(ada).click();
  await expect(peoplePanel(ada)).toContainText("The list of people is switched off");
  await openPeople(olga);
  await expect(rowsOf(olga, "Everybody else")).toHaveText([/Ada Attendee/]);
});

test("hands are raised in order, on tiles and in the list, and lowered by a host (I3, H8)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const { programme, id, room, mo, ada, caller } = await townHall(servers, people);
  await approve(programme, id, caller);
  for (const person of [mo, ada]) await joinAt(person, room);
  const ben = await people("Ben Attendee");
  await attend(programme, room, ben);
  await shareAudioAndVideo(ada);
  await expect(tileOf(mo, ada.name)).toBeVisible();

  await handButton(ben).click();
  await expect(handButton(ben)).toHaveAccessibleName("Hand raised, you are 1st");
  await expect(handButton(ben)).toHaveAttribute("aria-pressed", "true");
  await expect(aloud(mo, "Ben Attendee raised a hand.")).toBeAttached();
  await ada.page.keyboard.press("h");
  await expect(handButton(ada)).toHaveAccessibleName("Hand raised, you are 2nd");
  await expect(handAt(tileOf(ben, ada.name), "2nd")).toBeVisible();
  await expect(aloud(ada, "Ben Attendee raised a hand."), "whose turn it is, hosts hear").toHaveCount(0);
  await expect(peopleButton(mo)).toHaveAccessibleName("People, 3 inside, 2 raised hands");
  await expect(peopleButton(ada)).toHaveAccessibleName("People, 3 inside");
  await openPeople(mo);
  await expect(rowsOf(mo, "Raised hands")).toHaveText([/Ben Attendee/, /Ada Attendee/]);
  await look(mo.page, "room-hands");

  await handButton(ben).click();
  await expect(handButton(ben)).toHaveAccessibleName("Raise hand");
  await expect(handButton(ada)).toHaveAccessibleName("Hand raised, you are 1st");
  await handButton(ben).click();
  await expect(handButton(ben), "behind the others").toHaveAccessibleName("Hand raised, you are 2nd");
  await expect(rowsOf(mo, "Raised hands")).toHaveText([/Ada Attendee/, /Ben Attendee/]);

  await chooseOnTile(tileOf(mo, ada.name), "Lower the hand");
  await expect(handButton(ada)).toHaveAccessibleName("Raise hand");
  await expect(handAt(tileOf(mo, ada.name), "1st")).toBeHidden();
  await expect(handButton(ben)).toHaveAccessibleName("Hand raised, you are 1st");
  await handButton(ada).click();
  await expect(handButton(ada)).toHaveAccessibleName(/Hand raised/);
  await expect(rowsOf(mo, "Raised hands").filter({ hasText: ada.name })).toHaveCount(1);
  await rowsOf(mo, "Raised hands").getByRole("button", { name: "Lower the hand of Ada Attendee" }).click();
  await expect(handButton(ada)).toHaveAccessibleName("Raise hand");
  await handButton(ada).click();
  await expect(handButton(ada)).toHaveAccessibleName(/Hand raised/);
  await peoplePanel(mo).getByRole("button", { name: "Lower all" }).click();
  await expect(rowsOf(mo, "Raised hands")).toHaveCount(0);
  for (const person of [ada, ben]) await expect(handButton(person)).toHaveAccessibleName("Raise hand");
});

test("reactions of everybody are seen by all, with their number, and said now and then (I3, A7)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const room = roomOf(programme, id);
  const still = { reducedMotion: "reduce" as const };
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee", still)];
  await attend(programme, room, ada, ben);
  await expect(peopleButton(ben)).toHaveAccessibleName("People, 2 inside");
  const flying = [ada, ben].map(person => person.page.locator(".reaction", { hasText: "👏" }).first());
  // Each is looked for while they fly, which is not for long.
  await Promise.all([
    react(ada, "Applause", 5),
    ...flying.map(one => expect(one).toBeAttached()),
    expect(ben.page.locator(".reaction:visible").first(), "it stands still").toBeVisible(),
  ]);
  // Said now and then: a slow hand is heard in several parts.
  const heard = async () => {
    const said = await ben.page
      .getByRole("log")
      .getByText(/^\d+ × Applause$/)
      .allTextContents();
    return said.reduce((sum, one) => sum + Number.parseInt(one), 0);
  };
  await expect.poll(heard, "how many were said in all").toBe(5);
  await expect(ben.page.locator(".reaction"), "and goes").toHaveCount(0);

  await ada.page.getByRole("button", { name: "React", exact: true }).click();
  await look(ada.page, "room-reactions");
  await ada.page.keyboard.press("Escape");

  await mute(programme, ada.name);
  await expect(ada.page.getByRole("button", { name: /^You cannot react/ })).toBeDisabled();
  await expect(handButton(ada), "who is muted may still raise a hand").toBeEnabled();
});

test("on a phone the list is over the stage, and the bar has every button (I2, I3)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const ada = await people("Ada Attendee", { viewport: { width: 390, height: 844 } });
  await attend(programme, roomOf(programme, id), ada);
  await handButton(ada).click();
  await expect(handButton(ada)).toHaveAccessibleName("Hand raised, you are 1st");
  await openPeople(ada);
  const panel = await peoplePanel(ada).boundingBox();
  expect(panel!.width).toBeGreaterThan(350);
  expect(await ada.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const button of await ada.page.getByRole("group", { name: "Controls" }).getByRole("button").all()) {
    const box = await button.boundingBox();
    if (box) expect(box.x + box.width, (await button.getAttribute("aria-label")) ?? "").toBeLessThanOrEqual(390);
  }
  await look(ada.page, "room-people-phone");
});
