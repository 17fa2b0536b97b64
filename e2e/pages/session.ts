// Sessions in the dashboard: added, changed, and people invited.
import type { Locator } from "@playwright/test";
import { type Person, expect } from "../harness/test.ts";

/** From any page of the event's dashboard. */
export async function addSession(person: Person, session: { title: string; description?: string }): Promise<void> {
  await person.page.getByRole("link", { name: "Sessions" }).first().click();
  await person.page.getByRole("link", { name: "Add session" }).first().click();
  await person.page.getByLabel("Title").fill(session.title);
  if (session.description) await person.page.getByLabel("Description").fill(session.description);
  await person.page.getByRole("button", { name: "Add session" }).click();
  await expect(person.page.getByText("The session is added.")).toBeVisible();
}

export async function openEditor(person: Person, slug: string, title: string): Promise<void> {
  await person.goto(`/dashboard/${slug}/sessions`);
  await person.page.getByRole("link", { name: title }).first().click();
  await expect(person.page.getByLabel("Title")).toHaveValue(title);
}

export async function invite(person: Person, slug: string, title: string, email: string): Promise<void> {
  await openEditor(person, slug, title);
  await person.page.getByRole("combobox", { name: "Invite by name or email" }).fill(email);
  await person.page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(person.page.getByText(email)).toBeVisible();
}

/** Saves the editor and waits until the server has it. */
export async function save(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Save" }).click();
  await expect(person.page.getByText("Not saved yet")).toBeHidden();
}

/** Opens what is asked before a session is deleted. */
export async function askToDelete(person: Person, slug: string, title: string): Promise<Locator> {
  await person.goto(`/dashboard/${slug}/sessions`);
  await person.page.getByRole("button", { name: `Delete ${title}` }).click();
  return person.page.getByRole("dialog");
}

export async function deleteSession(person: Person, slug: string, title: string): Promise<void> {
  const dialog = await askToDelete(person, slug, title);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(person.page.getByRole("button", { name: `Delete ${title}` })).toBeHidden();
}
