// One direction of a line between a browser and the servers, as bad as a test wants it. The kernel of a test machine cannot be asked
// to lose or delay packets, so this does it, by a generator of numbers that begins with the same seed every time.

/** What a direction does to what passes; without any of it everything passes at once. */
export type Conditions = {
  /** Of packets, the part that is lost: 0 to 1. */
  loss?: number;
  /** Milliseconds, and up to how many more by chance. Nothing overtakes. */
  delay?: number;
  jitter?: number;
  bitsPerSecond?: number;
  /** What waits at the most for its turn under a limited rate; packets beyond it are dropped. */
  queueBytes?: number;
  /** Nothing passes: packets are dropped, streams wait. */
  frozen?: boolean;
};

/** Packets (or pieces of a stream) and what became of them. */
export type Counters = { passed: number; passedBytes: number; lost: number; overflowed: number; frozen: number };

export class Lane {
  readonly counters: Counters = { passed: 0, passedBytes: 0, lost: 0, overflowed: 0, frozen: 0 };
  conditions: Conditions = {};
  /** When the last that came is through the limited rate, and when it is delivered. */
  private through = 0;
  private delivered = 0;
  private readonly order = new InOrder();

  constructor(private readonly random: () => number) {}

  get dropped(): number {
    return this.counters.lost + this.counters.overflowed + this.counters.frozen;
  }

  /** A packet: it is delivered, now or later, or dropped. */
  send(packet: Buffer, deliver: () => void): void {
    const { loss = 0, bitsPerSecond, queueBytes = 32_000, frozen } = this.conditions;
    const now = performance.now();
    if (frozen) {
      this.counters.frozen += 1;
      return;
    }
    if (loss > 0 && this.random() < loss) {
      this.counters.lost += 1;
      return;
    }
    if (bitsPerSecond) {
      const waiting = (Math.max(0, this.through - now) * bitsPerSecond) / 8000;
      if (waiting + packet.length > queueBytes) {
        this.counters.overflowed += 1;
        return;
      }
    }
    this.order.after(this.due(packet.length, now) - now, () => {
      this.pass(packet.length);
      deliver();
    });
  }

  /** A piece of a stream, of which nothing may be lost: says in how many milliseconds it is through. */
  take(bytes: number): number {
    const now = performance.now();
    this.pass(bytes);
    return this.due(bytes, now) - now;
  }

  private due(bytes: number, now: number): number {
    const { delay = 0, jitter = 0, bitsPerSecond } = this.conditions;
    this.through = Math.max(now, this.through) + (bitsPerSecond ? (bytes * 8000) / bitsPerSecond : 0);
    if (!bitsPerSecond) this.through = now;
    this.delivered = Math.max(this.delivered, this.through + delay + (jitter ? jitter * this.random() : 0));
    return this.delivered;
  }

  private pass(bytes: number): void {
    this.counters.passed += 1;
    this.counters.passedBytes += bytes;
  }
}

/** What is done later, in the order in which it was said: timers say when, not what, since they may overtake each other. */
export class InOrder {
  private readonly waiting: (() => void)[] = [];

  after(milliseconds: number, act: () => void): void {
    if (milliseconds < 0.5 && this.waiting.length === 0) {
      act();
      return;
    }
    this.waiting.push(act);
    setTimeout(() => this.waiting.shift()?.(), milliseconds);
  }
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
