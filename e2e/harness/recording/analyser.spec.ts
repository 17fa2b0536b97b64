// The analyser of recorded files, on files that were made up: what is right in them is found right, and whatever is not, wrong.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Decoded, decode } from "./decode.ts";
import { type Scene, fill, paint, timelineOf, wireOf, writeFile } from "./made_up.ts";
import { HEIGHT, WIDTH, factsOf, soundOf, soundShifted } from "./mp4.ts";
import { codeOf, readCode, screens, voices } from "./signal.ts";
import { tilesIn } from "./tiles.ts";
import {
  type Block,
  type Cast,
  arrangementProblems,
  beepProblems,
  beepsHeard,
  formProblems,
  lossProblems,
  numberProblems,
  placeProblems,
  scriptProblems,
  seamProblems,
  toneProblems,
} from "./truth.ts";

const cast: Cast = {
  zero: 1_800_000_000_000,
  people: [
    { name: "Ada", voice: voices[0]! },
    { name: "Ben", voice: voices[1]!, screen: screens[0]! },
  ],
};

const states = [
  { from: 1, cameras: ["Ada"] },
  { from: 3.5, cameras: ["Ada", "Ben"] },
  { from: 6, cameras: ["Ada", "Ben"], muted: ["Ada"] },
  { from: 8, cameras: ["Ada", "Ben"] },
  { from: 9, cameras: [] },
  { from: 12, cameras: ["Ada", "Ben"], screen: "Ben" },
];

const scenes: Scene[] = [
  { cast, begin: 1, end: 14.5, states },
  { cast, begin: 14.5, end: 17, states },
];

let folder = "";
let blocks: Block[] = [];

/** Everything that comes, from and to in seconds. */
const wires = (isLost?: (second: number) => boolean): Block["wires"] => [
  { name: "Ada", source: "camera", wire: wireOf(cast, "picture", [1, 17], isLost) },
  { name: "Ada", source: "microphone", wire: wireOf(cast, "sound", [1, 17]) },
  { name: "Ben", source: "camera", wire: wireOf(cast, "picture", [1, 17]) },
  { name: "Ben", source: "microphone", wire: wireOf(cast, "sound", [1, 17]) },
  { name: "Ben", source: "screen", wire: wireOf(cast, "picture", [1, 17]) },
];

const pathOf = (block: number) => join(folder, `${block}.mp4`);

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = mkdtempSync(join(tmpdir(), "roundtable-analyser-"));
  for (const [at, scene] of scenes.entries()) {
    await writeFile(scene, pathOf(at));
    blocks.push({ timeline: timelineOf(scene), wires: wires(), file: await decode(pathOf(at)) });
  }
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All that is found wrong with two blocks in a row. */
function problems(blocks: Block[]): string[] {
  return [
    ...blocks.flatMap((block, at) => [
      ...formProblems(block),
      ...placeProblems(block, cast, at > 0),
      ...numberProblems(block, cast, at > 0),
      ...toneProblems(block, cast),
      ...beepProblems(block, cast),
    ]),
    ...lossProblems(blocks, cast),
    ...seamProblems(blocks, cast),
  ];
}

/** The first block with a file that is a little different. */
function changed(file: Partial<Decoded>): Block {
  return { ...blocks[0]!, file: { ...blocks[0]!.file, ...file } };
}

/** The first block with a timeline that says something else. */
function told(later: Scene["states"]): Block {
  return { ...blocks[0]!, timeline: timelineOf({ ...scenes[0]!, states: later }) };
}

test("two blocks in which everything is right are found right, and much of it was compared (K3, K4)", () => {
  expect(problems(blocks)).toEqual([]);
  const heard = cast.people.map(({ voice }) => beepsHeard(blocks[0]!, voice, cast));
  expect(Math.min(...heard), "beeps of each in the first block").toBeGreaterThan(4);
  expect(blocks[0]!.file.frames).toHaveLength(315);
});

for (const seconds of [0.2, -0.2]) {
  test(`sound that is ${seconds} s late is found, in each voice (K4)`, async () => {
    const path = join(folder, "shifted.mp4");
    await soundShifted(pathOf(0), seconds, path);
    const late = changed({ sound: await soundOf(path) });
    expect(beepProblems(late, cast)).toHaveLength(2);
  });
}

test("sound that is half of what is tolerated late is not found", async () => {
  const path = join(folder, "shifted.mp4");
  await soundShifted(pathOf(0), 0.04, path);
  expect(beepProblems(changed({ sound: await soundOf(path) }), cast)).toEqual([]);
});

test("a tone that is heard while its person is muted, and one that is not while they are heard, are found", () => {
  const muted = states.map(state => (state.from === 6 ? { ...state, muted: ["Ben"] } : state));
  expect(toneProblems(told(muted), cast)).toEqual([
    expect.stringMatching(/^red: the tone is missing for 1\.\d+ s$/),
    expect.stringMatching(/^green: the tone is heard for 1\.\d+ s in which nothing was sent$/),
  ]);
});

test("somebody who is not seen, is seen too early, or in the wrong place is found", () => {
  const early = states.map(state => (state.from === 3.5 ? { ...state, from: 1 } : state));
  expect(placeProblems(told(early), cast)[0]).toContain("green is not seen");
  const late = states.map(state => (state.from === 3.5 ? { ...state, from: 7.5 } : state));
  expect(placeProblems(told(late.filter(({ from }) => from !== 6)), cast)[0]).toContain("green is seen");
  const swapped = states.map(state => ({ ...state, cameras: [...state.cameras].reverse() }));
  expect(placeProblems(told(swapped), cast)[0]).toContain("the order is 0,1 instead of 1,0");
});

test("tiles of different sizes, tiles on others, and a small screen are found", () => {
  const box = (left: number, width: number) => ({ left, top: 0, right: left + width, bottom: width / 2 });
  const tile = (id: number, left: number, width: number) => ({ id, box: box(left, width), number: 1, flash: false });
  expect(arrangementProblems([tile(0, 0, 200), tile(1, 200, 200)], [0, 1], [])).toEqual([]);
  expect(arrangementProblems([tile(0, 0, 200), tile(1, 200, 180)], [0, 1], [])).toHaveLength(1);
  expect(arrangementProblems([tile(0, 0, 200), tile(1, 180, 200)], [0, 1], [])).toEqual(["0 over 1"]);
  expect(arrangementProblems([tile(0, 0, 200), tile(4, 200, 220)], [0], [4])).toEqual(["the screen 4 is small"]);
});

test("pictures of another moment are found", () => {
  const later = { ...cast, zero: cast.zero + 500 };
  expect(numberProblems(blocks[0]!, later)).toHaveLength(6);
});

test("pictures that came and are not there are found, and those that never came are not missed (K3)", () => {
  const { frames } = blocks[0]!.file;
  // From second 4 to second 5 of the file the picture stands still.
  const still = frames.map((frame, at) => (at >= 120 && at < 150 ? { ...frame, tiles: frames[119]!.tiles } : frame));
  const file = { ...blocks[0]!.file, frames: still };
  expect(lossProblems([{ ...blocks[0]!, file }], cast)).toContainEqual(
    expect.stringMatching(/^red: 3\d pictures .* within a block/),
  );
  const wire = wires(second => second > 4.9 && second < 6);
  const found = lossProblems([{ ...blocks[0]!, wires: wire, file }], cast);
  expect(found.filter(problem => problem.startsWith("red"))).toEqual([]);
  expect(found.filter(problem => problem.startsWith("green"))).not.toEqual([]);
});

test("pictures and sound that are missing between two blocks are found (K3)", () => {
  const [first, second] = [blocks[0]!, blocks[1]!];
  const frames = second.file.frames.map((frame, at) => (at < 9 ? { ...frame, tiles: [] } : frame));
  const sound = second.file.sound.map((sample, at) => (at < 7_200 ? 0 : sample));
  const late = { ...second, file: { ...second.file, frames, sound } };
  expect(lossProblems([first, late], cast)).toContainEqual(expect.stringContaining("are missing between two blocks"));
  expect(seamProblems([first, late], cast)).toContainEqual(expect.stringContaining("red is not heard 0.05, 0.1"));
});

test("a file whose index is at the end is found, and one that is too short (K4)", async () => {
  const { timeline } = blocks[0]!;
  const boxes = ["ftyp", "free", "mdat", "moov"];
  const facts = await factsOf(pathOf(0));
  expect(facts.boxes).toEqual(["ftyp", "moov", "free", "mdat"]);
  expect(formProblems({ timeline, wires: [], file: changed({ facts: { ...facts, boxes } }).file })).toEqual([
    "boxes: ftyp, free, mdat, moov",
  ]);
  const longer = timelineOf({ ...scenes[0]!, end: 15 });
  expect(formProblems({ ...blocks[0]!, timeline: longer })).toEqual([
    expect.stringContaining("10.5 s of picture instead"),
  ]);
});

test("what the script did and the timeline does not say is found, and when it says it at another time", () => {
  const moment = (second: number) => cast.zero + second * 1000;
  const act = (name: string, source: "microphone" | "camera", on: boolean, at: number) => {
    return { name, source, on, during: [moment(at) - 100, moment(at) + 200] as [number, number] };
  };
  const done = [
    act("Ben", "camera", true, 3.5),
    act("Ben", "camera", false, 9),
    act("Ben", "camera", true, 12),
    act("Ada", "microphone", true, 1),
    act("Ada", "microphone", false, 6),
    act("Ada", "microphone", true, 8),
    act("Ada", "microphone", false, 9),
    act("Ada", "microphone", true, 12),
  ];
  expect(scriptProblems(blocks, done)).toEqual([]);
  expect(scriptProblems(blocks, done.slice(0, -1))).toHaveLength(1);
  expect(
    scriptProblems(
      blocks,
      done.map(one => (one.name === "Ben" ? { ...one, on: !one.on } : one)),
    ),
  ).toHaveLength(3);
  expect(scriptProblems(blocks, [act("Ben", "camera", true, 5), ...done.slice(1, 3)])).toHaveLength(1);
});

test("every code is read as it was written, and none with a wrong bit", () => {
  for (let id = 0; id < 6; id++) {
    for (let number = 0; number < 2 ** 20; number += 7_919) {
      const code = codeOf(id, number);
      expect(readCode(code)).toEqual({ id, number });
      expect(readCode(code.map((bit, at) => (at === number % 32 ? !bit : bit)))).toBeUndefined();
    }
  }
});

test("small pictures and such that are cut off on both sides are read, and signs are not taken for others", () => {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3, 24);
  const at = (left: number, top: number, width: number, height: number) => {
    return { left, top, right: left + width, bottom: top + height };
  };
  paint(pixels, at(11, 13, 100, 56), voices[0]!, 4_711);
  paint(pixels, at(300, 50, 160, 90), voices[1]!, 4_712);
  // As much as makes it square is not shown.
  fill(pixels, at(290, 50, 45, 90), [24, 24, 24]);
  fill(pixels, at(425, 50, 45, 90), [24, 24, 24]);
  const read = tilesIn(pixels);
  expect(read.map(({ id, number }) => [id, number])).toEqual([
    [0, 4_711],
    [1, undefined],
  ]);
  expect(read[0]!.box).toEqual(at(11, 13, 100, 56));
});

test("numbers that were lost are told from those that came late, and what is cut off at the end is left out", () => {
  const wire = wireOf(cast, "picture", [1, 9], second => second > 3 && second < 3.05);
  expect(wire.lost).toBe(1);
  // Until the next key frame, of which there is one in three seconds.
  expect(wire.isHole(cast.zero + 3_100, cast.zero + 3_200)).toBe(true);
  expect(wire.isHole(cast.zero + 4_100, cast.zero + 4_200)).toBe(false);
  expect(wire.times).toHaveLength(239);
  expect(Math.abs(wire.times[30]! - cast.zero - 2_000)).toBeLessThan(1);
});
