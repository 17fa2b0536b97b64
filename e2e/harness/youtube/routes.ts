// Answers for YouTube in a person's browser: nothing of the real service is reached. And where the players are.
import type { Frame } from "@playwright/test";
import { type Person, expect } from "../test.ts";
import { type Behaviour, type Inside, interfaceInPage, playerInFrame } from "./player.ts";

export const API = "https://www.youtube.com/iframe_api";
const FRAME = /^https:\/\/www\.youtube-nocookie\.com\/embed\/([A-Za-z0-9_-]{11})\?/;

/** Every request of the person to YouTube, in order. */
export type Asked = string[];

/** From now on the person's pages get this player. Anything else that they ask of YouTube is an error. */
export async function answerForYoutube(person: Person, behaviour: Behaviour): Promise<Asked> {
  const asked: Asked = [];
  await person.context.route(/youtube|ytimg|googlevideo|doubleclick/, async route => {
    const url = route.request().url();
    if (url.startsWith(person.servers.url)) return route.fallback();
    asked.push(url);
    if (url === API) {
      return route.fulfill({ contentType: "text/javascript", body: `(${interfaceInPage})();` });
    }
    if (FRAME.test(url)) {
      const script = `(${playerInFrame})(${JSON.stringify(behaviour)});`;
      return route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><title>Player</title><script>${script}</script>`,
      });
    }
    person.problems.push(`asked YouTube for ${url}`);
    return route.abort();
  });
  return asked;
}

/** The frame with the person's player. */
export async function frameOf(person: Person): Promise<Frame> {
  const find = () => person.page.frames().find(frame => FRAME.test(frame.url()));
  await expect.poll(() => find() !== undefined, { message: `${person.name} has a player`, timeout: 30_000 }).toBe(true);
  return find()!;
}

declare const player: Inside;

export async function press(person: Person, what: "play" | "pause" | "seek", to?: number): Promise<void> {
  await (await frameOf(person)).evaluate(({ what, to }) => player.press(what, to), { what, to });
}

export async function buffer(person: Person, seconds: number): Promise<void> {
  await (await frameOf(person)).evaluate(seconds => player.buffer(seconds), seconds);
}

export type Standing = { position: number; plays: boolean };

/** Where each player is, all at the same moment. */
export async function standings(people: Person[]): Promise<Standing[]> {
  const seen = await Promise.all(people.map(async person => (await frameOf(person)).evaluate(() => player.stands())));
  const moment = Math.max(...seen.map(one => one.at));
  return seen.map(({ position, at, plays }) => ({ plays, position: plays ? position + moment - at : position }));
}

/** Seconds by which one of them is off from the first, who shares the video; none unless all play, or all stand still. */
async function apart(people: Person[], plays: boolean): Promise<number | undefined> {
  const all = await standings(people);
  if (all.some(one => one.plays !== plays)) return undefined;
  return Math.max(...all.map(one => Math.abs(one.position - all[0]!.position)));
}

/** For so long players that are together must stay so. */
const STAYS_MS = 5_000;

/** Waits until they are at the same position (J1: ±1 s), and sees that they stay there. */
export async function together(people: Person[], plays = true, what = "the same position"): Promise<void> {
  // Several times in a row: one that passes the others on its way to a place is not there yet.
  let row = 0;
  const close = async () => {
    const seconds = await apart(people, plays);
    row = seconds !== undefined && seconds <= 1 ? row + 1 : 0;
    return row;
  };
  await expect.poll(close, { message: what, timeout: 30_000, intervals: [250] }).toBeGreaterThan(6);
  const until = Date.now() + STAYS_MS;
  let apartSince: number | undefined;
  while (Date.now() < until) {
    const seconds = await apart(people, plays);
    // A player that is corrected stands still for a moment.
    apartSince = seconds === undefined ? (apartSince ?? Date.now()) : undefined;
    const wait = apartSince === undefined ? 0 : Date.now() - apartSince;
    expect(wait, `${what}: milliseconds in which not all ${plays ? "play" : "stand still"}`).toBeLessThan(1_500);
    if (seconds !== undefined) {
      expect(seconds, `${what}: seconds between the sharer and the others`).toBeLessThanOrEqual(1);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
