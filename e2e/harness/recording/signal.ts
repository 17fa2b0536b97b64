// What people in a recorded take show and sound: each has a colour, a tone and a beep of their own, and every picture carries the
// number of the thirtieth of a second in which it was drawn. From a file alone it can be told by that who is seen when, and heard when.

export type Colour = [red: number, green: number, blue: number];

/** How one picture is told from the others: by its colour, and by the id in its code. */
export type Sign = { id: number; name: string; colour: Colour };

/** A person's camera and microphone: the tone is there all the time, the beep with each flash of the picture. In Hz. */
export type Voice = Sign & { tone: number; beep: number };

/** Pictures a second, and numbers. */
export const RATE = 30;

// The hues are 60 degrees apart. No tone or beep is a harmonic of another one, or the sum or difference of two.
export const voices: Voice[] = [
  { id: 0, name: "red", colour: [191, 48, 48], tone: 411, beep: 1391 },
  { id: 1, name: "green", colour: [48, 160, 48], tone: 587, beep: 1548 },
  { id: 2, name: "blue", colour: [56, 56, 200], tone: 742, beep: 1882 },
  { id: 3, name: "yellow", colour: [191, 191, 48], tone: 1049, beep: 2704 },
];

/** Shared screens. */
export const screens: Sign[] = [
  { id: 4, name: "magenta", colour: [191, 48, 191] },
  { id: 5, name: "cyan", colour: [48, 191, 191] },
];

export const signs: Sign[] = [...voices, ...screens];

/** Where the code is in a picture, in parts of its width and height: away from edges, corners and names. */
export const PANEL = { left: 0.2, top: 0.12, width: 0.6, height: 0.54 };

/** Of the panel. The last column is one patch, white for as long as the flash lasts. */
export const [COLUMNS, ROWS] = [9, 4];

/** Numbers for which a flash lasts, and its beep. */
export const FLASH = 3;

/** Numbers between the flash of one sign and that of the next: nobody flashes and beeps at the same moment as somebody else. */
export const STAGGER = 4;

/** The code of a picture, row by row: 4 bits of the id, 20 of the number, and 8 by which it is seen that all were read right. */
export function codeOf(id: number, number: number): boolean[] {
  const word = ((id & 0xf) << 20) | (number & 0xfffff);
  let check = 0x5a;
  for (const byte of [word >> 16, (word >> 8) & 0xff, word & 0xff]) {
    check ^= byte;
    for (let bit = 0; bit < 8; bit++) check = check & 0x80 ? ((check << 1) ^ 0x07) & 0xff : check << 1;
  }
  return Array.from({ length: 32 }, (_, at) => (at < 24 ? (word >> (23 - at)) & 1 : (check >> (31 - at)) & 1) === 1);
}

/** The id and the number of a code, unless a bit of it is wrong. */
export function readCode(bits: boolean[]): { id: number; number: number } | undefined {
  const word = bits.slice(0, 24).reduce((word, bit) => word * 2 + (bit ? 1 : 0), 0);
  const read = { id: word >> 20, number: word & 0xfffff };
  return codeOf(read.id, read.number).every((bit, at) => bit === bits[at]) ? read : undefined;
}

/** How many numbers ago the last flash began. */
export function sinceFlash(id: number, number: number): number {
  return (((number - id * STAGGER) % RATE) + RATE) % RATE;
}

/** Whether a picture with this number shows the flash. */
export function flashes(id: number, number: number): boolean {
  return sinceFlash(id, number) < FLASH;
}
