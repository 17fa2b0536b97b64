// Recording as people see it: REC and what is told in the room, the organizers' list, and replays.
import type { Locator } from "@playwright/test";
import type { Person } from "../harness/test.ts";

/** Stands in the room for as long as what is on screen is recorded. */
export function recSign(person: Person): Locator {
  return person.page.getByRole("img", { name: "This session is being recorded" });
}

/** What everybody reads before they come in, and who may go on screen before that. */
export function told(person: Person): Locator {
  return person.page.getByRole("status").filter({ hasText: "This session is recorded: what you show and say will be" });
}

/** What is told when it begins, and to who comes later. */
export function beingRecorded(person: Person): Locator {
  return person.page.getByRole("status").getByText("This session is being recorded", { exact: false });
}

/** To hosts, why recording waits for one of them. */
export function stopped(person: Person, why: string): Locator {
  return person.page
    .getByRole("status")
    .filter({ hasText: why })
    .filter({ has: startAgain(person) });
}

export function startAgain(person: Person): Locator {
  return person.page.getByRole("button", { name: "Start recording again" });
}

/** Dashboard › Recordings. */
export async function openRecordings(organizer: Person, slug: string): Promise<void> {
  await organizer.goto(`/dashboard/${slug}`);
  await organizer.page.getByRole("link", { name: "Recordings", exact: true }).click();
}

/** A block in the list, by its session and number. */
export function blockOf(organizer: Person, session: string, block: number): Locator {
  return organizer.page
    .getByRole("listitem")
    .filter({ hasText: session })
    .filter({ hasText: `Block ${block}` });
}

/** What makes a block a replay, in a row of the list or of the session's page. */
export function replaySwitch(rows: Locator): Locator {
  return rows.getByRole("switch", { name: "Show as replay" });
}

/** The replays on a session's page. */
export function replays(person: Person): Locator {
  return person.page.getByRole("region", { name: "Replays" });
}

/** The picture of what is being played. */
export function player(person: Person): Locator {
  return person.page.getByRole("dialog").locator("video");
}
