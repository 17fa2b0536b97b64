// A recorded session with publishers in it: the script of a take acts through this, so that it is known what was done when.
import { writeFileSync } from "node:fs";
import { type TestInfo, expect } from "@playwright/test";
import { type Programme, attendee, inAddress } from "../programme.ts";
import type { Servers } from "../servers.ts";
import type { People, Person } from "../test.ts";
import { goOffScreen, joinAt, leave, screenOf, shareAudioAndVideo, shareScreen, tileOf } from "../../pages/room.ts";
import { decode } from "./decode.ts";
import { Kept } from "./kept.ts";
import { soundOf, soundShifted } from "./mp4.ts";
import { type Publishing, numberNow, publishes } from "./publisher.ts";
import { download, untilAll } from "./recordings.ts";
import { recordedSession } from "./round.ts";
import { screens, voices } from "./signal.ts";
import type { Source } from "./timeline.ts";
import * as truth from "./truth.ts";

/** Small, so that little is drawn: the machine is busy enough. */
const viewport = { width: 800, height: 600 };

export class Take {
  readonly acts: truth.Act[] = [];
  readonly cast: truth.Cast;
  private readonly kept: Kept;

  private constructor(
    readonly programme: Programme,
    readonly id: string,
    private readonly room: string,
    private readonly info: TestInfo,
    readonly people: Person[],
    zero: number,
  ) {
    const part = ({ name }: Person, at: number) => ({ name, voice: voices[at]!, screen: screens[at] });
    this.cast = { zero, people: people.map(part) };
    this.kept = new Kept(programme.organizer.servers);
  }

  /** People with these names, registered and with made-up devices, and a session that is recorded. `equip` comes before all that. */
  static async prepare(
    { servers, people, info }: { servers: Servers; people: People; info: TestInfo },
    names: string[],
    equip?: (person: Person) => Promise<unknown>,
  ): Promise<Take> {
    const { programme, id, room } = await recordedSession(servers);
    const all: Person[] = [];
    for (const name of names) {
      const person = await people(name, { viewport });
      await equip?.(person);
      await person.become(await attendee(programme, name));
      all.push(person);
    }
    const take = new Take(programme, id, room, info, all, Math.floor(Date.now() / 1000) * 1000);
    for (const [at, person] of all.entries()) await publishes(person.context, take.publishingOf(at));
    return take;
  }

  private publishingOf(at: number): Publishing {
    const { voice, screen } = this.cast.people[at]!;
    return { voice, screen, zero: this.cast.zero };
  }

  enter(person: Person): Promise<void> {
    return joinAt(person, this.room);
  }

  /** Does something that switches sources of somebody on or off, and is done when somebody else sees it. */
  async act(person: Person, sources: Source[], on: boolean, act: () => Promise<void>): Promise<void> {
    const moment = async () => truth.drawn(this.cast, await numberNow(person));
    const from = await moment();
    await act();
    const during: [number, number] = [from, await moment()];
    for (const source of sources) this.acts.push({ name: person.name, source, on, during });
  }

  goOnScreen(person: Person, seenBy: Person): Promise<void> {
    return this.act(person, ["microphone", "camera"], true, async () => {
      await shareAudioAndVideo(person);
      await expect(tileOf(seenBy, person.name).locator("video")).toBeVisible();
      await expect(tileOf(seenBy, person.name).getByRole("img", { name: "Microphone off" })).toBeHidden();
    });
  }

  goOffScreen(person: Person, seenBy: Person): Promise<void> {
    return this.act(person, ["microphone", "camera"], false, async () => {
      await goOffScreen(person);
      await expect(tileOf(seenBy, person.name)).toBeHidden();
    });
  }

  /** Leaves the room from the screen. */
  leave(person: Person, seenBy: Person): Promise<void> {
    return this.act(person, ["microphone", "camera"], false, async () => {
      await leave(person);
      await expect(tileOf(seenBy, person.name)).toBeHidden();
    });
  }

  mute(person: Person, seenBy: Person, muted = true): Promise<void> {
    return this.act(person, ["microphone"], !muted, async () => {
      await person.page.getByRole("button", { name: muted ? "Mute microphone" : "Unmute microphone" }).click();
      const mark = tileOf(seenBy, person.name).getByRole("img", { name: "Microphone off" });
      await expect(mark).toBeVisible({ visible: muted });
    });
  }

  shareScreen(person: Person, seenBy: Person): Promise<void> {
    return this.act(person, ["screen"], true, async () => {
      await shareScreen(person);
      await expect(screenOf(seenBy, person.name)).toBeVisible();
    });
  }

  stopScreen(person: Person, seenBy: Person): Promise<void> {
    return this.act(person, ["screen"], false, async () => {
      await person.page.getByRole("button", { name: "Stop sharing screen" }).click();
      await expect(screenOf(seenBy, person.name)).toBeHidden();
    });
  }

  /** Waits until this many blocks, or more, are files, and decodes them. */
  async blocks(count: number): Promise<truth.Block[]> {
    const ready = await untilAll(this.programme, this.id, count);
    this.kept.stop();
    const blocks: truth.Block[] = [];
    for (const recording of ready) {
      const name = inAddress(recording.id);
      // Both stay with the results of a test that fails.
      const path = await download(this.programme, recording, this.pathOf(blocks.length));
      writeFileSync(`${path}.jsonl`, this.kept.timelineText(name));
      const file = await decode(path);
      // Without a last line, it ends where the file does.
      let timeline = this.kept.timeline(name, Infinity);
      if (timeline.reason === undefined) {
        const end = timeline.momentAt(file.facts.videoLength * 1000);
        timeline = this.kept.timeline(name, end);
      }
      blocks.push({ timeline, wires: this.kept.wires(name, timeline), file });
    }
    return blocks;
  }

  private pathOf(block: number): string {
    return this.info.outputPath(`block-${block + 1}.mp4`);
  }

  /** Asks every question about the files, and whether the answers would have been others if the sound were late. */
  async check(blocks: truth.Block[], { acts = true, seamless = true } = {}): Promise<void> {
    const { cast } = this;
    for (const [at, block] of blocks.entries()) {
      const of = `block ${at + 1}`;
      const goesOn = truth.continues(blocks[at - 1], block);
      expect.soft(truth.formProblems(block), `${of}: its form (K4)`).toEqual([]);
      expect.soft(truth.placeProblems(block, cast, goesOn), `${of}: who is seen where (K4)`).toEqual([]);
      expect.soft(truth.numberProblems(block, cast, goesOn), `${of}: of which moment the pictures are`).toEqual([]);
      expect.soft(truth.toneProblems(block, cast), `${of}: who is heard when`).toEqual([]);
      expect.soft(truth.beepProblems(block, cast), `${of}: whether sound and pictures are in step`).toEqual([]);
    }
    expect.soft(truth.lossProblems(blocks, cast), "pictures that came and are missing (K3)").toEqual([]);
    expect.soft(truth.seamProblems(blocks, cast), "from one block to the next (K3)").toEqual([]);
    const seams = blocks.flatMap((block, at) => truth.heardOver(blocks[at - 1], block, cast));
    if (seamless)
      expect.soft(seams.length, "voices that were heard while a block went over into the next").toBeGreaterThan(0);
    if (acts) expect.soft(truth.scriptProblems(blocks, this.acts), "the timeline and the script").toEqual([]);
    await this.checkNegative(blocks);
  }

  /** The same files with their sound 200 ms later must be found wrong, in every voice that is heard long enough. */
  private async checkNegative(blocks: truth.Block[]): Promise<void> {
    for (const [at, block] of blocks.entries()) {
      const heard = this.cast.people.filter(person => truth.beepsHeard(block, person.voice, this.cast) > 1);
      if (block.timeline.length > truth.SHORT) {
        expect.soft(heard.length, `block ${at + 1}: voices with beeps`).toBeGreaterThan(0);
      }
      const path = this.info.outputPath("late.mp4");
      await soundShifted(this.pathOf(at), 0.2, path);
      const late = { ...block, file: { ...block.file, sound: await soundOf(path) } };
      const found = truth.beepProblems(late, this.cast);
      for (const { voice } of heard) {
        expect.soft(found, `block ${at + 1} with late sound`).toContainEqual(expect.stringContaining(voice.name));
      }
    }
  }
}
