// A player that stands in for YouTube's in its frame, with a clock of its own. Written from YouTube's documentation alone, and as
// unhandy as players are: it starts late, obeys after a while, says where it is now and then, and knows nothing of the page but
// what that asks it.

/** How one person's player behaves. */
export type Behaviour = {
  /** Seconds of the video in a real one: no two clocks are the same. */
  speed: number;
  /** Rounds speeds to those of the menu, towards 1, as YouTube's documentation has it. */
  menuSpeeds?: boolean;
  /** Obeys no correction of where it is and how fast it goes. */
  deaf?: boolean;
  /** Fails with this number of YouTube's instead. */
  error?: number;
};

/** What a test does with it, in the frame. */
export type Inside = {
  /** Where it really is, at a moment of the clock that all browsers here share; and whether it goes on. */
  stands(): { position: number; at: number; plays: boolean };
  /** Stops to load for some seconds. */
  buffer(seconds: number): void;
  /** What a person does with the controls. */
  press(what: "play" | "pause" | "seek", to?: number): void;
};

/** Runs in the frame, alone: everything that it needs is in it. */
export function playerInFrame(behaviour: Behaviour): void {
  const START_MS = 1_200;
  const OBEY_MS = 300;
  const SAY_MS = 40;
  const REPORT_MS = 250;
  const MENU = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
  const DURATION = 600;
  const [UNSTARTED, ENDED, PLAYING, PAUSED, BUFFERING] = [-1, 0, 1, 2, 3];

  const asked = new URLSearchParams(location.search);
  for (const name of ["enablejsapi", "playsinline"]) {
    if (asked.get(name) !== "1") throw new Error(`the player was not asked with ${name}`);
  }
  const page = asked.get("origin");
  if (!page) throw new Error("the player was not told who asks");
  const known = ["enablejsapi", "origin", "playsinline", "rel", "fs", "controls", "disablekb", "start"];
  for (const name of asked.keys()) if (!known.includes(name)) throw new Error(`nobody knows ${name}`);

  let state = UNSTARTED;
  let rate = 1;
  let base = Number(asked.get("start") ?? 0);
  let since = performance.now();
  /** Count what was asked: of two of a kind, the later one holds. */
  let turn = 0;
  let seeks = 0;

  const position = (): number => {
    const passed = state === PLAYING ? ((performance.now() - since) / 1_000) * behaviour.speed * rate : 0;
    return Math.min(base + passed, DURATION);
  };
  const say = (message: object): void => {
    setTimeout(() => parent.postMessage(message, page), SAY_MS);
  };
  const stand = (at: number): void => {
    base = at;
    since = performance.now();
  };
  const become = (now: number): void => {
    stand(position());
    state = now;
    say({ event: "state", data: now });
  };
  const later = (milliseconds: number, act: () => void): void => {
    const own = ++turn;
    setTimeout(() => own === turn && act(), milliseconds);
  };

  const play = (): void => {
    if (state === PLAYING || state === BUFFERING) return;
    if (state === ENDED) stand(0);
    const first = state === UNSTARTED;
    become(BUFFERING!);
    later(first ? START_MS : SAY_MS, () => become(PLAYING!));
  };
  const pause = (): void => later(SAY_MS, () => become(PAUSED!));
  // Of one that stands still, the picture changes; any other plays from there, also one that has not played yet.
  const seek = (to: number): void => {
    const own = ++seeks;
    setTimeout(() => {
      if (own !== seeks) return;
      const [paused, first] = [state === PAUSED, state === UNSTARTED];
      if (!paused) become(BUFFERING!);
      stand(Math.max(0, Math.min(to, DURATION)));
      if (!paused) later(first ? START_MS : OBEY_MS, () => become(PLAYING!));
    }, OBEY_MS);
  };
  const setRate = (to: number): void => {
    const nearest = MENU.filter(one => Math.abs(one - 1) <= Math.abs(to - 1) + 1e-9 && (one - 1) * (to - 1) >= 0);
    const allowed = nearest.reduce((best, one) => (Math.abs(one - to) < Math.abs(best - to) ? one : best), 1);
    setTimeout(() => {
      stand(position());
      rate = behaviour.menuSpeeds ? allowed : to;
    }, OBEY_MS);
  };

  const commands: Record<string, (value: number) => void> = {
    playVideo: play,
    pauseVideo: pause,
    seekTo: to => behaviour.deaf || seek(to),
    setPlaybackRate: to => behaviour.deaf || setRate(to),
    mute: () => undefined,
    unMute: () => undefined,
    setVolume: () => undefined,
  };
  let heard = false;
  addEventListener("message", ({ data, origin }) => {
    if (origin !== page) throw new Error(`${origin} is not who asked`);
    // The page asks until somebody answers: which of the two is there first is anybody's guess.
    if (data.command === "listening") {
      if (!heard) begin();
      heard = true;
      return;
    }
    const command = commands[data.command];
    if (!command) throw new Error(`nobody knows ${data.command}`);
    command(data.value);
  });

  (window as unknown as { player: Inside }).player = {
    stands: () => ({ position: position(), at: Date.now() / 1_000, plays: state === PLAYING }),
    buffer: seconds => {
      become(BUFFERING!);
      later(seconds * 1_000, () => become(PLAYING!));
    },
    press: (what, to) => {
      if (asked.get("controls") !== "1") throw new Error("this player has no controls");
      if (what === "play") play();
      else if (what === "pause") pause();
      else seek(to ?? 0);
    },
  };

  const begin = (): void => {
    say({ event: "ready" });
    if (behaviour.error) return say({ event: "error", data: behaviour.error });
    setInterval(() => {
      if (state === PLAYING && position() >= DURATION) become(ENDED!);
      say({ event: "info", time: position(), duration: state === UNSTARTED ? 0 : DURATION, rate });
    }, REPORT_MS);
  };
}

/** Runs in the page, as the script that YouTube's documentation describes. What it does not describe is an error. */
export function interfaceInPage(): void {
  type Options = { host: string; events: Record<string, (event: { data?: number }) => void> };
  const events: Record<string, string> = { ready: "onReady", state: "onStateChange", error: "onError" };

  class Player {
    constructor(frame: HTMLIFrameElement, { host, events: listeners }: Options) {
      const known = ["onReady", "onStateChange", "onError", "onAutoplayBlocked", "onPlaybackRateChange", "onApiChange"];
      for (const name of Object.keys(listeners)) if (!known.includes(name)) throw new Error(`nobody knows ${name}`);
      if (new URL(frame.src).origin !== host) throw new Error(`the frame is not of ${host}`);
      if (frame.referrerPolicy !== "strict-origin-when-cross-origin") throw new Error("153: who asks?");
      const now = { state: -1, time: 0, duration: 0, rate: 1 };
      let ready = false;
      const hear = ({ data, source }: MessageEvent): void => {
        if (source !== frame.contentWindow) return;
        if (data.event === "info") Object.assign(now, { time: data.time, duration: data.duration, rate: data.rate });
        if (data.event === "state") now.state = data.data;
        if (data.event === "ready") {
          ready = true;
          clearInterval(asking);
        }
        const name = events[data.event];
        if (name) listeners[name]?.({ data: data.data });
      };
      window.addEventListener("message", hear);
      const asking = setInterval(() => frame.contentWindow?.postMessage({ command: "listening" }, "*"), 100);
      const tell = (command: string, value?: number): void => {
        if (!ready) throw new Error(`${command} before the player was ready`);
        frame.contentWindow?.postMessage({ command, value }, host);
      };
      const does: Record<string, (value: number, ahead?: boolean) => unknown> = {
        playVideo: () => tell("playVideo"),
        pauseVideo: () => tell("pauseVideo"),
        seekTo: (seconds, ahead) => {
          if (typeof seconds !== "number" || !Number.isFinite(seconds)) throw new Error(`no place: ${seconds}`);
          if (typeof ahead !== "boolean") throw new Error("seekTo wants to know whether to load");
          tell("seekTo", seconds);
        },
        setPlaybackRate: rate => tell("setPlaybackRate", rate),
        mute: () => tell("mute"),
        unMute: () => tell("unMute"),
        setVolume: percent => tell("setVolume", percent),
        getPlaybackRate: () => now.rate,
        getPlayerState: () => now.state,
        getCurrentTime: () => now.time,
        getDuration: () => now.duration,
        destroy: () => {
          window.removeEventListener("message", hear);
          clearInterval(asking);
          frame.remove();
        },
      };
      return new Proxy(this, {
        get: (_, name) => {
          if (typeof name === "symbol") return undefined;
          const act = does[name];
          if (!act) throw new Error(`YouTube's player has no ${name}`);
          return act;
        },
      });
    }
  }

  const page = window as unknown as { YT: object; onYouTubeIframeAPIReady?: () => void };
  page.YT = { Player };
  setTimeout(() => page.onYouTubeIframeAPIReady?.(), 50);
}
