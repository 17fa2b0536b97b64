// Mentions in the chat: somebody is chosen by name, reads that they are meant, and nobody sees an id.
import { Caller } from "../harness/caller.ts";
import { look } from "../harness/looks.ts";
import { type Programme, attendee, liveEvent, password, roomOf, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { act, chatButton, chatPanel, field, message, messages, offers, openChat, say, write } from "../pages/chat.ts";
import { attend, joinAt } from "../pages/room.ts";

test("somebody is mentioned by name from the list, is told so, and stays mentioned in an edit (I1)", async ({
  servers,
  people,
}) => {
  test.setTimeout(180_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const room = roomOf(programme, id);
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  await attend(programme, room, ada, ben);
  await named(programme, "Benno <i>Markup</i>", "benno@example.org");
  await named(programme, "שרה [כהן]", "sarah@example.org");
  const twin = await named(programme, "Ben Attendee", "twin@example.org");
  await say(twin, id, "I am the other Ben");
  await openChat(ada);

  // Nobody but those who fit; who is near comes first; two of one name are two.
  await field(ada).pressSequentially("Hi @ben");
  await expect(offers(ada)).toHaveText([/Ben Attendee$/, /Ben Attendee$/, /Benno <i>Markup<\/i>$/]);
  await expect(chatPanel(ada).getByRole("status").filter({ hasText: "3 people fit." })).toHaveCount(1);
  await look(ada.page, "room-chat-mention");
  await expect(offers(ada).first(), "Enter would take the first one").toHaveAttribute("aria-selected", "true");
  await field(ada).press("ArrowUp");
  await expect(offers(ada).last()).toHaveAttribute("aria-selected", "true");
  await expect(field(ada)).toHaveAttribute("aria-activedescendant", (await offers(ada).last().getAttribute("id"))!);
  await field(ada).press("ArrowUp");
  await field(ada).press("Enter");
  await expect(field(ada)).toHaveValue("Hi @Ben Attendee ");
  await expect(offers(ada)).toHaveCount(0);
  await field(ada).pressSequentially("and @benn");
  await expect(offers(ada)).toHaveCount(1);
  await field(ada).press("Tab");
  await expect(field(ada), "the focus stays").toBeFocused();
  await field(ada).pressSequentially("and @שר");
  await offers(ada).click();
  await expect(field(ada)).toHaveValue("Hi @Ben Attendee and @Benno <i>Markup</i> and @\u2068שרה [כהן]\u2069 ");
  await field(ada).press("Enter");
  const mentions = message(ada, "Hi ").getByRole("strong").filter({ hasText: /^@/ });
  await expect(mentions).toHaveText(["@Ben Attendee", "@Benno <i>Markup</i>", "@שרה [כהן]"]);
  await expect(chatPanel(ada)).not.toContainText("account:");

  // The one who is meant, whose panel is closed.
  await expect(chatButton(ben)).toHaveAccessibleName("Chat, 2 new messages, you are mentioned");
  await expect(ben.page.getByText("Ada Attendee mentions you in the chat."), "for screen readers").toHaveCount(1);
  await openChat(ben);
  await expect(message(ben, "Hi ").getByText("mentions you")).toHaveCount(1);
  await expect(message(ben, "other Ben").getByText("mentions you")).toHaveCount(0);
  await look(ben.page, "room-chat-mentioned");

  // An answer, and an edit, say names.
  await act(message(ben, "Hi "), "Reply");
  await expect(chatPanel(ben).getByRole("blockquote")).toContainText("@Ben Attendee and @Benno <i>Markup</i>");
  await field(ben).press("Escape");
  await act(message(ada, "Hi "), "Edit");
  await expect(field(ada)).toHaveValue("Hi @Ben Attendee and @Benno <i>Markup</i> and @\u2068שרה [כהן]\u2069");
  await field(ada).press("Control+Home");
  await field(ada).pressSequentially("Oh ");
  await field(ada).press("Enter");
  await expect(message(ben, "Oh Hi ").getByRole("strong").filter({ hasText: /^@/ })).toHaveText([
    "@Ben Attendee",
    "@Benno <i>Markup</i>",
    "@שרה [כהן]",
  ]);
  await expect(message(ben, "Oh Hi ").getByText("mentions you")).toHaveCount(1);

  // Whoever wants nobody says so; a name that was changed is text.
  await field(ada).pressSequentially("mail me @ben");
  await expect(offers(ada).first()).toBeVisible();
  await field(ada).press("Escape");
  await expect(offers(ada)).toHaveCount(0);
  await field(ada).press("Enter");
  await expect(message(ada, "mail me @ben").getByRole("strong").filter({ hasText: /^@/ })).toHaveCount(0);
  await field(ada).pressSequentially("@ben");
  await offers(ada).first().click();
  await field(ada).press("Backspace");
  await field(ada).press("Backspace");
  await field(ada).press("Escape");
  await field(ada).press("Enter");
  await expect(messages(ada).last()).toContainText("@Ben Attende");
  await expect(messages(ada).last().getByRole("strong").filter({ hasText: /^@/ })).toHaveCount(0);
});

test("mentions by touch on a phone, and somebody who cannot be here (I1, C2)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Board", { watchAccess: "PRIVATE" });
  const olga = await people("Olga Organizer", { hasTouch: true, viewport: { width: 390, height: 844 } });
  await attendee(programme, "Ada Attendee");
  await olga.become(programme.organizer);
  await joinAt(olga, roomOf(programme, id));
  await openChat(olga);
  await field(olga).tap();
  await olga.page.keyboard.type("Ask @ad");
  await offers(olga).filter({ hasText: "Ada Attendee" }).tap();
  await expect(field(olga)).toHaveValue("Ask @Ada Attendee ");
  await expect(field(olga), "the keyboard stays open").toBeFocused();
  await write(olga, "Ask @Ada Attendee about it");
  const refused = message(olga, "Ask @Ada Attendee about it");
  await expect(refused).toContainText("Not sent. Somebody whom you mention cannot watch this session.");
  await refused.getByRole("button", { name: "Discard" }).tap();
  await expect(messages(olga)).toHaveCount(0);
});

/** Somebody registered, whatever they are called. */
async function named(programme: Programme, name: string, email: string): Promise<Caller> {
  const caller = new Caller(programme.organizer.servers);
  await caller.run(`mutation($input: SignUpInput!) { signUp(input: $input) { account { id } } }`, {
    input: { name, email, password },
  });
  await caller.run(`mutation($input: RegisterInput!) { register(input: $input) { registration { id } } }`, {
    input: { eventId: programme.event },
  });
  return caller;
}
