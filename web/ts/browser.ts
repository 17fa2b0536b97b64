// What the page asks of the browser that is shorter to say here than through generated bindings: dates and zones in
// the reader's language, the colour scheme, what is remembered.

/** Making a format takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, zone: string, style: string): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${style}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...styles[style], timeZone: zone });
  formats.set(key, known);
  return known;
}

/** The offset of a zone from UTC in minutes at an instant. */
export function zoneOffset(zone: string, millis: number): number {
  const parts = formatOf("en-US", zone, "parts").formatToParts(millis);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return Math.round((local - Math.floor(millis / 1000) * 1000) / 60_000);
}

export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

export function zones(): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes("UTC") ? known : ["UTC", ...known];
}

const moment: Intl.DateTimeFormatOptions = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "numeric",
};

const styles: Record<string, Intl.DateTimeFormatOptions> = {
  time: { hour: "numeric", minute: "numeric" },
  date: { day: "numeric", month: "long", year: "numeric" },
  day: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  shortDay: { weekday: "short", day: "numeric", month: "short" },
  moment,
  momentZone: { ...moment, timeZoneName: "short" },
  full: { dateStyle: "full", timeStyle: "short" },
  zone: { hour: "numeric", minute: "numeric", timeZoneName: "short" },
  parts: {
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  },
};

/** An instant in words; `style` is one of the names above. */
export function formatInstant(language: string, zone: string, millis: number, style: string): string {
  return formatOf(language, zone, style).format(millis);
}

/** Two instants as one range, without saying twice what they share. */
export function formatRange(language: string, zone: string, from: number, to: number, style: string): string {
  return formatOf(language, zone, style).formatRange(from, to);
}

export function formatNumber(language: string, value: number): string {
  return new Intl.NumberFormat(language).format(value);
}

/** Storage can be switched off; the page then forgets, and works. */
export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing is lost but the memory of it.
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // It was never there.
  }
}

/** Everything whose name begins with `prefix`, but for what begins with `kept`. */
export function forgetAll(prefix: string, kept?: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && !(kept && key.startsWith(kept))) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was ever kept.
  }
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages served without TLS have no clipboard; the old way still works there.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "offscreen";
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** Moves the focus to the first field with an error, or else to the form's message, once they are drawn. */
export function focusFirstProblem(form: Element): void {
  requestAnimationFrame(() => {
    const target = form.querySelector<HTMLElement>('[aria-invalid="true"]') ?? form.querySelector<HTMLElement>("[role=alert]");
    target?.focus();
    target?.scrollIntoView({ block: "center" });
  });
}

/** Puts a popover above everything else, dialogs that opened after it among them. */
export function raise(popover: HTMLElement): void {
  if (!popover.showPopover) return;
  if (popover.matches(":popover-open")) popover.hidePopover();
  popover.showPopover();
}
