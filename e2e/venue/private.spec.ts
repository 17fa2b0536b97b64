// A private session does not exist for those who are not invited: not in the page, not in the API.
import { attendee, confirmAddress, emailOf, liveEvent, roomOf, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { invite } from "../pages/session.ts";
import { joinAt, preJoin } from "../pages/room.ts";

test("a stranger does not find a private session, an invited person does (C2, C5)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Board meeting", { watchAccess: "PRIVATE" });
  await session(programme, "Open table");
  const stranger = await attendee(programme, "Stranger");
  const guest = await attendee(programme, "Invited Guest");
  await confirmAddress(guest, "Invited Guest");
  const room = roomOf(programme, id);

  const list = `query($slug: String!) { event(slug: $slug) { sessions { nodes { title } totalCount } } }`;
  const one = `query($id: ID!) { session(id: $id) { title } node(id: $id) { id } }`;
  const wrong = "session:01ARZ3NDEKTSV4RRFFQ69G5FAV";
  const join = `mutation($id: ID!) { joinSession(input: { sessionId: $id }) { pass } }`;
  expect(await stranger.run(list, { slug: programme.slug })).toEqual({
    event: { sessions: { nodes: [{ title: "Open table" }], totalCount: 1 } },
  });
  expect(await stranger.ask(one, { id })).toEqual(await stranger.ask(one, { id: wrong }));
  expect(withoutIds(await stranger.ask(join, { id }))).toEqual(withoutIds(await stranger.ask(join, { id: wrong })));
  expect(await stranger.refusal(join, { id })).toBe("NOT_FOUND");

  const sam = await people("Stranger");
  await sam.become(stranger);
  await sam.goto(`/e/${programme.slug}/sessions`);
  await expect(sam.page.getByText("Open table")).toBeVisible();
  await expect(sam.page.getByText("Board meeting")).toBeHidden();
  await sam.goto(room);
  await expect(sam.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();

  const gail = await people("Invited Guest");
  await gail.become(guest);
  await gail.goto(`/e/${programme.slug}/sessions`);
  await expect(gail.page.getByText("Open table")).toBeVisible();
  await expect(gail.page.getByText("Board meeting")).toBeHidden();

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await invite(olga, programme.slug, "Board meeting", emailOf("Invited Guest"));
  await expect(gail.page.getByText("Board meeting")).toBeVisible();
  await gail.goto(room);
  await expect(preJoin(gail)).toBeVisible();
  // The organizer enters without an invitation.
  await joinAt(olga, room);

  await sam.goto(`/e/${programme.slug}/sessions`);
  await session(programme, "Second table");
  await expect(sam.page.getByText("Second table")).toBeVisible();
  await expect(sam.page.getByText("Board meeting")).toBeHidden();
});

/** An error may name the id that was asked for; nothing else may differ. */
function withoutIds(answer: object): object {
  return JSON.parse(JSON.stringify(answer).replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, "ID"));
}
