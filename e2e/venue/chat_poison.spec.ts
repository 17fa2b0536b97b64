// What somebody writes to harm others is harmless where they read it, on a phone too.
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { attacks } from "../harness/xss.ts";
import { chatPanel, field, message, messages, openChat, say, write } from "../pages/chat.ts";
import { joinAt } from "../pages/room.ts";

const poison = [
  `Z${"\u0335\u0311\u0489".repeat(400)}a${"\u036f".repeat(400)}lgo`,
  "turned \u202egnp.exe\u2067 and \u2066 never \u2069\u2069 ended \u202b",
  "W".repeat(2_000),
  "👩‍👩‍👧‍👦".repeat(280),
  "\u200d\ufe0f\u{1f1fa} half a flag, a joiner alone \u200d\u200d, a skin alone \u{1f3fd}",
  "control \u0000\u0007\u001b[31m\u0008\u0085 characters \ufffe\u{1ffff}",
  `lines${"\n".repeat(1_500)}end`,
  `https://example.org/${"a/".repeat(950)}`,
  `${"https://example.org/ ".repeat(95)}`,
  "﷽".repeat(500),
  "@[account:01ARZ3NDEKTSV4RRFFQ69G5F\u202e] @[account: @[ ]",
  "مرحبا <b>bold</b> (example) [link](javascript:alert(1)) &lt;",
  attacks.slice(0, 30).join(" ").slice(0, 1_990),
  attacks.slice(60, 90).join(" ").slice(0, 1_990),
];

test("poison in a chat spoils neither its neighbours nor the page, at the width of a phone (I1)", async ({
  servers,
  people,
}) => {
  test.setTimeout(180_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table");
  const [mallory, nora] = [await attendee(programme, "Mallory"), await attendee(programme, "Nora Neighbour")];
  const ada = await people("Ada Attendee", { viewport: { width: 390, height: 844 } });
  await ada.become(await attendee(programme, ada.name));
  const send = `mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }`;
  const huge = { input: { sessionId: id, text: "x".repeat(65_536), clientId: "huge" } };
  expect(await mallory.refusal(send, huge), "64 kB").toBe("INVALID_INPUT");
  for (const [number, text] of poison.entries()) {
    await say(mallory, id, text);
    await say(nora, id, `Neighbour ${number}.`);
  }
  const requests: string[] = [];
  ada.page.on("request", request => requests.push(request.url()));
  await joinAt(ada, roomOf(programme, id));
  await openChat(ada);
  await expect(messages(ada)).toHaveCount(2 * poison.length);

  // Each name stands where it belongs, before its time, and the lines of one message stay in it.
  const rows = await messages(ada).evaluateAll(all =>
    all.map(row => {
      const [name, time] = [row.querySelector("bdi")!, row.querySelector("time")!];
      const box = (element: Element) => element.getBoundingClientRect();
      return {
        name: name.textContent,
        ordered: box(name).left < box(time).left || box(name).bottom <= box(time).top + 1,
        inside: box(row).left >= 0 && box(row).right <= innerWidth,
        wide: row.scrollWidth - row.clientWidth,
        text: row.querySelector(".chat-text")!.textContent,
        top: box(row).top,
        bottom: box(row).bottom,
      };
    }),
  );
  for (const [number, row] of rows.entries()) {
    expect(row.name).toBe(number % 2 === 0 ? "Mallory" : "Nora Neighbour");
    expect(row, `row ${number}`).toMatchObject({ ordered: true, inside: true });
    expect(row.wide, `what sticks out of row ${number}`).toBeLessThanOrEqual(0);
    if (number % 2 === 1) expect(row.text).toBe(`Neighbour ${(number - 1) / 2}.`);
    if (number > 0)
      expect(row.top, `row ${number} begins below the one before`).toBeGreaterThanOrEqual(rows[number - 1]!.bottom - 1);
  }
  const list = chatPanel(ada).getByRole("log");
  expect(await list.evaluate(element => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  expect(await ada.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  // Text it was, and text it is.
  await expect(list.locator("img, script, iframe, object, embed, form, style, b, i, math")).toHaveCount(0);
  expect(await ada.page.evaluate(() => (window as any).pwned)).toBeUndefined();
  expect(requests.filter(url => url.includes("evil.example"))).toEqual([]);
  await expect(message(ada, "[link]")).toContainText("<b>bold</b> (example) [link](javascript:alert(1)) &lt;");
  for (const link of await list.getByRole("link").all()) {
    expect(await link.getAttribute("href")).toMatch(/^https?:\/\//);
  }

  // And one's own: what is too long is counted, and stays where it was typed.
  await field(ada).fill("x".repeat(65_536));
  await expect(chatPanel(ada).getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await expect(chatPanel(ada).getByRole("form")).toContainText("-63,536");
  await write(ada, "Still here");
  await expect(messages(ada).last()).toContainText("Still here");
});
