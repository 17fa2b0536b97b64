// The room: the check before joining, the bar at the bottom, tiles.
import type { Locator } from "@playwright/test";
import { type Person, expect } from "../harness/test.ts";

/** Opens a session from the venue's list and joins it. */
export async function enter(person: Person, slug: string, title: string): Promise<void> {
  await person.goto(`/e/${slug}/sessions`);
  await person.page.getByRole("link", { name: title }).first().click();
  await join(person);
}

/** Joins at a session's own address. */
export async function joinAt(person: Person, path: string): Promise<void> {
  await person.goto(path);
  await join(person);
}

/** The button that ends the check before joining. */
export function preJoin(person: Person): Locator {
  return person.page.getByRole("button", { name: "Join" });
}

async function join(person: Person): Promise<void> {
  await preJoin(person).click();
  await expect(shareButton(person).or(person.page.getByRole("button", { name: "Full", exact: true }))).toBeVisible();
}

export function shareButton(person: Person): Locator {
  return person.page.getByRole("button", { name: "Share audio and video" });
}

export async function shareAudioAndVideo(person: Person): Promise<void> {
  await shareButton(person).click();
  await person.page.getByRole("button", { name: "Go on screen" }).click();
  await expect(tileOf(person, person.name)).toBeVisible();
}

export async function shareScreen(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Share screen" }).click();
  await expect(screenOf(person, person.name)).toBeVisible();
}

export async function leave(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Leave" }).click();
}

export function tileOf(person: Person, name: string): Locator {
  return person.page.getByRole("group", { name, exact: true });
}

export function screenOf(person: Person, name: string): Locator {
  return person.page.getByRole("group", { name: `Screen of ${name}` });
}
