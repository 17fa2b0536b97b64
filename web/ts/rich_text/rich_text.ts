// What the page's Rust side calls to edit rich text: see `src/components/rich_text/editor.rs`. The editor itself is large
// and loaded only where somebody writes.
import type { Writing } from "./editor";

/** What the editor tells: `kind` is one of the words below, `value` its text or JSON. */
export type Listener = (kind: "ready" | "failed" | "changed" | "state" | "busy" | "problem", value: string) => void;

export type Settings = {
  /** The editor's name for assistive technology, by the id of its label; and of what describes it. */
  label: string;
  note: string;
  placeholder: string;
  /** The event that uploaded pictures belong to. */
  event: string;
};

export class RichText {
  private writing?: Writing;
  private gone = false;

  constructor(
    private readonly place: HTMLElement,
    private html: string,
    settings: string,
    private readonly listener: Listener,
  ) {
    void this.load(JSON.parse(settings) as Settings);
  }

  /** Shows another text, unless it is the one that is shown. */
  set(html: string): void {
    this.html = html;
    this.writing?.set(html);
  }

  /** Does what a button says; see `commands` in `commands.ts`. Says whether it could. */
  run(command: string, value: string): boolean {
    return this.writing?.run(command, value) ?? false;
  }

  upload(files: FileList): void {
    this.writing?.upload(files);
  }

  focus(): void {
    this.writing?.focus();
  }

  /** Says to assistive technology whether something is wrong with what is written. */
  mark(wrong: boolean): void {
    this.writing?.mark(wrong);
  }

  destroy(): void {
    this.gone = true;
    this.writing?.destroy();
  }

  private async load(settings: Settings): Promise<void> {
    try {
      const { Writing } = await import("./editor");
      if (this.gone) return;
      this.writing = new Writing(this.place, this.html, settings, this.listener);
      this.listener("ready", "");
    } catch {
      if (!this.gone) this.listener("failed", "");
    }
  }
}

/** One stop for the Tab key, and arrow keys between the buttons: how a toolbar is used without a mouse. */
export function arrowKeys(toolbar: HTMLElement): void {
  const buttons = () => [...toolbar.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  const stop = (at: HTMLElement) => {
    for (const button of toolbar.querySelectorAll("button")) button.tabIndex = button === at ? 0 : -1;
  };
  const first = buttons()[0];
  if (first) stop(first);
  toolbar.addEventListener("focusin", event => stop(event.target as HTMLElement));
  toolbar.addEventListener("keydown", event => {
    const all = buttons();
    const here = all.indexOf(event.target as HTMLElement);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  });
}
