/** What the stage asks of the browser: its size, the whole screen, and the end of the page. */

/** Calls `listener` with the size of `element` in pixels, now and at each change; the result stops that. */
export function watchSize(element: Element, listener: (width: number, height: number) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (entry) listener(entry.contentRect.width, entry.contentRect.height);
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** Shows the page on the whole screen, with its messages, or goes back. */
export function toggleFullScreen(): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  // A browser that refuses leaves everything as it was, which the person sees.
  change.catch(() => undefined);
}

/** Shows one element alone on the whole screen, or goes back to where it was. */
export function toggleFullScreenOf(element: Element): void {
  const change = document.fullscreenElement === element ? document.exitFullscreen() : element.requestFullscreen();
  change.catch(() => undefined);
}

/** Calls `listener` whenever `element` begins or ends to fill the screen; the result stops that. */
export function watchFullScreen(element: Element, listener: (on: boolean) => void): () => void {
  let on = false;
  const tell = (): void => {
    const now = document.fullscreenElement === element;
    if (now !== on) listener((on = now));
  };
  document.addEventListener("fullscreenchange", tell);
  return () => document.removeEventListener("fullscreenchange", tell);
}

/** Calls `listener` whenever the page begins or ends to be looked at; the result stops that. */
export function onVisibility(listener: (visible: boolean) => void): () => void {
  const tell = (): void => listener(document.visibilityState === "visible");
  document.addEventListener("visibilitychange", tell);
  return () => document.removeEventListener("visibilitychange", tell);
}

/** Whether what had the focus is gone. */
function isLost(): boolean {
  return !document.activeElement || document.activeElement === document.body;
}

/** Gives the focus to `element`, where that can have it, or to its first button, when what had it is gone. */
export function keepFocusIn(element: HTMLElement): void {
  if (isLost()) element.focus();
  if (isLost()) element.querySelector<HTMLElement>("button:enabled")?.focus();
}

/** Whether the key of a panel was the last one: there is a keyboard then, also where fingers point. */
let opensByKey = false;

/**
 * Gives the focus to what a panel is opened for: the field in it, unless that would raise a keyboard over the screen, or else the
 * panel itself. The result gives it back when it goes with the panel.
 */
export function enterPanel(panel: HTMLElement): () => void {
  const before = document.activeElement as HTMLElement | null;
  const writes = opensByKey || matchMedia("(pointer: fine)").matches;
  opensByKey = false;
  ((writes && panel.querySelector<HTMLElement>("textarea, [type=search]")) || panel).focus();
  return () =>
    requestAnimationFrame(() => {
      if (isLost()) before?.focus();
      if (isLost()) document.querySelector<HTMLElement>(".room-head h1")?.focus();
    });
}

export function canFullScreen(): boolean {
  return document.fullscreenEnabled;
}

/** Calls `listener` whenever the whole screen begins or ends to be used; the result stops that. */
export function onFullScreenChanged(listener: (on: boolean) => void): () => void {
  const tell = (): void => listener(document.fullscreenElement !== null);
  document.addEventListener("fullscreenchange", tell);
  return () => document.removeEventListener("fullscreenchange", tell);
}

/** Calls `listener` when the network comes back or changes; the result stops that. */
export function onNetworkChanged(listener: () => void): () => void {
  const connection = (navigator as Navigator & { connection?: EventTarget & { type?: string } }).connection;
  let type = connection?.type;
  const compare = (): void => {
    // The event also tells of new estimates of the same network's speed, which are no reason to do anything.
    if (connection?.type === type) return;
    type = connection?.type;
    listener();
  };
  window.addEventListener("online", listener);
  connection?.addEventListener("change", compare);
  return () => {
    window.removeEventListener("online", listener);
    connection?.removeEventListener("change", compare);
  };
}

/** Calls `listener` when the page is looked at again, perhaps after the computer slept; the result stops that. */
export function onAwake(listener: () => void): () => void {
  const tell = (): void => {
    if (document.visibilityState === "visible") listener();
  };
  document.addEventListener("visibilitychange", tell);
  return () => document.removeEventListener("visibilitychange", tell);
}

/** Calls `listener` when the page is left for good; the result stops that. */
export function onPageLeft(listener: () => void): () => void {
  window.addEventListener("pagehide", listener);
  return () => window.removeEventListener("pagehide", listener);
}

/** Keeps the screen of a phone from going dark while people watch; the result ends that. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let over = false;
  // The browser takes the lock away whenever the page is hidden.
  const take = async (): Promise<void> => {
    if (over || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    // It is refused when the battery is low, which is the browser's decision.
    lock = await navigator.wakeLock.request("screen").catch(() => undefined);
    if (over) void lock?.release();
  };
  const again = (): void => void take();
  document.addEventListener("visibilitychange", again);
  again();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", again);
    void lock?.release();
  };
}

/** Whether the person is about to write beside the stage, or will be as soon as what they opened there is loaded. */
function isBeside(target: Element | null): boolean {
  const opened = ".host-button[aria-expanded=true]";
  if (target?.closest(`.room-panel, ${opened}`)) return true;
  return !document.querySelector(".room-panel") && !!document.querySelector(opened);
}

/**
 * Calls `listener` with each key, in small letters, that is pressed alone and not into a field (H8); the result stops that.
 * Shift may be held for signs, which need it on some keyboards. What is open in front of the page has its keys for itself. Beside
 * the stage nothing is switched that others see or hear, and only an empty field is left by a key.
 */
export function onShortcut(listener: (key: string) => void): () => void {
  const tell = (event: KeyboardEvent): void => {
    if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey && event.key !== "?") return;
    const target = event.target instanceof Element ? event.target : null;
    const leaves =
      event.key === "Escape" && !event.defaultPrevented && target?.matches(".room-panel :placeholder-shown");
    if (!leaves && target?.closest("input, textarea, select, [contenteditable], dialog")) return;
    if (document.querySelector("dialog[open], [popover=auto]:popover-open")) return;
    const key = event.key.toLowerCase();
    if ("mvh".includes(key) && isBeside(target)) return;
    opensByKey = key === "c";
    listener(key);
  };
  document.addEventListener("keydown", tell);
  return () => document.removeEventListener("keydown", tell);
}

/** A name for this tab and a number of its own, neither of which needs a secure page. */
export function randomNumber(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
}
