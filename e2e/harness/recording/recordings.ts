// Recordings through the API: whether a session is recorded, what became of it, and the files.
import { writeFileSync } from "node:fs";
import type { Programme } from "../programme.ts";
import { until } from "../servers.ts";

export type Recording = {
  id: string;
  sessionId: string;
  block: number;
  startedAt: string;
  endedAt: string | null;
  lengthSeconds: number;
  bytes: number;
  state: "RECORDING" | "PROCESSING" | "READY" | "FAILED";
  percent: number;
  end: "DISK" | "LENGTH" | "RESTARTED" | "SILENCE" | "SWITCHED_OFF" | null;
  failure: string | null;
  isReplay: boolean;
  url: string | null;
};

const fields = "id sessionId block startedAt endedAt lengthSeconds bytes state percent end failure isReplay url";

/** Those of a session, the first block first. */
export async function recordings({ organizer, slug }: Programme, sessionId: string): Promise<Recording[]> {
  const { event } = await organizer.run(
    `query($slug: String!, $sessionId: ID) { event(slug: $slug) { recordings(first: 50, sessionId: $sessionId) { nodes { ${fields} } } } }`,
    { slug, sessionId },
  );
  return (event.recordings.nodes as Recording[]).sort((one, other) => one.block - other.block);
}

/** Switches recording of a session on or off. */
export async function record({ organizer }: Programme, sessionId: string, on: boolean): Promise<void> {
  await organizer.run(`mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { record } } }`, {
    input: { id: sessionId, record: on },
  });
}

/** Whether a session is being recorded at this moment, as media told the api; and why recording waits for a host, if it does. */
export async function recordingNow(
  { organizer }: Programme,
  id: string,
): Promise<{ now: boolean; stopped: string | null }> {
  const { session } = await organizer.run(`query($id: ID!) { session(id: $id) { recordStopped room { recording } } }`, {
    id,
  });
  return { now: session.room.recording, stopped: session.recordStopped };
}

/** Waits until at least so many blocks of a session are as asked, and none is anything else any more. */
export async function untilAll(
  programme: Programme,
  sessionId: string,
  count: number,
  state: Recording["state"] = "READY",
  seconds = 150,
): Promise<Recording[]> {
  let all: Recording[] = [];
  const are = async () => {
    all = await recordings(programme, sessionId);
    return all.length >= count && all.every(recording => recording.state === state);
  };
  await until(`${count} recordings that are ${state}`, are, seconds).catch(error => {
    throw new Error(`${error.message}, but they are ${JSON.stringify(all, undefined, 1)}`);
  });
  return all;
}

export async function retry({ organizer }: Programme, recordingId: string): Promise<void> {
  await organizer.run(`mutation($input: RetryRecordingInput!) { retryRecording(input: $input) { recording { id } } }`, {
    input: { recordingId },
  });
}

/** Fetches the file of a recording that is ready. */
export async function download({ organizer }: Programme, { id, url }: Recording, path: string): Promise<string> {
  const answer = await fetch(organizer.servers.url + url, { headers: { cookie: organizer.cookie } });
  if (!answer.ok) throw new Error(`${id} is not to be had: ${answer.status}`);
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
  return path;
}
