// Where in a picture of the file each sign is, found by its colour, and what its code says.
import { HEIGHT, WIDTH } from "./mp4.ts";
import { COLUMNS, type Colour, PANEL, ROWS, type Sign, readCode, signs } from "./signal.ts";

export type Box = { left: number; top: number; right: number; bottom: number };

/** A sign that was found. */
export type Tile = {
  id: number;
  box: Box;
  /** What its code says; nothing where that cannot be read. */
  number?: number;
  flash: boolean;
};

/** Pixels from one look to the next, in both directions. */
const STEP = 4;
const [ACROSS, DOWN] = [WIDTH / STEP, HEIGHT / STEP];

/** Looks that make a tile; what is smaller is a spot. */
const LEAST = 80;

/** The sides of what publishers send. */
const SHAPE = 16 / 9;

/** For each colour, of five bits of red, green and blue, the index of its sign and 1; 0 for none. */
const signOf = new Uint8Array(32 * 32 * 32);
for (let colour = 0; colour < signOf.length; colour++) {
  const [red, green, blue] = [colour >> 10, (colour >> 5) & 31, colour & 31];
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  if (most < 8 || most - least < 0.4 * most) continue;
  const here = hue([red, green, blue]);
  const distance = (sign: Sign) => Math.abs(((hue(sign.colour) - here + 540) % 360) - 180);
  signOf[colour] = signs.findIndex(sign => distance(sign) < 25) + 1;
}

function hue([red, green, blue]: Colour): number {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const part = (60 * (most === red ? green - blue : most === green ? blue - red : red - green)) / (most - least || 1);
  return (part + (most === red ? 0 : most === green ? 120 : 240) + 360) % 360;
}

/** All signs that are seen, in the order of their ids. */
export function tilesIn(pixels: Buffer): Tile[] {
  const areas = largestAreas(pixels);
  return signs.flatMap((sign, index) => {
    const area = areas[index + 1];
    if (!area) return [];
    const box = edges(pixels, area, index + 1);
    const { id, number, flash } = readIn(pixels, box);
    return [{ id: sign.id, box, number: id === sign.id ? number : undefined, flash }];
  });
}

function at(pixels: Buffer, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) return 0;
  const from = (y * WIDTH + x) * 3;
  return signOf[((pixels[from]! >> 3) << 10) | ((pixels[from + 1]! >> 3) << 5) | (pixels[from + 2]! >> 3)]!;
}

/** Of each sign the largest area that hangs together. */
function largestAreas(pixels: Buffer): (Box | undefined)[] {
  const looks = new Uint8Array(ACROSS * DOWN);
  for (let y = 0; y < DOWN; y++)
    for (let x = 0; x < ACROSS; x++) looks[y * ACROSS + x] = at(pixels, x * STEP + 1, y * STEP + 1);
  const largest: (Box | undefined)[] = [];
  const most: number[] = [];
  const open: number[] = [];
  for (let first = 0; first < looks.length; first++) {
    const sign = looks[first]!;
    if (sign === 0) continue;
    const box = { left: ACROSS, top: DOWN, right: 0, bottom: 0 };
    let count = 0;
    looks[first] = 0;
    open.push(first);
    while (open.length > 0) {
      const here = open.pop()!;
      const [x, y] = [here % ACROSS, Math.floor(here / ACROSS)];
      count += 1;
      [box.left, box.right] = [Math.min(box.left, x), Math.max(box.right, x)];
      [box.top, box.bottom] = [Math.min(box.top, y), Math.max(box.bottom, y)];
      const near = [x > 0 && here - 1, x < ACROSS - 1 && here + 1, here - ACROSS, here + ACROSS];
      for (const next of near) {
        if (next === false || looks[next] !== sign) continue;
        looks[next] = 0;
        open.push(next);
      }
    }
    if (count < LEAST || count <= (most[sign] ?? 0)) continue;
    most[sign] = count;
    largest[sign] = box;
  }
  return largest;
}

/** The edges to the pixel, along lines that nothing is written on. */
function edges(pixels: Buffer, area: Box, sign: number): Box {
  const coarse = { left: area.left * STEP, top: area.top * STEP, right: area.right * STEP, bottom: area.bottom * STEP };
  const y = Math.round(coarse.top + (coarse.bottom - coarse.top) * 0.08);
  const x = Math.round(coarse.right - (coarse.right - coarse.left) * 0.08);
  const first = (from: number, step: 1 | -1, is: (at: number) => boolean) => {
    for (let tried = 0; tried < 4 * STEP; tried++) if (is(from + tried * step)) return from + tried * step;
    return from;
  };
  const [inRow, inColumn] = [(x: number) => at(pixels, x, y) === sign, (y: number) => at(pixels, x, y) === sign];
  return {
    left: first(coarse.left - 2 * STEP, 1, inRow),
    right: first(coarse.right + 2 * STEP, -1, inRow) + 1,
    top: first(coarse.top - 2 * STEP, 1, inColumn),
    bottom: first(coarse.bottom + 2 * STEP, -1, inColumn) + 1,
  };
}

/** Reads the code of a picture that fills this box; of a picture of another shape as much is cut off on both sides. */
function readIn(pixels: Buffer, box: Box): { id?: number; number?: number; flash: boolean } {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const whole = Math.max(width, height * SHAPE);
  const [left, top] = [box.left - (whole - width) / 2, box.top - (whole / SHAPE - height) / 2];
  const cell = { width: (whole * PANEL.width) / COLUMNS, height: (whole * PANEL.height) / SHAPE / ROWS };
  const light = (column: number, row: number) => {
    const x = left + whole * PANEL.left + (column + 0.5) * cell.width;
    const y = top + (whole / SHAPE) * PANEL.top + (row + 0.5) * cell.height;
    return lightAround(pixels, Math.round(x), Math.round(y), Math.floor(Math.min(cell.width, cell.height) / 5));
  };
  const cells = Array.from({ length: ROWS * (COLUMNS - 1) }, (_, at) =>
    light(at % (COLUMNS - 1), Math.floor(at / (COLUMNS - 1))),
  );
  const [darkest, lightest] = [Math.min(...cells), Math.max(...cells)];
  if (lightest - darkest < 60) return { flash: false };
  const middle = (darkest + lightest) / 2;
  return { ...readCode(cells.map(cell => cell > middle)), flash: light(COLUMNS - 1, 1) > middle };
}

/** The mean of green around a pixel, which is most of what is bright. */
function lightAround(pixels: Buffer, x: number, y: number, around: number): number {
  let [sum, count] = [0, 0];
  for (let row = Math.max(0, y - around); row <= Math.min(HEIGHT - 1, y + around); row++) {
    for (let column = Math.max(0, x - around); column <= Math.min(WIDTH - 1, x + around); column++) {
      sum += pixels[(row * WIDTH + column) * 3 + 1]!;
      count += 1;
    }
  }
  return count > 0 ? sum / count : 0;
}
