// Encrypted pages, and pages that are not: browsers give cameras and microphones to the former only (H9).
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { advances, mediaFlows } from "../harness/call.ts";
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { setUp, signUp } from "../pages/account.ts";
import { createEvent, publishEvent, register } from "../pages/event.ts";
import { attend, enter, shareAudioAndVideo, tileOf } from "../pages/room.ts";
import { addSession } from "../pages/session.ts";

const folder = mkdtempSync(join(tmpdir(), "roundtable-tls-"));
const certificate = join(folder, "cert.pem");
const key = join(folder, "key.pem");

test.beforeAll(() => {
  const request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1";
  execFileSync("openssl", [...request.split(" "), "-keyout", key, "-out", certificate], { stdio: "ignore" });
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.describe("with TLS files", () => {
  test.use({ environment: { TLS_CERT: certificate, TLS_KEY: key } });

  test("pages, signalling and the link between the programs are encrypted, and a conversation works (H9)", async ({
    servers,
    people,
  }) => {
    test.setTimeout(180_000);
    // Nobody has signed this certificate.
    const trusting = { ignoreHTTPSErrors: true };
    const [olga, ada] = [await people("Olga Organizer", trusting), await people("Ada Attendee", trusting)];
    await olga.goto("/");
    expect(olga.page.url()).toContain("https://");
    await setUp(olga, "Hall of Records");
    await createEvent(olga, { name: "Summit of Small Rooms", slug: "summit" });
    await publishEvent(olga);
    await addSession(olga, { title: "Round table" });
    await ada.goto("/e/summit");
    await signUp(ada);
    await register(ada, "summit");
    const cookies = await ada.context.cookies();
    expect(cookies.map(cookie => cookie.secure)).toEqual([true]);
    await enter(ada, "summit", "Round table");
    await enter(olga, "summit", "Round table");
    await shareAudioAndVideo(ada);
    await advances(tileOf(olga, ada.name).locator("video"));
    await mediaFlows(olga.page);
    expect(servers.log).not.toContain("http://127.0.0.1");
  });
});

test("a page that is not encrypted says so, and lets people watch (H9)", async ({ browser, servers, people }) => {
  // Only secure pages are told the browser's brand; others read its name, which is another one without a screen.
  const version = browser.version().split(".")[0];
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee", { userAgent })];
  await attend(programme, room, ada);
  await shareAudioAndVideo(ada);

  // The same server by a name that is not localhost.
  const insecure = servers.url.replace("127.0.0.1", "rooms.example");
  const [name, value] = (await attendee(programme, ben.name)).cookie.split("=", 2) as [string, string];
  await ben.context.addCookies([{ name, value, url: insecure }]);
  await ben.page.goto(insecure + room);
  await expect(ben.page.getByText("This page is not encrypted")).toBeVisible();
  await ben.page.getByRole("button", { name: "Join" }).click();
  await advances(tileOf(ben, ada.name).locator("video"));
  await ben.page.getByRole("button", { name: "Share audio and video" }).click();
  await expect(ben.page.getByRole("alert").filter({ hasText: "not encrypted" }).first()).toBeVisible();
  await expect(ben.page.getByRole("button", { name: "Go on screen" })).toBeDisabled();
});
