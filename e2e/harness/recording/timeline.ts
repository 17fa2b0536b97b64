// What media says happened in a block, and where in the block's file that is: time with nobody on screen is cut out.

export type Source = "microphone" | "camera" | "screen" | "screenAudio";

type Speaker = { person: string; name: string; sources: Source[]; muted: Source[]; lost: boolean };

export type Codec = { mime: string; payloadType: number; clockRate: number; channels: number; ssrc: number };

/** Times are microseconds since 1970. */
type Line = { at: number } & (
  | { event: "begin"; version: number; block: string; session: string }
  | { event: "onScreen"; speakers: Speaker[] }
  | { event: "track"; track: number; person: string; source: Source; codec: Codec }
  | { event: "trackEnd"; track: number }
  | { event: "speaking"; person: string; speaking: boolean }
  | { event: "end"; end: string }
);

/** From and to, in milliseconds since 1970. */
export type Span = [from: number, to: number];

type TrackOf = { track: number; name: string; source: Source; codec: Codec };

export class Timeline {
  readonly begin: number;
  /** Nothing after a crash. */
  readonly end: number | undefined;
  readonly reason: string | undefined;
  readonly tracks: TrackOf[];
  /** When somebody was on screen. */
  readonly shown: Span[] = [];
  private readonly states: { at: number; speakers: Speaker[] }[] = [];

  /** Of a block without an end, `until` is where its file ends. */
  constructor(text: string, until?: number) {
    const lines = text
      .split("\n")
      .slice(0, -1)
      .map(line => JSON.parse(line) as Line)
      .map(line => ({ ...line, at: line.at / 1000 }));
    const names = new Map<string, string>();
    const begin = lines.find(line => line.event === "begin");
    if (!begin) throw new Error("a timeline without a beginning");
    const end = lines.find(line => line.event === "end");
    this.begin = begin.at;
    this.end = end?.at ?? until;
    this.reason = end?.event === "end" ? end.end : undefined;
    for (const line of lines) {
      if (line.event !== "onScreen") continue;
      this.states.push(line);
      for (const { person, name } of line.speakers) names.set(person, name);
    }
    this.tracks = lines.flatMap(line => {
      if (line.event !== "track") return [];
      const { track, person, source, codec } = line;
      return [{ track, name: names.get(person) ?? person, source, codec }];
    });
    this.states.forEach(({ at, speakers }, index) => {
      const to = Math.min(this.states[index + 1]?.at ?? Infinity, this.end ?? Infinity);
      const from = Math.max(at, this.begin);
      if (speakers.length === 0 || to <= from) return;
      const last = this.shown.at(-1);
      if (last && last[1] === from) last[1] = to;
      else this.shown.push([from, to]);
    });
  }

  /** How long the file is, in milliseconds. */
  get length(): number {
    return this.shown.reduce((sum, [from, to]) => sum + to - from, 0);
  }

  /** The moment that the file shows after so many milliseconds. */
  momentAt(time: number): number {
    let left = time;
    for (const [from, to] of this.shown) {
      if (left < to - from) return from + left;
      left -= to - from;
    }
    return this.end ?? this.begin;
  }

  /** Where a moment is in the file, in milliseconds; nothing for one that was cut out. */
  timeOf(moment: number): number | undefined {
    let before = 0;
    for (const [from, to] of this.shown) {
      if (moment >= from && moment < to) return before + moment - from;
      before += to - from;
    }
    return undefined;
  }

  /** Who is on screen with this source, neither muted nor lost, in the order of their tiles. */
  sending(source: Source, moment: number): string[] {
    const state = this.states.filter(({ at }) => at <= moment).at(-1);
    const sends = (speaker: Speaker) =>
      speaker.sources.includes(source) && !speaker.muted.includes(source) && !speaker.lost;
    return (state?.speakers ?? []).filter(sends).map(speaker => speaker.name);
  }

  /** When somebody sends a source. */
  spansOf(name: string, source: Source): Span[] {
    const spans: Span[] = [];
    this.states.forEach(({ at }, index) => {
      if (!this.sending(source, at).includes(name)) return;
      const to = this.states[index + 1]?.at ?? this.end ?? Infinity;
      const last = spans.at(-1);
      if (last && last[1] === at) last[1] = to;
      else spans.push([at, to]);
    });
    return spans;
  }

  /** When what is sent of a source changes: the whole of it, or of one person. */
  changes(source: Source, name?: string): number[] {
    let before = "";
    return this.states.flatMap(({ at }) => {
      const now = this.sending(source, at);
      const said = name === undefined ? now.join("\n") : `${now.includes(name)}`;
      const changed = said !== before;
      before = said;
      return changed ? [at] : [];
    });
  }
}
