// What everybody opens in a large event (1,000 sessions, 300 segments, 200 tags, 5,000 people): the sessions list, the schedule
// and the reception, in milliseconds of server time; and how the pages of it come and scroll in a browser.
import type { Page } from "@playwright/test";
import { Caller } from "../harness/caller.ts";
import { Servers } from "../harness/servers.ts";
import { expect, test } from "../harness/test.ts";
import { load } from "./load.ts";

const queries = {
  "sessions list": `{ event(slug: "large") { sessions(first: 50) { totalCount nodes { id title description tags displaySize
    priority watchAccess shareAccess scheduling timing testRun viewerIsHost url room { viewerCount seatsInUse } } } } }`,
  schedule: `{ event(slug: "large") { segments(first: 100) { totalCount nodes { id name description kind url startsAt endsAt
    tags speakers { id name } sessions { id title } } } } }`,
  reception: `{ event(slug: "large") { id name state myAgenda tags
    segments(past: false, first: 50) { nodes { id name startsAt endsAt tags speakers { name } sessions { id title timing } } }
    sessions(first: 25) { nodes { id title tags timing testRun room { viewerCount } } } } }`,
};

test("a large event", async () => {
  const began = performance.now();
  const servers = await Servers.startSeeded([], { RUST_LOG: "warn" });
  try {
    console.log(`large event: made in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    for (const [who, email] of [
      ["attendee", "ada@example.org"],
      ["organizer", "olivia@example.org"],
    ] as const) {
      const caller = await signedIn(servers, email);
      for (const [what, query] of Object.entries(queries)) {
        const answer = await caller.run(query);
        const headers = { "content-type": "application/json", accept: "application/json", cookie: caller.cookie };
        const result = await load(`${servers.url}/graphql`, headers, JSON.stringify({ query }), 1, 5, servers.apiPid);
        console.log(
          `large event, ${what} of an ${who}: p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms, ` +
            `server CPU ${result.cpuPerRequest.toFixed(2)} ms, ${JSON.stringify(answer).length} bytes`,
        );
      }
    }
  } finally {
    await servers.stop();
  }
});

/** Each page, and what is there when it has come. */
const pages: [string, string, string, (page: Page) => Promise<void>][] = [
  ["reception", "ada@example.org", "/e/large", page => expect(page.getByRole("article").first()).toBeVisible()],
  [
    "sessions",
    "ada@example.org",
    "/e/large/sessions",
    page => expect(page.locator(".cards > li").first()).toBeVisible(),
  ],
  [
    "sessions in the dashboard",
    "olivia@example.org",
    "/dashboard/large/sessions",
    page => expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible(),
  ],
  [
    "schedule in the dashboard",
    "olivia@example.org",
    "/dashboard/large/schedule",
    page => expect(page.locator("tbody tr").first()).toBeVisible(),
  ],
];

test("the pages of a large event", async ({ browser }) => {
  const servers = await Servers.startSeeded([], { RUST_LOG: "warn" });
  try {
    for (const [what, email, path, isThere] of pages) {
      const caller = await signedIn(servers, email);
      const [name, value] = caller.cookie.split("=", 2) as [string, string];
      const context = await browser.newContext();
      await context.addCookies([{ name, value, url: servers.url, httpOnly: true, sameSite: "Lax" }]);
      const page = await context.newPage();
      await page.goto(servers.url + path);
      await isThere(page);
      const came = await page.evaluate(() => performance.now());
      await page.waitForLoadState("networkidle");
      const { width, height } = page.viewportSize()!;
      await page.mouse.move(width / 2, height / 2);
      const frames = watchFrames(page);
      for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, 600);
      const { median, worst, elements } = await frames;
      const scrolled = await page.evaluate(() => [...document.querySelectorAll("*")].some(one => one.scrollTop > 0));
      expect(scrolled, `${what}: what was measured has scrolled`).toBe(true);
      console.log(
        `large event, ${what}: there after ${came.toFixed(0)} ms, ${elements} elements; scrolling, ms between frames: ` +
          `median ${median.toFixed(0)}, worst ${worst.toFixed(0)}`,
      );
      await context.close();
    }
  } finally {
    await servers.stop();
  }
});

/** The times between the frames of three seconds. */
function watchFrames(page: Page): Promise<{ median: number; worst: number; elements: number }> {
  return page.evaluate(
    () =>
      new Promise(resolve => {
        const began = performance.now();
        const gaps: number[] = [];
        let last = began;
        const frame = (now: number) => {
          gaps.push(now - last);
          last = now;
          if (now - began < 3_000) return void requestAnimationFrame(frame);
          gaps.sort((a, b) => a - b);
          const elements = document.querySelectorAll("*").length;
          resolve({ median: gaps[Math.floor(gaps.length / 2)]!, worst: gaps.at(-1)!, elements });
        };
        requestAnimationFrame(frame);
      }),
  );
}

async function signedIn(servers: Servers, email: string): Promise<Caller> {
  const caller = new Caller(servers);
  await caller.run(`mutation($input: SignInInput!) { signIn(input: $input) { account { id } } }`, {
    input: { email, password: "roundtable demo" },
  });
  return caller;
}
