// The `test` of browser tests whose subject is the network: people may be put on lines of their own.
import { Line } from "./relay.ts";
import { freePorts } from "./servers.ts";
import { type Person, test as base } from "./test.ts";

/** Puts somebody, whose page is not open yet, on a line of their own. */
export type Lines = (person: Person) => Promise<Line>;

export const test = base.extend<{ lines: Lines }>({
  // A port that lines know, also after media was started again.
  environment: async ({}, use) => {
    const [port] = await freePorts(1);
    await use({ MEDIA_RTC_PORT: `${port}`, MEDIA_WORKERS: "1" });
  },

  lines: async ({ servers }, use) => {
    const lines: Line[] = [];
    const ports = {
      pages: servers.portOf("LISTEN"),
      signalling: servers.portOf("MEDIA_LISTEN"),
      media: servers.portOf("MEDIA_RTC_PORT"),
    };
    await use(async person => {
      const line = await Line.open(lines.length + 1, ports);
      lines.push(line);
      // Pages look for the signalling at their own host.
      person.url = `http://${line.address}:${ports.pages}`;
      await person.context.addInitScript(reachMediaHere);
      return line;
    });
    await Promise.all(lines.map(line => line.close()));
  },

  // Windows are closed before the lines that they are on.
  people: async ({ lines: _, people }, use) => use(people),
});

/** Runs in pages before their own code: where media announces its address, they find that of their line. */
function reachMediaHere(): void {
  type Set = (description: RTCSessionDescriptionInit) => Promise<void>;
  const native = RTCPeerConnection.prototype.setRemoteDescription as Set;
  RTCPeerConnection.prototype.setRemoteDescription = function (description: RTCSessionDescriptionInit) {
    const sdp = description.sdp?.replaceAll(
      /^(a=candidate:\S+ \d+ \S+ \d+ )127\.0\.0\.1 /gm,
      `$1${location.hostname} `,
    );
    return native.call(this, { ...description, sdp });
  };
}
