// The `test` that every browser test uses: own programs with an empty data folder, people with a browser window each, and a
// failure when a page wrote an error to its console.
import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, type Page, test as base, expect } from "@playwright/test";
import { collectConnections } from "./call.ts";
import type { Caller } from "./caller.ts";
import { type Environment, Servers } from "./servers.ts";

/** One person: a browser profile of their own, with one window to begin with. */
export class Person {
  readonly problems: string[] = [];
  /** Where this person finds the pages, without a slash at its end. */
  url: string;
  private readonly expected: RegExp[] = [];

  constructor(
    readonly name: string,
    readonly servers: Servers,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    this.url = servers.url;
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(this.url + path);
  }

  /** Signs this browser in as somebody who already has an account, without going through the page. */
  async become(caller: Caller): Promise<void> {
    const [name, value] = caller.cookie.split("=", 2) as [string, string];
    await this.context.addCookies([{ name, value, url: this.url, httpOnly: true, sameSite: "Lax" }]);
  }

  /** Console errors that belong to what the test does, such as a server that it killed. */
  expectProblems(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  unexpected(): string[] {
    return this.problems.filter(problem => !this.expected.some(pattern => pattern.test(problem)));
  }
}

export type People = (
  name: string,
  options?: Parameters<import("@playwright/test").Browser["newContext"]>[0],
) => Promise<Person>;

type Fixtures = { environment: Environment; servers: Servers; people: People };

export const test = base.extend<Fixtures>({
  environment: [{}, { option: true }],

  servers: async ({ environment }, use, info) => {
    const servers = await Servers.start(environment);
    await use(servers);
    await servers.stop();
    if (info.status !== info.expectedStatus) {
      servers.saveLog(info.outputPath("servers.log"));
      await info.attach("servers.log", { body: servers.log, contentType: "text/plain" });
    }
  },

  people: async ({ browser, servers }, use, info) => {
    const all: Person[] = [];
    await use(async (name, options) => {
      const context = await browser.newContext({ permissions: ["camera", "microphone"], ...options });
      await context.addInitScript(collectConnections);
      const page = await context.newPage();
      const person = new Person(name, servers, context, page);
      watch(person);
      all.push(person);
      return person;
    });
    const failed = info.status !== info.expectedStatus;
    for (const person of all) {
      if (failed) {
        await person.page.screenshot({ path: info.outputPath(`${person.name}.png`) }).catch(() => undefined);
        await info.attach(`${person.name} console`, { body: person.problems.join("\n"), contentType: "text/plain" });
      }
      await person.context.close();
    }
    for (const person of all) expect(person.unexpected(), `errors in ${person.name}'s console`).toEqual([]);
  },
});

function watch(person: Person): void {
  person.context.on("console", message => {
    if (message.type() === "error") person.problems.push(`${message.text()} (${message.location().url})`);
  });
  person.context.on("weberror", error => person.problems.push(`uncaught: ${error.error().stack || error.error()}`));
}

/** Fails on anything that axe calls serious or critical. */
export async function accessible(page: Page): Promise<void> {
  // Pages of ours have no frames from elsewhere when they are looked at; without that search it takes half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations
    .filter(violation => violation.impact === "serious" || violation.impact === "critical")
    .map(violation => `${violation.id}: ${violation.help}\n${violation.nodes.map(node => node.html).join("\n")}`);
  expect(serious, `accessibility of ${page.url()}`).toEqual([]);
}

export { expect };
