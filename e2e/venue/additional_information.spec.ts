// What organizers write about a session (B2): formatted in the dashboard, read beside the stage and before it, and harmless
// whatever somebody pastes.
import type { Locator } from "@playwright/test";
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { look } from "../harness/looks.ts";
import { type Person, accessible, expect, test } from "../harness/test.ts";
import { attacks } from "../harness/xss.ts";
import { joinAt } from "../pages/room.ts";
import { openEditor, save } from "../pages/session.ts";

const update = `mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`;
const read = `query($id: ID!) { session(id: $id) { additionalInformation } }`;
const everything = `<h2>Programme</h2><p>Bring <strong>tea</strong>, <em>cups</em> and a <code>kettle</code>; read
<a href="https://example.org/a/very/long/address/that/does/not/fit/into/one/line/of/a/narrow/panel">the introduction</a>.</p>
<ul><li><p>first</p><ol><li><p>nested</p></li></ol></li><li><p>second</p></li></ul><h3>Afterwards</h3>
<blockquote><p>Nobody has to speak.</p></blockquote><pre><code>let tea = 1;</code></pre><hr>
<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe><p>Averyveryverylongwordthatdoesnotfitintooneline</p>`;
const player = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ";

test("formatted text with a link and a video is read live beside the stage, and before it (B2, H6)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table", { description: "About tea" });
  const room = roomOf(programme, id);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await answerVideos(ada);
  await joinAt(ada, room);
  await ada.page.getByRole("button", { name: "Info", exact: true }).click();
  const panel = ada.page.getByRole("complementary", { name: "Info" });
  await expect(panel).toBeVisible();

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await answerVideos(olga);
  await openEditor(olga, programme.slug, "Round table");
  const text = writing(olga);
  const button = (name: string) => olga.page.getByRole("button", { name, exact: true });
  await text.click();
  await olga.page.keyboard.type("Bring ");
  await olga.page.keyboard.press("Control+B");
  await expect(button("Bold")).toHaveAttribute("aria-pressed", "true");
  await olga.page.keyboard.type("tea");
  await button("Bold").click();
  await expect(button("Bold")).toHaveAttribute("aria-pressed", "false");
  await olga.page.keyboard.type(" and read ");
  await button("Link").click();
  await olga.page.getByLabel("Address of the link").fill("javascript:alert(1)");
  await olga.page.keyboard.press("Enter");
  await expect(olga.page.getByText("Enter the address of a page")).toBeVisible();
  await olga.page.getByLabel("Address of the link").fill("example.org/tea");
  await olga.page.keyboard.press("Enter");
  await expect(text.getByRole("link", { name: "example.org/tea" })).toBeVisible();
  await olga.page.keyboard.press("Enter");
  await button("Heading").click();
  await olga.page.keyboard.type("Why");
  await button("Video").click();
  await olga.page.getByLabel("Address of the video").fill("https://youtu.be/dQw4w9WgXcQ");
  await button("Insert").click();
  await expect(text.locator("iframe")).toHaveAttribute("src", player);
  await accessible(olga.page);
  await save(olga);

  await expect(panel.locator("strong")).toHaveText("tea");
  await expect(panel.getByRole("heading", { name: "Why" })).toBeVisible();
  const link = panel.getByRole("link", { name: "example.org/tea" });
  await expect(link).toHaveAttribute("href", "https://example.org/tea");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", "noopener nofollow");
  await expect(panel.frameLocator("iframe").getByText("A film about tea")).toBeVisible();
  await accessible(ada.page);

  // What was saved is what was typed: there is nothing to save, and nothing is written anew when it comes back.
  const stored = (await programme.organizer.run(read, { id })).session.additionalInformation;
  await expect(text.locator("h2")).toHaveText("Why");
  await olga.page.reload();
  await expect(text.locator("h2")).toHaveText("Why");
  await expect(olga.page.getByText("Not saved yet")).toBeHidden();
  await text.click();
  await olga.page.keyboard.press("Control+End");
  await olga.page.keyboard.type("x");
  await expect(olga.page.getByText("Not saved yet")).toBeVisible();
  await olga.page.keyboard.press("Control+Z");
  await expect(olga.page.getByText("Not saved yet")).toBeHidden();
  expect((await programme.organizer.run(read, { id })).session.additionalInformation).toBe(stored);

  await ada.goto(room);
  await ada.page.getByText("More about this session").click();
  await expect(ada.page.locator("details strong")).toHaveText("tea");
});

test("no known attack runs script, opens a dialog or fetches from elsewhere (B2)", async ({ servers, people }) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table", { additionalInformation: "<p>before</p>" });
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  const watched = [await watch(ada), await watch(olga)];
  await joinAt(ada, roomOf(programme, id));
  await ada.page.getByRole("button", { name: "Info", exact: true }).click();
  await openEditor(olga, programme.slug, "Round table");
  const places = [ada.page.getByRole("complementary").locator(".rich-text"), writing(olga)];

  let [stored, refused] = [0, 0];
  for (const [number, attack] of attacks.entries()) {
    const mark = `Attack ${number}.`;
    const input = { id, additionalInformation: `<p>${mark}</p>${attack}` };
    const answer = await programme.organizer.ask(update, { input });
    if (answer.errors) {
      // With a picture or a frame from elsewhere: as a whole, and by the field's name.
      expect(answer.errors[0]!.extensions?.problems?.map(problem => problem.field)).toContain("additionalInformation");
      refused += 1;
      continue;
    }
    stored += 1;
    for (const place of places) {
      await expect(place, attack).toContainText(mark);
      expect(await unknown(place), attack).toEqual([]);
    }
    for (const each of watched) expect(await each.found(), attack).toEqual([]);
  }
  expect(stored).toBeGreaterThan(60);
  expect(refused).toBeGreaterThan(5);

  // The same attacks pasted into the editor, which sees them before the server does. It reads them in a document where
  // nothing runs; that the policy says so once more for handlers, styles and base addresses is no fault.
  olga.expectProblems(/Content Security Policy/);
  await writing(olga).click();
  for (const attack of attacks) {
    await olga.page.keyboard.press("Control+A");
    await paste(writing(olga), `<p>pasted</p>${attack}`);
    await expect(writing(olga)).toContainText("pasted");
    expect(await unknown(writing(olga)), attack).toEqual([]);
    const told = (await watched[1]!.found()).filter(
      one => !/^violated (script-src-attr|style-src-(attr|elem)|base-uri)$/.test(one),
    );
    expect(told, attack).toEqual([]);
  }

  // The instruments are not blind, and the page's policy would have stopped what a sanitiser lets through.
  await ada.page.evaluate(() => {
    const place = document.createElement("div");
    place.innerHTML = `<img src=x onerror="window.pwned=1"><img src=https://evil.example/x.png><iframe src=https://evil.example></iframe>`;
    document.body.append(place);
  });
  ada.expectProblems(/Content Security Policy|Failed to load resource/);
  await expect
    .poll(async () => new Set(await watched[0]!.found()))
    .toEqual(
      new Set([
        "violated script-src-attr",
        "violated img-src",
        "violated frame-src",
        "request https://evil.example/x.png",
      ]),
    );
  expect(await ada.page.evaluate(() => "pwned" in window)).toBe(false);
});

test("how it looks, written and read (B2, H6)", async ({ servers, people }) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table", { description: "About tea", additionalInformation: everything });
  const room = roomOf(programme, id);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await answerVideos(olga);
  await openEditor(olga, programme.slug, "Round table");
  await writing(olga).getByText("first").click();
  await expect(olga.page.getByRole("button", { name: "Bullet list" })).toHaveAttribute("aria-pressed", "true");
  await look(olga.page, "dashboard-rich-text");
  await olga.page.getByRole("button", { name: "Video", exact: true }).click();
  await olga.page.getByLabel("Address of the video").fill("https://example.org");
  await olga.page.keyboard.press("Enter");
  await expect(olga.page.getByText("Enter the address of a video")).toBeVisible();
  await look(olga.page, "dashboard-rich-text-video");

  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await answerVideos(ada);
  await ada.goto(room);
  await ada.page.getByText("More about this session").click();
  await expect(ada.page.getByRole("heading", { name: "Programme" })).toBeVisible();
  await look(ada.page, "room-entrance-more");
  await joinAt(ada, room);
  await ada.page.getByRole("button", { name: "Info", exact: true }).click();
  await expect(ada.page.getByRole("heading", { name: "Programme" })).toBeVisible();
  await look(ada.page, "room-info");
});

test("two organizers who both write are told, and neither loses a word (B2)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Round table", { additionalInformation: "<p>First</p>" });
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Round table");
  const text = writing(olga);
  await expect(text).toHaveText("First");
  const change = (html: string) => programme.organizer.run(update, { input: { id, additionalInformation: html } });
  // Nothing typed: the other's text comes in.
  await change("<p>Second</p>");
  await expect(text).toHaveText("Second");
  await text.click();
  await olga.page.keyboard.press("Control+End");
  await olga.page.keyboard.type(" by Olga");
  await change("<p>Third</p>");
  await expect(olga.page.getByText("Somebody else changed this meanwhile: Additional information.")).toBeVisible();
  await expect(olga.page.getByText("Theirs: Third")).toBeVisible();
  await change(`<iframe src="${player}"></iframe>`);
  await expect(olga.page.getByText("Theirs: only a picture or a video")).toBeVisible();
  await expect(text).toHaveText("Second by Olga");
  // A change of another field says nothing, and what is typed survives the page.
  await programme.organizer.run(update, { input: { id, description: "About tea" } });
  await expect(olga.page.getByLabel("Description")).toHaveValue("About tea");
  olga.page.once("dialog", dialog => dialog.accept());
  await olga.page.reload();
  await expect(text).toHaveText("Second by Olga");
  await save(olga);
  const stored = (await programme.organizer.run(read, { id })).session.additionalInformation;
  expect(stored).toBe("<p>Second by Olga</p>");
});

test("the editor is used with the keyboard alone, and says what it does not take (B2)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  await session(programme, "Round table");
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await openEditor(olga, programme.slug, "Round table");
  const text = writing(olga);
  await expect(text).toBeVisible();
  const button = (name: string) => olga.page.getByRole("button", { name, exact: true });
  // One stop for Tab, arrows between the buttons.
  await olga.page.getByLabel("Description").focus();
  await olga.page.keyboard.press("Tab");
  await expect(button("Bold")).toBeFocused();
  await olga.page.keyboard.press("ArrowRight");
  await expect(button("Italic")).toBeFocused();
  await olga.page.keyboard.press("Enter");
  await expect(text).toBeFocused();
  await olga.page.keyboard.type("slanted");
  await expect(text.locator("em")).toHaveText("slanted");
  await expect(olga.page.getByText("Not saved yet")).toBeVisible();
  await olga.page.keyboard.press("Shift+Tab");
  await expect(button("Italic")).toBeFocused();

  await text.click();
  await paste(text, `<p>kept</p><img src="https://elsewhere.example/x.png"><script>window.pwned = 1</script>`);
  await expect(olga.page.getByText("Pictures of other pages are not taken over.")).toBeVisible();
  await expect(text).toContainText("kept");
  await expect(text.locator("img:not(.ProseMirror-separator)")).toHaveCount(0);

  // The title of another page is a heading in this one.
  await paste(text, `<p>before</p><h1 id="top">Their title</h1><p>after</p>`);
  await expect(text.locator("h2", { hasText: "Their title" })).toBeVisible();

  // Too long is said at once, and by the server.
  await olga.page.keyboard.press("Control+A");
  await paste(text, `<p>${"a".repeat(20_001 - "<p></p>".length)}</p>`);
  await expect(olga.page.getByText("20001/20000")).toBeVisible();
  await olga.page.getByRole("button", { name: "Save" }).click();
  await expect(olga.page.getByText("At most 20000 characters.")).toBeVisible();
  await expect(text).toBeFocused();
  await olga.page.keyboard.press("Control+End");
  await olga.page.keyboard.press("Backspace");
  await expect(olga.page.getByText("20000/20000")).toBeVisible();
  await save(olga);
});

function writing(person: Person): Locator {
  return person.page.getByRole("textbox", { name: "Additional information" });
}

/** Stands for the video's host, which a test does not ask. */
async function answerVideos(person: Person): Promise<void> {
  await person.context.route("https://www.youtube-nocookie.com/**", route =>
    route.fulfill({ contentType: "text/html", body: "<p>A film about tea</p>" }),
  );
}

/** Pastes as the clipboard of another program would. */
async function paste(place: Locator, html: string): Promise<void> {
  await place.evaluate((element, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "plain");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
}

/** Elements and attributes of a text that no rich text has. */
function unknown(place: Locator): Promise<string[]> {
  return place.evaluate(text => {
    const own = "P H2 H3 H4 UL OL LI BLOCKQUOTE PRE CODE STRONG EM U S BR HR A IMG IFRAME".split(" ");
    const attributes = "href target rel src alt title sandbox allow referrerpolicy loading".split(" ");
    return [...text.querySelectorAll("*")].flatMap(element => {
      // The editor's own: the frame around a video, what holds the cursor, and what it marks.
      const helper = element.matches(".rich-video, .ProseMirror-trailingBreak, .ProseMirror-separator");
      if (helper) return [];
      const names = element.getAttributeNames().filter(name => !attributes.includes(name));
      const foreign = names.filter(
        name => !["class", "contenteditable", "draggable", "tabindex", "data-placeholder"].includes(name),
      );
      const address = element.getAttribute("href") ?? "https:";
      return [
        ...(own.includes(element.tagName) ? [] : [element.outerHTML]),
        ...(foreign.length > 0 || !/^(https?|mailto):/.test(address) ? [element.outerHTML] : []),
      ];
    });
  });
}

/** Everything that tells of script that ran, or that only the policy of the page stopped. */
async function watch(person: Person): Promise<{ found(): Promise<string[]> }> {
  const found: string[] = [];
  await answerVideos(person);
  await person.context.exposeFunction("violated", (what: string) => found.push(`violated ${what}`));
  await person.context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", event => {
      const { violated } = window as unknown as { violated(what: string): void };
      violated(event.effectiveDirective);
    });
  });
  person.page.on("dialog", dialog => {
    if (dialog.type() !== "beforeunload") found.push(`dialog ${dialog.message()}`);
    void dialog.accept();
  });
  person.page.on("popup", () => found.push("popup"));
  person.context.on("request", request => {
    const { origin, protocol } = new URL(request.url());
    const own = origin === person.servers.url || protocol === "data:" || protocol === "blob:";
    if (!own && !request.url().startsWith(player)) found.push(`request ${request.url()}`);
  });
  return {
    async found() {
      const pwned = await person.page.evaluate(() => "pwned" in window);
      return pwned ? [...found, "pwned"] : found;
    },
  };
}
