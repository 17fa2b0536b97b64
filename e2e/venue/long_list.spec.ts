// The list of sessions of a large event: only rows near what is in sight are made, and everything goes on working.
import { type Programme, liveEvent, manySessions, session } from "../harness/programme.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";

const count = 300;
const titles = Array.from({ length: count }, (_, index) => title(index + 1));

test("the last of 300 sessions is reached, moved to the first place by keyboard and selected with all others (B6, B8)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const olga = await organizer(programme, people);
  await few(olga);

  await olga.page.keyboard.press("End");
  await expect(row(olga, 300)).toBeInViewport();
  await expect(row(olga, 299)).toBeInViewport();
  await expect(row(olga, 300)).toHaveAttribute("aria-posinset", "300");
  await few(olga);
  await handle(olga, 300).focus();
  await olga.page.keyboard.press("Home");
  await expect(olga.page.getByText(`“${title(300)}” now stands before “${title(1)}”.`)).toBeVisible();
  await expect(handle(olga, 300), "the focus goes along").toBeFocused();
  await expect(row(olga, 300)).toBeInViewport();
  await expect(row(olga, 300)).toHaveAttribute("aria-posinset", "1");
  await expect(rows(olga).first()).toContainText(title(300));
  await few(olga);
  expect((await inOrder(programme)).slice(0, 2)).toEqual([title(300), title(1)]);

  const bar = olga.page.getByRole("group", { name: "Selected sessions" });
  await bar.getByRole("checkbox").check();
  await expect(bar.getByText("300 selected")).toBeVisible();
  await olga.page.keyboard.press("End");
  const box = olga.page.getByRole("checkbox", { name: `Select ${title(299)}` });
  await expect(box, "a row that was not made when all were selected").toBeChecked();
  await box.uncheck();
  await expect(bar.getByText("299 selected")).toBeVisible();
  await bar.getByRole("button", { name: "Delete" }).click();
  await olga.page.getByRole("dialog", { name: "Delete 299 sessions?" }).getByRole("button", { name: "Delete" }).click();
  await expect(rows(olga)).toHaveCount(1);
  await expect(row(olga, 299)).toBeVisible();
  await olga.page.getByRole("button", { name: "Undo" }).click();
  await expect(row(olga, 299)).toHaveAttribute("aria-setsize", "300");
  await few(olga);
});

test("what one reads in a long list stays in its place while others change it, and on coming back (B7, B10)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const olga = await organizer(programme, people);
  // Well into the window: at its edge a press would move the page first. And when it has come to rest.
  await olga.page.evaluate(() =>
    new Promise(rests => {
      addEventListener("scrollend", rests, { once: true });
      scrollTo(0, document.body.scrollHeight / 2 - 300);
    }).then(() => undefined),
  );
  await expect(row(olga, 150)).toBeInViewport();
  const before = await top(olga, 150);
  await session(programme, "Above all", { priority: 9 });
  await expect(row(olga, 150)).toHaveAttribute("aria-posinset", "151");
  const jumped = async () => Math.abs((await top(olga, 150)) - before);
  await expect.poll(jumped, "nothing jumps").toBeLessThan(2);

  await olga.page.getByRole("link", { name: title(150), exact: true }).click();
  await expect(olga.page.getByLabel("Title")).toHaveValue(title(150));
  await olga.page.goBack();
  await expect(row(olga, 150)).toBeInViewport();
  await expect.poll(jumped, "where it was left").toBeLessThan(2);
  // By a link one comes to the beginning.
  await olga.page.getByRole("link", { name: title(150), exact: true }).click();
  await expect(olga.page.getByLabel("Title")).toHaveValue(title(150));
  await olga.page.getByRole("navigation", { name: "Dashboard" }).getByRole("link", { name: "Sessions" }).click();
  await expect(rows(olga).first()).toBeInViewport();

  await olga.page.getByRole("searchbox").first().fill("Talk 29");
  await expect(rows(olga)).toHaveCount(10);
  await olga.page.getByRole("searchbox").first().fill("");
  await expect(row(olga, 1)).toHaveAttribute("aria-setsize", "301");
});

test("a session is dragged over a long way, and Tab goes on from a row that is out of sight (B6)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const olga = await organizer(programme, people);
  const { mouse } = olga.page;
  const { height } = olga.page.viewportSize()!;
  await handle(olga, 2).hover();
  await mouse.down();
  const far = () => olga.page.evaluate(() => scrollY);
  // It scrolls by itself for as long as something is held at the edge; each move says so anew.
  await expect
    .poll(
      async () => {
        for (const x of [500, 501]) await mouse.move(x, height - 4);
        return far();
      },
      // Each move is a step, and a busy machine makes few of them.
      { timeout: 90_000 },
    )
    .toBeGreaterThan(8_000);
  await few(olga);
  await mouse.move(500, height / 2);
  const under = () =>
    olga.page.evaluate(
      ([x, y]) => document.elementFromPoint(x!, y!)?.closest(".session-row")?.querySelector(".row-name a")?.textContent,
      [500, height / 2],
    );
  let target = "";
  const rests = async () => {
    const before = target;
    target = (await under()) ?? "";
    return target !== "" && target === before;
  };
  await expect.poll(rests, "the list has come to rest").toBe(true);
  await mouse.move(500, height / 2 + 1);
  await mouse.up();
  await expect(olga.page.getByText(`“${title(2)}” now stands after “${target}”.`)).toBeVisible();
  await expect(row(olga, 2)).toBeInViewport();
  const order = await inOrder(programme);
  expect(order.indexOf(title(2))).toBe(order.indexOf(target) + 1);

  await olga.page.evaluate(() => scrollTo(0, 0));
  await olga.page.getByRole("link", { name: title(4), exact: true }).focus();
  await olga.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(row(olga, 300)).toBeInViewport();
  await olga.page.keyboard.press("Tab");
  await expect(row(olga, 4).locator(":focus")).toBeInViewport();
});

function title(number: number): string {
  return `Talk ${String(number).padStart(3, "0")}`;
}

/** An organizer who has the list of 300 sessions open. */
async function organizer(programme: Programme, people: People): Promise<Person> {
  await manySessions(programme, titles);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  await expect(row(olga, 1)).toHaveAttribute("aria-setsize", String(count));
  await expect(row(olga, 1)).toContainText("Open now.");
  return olga;
}

function rows(person: Person) {
  return person.page.locator(".session-row");
}

function row(person: Person, number: number) {
  return rows(person).filter({ hasText: title(number) });
}

function handle(person: Person, number: number) {
  return person.page.getByRole("button", { name: `Move ${title(number)}` });
}

/** Where a row stands in the window. */
function top(person: Person, number: number): Promise<number> {
  return row(person, number).evaluate(element => element.getBoundingClientRect().top);
}

/** That only some rows are made: those of three windows, and a few that are kept. */
async function few(person: Person): Promise<void> {
  await expect.poll(() => rows(person).count()).toBeLessThan(60);
}

/** The titles as the server has them. */
async function inOrder(programme: Programme): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const { event } = await programme.organizer.run(
      `query($slug: String!, $after: String) { event(slug: $slug) { sessions(first: 100, after: $after) {
        nodes { title } pageInfo { hasNextPage endCursor } } } }`,
      { slug: programme.slug, after },
    );
    found.push(...event.sessions.nodes.map((one: { title: string }) => one.title));
    after = event.sessions.pageInfo.hasNextPage ? event.sessions.pageInfo.endCursor : undefined;
  } while (after);
  return found;
}
