// The chat of a session: two people talk, over a loss of the server as well, and what hosts do about it.
import { look } from "../harness/looks.ts";
import { attendee, liveEvent, mute, roomOf, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { townHall } from "../harness/town_hall.ts";
import {
  act,
  actions,
  chatButton,
  chatPanel,
  field,
  message,
  messages,
  openChat,
  say,
  setChat,
  write,
} from "../pages/chat.ts";
import { askButton, asked, attend, join, joinAt } from "../pages/room.ts";

test("two people talk: answers, edits, reactions, links, history, and nothing is lost while the server is away (I1)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const room = roomOf(programme, id);
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  await attend(programme, room, ada, ben);
  await openChat(ada);
  await expect(chatPanel(ada)).toContainText("Nobody has written yet.");

  await write(ada, "Hello <b>there</b>");
  await expect(message(ada, "Hello <b>there</b>")).toHaveCount(1);
  await expect(field(ada)).toHaveValue("");
  await expect(chatButton(ben)).toHaveAccessibleName("Chat, one new message");
  await openChat(ben);
  await expect(chatButton(ben)).toHaveAccessibleName("Chat");
  await expect(messages(ben)).toHaveText([/Ada Attendee.*Hello <b>there<\/b>/s]);

  // Shift and Enter break the line; links are links, whatever else is not.
  await field(ben).fill("See https://example.org/a(b).");
  await field(ben).press("Shift+Enter");
  await field(ben).pressSequentially("or javascript:alert(1)");
  await field(ben).press("Enter");
  const link = message(ada, "See https").getByRole("link");
  await expect(link).toHaveCount(1);
  await expect(link).toHaveAttribute("href", "https://example.org/a(b)");
  await expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await expect(link).toHaveAttribute("target", "_blank");

  await act(message(ben, "Hello"), "Reply");
  await expect(field(ben)).toBeFocused();
  await write(ben, "Good evening");
  await expect(message(ada, "Good evening").getByRole("blockquote")).toContainText("Hello <b>there</b>");

  await act(message(ada, /^(?!.*Good evening).*Hello/s), "Edit");
  await expect(field(ada)).toHaveValue("Hello <b>there</b>");
  await write(ada, "Hello everybody");
  await expect(messages(ben).first()).toContainText("Hello everybody (edited)");
  await expect(message(ben, "Good evening").getByRole("blockquote"), "answers say the same").toContainText("everybody");
  await expect(field(ada)).toHaveValue("");

  await act(message(ben, "(edited)"), "React with 🎉");
  await expect(message(ben, "(edited)").getByRole("button", { name: "Reply" }), "it was chosen").toBeHidden();
  const party = message(ada, "(edited)").getByRole("button", { name: "🎉, one person" });
  await expect(party).toHaveAttribute("aria-pressed", "false");
  await party.click();
  await expect(message(ben, "(edited)").getByRole("button", { name: "🎉, 2 people" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await message(ada, "(edited)").getByRole("button", { name: "🎉, 2 people" }).click();
  await expect(message(ben, "(edited)").getByRole("button", { name: "🎉, one person" })).toBeVisible();
  await look(ben.page, "room-chat");

  await actions(message(ada, "Good evening"));
  await expect(message(ada, "Good evening").getByRole("button", { name: "Reply" })).toBeVisible();
  await expect(message(ada, "Good evening").getByRole("button", { name: "Delete" }), "not hers").toBeHidden();
  await act(message(ada, "(edited)"), "Delete");
  await ada.page.getByRole("dialog", { name: "Delete this message?" }).getByRole("button", { name: "Delete" }).click();
  await expect(messages(ben).first()).toContainText("This message was deleted.");
  const quote = message(ben, "Good evening").getByRole("blockquote");
  await expect(quote, "nothing is left of it").toHaveText(/This message was deleted\.$/);

  // What is typed survives the panel, and the history a new page.
  await field(ben).fill("half a thou");
  await chatButton(ben).click();
  await expect(chatPanel(ben)).toBeHidden();
  await openChat(ben);
  await expect(field(ben)).toHaveValue("half a thou");
  await ben.page.reload();
  await join(ben);
  await expect(chatButton(ben), "what was there before is no news").toHaveAccessibleName("Chat");
  await openChat(ben);
  await expect(messages(ben)).toHaveText([/deleted/, /See https/, /Good evening/]);

  for (const person of [ada, ben]) person.expectProblems(/WebSocket|ERR_CONNECTION|Failed to fetch|502|503/);
  await servers.killApi();
  await write(ada, "first while away");
  await expect(message(ada, "first while away")).toContainText("No connection.");
  await write(ada, "second while away");
  await write(ben, "mine as well");
  await expect(message(ben, "mine as well")).toContainText("No connection.");
  await servers.startApi();
  await servers.mediaReady();
  for (const person of [ada, ben]) {
    await expect(message(person, "while away"), "each once").toHaveText([/first/, /second/], { timeout: 30_000 });
    await expect(message(person, "mine as well"), "once").toHaveCount(1, { timeout: 30_000 });
    await expect(message(person, /No connection|Sending/)).toHaveCount(0);
    await expect(messages(person)).toHaveCount(6);
  }
  const order = await messages(ada).allInnerTexts();
  expect(await messages(ben).allInnerTexts(), "one order for both").toEqual(order);
});

test("the end of the chat is followed, unless the reader has scrolled up, and older messages come when asked for (I1)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  // Several people, since one alone would soon have to slow down.
  const authors = [programme.organizer];
  for (const name of ["Ben Attendee", "Carla Attendee", "Dora Attendee"]) authors.push(await attendee(programme, name));
  let sent = 0;
  const send = (text: string) => say(authors[sent++ % authors.length]!, id, text);
  for (let number = 1; number <= 60; number++) await send(`Message ${number}.`);

  await joinAt(ada, roomOf(programme, id));
  await openChat(ada);
  await expect(messages(ada)).toHaveCount(50);
  await expect(message(ada, "Message 60.")).toBeInViewport();
  await send("Message 61.");
  await expect(message(ada, "Message 61.")).toBeInViewport();

  await message(ada, "Message 30.").scrollIntoViewIfNeeded();
  const news = chatPanel(ada).getByRole("button", { name: "New messages" });
  await expect(news).toBeHidden();
  const before = await message(ada, "Message 30.").boundingBox();
  await send("Message 62.");
  await expect(news).toBeVisible();
  await expect(message(ada, "Message 62.")).not.toBeInViewport();
  expect((await message(ada, "Message 30.").boundingBox())!.y, "what is read stays in place").toBeCloseTo(before!.y, 0);
  await news.click();
  await expect(message(ada, "Message 62.")).toBeInViewport();
  await expect(news).toBeHidden();

  await chatPanel(ada).getByRole("button", { name: "Older messages" }).click();
  await expect(messages(ada)).toHaveCount(62);
  await expect(messages(ada).first()).toContainText("Message 1.");
  await expect(chatPanel(ada).getByRole("button", { name: "Older messages" })).toBeHidden();
});

test("a host deletes, pins, slows down and pauses, which is written down; who is muted reads why, and may still ask to share (I1, O2, A7)", async ({
  servers,
  people,
}) => {
  test.setTimeout(180_000);
  const { programme, room, mo, ada } = await townHall(servers, people);
  for (const person of [mo, ada]) {
    await joinAt(person, room);
    await openChat(person);
  }
  await expect(chatPanel(ada).getByRole("button", { name: "Chat settings" }), "hosts only").toBeHidden();

  await write(ada, "Buy my watches");
  await act(message(mo, "watches"), "Delete");
  await mo.page.getByRole("dialog", { name: "Delete this message?" }).getByRole("button", { name: "Delete" }).click();
  await expect(messages(ada)).toHaveText([/A host deleted this message\./]);

  await write(mo, "Questions at the end, please");
  await expect(message(ada, "Questions")).toContainText("Host");
  await actions(message(ada, "Questions"));
  await expect(message(ada, "Questions").getByRole("button", { name: "Pin" }), "hosts only").toBeHidden();
  await act(message(mo, "Questions"), "Pin");
  const pinned = chatPanel(ada).getByRole("region", { name: "Pinned message" });
  await expect(pinned).toContainText("Questions at the end, please");
  await expect(pinned.getByRole("button", { name: "Unpin" })).toBeHidden();
  await look(mo.page, "room-chat-host");
  await chatPanel(mo).getByRole("button", { name: "Unpin" }).click();
  await expect(pinned).toBeHidden();

  await setChat(mo, "Slow mode: 5 min");
  await expect(chatPanel(ada)).toContainText(/Slow mode: you can write again in \d min\./);
  await field(ada).fill("And another thing");
  await field(ada).press("Enter");
  await expect(field(ada), "it waits where it was typed").toHaveValue("And another thing");
  await write(mo, "Hosts are not slowed down");
  await write(mo, "Not at all");
  await expect(message(ada, "Not at all")).toBeVisible();
  await setChat(mo, "No slow mode");
  await expect(chatPanel(ada)).not.toContainText("Slow mode");
  await field(ada).press("Enter");
  await expect(message(mo, "And another thing")).toBeVisible();

  await field(ada).fill("kept");
  await setChat(mo, "Pause the chat");
  await expect(chatPanel(ada).getByRole("status")).toHaveText("A host has paused the chat. You can read on.");
  await expect(field(ada)).toBeHidden();
  await write(mo, "We go on in a minute");
  await expect(message(ada, "We go on in a minute")).toBeVisible();
  await setChat(mo, "Let the chat go on");
  await expect(field(ada), "what was typed is there").toHaveValue("kept");

  await mute(programme, ada.name);
  await expect(chatPanel(ada).getByRole("status")).toContainText("An organizer has muted you.");
  await expect(field(ada)).toBeHidden();
  await write(mo, "Read on");
  await expect(message(ada, "Read on")).toBeVisible();
  await actions(message(ada, "And another thing"));
  await expect(message(ada, "And another thing").getByRole("button", { name: "Delete" }), "one's own").toBeVisible();
  await expect(message(ada, "And another thing").getByRole("button", { name: "Reply" })).toBeHidden();
  await look(ada.page, "room-chat-muted");
  await askButton(ada).click();
  await expect(asked(ada, "1st")).toBeVisible();
  await mute(programme, ada.name, false);
  await expect(field(ada)).toHaveValue("kept");

  // All of it is written down for organizers.
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/audit-log`);
  await expect(olga.page.getByRole("main").getByRole("listitem")).toHaveText([
    /Mo Derator let the chat go on\./,
    /Mo Derator paused the chat\./,
    /Mo Derator ended slow mode in the chat\./,
    /Mo Derator slowed the chat down\./,
    /Mo Derator unpinned a message\./,
    /Mo Derator pinned a message of Mo Derator\./,
    /Mo Derator deleted a message of Ada Attendee\./,
  ]);
});
