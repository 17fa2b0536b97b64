// A recorded file, decoded as far as it can be judged: where whose picture is and what it says, and the sound.
import { type Facts, eachPicture, factsOf, soundOf } from "./mp4.ts";
import { type Tile, tilesIn } from "./tiles.ts";

/** One picture of the file. */
export type Frame = {
  /** When it is shown, in milliseconds of the file. */
  time: number;
  tiles: Tile[];
};

export type Decoded = { facts: Facts; frames: Frame[]; sound: Float32Array };

export async function decode(path: string): Promise<Decoded> {
  const facts = await factsOf(path);
  const frames: Frame[] = [];
  await eachPicture(path, (pixels, index) => frames.push({ time: facts.times[index]! * 1000, tiles: tilesIn(pixels) }));
  return { facts, frames, sound: await soundOf(path) };
}
