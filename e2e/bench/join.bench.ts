// From the press of "Join" to the first picture, phase by phase, and from an empty cache to a page that can be used.
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { type Person, test } from "../harness/test.ts";
import { joinAt, preJoin, shareAudioAndVideo } from "../pages/room.ts";

const rounds = 15;

type Phases = Record<"pass" | "socket" | "welcome" | "joined" | "connected" | "frame", number>;

declare global {
  interface Window {
    times: Partial<Phases> & { pressed?: number };
    sent: string[];
  }
}

/** Notes when what happens on the way in; runs before the page's own code. */
function watch(): void {
  window.times = {};
  window.sent = [];
  const note = (phase: keyof Phases) => (window.times[phase] ??= performance.now());
  document.addEventListener("click", () => (window.times.pressed ??= performance.now()), true);
  const nativeFetch = window.fetch.bind(window);
  window.fetch = async (...given) => {
    const body = given[0] instanceof Request ? await given[0].clone().text() : "";
    const answer = await nativeFetch(...given);
    if (body.includes("joinSession")) note("pass");
    return answer;
  };
  const NativeSocket = window.WebSocket;
  window.WebSocket = class extends NativeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      if (!String(url).includes("signalling")) return;
      this.addEventListener("open", () => note("socket"));
      this.addEventListener("message", ({ data }) => {
        if (data.includes('"welcome"')) note("welcome");
        if (data.includes('"joined"')) note("joined");
      });
    }
    override send(data: string): void {
      if (this.url.includes("signalling")) window.sent.push(JSON.parse(data).type);
      super.send(data);
    }
  };
  const NativeConnection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends NativeConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener("connectionstatechange", () => this.connectionState === "connected" && note("connected"));
    }
  };
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "srcObject")!;
  Object.defineProperty(HTMLMediaElement.prototype, "srcObject", {
    ...source,
    set(this: HTMLMediaElement, value: MediaProvider | null) {
      source.set!.call(this, value);
      if (value && this instanceof HTMLVideoElement) this.requestVideoFrameCallback(() => note("frame"));
    },
  });
}

test("from the press of Join to the first picture", async ({ servers, people }) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const room = roomOf(programme, await session(programme, "Round table"));
  const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
  for (const person of [ada, ben]) await person.become(await attendee(programme, person.name));
  await joinAt(ada, room);
  await shareAudioAndVideo(ada);
  await ben.context.addInitScript(watch);

  const all: Phases[] = [];
  for (let round = 0; round <= rounds; round++) {
    await ben.goto(room);
    // People look at the page before they press: the pass is asked for when the pointer comes near.
    await preJoin(ben).hover();
    await ben.page.waitForFunction(
      () => performance.now() - performance.getEntriesByName("app-mounted")[0]!.startTime > 1_000,
    );
    await preJoin(ben).click();
    await ben.page.waitForFunction(() => window.times.frame !== undefined, undefined, { polling: 100 });
    const { pressed, ...times } = await ben.page.evaluate(() => window.times as Phases & { pressed: number });
    // The first round fills the caches.
    if (round > 0) {
      all.push(Object.fromEntries(Object.entries(times).map(([phase, at]) => [phase, at - pressed])) as Phases);
    }
  }
  const order = ["pass", "socket", "welcome", "joined", "connected", "frame"] as const;
  const figures = order.map(phase => `${phase} ${middle(all.map(times => times[phase])).toFixed(0)}`);
  console.log(`join, p50 of ${rounds} in ms after the press: ${figures.join(", ")}`);
  console.log(`join, messages of the browser: ${(await ben.page.evaluate(() => window.sent)).join(", ")}`);
});

test("from an empty cache to a page that can be used", async ({ servers, people }) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  await session(programme, "Round table");
  const caller = await attendee(programme, "Ada Attendee");
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const ada = await people("Ada Attendee");
    await ada.become(caller);
    for (const times of [cold, warm]) {
      await ada.goto(`/e/${programme.slug}`);
      times.push(await mounted(ada));
    }
    await ada.context.close();
  }
  console.log(
    `mounted, p50 of ${rounds} in ms after the navigation: ${middle(cold).toFixed(0)} with an empty cache, ` +
      `${middle(warm).toFixed(0)} with a filled one`,
  );
});

async function mounted(person: Person): Promise<number> {
  const at = () => performance.getEntriesByName("app-mounted")[0]?.startTime;
  const handle = await person.page.waitForFunction(at);
  return (await handle.jsonValue())!;
}

function middle(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
