// Asking to go on screen in a moderated session: from the request to the first picture, the queue as both sides see it, and
// two hosts who answer at once.
import type { Locator, Request } from "@playwright/test";
import { advances, liveTracks, received } from "../harness/call.ts";
import { look } from "../harness/looks.ts";
import { isMarked, mark } from "../harness/mark.ts";
import { type Programme, attendee } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { townHall } from "../harness/town_hall.ts";
import {
  aloud,
  answer,
  askButton,
  asked,
  goOnScreen,
  granted,
  hostButton,
  hostSection,
  join,
  joinAt,
  openHostControls,
  requests,
  shareButton,
  shareDialog,
  tileOf,
} from "../pages/room.ts";

test("who asks while no host is inside is let on screen by one who is called from the venue (D3, D5, D6, H8)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const { programme, room, mo, ada } = await townHall(servers, people);
  await listenInVenue(mo, programme);
  await mark(mo.page);

  await joinAt(ada, room);
  await expect(askButton(ada)).toHaveAccessibleName(
    "Request to share audio and video. No host is here yet; they are notified.",
  );
  await askButton(ada).click();
  await expect(mo.page.getByText("Ada Attendee asks to share in “Town hall”.")).toBeVisible();
  await mo.page.getByRole("link", { name: "Go to the room" }).click();
  await join(mo);
  expect(await isMarked(mo.page), "the way there is no new page").toBe(true);
  await expect(shareButton(mo), "hosts do not ask").toBeEnabled();

  await expect(asked(ada, "1st")).toBeVisible();
  await expect(aloud(ada, "Your request was sent. You are 1st.")).toBeAttached();
  await expect(hostButton(mo)).toHaveAccessibleName("Host controls, one request");
  await openHostControls(mo);
  await expect(requests(mo)).toHaveText([/Ada Attendee\s*(Asked just now|Waiting for \d+ min)/]);
  await answer(mo, "Approve", ada.name);
  await expect(hostSection(mo, "Requests")).toContainText("Nobody asks to go on screen.");
  await expect(hostButton(mo)).toHaveAccessibleName("Host controls");

  await expect(granted(ada)).toBeVisible();
  expect(await liveTracks(ada.page), "no device is on before the person says so").toEqual([]);
  await look(ada.page, "room-granted");
  await granted(ada).getByRole("button", { name: "Go on screen" }).click();
  await advances(shareDialog(ada).getByRole("group", { name: "Your picture" }).locator("video"));
  expect((await received(mo.page)).framesDecoded, "the preview is the person's own").toBe(0);
  await expect(tileOf(mo, ada.name)).toBeHidden();
  await goOnScreen(ada);
  await expect(aloud(mo, "Ada Attendee is on screen now.")).toBeAttached();
  await advances(tileOf(mo, ada.name).locator("video"));
  await expect(granted(ada)).toBeHidden();
});

test("requests wait in order over a restart and reloads, and are taken back or declined, one or all (D3, D5, H8)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const { programme, room, mo, ada } = await townHall(servers, people);
  const ben = await people("Ben Attendee");
  await ben.become(await attendee(programme, ben.name));
  const nobody = "Nobody asks to go on screen. Requests appear here.";
  await joinAt(mo, room);
  await openHostControls(mo);
  await expect(hostSection(mo, "Requests")).toContainText(nobody);

  await joinAt(ada, room);
  await expect(askButton(ada)).toHaveAccessibleName("Request to share audio and video");
  await askButton(ada).click();
  await expect(asked(ada, "1st")).toBeVisible();
  await expect(aloud(mo, "Ada Attendee asks to go on screen.")).toBeAttached();
  await expect(hostButton(mo)).toHaveAccessibleName("Host controls, one request");
  await joinAt(ben, room);
  await askButton(ben).click();
  await expect(asked(ben, "2nd")).toBeVisible();
  await expect(hostButton(mo)).toHaveAccessibleName("Host controls, 2 requests");

  for (const person of [mo, ada, ben]) person.expectProblems(/WebSocket|ERR_CONNECTION|Failed to fetch|502|503/);
  await servers.restart();
  await servers.mediaReady();
  await ada.page.reload();
  await join(ada);
  // A host who opens the venue after people have asked is told as well, and what says so stays.
  await mo.goto(`/e/${programme.slug}/sessions`);
  await expect(mo.page.getByText("2 people ask to share in “Town hall”.")).toBeVisible();
  await expect(mo.page.getByRole("link", { name: /^Sessions.*2 requests$/ })).toBeVisible();
  await expect(mo.page.getByRole("article").filter({ hasText: "Town hall" })).toContainText("2 requests");
  await mo.page.getByRole("link", { name: "Go to the room" }).click();
  await join(mo);
  await openHostControls(mo);
  await expect(requests(mo)).toHaveText([/Ada Attendee/, /Ben Attendee/]);
  await asked(ada, "1st").click();
  await ada.page
    .getByRole("dialog", { name: "Take your request back?" })
    .getByRole("button", { name: "Take it back" })
    .click();
  await expect(askButton(ada)).toBeVisible();
  const declined = "A host declined your request. You may ask again.";
  await expect(ada.page.getByText(declined), "nobody declined it").toBeHidden();
  await expect(asked(ben, "1st"), "on a page that was open all the time").toBeVisible({ timeout: 30_000 });
  await expect(requests(mo)).toHaveText([/Ben Attendee/]);

  await answer(mo, "Decline", ben.name);
  await expect(ben.page.getByText(declined)).toBeVisible();
  await askButton(ben).click();
  await expect(asked(ben, "1st")).toBeVisible();
  await askButton(ada).click();
  await expect(asked(ada, "2nd")).toBeVisible();
  await expect(requests(mo)).toHaveText([/Ben Attendee/, /Ada Attendee/]);
  await hostSection(mo, "Requests").getByRole("button", { name: "Decline all" }).click();
  const question = mo.page.getByRole("dialog", { name: "Decline everybody who asks?" });
  await expect(question).toContainText("2 people wait and are told.");
  await question.getByRole("button", { name: "Decline all" }).click();
  await expect(ada.page.getByText(declined)).toBeVisible();
  for (const person of [ada, ben]) await expect(askButton(person)).toBeVisible();
  await expect(hostSection(mo, "Requests")).toContainText(nobody);
});

test("of two hosts who decide at once the first one wins, and the second is told who that was (D5)", async ({
  servers,
  people,
}) => {
  const { programme, room, mo, ada } = await townHall(servers, people);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  for (const host of [olga, mo]) {
    await joinAt(host, room);
    await openHostControls(host);
  }
  await joinAt(ada, room);
  await askButton(ada).click();
  for (const host of [olga, mo]) await expect(requests(host)).toHaveText([/Ada Attendee/]);

  const decline = requests(mo).getByRole("button", { name: "Decline Ada Attendee" });
  const letPass = await pressAhead(mo, decline, "declineShareRequest");
  await answer(olga, "Approve", ada.name);
  await expect(granted(ada)).toBeVisible();
  await expect(requests(mo)).toHaveCount(0);
  letPass();
  const told = "Olga Organizer has approved the request of Ada Attendee already.";
  await expect(mo.page.getByText(told)).toBeVisible();

  await granted(ada).getByRole("button", { name: "Not now" }).click();
  await expect(granted(ada)).toBeHidden();
  await expect(shareButton(ada), "the approval stands").toBeEnabled();
});

/** Opens the reception, and waits until its page has asked to be told of requests. */
async function listenInVenue(host: Person, programme: Programme): Promise<void> {
  const listening = host.page
    .waitForEvent("websocket", socket => socket.url().endsWith("/graphql/ws"))
    .then(socket => socket.waitForEvent("framesent", frame => String(frame.payload).includes("shareRequestsChanged")));
  await host.goto(`/e/${programme.slug}`);
  await listening;
}

/** Presses a button; what it sends reaches the server only when the answer to this is called. */
async function pressAhead(person: Person, button: Locator, operation: string): Promise<() => void> {
  let letPass = () => {};
  const held = new Promise<void>(resolve => (letPass = resolve));
  const isIt = (request: Request) => !!request.postData()?.includes(operation);
  await person.page.route("**/graphql", async route => {
    if (isIt(route.request())) await held;
    await route.continue();
  });
  const sent = person.page.waitForRequest(isIt);
  await button.click();
  await sent;
  return letPass;
}
