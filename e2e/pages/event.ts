// Events: made and published in the dashboard, registered for and visited in the venue.
import { type Person, expect } from "../harness/test.ts";

/** Makes an event that is on now. */
export async function createEvent(person: Person, event: { name: string; slug: string }): Promise<void> {
  await person.goto("/dashboard");
  await person.page.getByRole("link", { name: "Create event" }).first().click();
  await person.page.getByLabel("Name").fill(event.name);
  await person.page.getByLabel("Address").fill(event.slug);
  await person.page.getByLabel("Starts").fill(localTime(-1));
  await person.page.getByLabel("Ends").fill(localTime(8));
  await person.page.getByRole("button", { name: "Create event" }).click();
  await expect(person.page).toHaveURL(new RegExp(`/dashboard/${event.slug}`));
}

export async function publishEvent(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Publish" }).click();
  await expect(person.page.getByText("Live", { exact: true })).toBeVisible();
}

export async function openVenue(person: Person, slug: string): Promise<void> {
  await person.goto(`/e/${slug}`);
}

export async function register(person: Person, slug: string): Promise<void> {
  await expect(person.page).toHaveURL(new RegExp(`/e/${slug}$`));
  await person.page.getByRole("button", { name: "Register" }).click();
  await expect(person.page.getByRole("navigation", { name: "Venue" })).toBeVisible();
}

/** As a `datetime-local` field takes it, in the zone of the browser. */
function localTime(hours: number): string {
  const at = new Date(Date.now() + hours * 3_600_000);
  return at.toLocaleString("sv-SE", { timeZone: "Europe/Berlin" }).slice(0, 16).replace(" ", "T");
}
