// How loud single frequencies are in a sound, and when a beep begins.
import { SAMPLES } from "./mp4.ts";

/** How loud a frequency is (the height of its wave), in windows of so many seconds around every step. */
type Levels = { step: number; levels: Float32Array };

export function levelsOf(sound: Float32Array, frequency: number, window: number, step: number): Levels {
  const length = Math.round(window * SAMPLES);
  const shape = Float32Array.from({ length }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / length));
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / SAMPLES);
  const count = Math.floor(sound.length / SAMPLES / step);
  const levels = Float32Array.from({ length: count }, (_, index) => {
    const from = Math.round(index * step * SAMPLES - length / 2);
    // The recurrence of Goertzel.
    let [last, before] = [0, 0];
    for (let at = 0; at < length; at++) {
      const next = (sound[from + at] ?? 0) * shape[at]! + turn * last - before;
      [before, last] = [last, next];
    }
    // A full wave under this shape adds up to a quarter of the window.
    return Math.sqrt(Math.max(0, last * last + before * before - turn * last * before)) / (length / 4);
  });
  return { step, levels };
}

/** The level at a time, in seconds. */
export function levelAt({ step, levels }: Levels, time: number): number {
  return levels[Math.round(time / step)] ?? 0;
}

/** When the frequency of beeps comes up, in seconds: where half of what it is at its loudest is passed. */
export function beginnings(sound: Float32Array, frequency: number): number[] {
  const { step, levels } = levelsOf(sound, frequency, 0.03, 0.005);
  // A beep is in twenty windows; a crack that is louder is in a few.
  const loudest = [...levels].sort((a, b) => b - a)[10] ?? 0;
  if (loudest < 0.002) return [];
  const found: number[] = [];
  let quiet = true;
  levels.forEach((level, index) => {
    if (level < loudest / 4) quiet = true;
    if (!quiet || level < loudest / 2) return;
    quiet = false;
    const before = levels[index - 1] ?? 0;
    found.push((index - (level - loudest / 2) / (level - before || 1)) * step);
  });
  return found;
}
