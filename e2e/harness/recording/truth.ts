// Whether recorded files show and sound what happened. Files are measured by the numbers, flashes, tones and beeps in them, and compared
// with media's timeline, with the packets that came, and with what the take's script did. Each question answers with what is wrong.
import type { Decoded } from "./decode.ts";
import { SAMPLES } from "./mp4.ts";
import { FLASH, RATE, type Sign, type Voice, flashes, signs, sinceFlash } from "./signal.ts";
import type { Box, Tile } from "./tiles.ts";
import type { Source, Span, Timeline } from "./timeline.ts";
import { beginnings, levelAt, levelsOf } from "./tones.ts";
import type { Wire } from "./wire.ts";

/** Who publishes what in a take. */
export type Cast = { zero: number; people: { name: string; voice: Voice; screen?: Sign }[] };

export type Block = {
  timeline: Timeline;
  wires: { name: string; source: Source; wire: Wire }[];
  file: Decoded;
};

/** Between the moments of a beep and its flash, in milliseconds. */
const IN_STEP = 80;

/** By how much more a picture may be older than usual for its flash to count, in milliseconds. */
const STUMBLE = 60;

/** Pixels that the frame around who speaks may hide of a tile's width, and what is not seen exactly. */
const FRAMED = 6;

/** Milliseconds around a change in which what is seen may already, or still, be otherwise. */
const [BEFORE, AFTER] = [250, 1_500];

/** Milliseconds by which a picture may be older than the moment at which it is shown. */
const OLD: Span = [-100, 600];

/** Pictures of somebody who has just come that a browser sends with too few bits. */
const COARSE = 20;

/** A block of fewer milliseconds may be all changes. */
export const SHORT = 6_000;

const FRAME = 1000 / RATE;

/** When a number was drawn, in milliseconds since 1970. */
export function drawn({ zero }: Cast, number: number): number {
  return zero + number * FRAME;
}

/** 1920×1080, 30 pictures a second, H.264 and AAC, and its index at the beginning; as long as what was on screen (K4). */
export function formProblems({ file, timeline }: Block): string[] {
  const { width, height, videoCodec, audioCodec, times, videoLength, audioLength, boxes } = file.facts;
  const is = `${width}×${height}, ${videoCodec} and ${audioCodec}`;
  const uneven = times.filter((time, at) => Math.abs(time - at / RATE) > 0.002).length;
  const length = timeline.length / 1000;
  return [
    ...(is === "1920×1080, h264 and aac" ? [] : [`it is ${is}`]),
    ...(uneven === 0 ? [] : [`${uneven} of ${times.length} pictures are not at their thirtieth of a second`]),
    ...(Math.abs(videoLength - length) < 0.15 ? [] : [`${videoLength} s of picture instead of ${length.toFixed(2)} s`]),
    ...(Math.abs(audioLength - videoLength) < 0.1 ? [] : [`${audioLength} s of sound to ${videoLength} s of picture`]),
    ...(boxes.indexOf("moov") < boxes.indexOf("mdat") && boxes.includes("moov") ? [] : [`boxes: ${boxes.join(", ")}`]),
  ];
}

/** Everybody whose camera is on is seen and nobody else, in tiles of one size in the order of the timeline; a screen is larger (K4). */
export function placeProblems(block: Block, cast: Cast, continued = false): string[] {
  const { file, timeline } = block;
  const found = new Problems();
  let looked = 0;
  for (const frame of file.frames.filter((_, at) => at % 3 === 0)) {
    const moment = timeline.momentAt(frame.time);
    if (isChanging(timeline, moment, continued)) continue;
    looked += 1;
    const sending = signsOf(cast).filter(({ name, source }) => timeline.sending(source, moment).includes(name));
    const come = sending.filter(({ name, source }) => !isHole(block, name, source, moment - 300, moment));
    const says = (problem: string) => found.add(`${problem} (at ${(frame.time / 1000).toFixed(2)} s)`);
    const tiles = frame.tiles.filter(tile => tile.number !== undefined);
    for (const { sign } of come) if (!tiles.some(({ id }) => id === sign.id)) says(`${sign.name} is not seen`);
    for (const { id } of tiles) if (!sending.some(({ sign }) => sign.id === id)) says(`${signs[id]!.name} is seen`);
    const cameras = timeline.sending("camera", moment).map(name => voiceOf(cast, name).id);
    const shared = timeline.sending("screen", moment).map(name => screenOf(cast, name).id);
    for (const problem of arrangementProblems(tiles, cameras, shared)) says(problem);
  }
  if (timeline.length > SHORT && looked * 3 * FRAME < timeline.length / 4)
    found.add(`only ${looked} pictures could be looked at`);
  return found.all;
}

/** Of one picture. */
export function arrangementProblems(tiles: Tile[], cameras: number[], shared: number[]): string[] {
  const problems: string[] = [];
  for (const [at, one] of tiles.entries())
    for (const other of tiles.slice(at + 1))
      if (overlap(one.box, other.box)) problems.push(`${one.id} over ${other.id}`);
  const persons = tiles.filter(tile => cameras.includes(tile.id));
  const [first] = persons;
  if (!first) return problems;
  for (const { id, box } of persons) {
    if (Math.abs(width(box) - width(first.box)) > FRAMED || Math.abs(height(box) - height(first.box)) > FRAMED)
      problems.push(`${id} is ${width(box)}×${height(box)} and ${first.id} ${width(first.box)}×${height(first.box)}`);
  }
  const order = [...persons].sort((a, b) => readingOrder(a.box, b.box)).map(tile => tile.id);
  const expected = cameras.filter(id => order.includes(id));
  if (order.join() !== expected.join()) problems.push(`the order is ${order.join()} instead of ${expected.join()}`);
  for (const { id, box } of tiles.filter(tile => shared.includes(tile.id)))
    if (width(box) * height(box) < 2 * width(first.box) * height(first.box)) problems.push(`the screen ${id} is small`);
  return problems;
}

/** Each picture is the one of the moment at which it is shown, by its number. */
export function numberProblems(block: Block, cast: Cast, continued = false): string[] {
  const { file, timeline } = block;
  return [...signsOf(cast)].flatMap(({ name, source, sign }) => {
    const ages: number[] = [];
    let [unread, expected] = [0, 0];
    for (const { time, tiles } of file.frames) {
      const moment = timeline.momentAt(time);
      if (!timeline.sending(source, moment).includes(name) || isChanging(timeline, moment, continued)) continue;
      expected += 1;
      if (isHole(block, name, source, moment - OLD[1], moment)) continue;
      const number = tiles.find(tile => tile.id === sign.id)?.number;
      if (number === undefined) unread += 1;
      else ages.push(moment - drawn(cast, number));
    }
    if (expected === 0) return [];
    const found = new Problems(`${sign.name}: `);
    const wrong = ages.filter(age => age < OLD[0] || age > OLD[1]);
    const usual = median(ages);
    if (expected > 2 * RATE && ages.length < expected / 3)
      found.add(`only ${ages.length} of ${expected} pictures could be read`);
    if (unread > expected * 0.03) found.add(`${unread} of ${expected} pictures cannot be read`);
    if (wrong.length > ages.length * 0.05)
      found.add(`${wrong.length} of ${ages.length} pictures are of another moment, such as ${median(wrong)} ms before`);
    if (usual < -60 || usual > 250) found.add(`pictures are of ${usual.toFixed(0)} ms before`);
    return found.all;
  });
}

/** The tone of each is heard while they are unmuted, and at no other time. */
export function toneProblems(block: Block, cast: Cast): string[] {
  const { file, timeline } = block;
  const step = 0.025;
  return cast.people.flatMap(({ name, voice }) => {
    const levels = levelsOf(file.sound, voice.tone, 0.05, step);
    const changes = timeline.changes("microphone", name);
    const [on, off]: [number[], number[]] = [[], []];
    let sent = 0;
    for (let time = 0; time < file.facts.audioLength - 0.1; time += step) {
      const moment = timeline.momentAt(time * 1000);
      const sends = timeline.sending("microphone", moment).includes(name);
      sent += sends ? step : 0;
      if ([...changes, ...cuts(timeline)].some(change => Math.abs(moment - change) < 350)) continue;
      if (!sends) off.push(levelAt(levels, time));
      else if (!isHole(block, name, "microphone", moment - 200, moment + 200)) on.push(levelAt(levels, time));
    }
    const found = new Problems(`${voice.name}: `);
    const usual = median(on);
    if (sent > 3 && on.length * step < sent / 2) found.add(`only ${(on.length * step).toFixed(1)} s of ${sent} s came`);
    if (on.length > 0 && usual < 0.003) found.add(`the tone is not heard (${usual})`);
    const silent = on.filter(level => level < usual * 0.3).length;
    if (silent > on.length * 0.03) found.add(`the tone is missing for ${(silent * step).toFixed(2)} s`);
    const heard = off.filter(level => level > Math.max(0.003, usual * 0.2)).length;
    if (heard > 2) found.add(`the tone is heard for ${(heard * step).toFixed(2)} s in which nothing was sent`);
    return found.all;
  });
}

/** The beep of each comes with the flash of their picture. */
export function beepProblems(block: Block, cast: Cast): string[] {
  return cast.people.flatMap(({ voice }) => {
    const found = new Problems(`${voice.name}: `);
    const beeps = beginnings(block.file.sound, voice.beep);
    const expected = flashesToHear(block, voice, cast);
    const apart = expected.flatMap(({ time }) => {
      const near = beeps.map(beep => beep * 1000 - time).filter(difference => Math.abs(difference) < 450);
      return near.sort((a, b) => Math.abs(a) - Math.abs(b)).slice(0, 1);
    });
    if (expected.length === 0) return [];
    const said = `${apart.map(difference => difference.toFixed(0)).join(", ")} ms`;
    if (apart.length < expected.length * 0.7) found.add(`${apart.length} beeps for ${expected.length} flashes`);
    const far = apart.filter(difference => Math.abs(difference) > IN_STEP);
    // The page that sends may be late itself, once, while it begins: of few beeps one would be too many.
    const forgiven = Math.max(apart.length * 0.1, apart.length < 4 ? 0 : 1);
    if (far.length > forgiven) found.add(`beeps are not with their flashes, but after them by ${said}`);
    return found.all;
  });
}

/** How many beeps of somebody are compared with their flashes: none at all would be no proof. */
export function beepsHeard(block: Block, voice: Voice, cast: Cast): number {
  const beeps = beginnings(block.file.sound, voice.beep);
  const isHeard = ({ time }: { time: number }) => beeps.some(beep => Math.abs(beep * 1000 - time) < 450);
  return flashesToHear(block, voice, cast).filter(isHeard).length;
}

/** Those that must have their beeps: the person was heard all the time around them. */
function flashesToHear(block: Block, voice: Voice, cast: Cast): Flash[] {
  const { name } = cast.people.find(person => person.voice === voice)!;
  const { timeline } = block;
  const changes = [...timeline.changes("microphone", name), ...cuts(timeline)];
  const flashes = flashesIn(block, voice, cast);
  const usual = median(flashes.map(({ age }) => age));
  return flashes.filter(({ moment, age }) => {
    // A busy browser sometimes takes its canvas late: that picture is late for its sound before anything is sent.
    if (Math.abs(age - usual) > STUMBLE) return false;
    const isSteady = changes.every(change => Math.abs(change - moment) > 600);
    const sends = timeline.sending("microphone", moment).includes(name);
    return isSteady && sends && !isHole(block, name, "microphone", moment - 600, moment + 600);
  });
}

type Flash = {
  /** When it begins in the file, in its own milliseconds. */
  time: number;
  /** When it was drawn. */
  moment: number;
  /** How old the first picture of it was when its own time came, in milliseconds. */
  age: number;
};

function flashesIn({ file, timeline }: Block, voice: Voice, cast: Cast): Flash[] {
  const found: Flash[] = [];
  let before: Tile | undefined;
  for (const { time, tiles } of file.frames) {
    const tile = tiles.find(tile => tile.id === voice.id);
    const last = before;
    before = tile?.number === undefined ? undefined : tile;
    if (tile?.number === undefined || last?.number === undefined || !tile.flash || last.flash) continue;
    if (tile.number - last.number > FLASH || !flashes(voice.id, tile.number)) continue;
    // The first pictures of it may be missing.
    const late = sinceFlash(voice.id, tile.number);
    const moment = drawn(cast, tile.number - late);
    const age = timeline.momentAt(time) - drawn(cast, tile.number);
    if (Math.abs(age) < 1_000) found.push({ time: time - late * FRAME, moment, age });
  }
  return found;
}

/** Of what came, no picture is missing that there was room for: neither within a block nor where one goes over into the next (K3). */
export function lossProblems(blocks: Block[], cast: Cast): string[] {
  return signsOf(cast).flatMap(({ name, source, sign }) => {
    const found = new Problems(`${sign.name}: `);
    const times = picturesOf(blocks, name, source);
    let [seen, room] = [0, 0];
    let last: { number: number; block: Block } | undefined;
    for (const block of blocks) {
      const { file, timeline } = block;
      const slots = new Set<number>();
      for (const time of times) {
        const at = timeline.timeOf(time);
        if (at !== undefined && !isHole(block, name, source, time - 100, time + 1)) slots.add(Math.floor(at / FRAME));
      }
      room += slots.size;
      const numbers = new Set<number>();
      for (const { time, tiles } of file.frames) {
        const number = tiles.find(tile => tile.id === sign.id)?.number;
        if (number === undefined) continue;
        const moment = timeline.momentAt(time);
        if (!isHole(block, name, source, moment - OLD[1], moment)) numbers.add(number);
        const before = last;
        last = { number, block };
        if (!before || number === before.number) continue;
        const [from, to] = [drawn(cast, before.number), drawn(cast, number)];
        if (to < from) {
          found.add(`number ${number} comes after ${before.number}`);
          continue;
        }
        if ([before.block, block].some(one => isHole(one, name, source, from, to + 100))) continue;
        const between = times.filter(time => time >= from && time < to).length - 1;
        const where = before.block === block ? "within a block" : "between two blocks";
        if (between > 4)
          found.add(`${between} pictures that came between ${before.number} and ${number} are missing ${where}`);
      }
      seen += numbers.size;
    }
    // The first ones of somebody are too coarse to be read.
    if (room > 30 && seen < room * 0.85 - COARSE)
      found.add(`${seen} pictures are seen where there was room for ${room} that came`);
    return found.all;
  });
}

/** Whether a block goes on where the one before it ended, with somebody on screen. */
export function continues(before: Block | undefined, { timeline }: Block): boolean {
  if (before?.timeline.reason !== "LENGTH" || before.timeline.end === undefined) return false;
  const shownTo = before.timeline.shown.at(-1)?.[1];
  return shownTo === before.timeline.end && timeline.begin - before.timeline.end < 1_000;
}

/** Who sends all the time while one block goes over into the next, as far as that came: these can be heard to be whole there. */
export function heardOver(before: Block | undefined, block: Block, cast: Cast): Voice[] {
  if (!before || !continues(before, block)) return [];
  const moment = block.timeline.begin;
  const goesOn = (name: string): boolean => {
    const changes = [before, block].flatMap(one => one.timeline.changes("microphone", name));
    // Each timeline says anew at its beginning who sends.
    const isSteady = changes.every(change => Math.abs(change - moment) > 400 || Math.abs(change - moment) < 20);
    const sends = [before, block].every(one => one.timeline.sending("microphone", moment).includes(name));
    const isLost =
      isHole(before, name, "microphone", moment - 400, moment - 40) ||
      isHole(block, name, "microphone", moment + 40, moment + 400);
    return isSteady && sends && !isLost;
  };
  return cast.people.filter(({ name }) => goesOn(name)).map(({ voice }) => voice);
}

/** The tone of who goes on sending is not interrupted where a block goes over into the next: the beginning and the end are heard (K3). */
export function seamProblems(blocks: Block[], cast: Cast): string[] {
  return blocks.flatMap((block, at) => {
    const before = blocks[at - 1];
    if (!before || !continues(before, block)) return [];
    const gap = block.timeline.begin - before.timeline.end!;
    const found = new Problems(`from block ${at} to ${at + 1}: `);
    if (Math.abs(gap) > 1) found.add(`${gap} ms between them`);
    for (const voice of heardOver(before, block, cast)) {
      const [ending, beginning] = [before, block].map(one => levelsOf(one.file.sound, voice.tone, 0.05, 0.025));
      const usual = median([...beginning!.levels]);
      // Until shortly before the last sample, and from shortly after the first. One moment that is missing away from the seam is not
      // missing for the seam.
      const length = before.file.sound.length / SAMPLES;
      const isMissing = (missing: number[], nearest: number) => missing.includes(nearest) || missing.length > 1;
      const back = [0.075, 0.15, 0.225].filter(back => levelAt(ending!, length - back) < usual * 0.3);
      if (isMissing(back, 0.075)) found.add(`${voice.name} is not heard ${back.join(", ")} s before the end`);
      const after = [0.05, 0.1, 0.15, 0.2].filter(after => levelAt(beginning!, after) < usual * 0.3);
      if (isMissing(after, 0.05)) found.add(`${voice.name} is not heard ${after.join(", ")} s after the beginning`);
    }
    return found.all;
  });
}

/** What the script of a take did: from when to when it did it, and what was different after. */
export type Act = { name: string; source: Source; on: boolean; during: Span };

/** The timelines say of each source what the script did, in the time in which it did it. */
export function scriptProblems(blocks: Block[], acts: Act[]): string[] {
  const found = new Problems();
  const keys = new Set(acts.map(({ name, source }) => `${name}/${source}`));
  for (const key of keys) {
    const own = acts.filter(({ name, source }) => `${name}/${source}` === key);
    const [name, source] = [own[0]!.name, own[0]!.source];
    const spans: Span[] = [];
    for (const { timeline } of blocks) {
      for (const [from, to] of timeline.spansOf(name, source)) {
        const last = spans.at(-1);
        if (last && from - last[1] < 50) last[1] = Math.max(last[1], to);
        else spans.push([from, to]);
      }
    }
    // That everything ends with the last block is not the script's doing.
    const changes = spans
      .flatMap(([from, to]) => [
        { at: from, on: true },
        { at: to, on: false },
      ])
      .filter(({ at }) => at < (blocks.at(-1)!.timeline.end ?? Infinity));
    if (changes.length !== own.length) {
      found.add(`${key} changes ${changes.length} times instead of ${own.length}: ${JSON.stringify(spans)}`);
      continue;
    }
    changes.forEach(({ at, on }, index) => {
      const act = own[index]!;
      const [from, to] = act.during;
      if (on !== act.on || at < from - 200 || at > to + 500)
        found.add(`${key} is ${on ? "on" : "off"} ${(at - from).toFixed(0)} ms after the script began to change it`);
    });
  }
  return found.all;
}

/** Those of the same kind are told once, with how many there are. */
class Problems {
  private readonly found: string[] = [];

  constructor(private readonly of = "") {}

  add(problem: string): void {
    this.found.push(this.of + problem);
  }

  get all(): string[] {
    if (this.found.length <= 6) return this.found;
    return [...this.found.slice(0, 6), `${this.of}and ${this.found.length - 6} more`];
  }
}

function voiceOf(cast: Cast, name: string): Voice {
  const person = cast.people.find(person => person.name === name);
  if (!person) throw new Error(`${name} is not in the cast`);
  return person.voice;
}

function screenOf(cast: Cast, name: string): Sign {
  const screen = cast.people.find(person => person.name === name)?.screen;
  if (!screen) throw new Error(`${name} shares no screen in this take`);
  return screen;
}

function signsOf(cast: Cast): { name: string; source: Source; sign: Sign }[] {
  return cast.people.flatMap(({ name, voice, screen }) => [
    { name, source: "camera" as const, sign: voice },
    ...(screen ? [{ name, source: "screen" as const, sign: screen }] : []),
  ]);
}

/** Whether tiles may be moving: a block that continues another one begins with everything in its place. */
function isChanging(timeline: Timeline, moment: number, continued: boolean): boolean {
  const changes = (["camera", "screen"] as const).flatMap(source => timeline.changes(source));
  return changes
    .filter(change => !continued || change > timeline.begin + 50)
    .some(change => moment > change - BEFORE && moment < change + AFTER);
}

/** Where time was cut out. */
function cuts(timeline: Timeline): number[] {
  return timeline.shown.flat();
}

/** Whether something of this source may be missing in a file because it did not come. */
function isHole({ wires }: Block, name: string, source: Source, from: number, to: number): boolean {
  const own = wires.filter(wire => wire.name === name && wire.source === source);
  return own.every(({ wire }) => wire.isHole(from, to));
}

/** When the pictures were taken that came and belong in the files: each once, though two blocks may have kept it. */
function picturesOf(blocks: Block[], name: string, source: Source): number[] {
  const times = blocks.flatMap(({ timeline, wires }) =>
    wires
      .filter(wire => wire.name === name && wire.source === source)
      .flatMap(({ wire }) => wire.times)
      .filter(time => timeline.timeOf(time) !== undefined && timeline.sending(source, time).includes(name)),
  );
  return times.sort((a, b) => a - b);
}

function overlap(one: Box, other: Box): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return across > 2 && down > 2;
}

function readingOrder(one: Box, other: Box): number {
  const isSameRow = Math.abs(one.top - other.top) < height(one) / 2;
  return isSameRow ? one.left - other.left : one.top - other.top;
}

function width(box: Box): number {
  return box.right - box.left;
}

function height(box: Box): number {
  return box.bottom - box.top;
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
