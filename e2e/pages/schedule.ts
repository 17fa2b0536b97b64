// The schedule in the dashboard: segments added, found and moved.
import { type Locator } from "@playwright/test";
import { type Person, expect } from "../harness/test.ts";

/** Types a segment into the line of a day and sends it. */
export async function quickAdd(
  person: Person,
  day: string,
  segment: { name: string; start?: string; minutes?: number; type?: string },
): Promise<void> {
  const line = person.page.getByRole("region", { name: day }).getByRole("form");
  await line.getByLabel("Name").fill(segment.name);
  if (segment.start) await line.getByLabel("Start").fill(segment.start);
  if (segment.minutes) await line.getByLabel("Minutes").fill(String(segment.minutes));
  if (segment.type) await line.getByLabel("Type").selectOption({ label: segment.type });
  await line.getByLabel("Name").press("Enter");
}

/** A segment's line in the table. */
export function rowOf(person: Person, name: string): Locator {
  return person.page.getByRole("row").filter({ has: person.page.getByRole("rowheader", { name }) });
}

/** A segment in the calendar. */
export function blockOf(person: Person, name: string): Locator {
  return person.page.locator(".block").filter({ hasText: name });
}

/** Drags from the middle of a segment, or from its lower edge, by this many pixels. */
export async function drag(person: Person, from: Locator, by: { x?: number; y?: number }, edge = false): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const box = (await from.boundingBox())!;
  const [x, y] = [box.x + box.width / 3, edge ? box.y + box.height - 3 : box.y + box.height / 2];
  await person.page.mouse.move(x, y);
  await person.page.mouse.down();
  await person.page.mouse.move(x + (by.x ?? 0) / 2, y + (by.y ?? 0) / 2, { steps: 4 });
  await person.page.mouse.move(x + (by.x ?? 0), y + (by.y ?? 0), { steps: 4 });
  await person.page.mouse.up();
}

export async function openSegment(person: Person, name: string): Promise<Locator> {
  await person.page.getByRole("button", { name, exact: true }).click();
  const dialog = person.page.getByRole("dialog", { name: "Segment" });
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  return dialog;
}
