// Nothing that somebody writes in a chat is lost or there twice: over a reload, a lost connection, a server that is too busy.
import { networkOf } from "../harness/cut.ts";
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import type { Servers } from "../harness/servers.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";
import { act, chatPanel, field, message, messages, offers, openChat, say, write } from "../pages/chat.ts";
import { join, joinAt } from "../pages/room.ts";

/** Somebody who is registered and has the address of a room where nobody is. */
async function alone(servers: Servers, people: People) {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  return { programme, id, room: roomOf(programme, id), ada };
}

test("a draft and messages that were not sent survive a reload, are sent once, and go with the sign-out (I1)", async ({
  servers,
  people,
}) => {
  test.setTimeout(180_000);
  const { programme, id, room, ada } = await alone(servers, people);
  const ben = await attendee(programme, "Ben Attendee");
  await say(ben, id, "Good evening");
  await joinAt(ada, room);
  await openChat(ada);
  // The page asks before it lets go of what was not sent.
  ada.page.on("dialog", dialog => void dialog.accept());
  ada.expectProblems(/ERR_FAILED|Failed to load resource/);

  // Three fates of a request: it never gets there, it gets there and its answer does not come back, it never gets there.
  let sent = 0;
  await ada.page.route("**/graphql", async route => {
    if (!route.request().postData()?.includes("sendMessage")) return route.continue();
    sent += 1;
    if (route.request().postData()?.includes("second")) await route.fetch();
    return route.abort();
  });
  await write(ada, "second");
  await expect(message(ada, "second"), "it was told").toHaveCount(1);
  await expect.poll(() => sent).toBeGreaterThan(0);
  await act(message(ada, "Good evening"), "Reply");
  await write(ada, "third, an answer");
  await expect(message(ada, "third, an answer")).toHaveCount(1);
  await field(ada).pressSequentially("fourth, for @ben");
  await offers(ada).click();
  await field(ada).pressSequentially("half a thou");

  await ada.page.unrouteAll({ behavior: "ignoreErrors" });
  await again(ada);
  await expect(field(ada)).toHaveValue("fourth, for @Ben Attendee half a thou");
  await expect(messages(ada)).toHaveText([/Good evening/, /second/, /third, an answer/]);
  await expect(message(ada, /No connection|Sending|Not sent/)).toHaveCount(0);
  await expect(message(ada, "third, an answer").getByRole("blockquote")).toContainText("Good evening");
  await field(ada).press("Enter");
  await expect(message(ada, "fourth").getByRole("strong").filter({ hasText: /^@/ })).toHaveText("@Ben Attendee");

  await again(ada);
  await expect(messages(ada), "once").toHaveText([/Good evening/, /second/, /third/, /fourth/]);
  await expect(field(ada)).toHaveValue("");

  // What the server refused the person decides about, also later.
  await ada.page.route("**/graphql", route => {
    if (!route.request().postData()?.includes("sendMessage")) return route.continue();
    return route.fulfill({ json: { data: null, errors: [{ message: "No.", extensions: { code: "FORBIDDEN" } }] } });
  });
  await write(ada, "fifth, refused");
  await expect(message(ada, "fifth")).toContainText("Not sent.");
  await ada.page.unrouteAll({ behavior: "ignoreErrors" });
  await again(ada);
  await expect(message(ada, "fifth")).toContainText("Not sent.");
  await message(ada, "fifth").getByRole("button", { name: "Send again" }).click();
  await expect(message(ada, "Not sent.")).toHaveCount(0);
  await expect(message(ada, "fifth")).toHaveCount(1);

  await field(ada).fill("nobody else's business");
  await expect.poll(() => remembered(ada)).toBe(1);
  await ada.goto(`/e/${programme.slug}/sessions`);
  await ada.page.getByRole("button", { name: "Your account" }).click();
  await ada.page.getByRole("button", { name: "Sign out" }).click();
  await ada.page.waitForURL(/\/sign-in/);
  expect(await remembered(ada)).toBe(0);
});

test("what somebody wrote stays theirs, and goes when their login expires and somebody else signs in (I1)", async ({
  servers,
  people,
}) => {
  const { programme, room, ada } = await alone(servers, people);
  const next = await attendee(programme, "Ben Attendee");
  await joinAt(ada, room);
  await openChat(ada);
  await field(ada).fill("nobody else's business");
  await expect.poll(() => remembered(ada)).toBe(1);
  await ada.goto(`/e/${programme.slug}/sessions`);
  await ada.page.getByRole("button", { name: "Your account" }).click();
  await expect(ada.page.getByRole("button", { name: "Sign out" }), "the page knows who it is").toBeVisible();
  expect(await remembered(ada)).toBe(1);
  await ada.become(next);
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect.poll(() => remembered(ada)).toBe(0);
});

test("who was away for a while has every message once and in order, edits and deletions too (I1)", async ({
  servers,
  people,
}) => {
  test.setTimeout(180_000);
  const { programme, id, room, ada } = await alone(servers, people);
  const callers = [programme.organizer];
  for (const name of ["Ben Attendee", "Carla Attendee"]) callers.push(await attendee(programme, name));
  const network = await networkOf(ada.page);
  ada.expectProblems(/WebSocket/);
  await joinAt(ada, room);
  await openChat(ada);
  await ada.page.evaluate(() => ((window as any).stays = true));

  let count = 0;
  const ids: string[] = [];
  const next = async () => {
    const number = count++;
    ids.push(await say(callers[number % callers.length]!, id, `Number ${number}.`));
  };
  for (let number = 0; number < 6; number++) await next();
  await expect(messages(ada)).toHaveCount(6);
  // Cut off in the middle of a stream of messages, three times.
  for (let turn = 0; turn < 3; turn++) {
    for (let number = 0; number < 3; number++) await next();
    network.cut();
    for (let number = 0; number < 5; number++) await next();
    if (turn === 0) {
      await callers[1]!.run(`mutation($input: EditMessageInput!) { editMessage(input: $input) { message { id } } }`, {
        input: { id: ids[1], text: "Number 1, edited." },
      });
      await programme.organizer.run(
        `mutation($input: DeleteMessageInput!) { deleteMessage(input: $input) { message { id } } }`,
        { input: { id: ids[2] } },
      );
    }
    network.mend();
    for (let number = 0; number < 2; number++) await next();
    await expect(messages(ada), "after a cut").toHaveCount(count, { timeout: 40_000 });
  }
  const expected = ids.map((_, number) => {
    if (number === 1) return /Number 1, edited\. \(edited\)/;
    return number === 2 ? /A host deleted this message\./ : new RegExp(`Number ${number}\\.`);
  });
  await expect(messages(ada)).toHaveText(expected);
  expect(await ada.page.evaluate(() => (window as any).stays), "without a reload").toBe(true);
});

test("who is too fast keeps the message, reads when to go on, and sends it then (I1)", async ({ servers, people }) => {
  const { room, ada } = await alone(servers, people);
  await joinAt(ada, room);
  await openChat(ada);
  const extensions = { code: "RATE_LIMITED", retryAfterSeconds: 20 };
  await ada.page.route(
    "**/graphql",
    route => {
      if (!route.request().postData()?.includes("sendMessage")) return route.continue();
      return route.fulfill({ json: { data: null, errors: [{ message: "Too many tries.", extensions }] } });
    },
    { times: 20 },
  );
  await write(ada, "Too fast");
  // The seconds stand once, where nobody has them read aloud.
  await expect(message(ada, "Too fast").getByRole("alert")).toHaveText("Not sent.");
  await ada.page.unrouteAll({ behavior: "ignoreErrors" });
  const again = message(ada, "Too fast").getByRole("button", { name: "Send again" });
  await expect(again).toBeDisabled();
  await field(ada).fill("And another thing");
  await expect(chatPanel(ada).getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await expect(chatPanel(ada).getByRole("form")).toContainText(/You can write again in \d+ (s|min)\./);
  await expect(again).toBeEnabled({ timeout: 40_000 });
  await expect(chatPanel(ada).getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  await again.click();
  await expect(message(ada, "Not sent.")).toHaveCount(0);
  await field(ada).press("Enter");
  await expect(messages(ada)).toHaveText([/Too fast/, /And another thing/]);
});

/** In how many chats the browser remembers something that was written. */
function remembered(person: Person): Promise<number> {
  return person.page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith("roundtable.chat.")).length);
}

async function again(person: Person): Promise<void> {
  await person.page.reload();
  await join(person);
  await openChat(person);
}
