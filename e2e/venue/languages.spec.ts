// The texts of the page: one language's file comes beside the module, another language's when somebody chooses it.
import { liveEvent } from "../harness/programme.ts";
import { type Person, accessible, expect, test } from "../harness/test.ts";

const texts = /\/assets\/texts-(\w+)-\w+\.txt$/;

/** The languages whose texts the person's pages ask for from now on, in order. */
function asked(person: Person): string[] {
  const languages: string[] = [];
  person.context.on("request", request => {
    const language = request.url().match(texts)?.[1];
    if (language) languages.push(language);
  });
  return languages;
}

async function choose(person: Person, language: string): Promise<void> {
  await person.page.getByRole("button", { name: /^(Your account|Ihr Konto)$/ }).click();
  await person.page.getByRole("button", { name: language }).click();
}

test("a visit fetches the texts of one language beside the module, and keeps them", async ({ servers, people }) => {
  await liveEvent(servers);
  const ada = await people("Ada Attendee");
  const languages = asked(ada);
  const answered = ada.page.waitForResponse(texts);
  // The module waits here until the texts are asked for: they do not wait for it.
  await ada.page.route(/\.wasm$/, async route => {
    await answered;
    await route.continue();
  });
  await ada.goto("/sign-up");
  await expect(ada.page.getByRole("button", { name: "Create account" })).toBeVisible();
  expect(languages).toEqual(["en"]);
  const headers = (await answered).headers();
  expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(headers["cache-control"]).toContain("immutable");
});

test("the page begins in the best of the browser's languages that there is", async ({ servers, people }) => {
  await liveEvent(servers);
  const german = await people("Dora", { locale: "de-AT" });
  const languages = asked(german);
  await german.goto("/sign-up");
  await expect(german.page.getByRole("button", { name: "Konto anlegen" })).toBeVisible();
  await expect(german.page.locator("html")).toHaveAttribute("lang", "de");
  expect(languages).toEqual(["de"]);

  const french = await people("Fleur", { locale: "fr-FR" });
  await french.goto("/sign-up");
  await expect(french.page.getByRole("button", { name: "Create account" })).toBeVisible();
  await expect(french.page.locator("html")).toHaveAttribute("lang", "en");
});

test("choosing a language fetches its texts once and switches the page", async ({ servers, people }) => {
  await liveEvent(servers);
  const ada = await people("Ada Attendee");
  const languages = asked(ada);
  await ada.goto("/sign-up");
  const english = ada.page.getByRole("button", { name: "Create account" });
  const german = ada.page.getByRole("button", { name: "Konto anlegen" });
  await expect(english).toBeVisible();
  await choose(ada, "Deutsch");
  await expect(german).toBeVisible();
  await expect(ada.page.locator("html")).toHaveAttribute("lang", "de");
  await choose(ada, "English");
  await expect(english).toBeVisible();
  await choose(ada, "Deutsch");
  await expect(german).toBeVisible();
  expect(languages).toEqual(["en", "de"]);
  // The next visit begins with what was chosen, and without the other.
  await ada.page.reload();
  await expect(german).toBeVisible();
  expect(languages).toEqual(["en", "de", "de"]);
});

test("the language that was chosen last is shown, whichever texts come first", async ({ servers, people }) => {
  await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.goto("/sign-up");
  const answered = ada.page.waitForResponse(/texts-de/);
  let release = () => {};
  const held = new Promise<void>(resolve => (release = resolve));
  await ada.page.route(/texts-de/, async route => {
    await held;
    await route.continue();
  });
  await choose(ada, "Deutsch");
  await choose(ada, "English");
  release();
  await (await answered).finished();
  // What the page does with the texts is done when it can be asked for the next thing.
  await ada.page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)));
  await expect(ada.page.getByRole("button", { name: "Create account" })).toBeVisible();
  await expect(ada.page.locator("html")).toHaveAttribute("lang", "en");
});

test("a language whose texts cannot be fetched leaves the page as it is, and can be chosen again", async ({
  servers,
  people,
}) => {
  await liveEvent(servers);
  const ada = await people("Ada Attendee");
  ada.expectProblems(/ERR_FAILED/);
  await ada.goto("/sign-up");
  const english = ada.page.getByRole("button", { name: "Create account" });
  await expect(english).toBeVisible();
  await ada.page.route(/texts-de/, route => route.abort());
  await choose(ada, "Deutsch");
  await expect(ada.page.getByText("Deutsch could not be loaded.")).toBeVisible();
  await expect(english).toBeVisible();
  await expect(ada.page.locator("html")).toHaveAttribute("lang", "en");
  await ada.page.unroute(/texts-de/);
  await choose(ada, "Deutsch");
  await expect(ada.page.getByRole("button", { name: "Konto anlegen" })).toBeVisible();
});

test("a page whose first texts cannot be fetched says so and can be loaded again", async ({ servers, people }) => {
  await liveEvent(servers);
  const ada = await people("Ada Attendee");
  ada.expectProblems(/503|the texts are not there/);
  await ada.page.route(texts, route => route.fulfill({ status: 503 }));
  await ada.goto("/sign-up");
  await expect(ada.page.getByRole("heading", { name: "Roundtable could not be loaded" })).toBeVisible();
  await accessible(ada.page);
  await ada.page.unroute(texts);
  await ada.page.getByRole("button", { name: "Reload" }).click();
  await expect(ada.page.getByRole("button", { name: "Create account" })).toBeVisible();
});
