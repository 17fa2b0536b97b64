// The people beside the stage, raised hands, and reactions.
import type { Locator } from "@playwright/test";
import { type Person, expect } from "../harness/test.ts";

/** Opens the list; how many are inside is in its name, and for hosts how many hands are raised. */
export function peopleButton(person: Person): Locator {
  return person.page.getByRole("button", { name: /^People,/ });
}

export function peoplePanel(person: Person): Locator {
  return person.page.getByRole("complementary", { name: "People" });
}

export async function openPeople(person: Person): Promise<void> {
  await peopleButton(person).click();
  await expect(peoplePanel(person).getByRole("searchbox", { name: "Find people" })).toBeVisible();
}

/** The rows of one part of the list, such as "Hosts". */
export function rowsOf(person: Person, part: string): Locator {
  return peoplePanel(person).getByRole("list", { name: part, exact: true }).getByRole("listitem");
}

export async function search(person: Person, text: string): Promise<void> {
  await peoplePanel(person).getByRole("searchbox", { name: "Find people" }).fill(text);
}

/** The button that raises the own hand, and lowers it. */
export function handButton(person: Person): Locator {
  return person.page.getByRole("button", { name: /^(Raise hand$|Hand raised, you are |Lower hand$)/ });
}

/** The hand at a person, with its place such as "1st". */
export function handAt(where: Locator, place: string): Locator {
  return where.getByRole("img", { name: `Hand raised, ${place}`, exact: true });
}

export async function react(person: Person, reaction: string, times = 1): Promise<void> {
  await person.page.getByRole("button", { name: "React", exact: true }).click();
  const choice = person.page.getByRole("button", { name: reaction, exact: true });
  for (let time = 0; time < times; time++) await choice.click();
  await person.page.keyboard.press("Escape");
}
