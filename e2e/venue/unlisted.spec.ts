// A session that only its link leads to (C4): from the organizer's clipboard to a stranger's room, and in no list on the way.
import { account, addressOf, attendee, liveEvent, pathOf, roomOf, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { joinAt, preJoin, shareButton } from "../pages/room.ts";
import { openEditor } from "../pages/session.ts";
import { signUp } from "../pages/account.ts";

test("a stranger with the link registers and is in the room, and the address stays the link (C4)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Back room", { watchAccess: "UNLISTED" });
  await session(programme, "Lobby");
  const olga = await people("Olga Organizer", { permissions: ["clipboard-read", "clipboard-write"] });
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Back room");
  await olga.page.getByRole("button", { name: "Copy link" }).click();
  await expect(olga.page.getByText("The link is copied.")).toBeVisible();
  const copied = await olga.page.evaluate(() => navigator.clipboard.readText());
  const path = pathOf(copied);
  expect(path).toBe(await addressOf(programme, id));

  const sam = await people("Sam Stranger");
  await sam.goto(path);
  await signUp(sam);
  await sam.page.getByRole("button", { name: "Register" }).click();
  await expect(preJoin(sam)).toBeVisible();
  expect(pathOf(sam.page.url())).toBe(path);
  await preJoin(sam).click();
  await expect(shareButton(sam)).toBeVisible();
  expect(pathOf(sam.page.url()), "the address can be handed on from inside").toBe(path);

  // Once admitted, its own address will do, and shows the link again.
  await joinAt(sam, roomOf(programme, id));
  await expect.poll(() => pathOf(sam.page.url())).toBe(path);

  // In no list, also when it is changed while the list is open.
  await sam.goto(`/e/${programme.slug}/sessions`);
  await expect(sam.page.getByText("Lobby")).toBeVisible();
  const rename = `mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`;
  await programme.organizer.run(rename, { input: { id, title: "Backest room" } });
  await session(programme, "Second lobby");
  await expect(sam.page.getByText("Second lobby")).toBeVisible();
  await expect(sam.page.getByText("Backest room")).toBeHidden();
});

test("a new link ends the old one, and leaves inside whom the organizer keeps (C4, C6)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Back room", { watchAccess: "UNLISTED" });
  const first = await addressOf(programme, id);
  const sam = await people("Sam Stranger");
  await sam.become(await attendee(programme, "Sam Stranger"));
  await joinAt(sam, first);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Back room");
  const rotate = async (how: string) => {
    await olga.page.getByRole("button", { name: "New link" }).click();
    await olga.page.getByRole("dialog").getByRole("button", { name: how }).click();
    await expect(olga.page.getByText("The session has a new link.").first()).toBeVisible();
    await expect(olga.page.getByRole("dialog")).toBeHidden();
  };

  await rotate("New link, keep them");
  const second = await addressOf(programme, id);
  expect(second).not.toBe(first);
  await expect.poll(() => pathOf(sam.page.url()), "the address follows").toBe(second);
  await expect(shareButton(sam)).toBeVisible();
  const late = await people("Late Comer");
  await late.become(await attendee(programme, "Late Comer"));
  await late.goto(first);
  await expect(late.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await late.goto(second);
  await expect(preJoin(late)).toBeVisible();

  await rotate("New link, remove them");
  await expect(sam.page.getByRole("heading", { name: "This session is not open to you any more" })).toBeVisible();
  await sam.goto(second);
  await expect(sam.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();

  // Who is signed in and not registered is asked to register, and comes straight back.
  const guest = await people("Gail Guest");
  await guest.become(await account(servers, "Gail Guest"));
  const third = await addressOf(programme, id);
  await guest.goto(third);
  await guest.page.getByRole("button", { name: "Register" }).click();
  await expect(preJoin(guest)).toBeVisible();
  expect(pathOf(guest.page.url())).toBe(third);
});
