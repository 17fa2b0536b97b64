// The room: the check before joining, the bar at the bottom, tiles, and what hosts have beside them.
import type { Locator } from "@playwright/test";
import { type Programme, attendee } from "../harness/programme.ts";
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

/** Registers each of them for the event, and brings them into a room of it, one after the other. */
export async function attend(programme: Programme, path: string, ...people: Person[]): Promise<void> {
  for (const person of people) {
    await person.become(await attendee(programme, person.name));
    await joinAt(person, path);
  }
}

/** The button that ends the check before joining. */
export function preJoin(person: Person): Locator {
  return person.page.getByRole("button", { name: "Join" });
}

/** From the entrance; whether the person may go on screen inside is another matter. */
export async function join(person: Person): Promise<void> {
  await preJoin(person).click();
  await expect(leaveButton(person)).toBeVisible();
}

export function shareButton(person: Person): Locator {
  return person.page.getByRole("button", { name: "Share audio and video", exact: true });
}

/** The last look into the mirror before going on screen. */
export function shareDialog(person: Person): Locator {
  return person.page.getByRole("dialog", { name: "Go on screen" });
}

export async function shareAudioAndVideo(person: Person): Promise<void> {
  await shareButton(person).click();
  await goOnScreen(person);
}

/** With the last look open. */
export async function goOnScreen(person: Person): Promise<void> {
  await shareDialog(person).getByRole("button", { name: "Go on screen" }).click();
  await expect(tileOf(person, person.name)).toBeVisible();
}

export async function goOffScreen(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Go off screen" }).click();
  await expect(tileOf(person, person.name)).toBeHidden();
}

/** Where who may not go on screen without asking asks for it; it also says whether a host is inside. */
export function askButton(person: Person): Locator {
  return person.page.getByRole("button", { name: "Request to share audio and video" });
}

/** The same button while the request waits, at a place such as "1st". */
export function asked(person: Person, place: string): Locator {
  return person.page.getByRole("button", { name: `Requested · you are ${place}`, exact: true });
}

/** What says that the person may go on screen now, with the way there. */
export function granted(person: Person): Locator {
  return person.page.getByRole("status").filter({ hasText: "You may go on screen now." });
}

export async function shareScreen(person: Person): Promise<void> {
  await person.page.getByRole("button", { name: "Share screen" }).click();
  await expect(screenOf(person, person.name)).toBeVisible();
}

export async function leave(person: Person): Promise<void> {
  await leaveButton(person).click();
}

function leaveButton(person: Person): Locator {
  return person.page.getByRole("button", { name: "Leave", exact: true });
}

export function tileOf(person: Person, name: string): Locator {
  return person.page.getByRole("group", { name, exact: true });
}

export function screenOf(person: Person, name: string): Locator {
  return person.page.getByRole("group", { name: `Screen of ${name}` });
}

export function youtubeButton(person: Person): Locator {
  return person.page.getByRole("button", { name: /^YouTube/ });
}

/** Where the link of a video goes. */
export function youtubeDialog(person: Person): Locator {
  return person.page.getByRole("dialog", { name: "Share a YouTube video" });
}

export async function shareVideo(person: Person, link: string): Promise<void> {
  await youtubeButton(person).click();
  await youtubeDialog(person).getByLabel("Link to the video").fill(link);
  await youtubeDialog(person).getByRole("button", { name: "Share video" }).click();
  await expect(youtubeDialog(person)).toBeHidden();
}

/** The video on the stage. */
export function videoOf(person: Person, name: string): Locator {
  return person.page.getByRole("group", { name: `Video of ${name}` });
}

/** Where no packet of a room gets through, both are told so, and what to do. */
export async function nothingGetsThrough(ada: Person, ben: Person): Promise<void> {
  await shareButton(ada).click();
  await shareDialog(ada).getByRole("button", { name: "Go on screen" }).click();
  for (const person of [ada, ben]) {
    const told = person.page.getByRole("alert").filter({ hasText: "No sound or picture gets through" });
    await expect(told).toBeVisible({ timeout: 30_000 });
    await expect(told).toContainText("Try another network");
  }
}

/** What screen readers were told, as far as it says this. */
export function aloud(person: Person, text: string): Locator {
  return person.page.getByRole("log").getByText(text, { exact: true });
}

/** Opens the host controls; how many requests wait is in its name. */
export function hostButton(person: Person): Locator {
  return person.page.getByRole("button", { name: /^Host controls/ });
}

export async function openHostControls(person: Person): Promise<void> {
  await hostButton(person).click();
  await expect(hostSection(person, "On screen")).toBeVisible();
}

/** One part of the open host controls. */
export function hostSection(person: Person, name: string): Locator {
  const controls = person.page.getByRole("complementary", { name: "Host controls" });
  return controls.getByRole("region", { name, exact: true });
}

/** Those who wait for an answer, in order. */
export function requests(person: Person): Locator {
  return hostSection(person, "Requests").getByRole("listitem");
}

/** Approves or declines somebody who waits. */
export async function answer(host: Person, verdict: "Approve" | "Decline", name: string): Promise<void> {
  await requests(host)
    .getByRole("button", { name: `${verdict} ${name}` })
    .click();
}

/** What only hosts have on a tile of somebody else. */
export function tileMenu(tile: Locator): Locator {
  return tile.getByRole("button", { name: /^Actions for / });
}

export async function chooseOnTile(tile: Locator, action: string): Promise<void> {
  await tileMenu(tile).click();
  await tile.getByRole("button", { name: action, exact: true }).click();
}

export async function chooseLayout(person: Person, name: string): Promise<void> {
  await person.page.getByRole("button", { name: "Layout", exact: true }).click();
  await person.page.getByRole("button", { name, exact: true }).click();
}

/** Shows a tile large, or as before. */
export async function turnPin(tile: Locator, name: string): Promise<void> {
  await tile.hover();
  await tile.getByRole("button", { name: new RegExp(`^(Show|Stop showing) ${name} large$`) }).click();
}

/** What share of the stage a tile covers. */
export async function shareOfStage(tile: Locator): Promise<number> {
  const stage = tile.page().getByRole("region", { name: "Stage" });
  const [inner, outer] = await Promise.all([tile.boundingBox(), stage.boundingBox()]);
  if (!inner || !outer) return 0;
  return (inner.width * inner.height) / (outer.width * outer.height);
}
