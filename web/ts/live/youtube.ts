/**
 * YouTube's player in a frame of its own, from the host that sets no cookies before somebody plays. Fetched with the first video
 * that is shared; until then a page asks YouTube for nothing.
 */

const HOST = "https://www.youtube-nocookie.com";
const API = "https://www.youtube.com/iframe_api";

/** Milliseconds for the player's script to arrive, and for a player to be ready. */
const PATIENCE = 15_000;

/** Milliseconds between two looks at the player. Not a part of the 250 in which it reports, so that these are seen from all sides. */
const LOOK = 210;

/** What of YouTube's interface is used, as it documents it. */
type Player = {
  playVideo(): void;
  pauseVideo(): void;
  seekTo(seconds: number, allowSeekAhead: boolean): void;
  setPlaybackRate(rate: number): void;
  getPlaybackRate(): number;
  getPlayerState(): number;
  getCurrentTime(): number;
  getDuration(): number;
  mute(): void;
  unMute(): void;
  setVolume(percent: number): void;
  destroy(): void;
};
type Options = { host: string; events: Record<string, (event: { data: number }) => void> };
type Youtube = { Player: new (frame: HTMLIFrameElement, options: Options) => Player };
type WithYoutube = typeof window & { YT?: Youtube; onYouTubeIframeAPIReady?: () => void };

const PLAYING = 1;
const PAUSED = 2;

let fetched: Promise<Youtube> | undefined;

function interfaceOfYoutube(): Promise<Youtube> {
  fetched ??= fetchInterface().catch((error: unknown) => {
    // Another try asks again.
    fetched = undefined;
    throw error;
  });
  return fetched;
}

function fetchInterface(): Promise<Youtube> {
  const page = window as WithYoutube;
  return new Promise((resolve, reject) => {
    if (page.YT?.Player) return resolve(page.YT);
    const script = document.createElement("script");
    const fail = (): void => {
      script.remove();
      reject(new Error("YouTube's player could not be fetched"));
    };
    const late = setTimeout(fail, PATIENCE);
    page.onYouTubeIframeAPIReady = () => {
      clearTimeout(late);
      if (page.YT) resolve(page.YT);
    };
    script.src = API;
    script.addEventListener("error", fail);
    document.head.append(script);
  });
}

/** Hears `what` happened, with a number of it, then where the player is, how long the video, and its speed. */
type Listener = (what: string, number: number, time: number, duration: number, rate: number) => void;

export class VideoFrame {
  #player: Player | undefined;
  #frame: HTMLIFrameElement;
  #looking: number | undefined;
  #late: number;
  #closed = false;
  /** Shows a place in silence until it stands still there. */
  #showing = false;
  #muted = false;

  /** Puts the player of `video` into `place`. Without `leads` it has no controls: the room moves it. */
  constructor(place: Element, video: string, leads: boolean, start: number, title: string, private listener: Listener) {
    const asked = new URLSearchParams({
      enablejsapi: "1",
      origin: location.origin,
      playsinline: "1",
      rel: "0",
      fs: "0",
      controls: leads ? "1" : "0",
      disablekb: leads ? "0" : "1",
      start: String(Math.floor(start)),
    });
    this.#frame = document.createElement("iframe");
    this.#frame.title = title;
    this.#frame.allow = "autoplay; encrypted-media; picture-in-picture";
    // Pages of ours name themselves to nobody else, and YouTube plays for nobody who does not (its error 153).
    this.#frame.referrerPolicy = "strict-origin-when-cross-origin";
    this.#frame.src = `${HOST}/embed/${video}?${asked}`;
    place.replaceChildren(this.#frame);
    // The script may be here, and the frame never come.
    this.#late = window.setTimeout(() => this.#fail(), PATIENCE);
    interfaceOfYoutube().then(
      youtube => this.#begin(youtube),
      () => this.#fail(),
    );
  }

  /** What comes later than that is not shown any more. */
  #fail(): void {
    this.#say("failed", 0);
    this.close();
  }

  #begin(youtube: Youtube): void {
    if (this.#closed) return;
    const player = new youtube.Player(this.#frame, {
      host: HOST,
      events: {
        onReady: () => {
          if (this.#closed) return;
          window.clearTimeout(this.#late);
          this.#player = player;
          this.#say("ready", 0);
          this.#looking = window.setInterval(() => this.#look(), LOOK);
        },
        onStateChange: ({ data }) => {
          if (data === PAUSED) this.#endShow();
          if (data === PLAYING) this.#say("plays", 0);
          this.#look();
        },
        onError: ({ data }) => {
          window.clearTimeout(this.#late);
          this.#say("error", data);
        },
        onAutoplayBlocked: () => this.#say("blocked", 0),
      },
    });
  }

  #look(): void {
    const player = this.#player;
    if (!player) return;
    const numbers = [player.getCurrentTime(), player.getDuration(), player.getPlaybackRate()] as const;
    // A player that does not know yet says nothing of it.
    if (numbers.every(Number.isFinite)) this.listener("sample", player.getPlayerState(), ...numbers);
  }

  #say(what: string, number: number): void {
    if (!this.#closed) this.listener(what, number, 0, 0, 1);
  }

  /** What went on before it stood still is heard as well. */
  play(): void {
    this.#endShow();
    this.#player?.playVideo();
  }

  pause(): void {
    this.#player?.pauseVideo();
  }

  seek(seconds: number): void {
    this.#player?.seekTo(seconds, true);
  }

  /** The picture of a place in silence: a player that has not played yet plays when it is sought in. */
  show(seconds: number): void {
    this.#showing = true;
    this.#player?.mute();
    this.#player?.seekTo(seconds, true);
  }

  #endShow(): void {
    if (!this.#showing) return;
    this.#showing = false;
    this.setMuted(this.#muted);
  }

  setRate(rate: number): void {
    this.#player?.setPlaybackRate(rate);
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (muted) this.#player?.mute();
    else if (!this.#showing) this.#player?.unMute();
  }

  /** 0 to 100. */
  setVolume(percent: number): void {
    this.#player?.setVolume(percent);
  }

  close(): void {
    this.#closed = true;
    window.clearTimeout(this.#late);
    window.clearInterval(this.#looking);
    this.#player?.destroy();
    this.#player = undefined;
    this.#frame.remove();
  }
}
