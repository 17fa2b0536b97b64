// The beginning of journeys in a session that is recorded.
import { attend, joinAt } from "../../pages/room.ts";
import { liveEvent, roomOf, session } from "../programme.ts";
import type { Servers } from "../servers.ts";
import type { People } from "../test.ts";

/** A session of a live event, which is recorded as soon as somebody is on screen. */
export async function recordedSession(servers: Servers) {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Recorded round", { record: true });
  return { programme, id, room: roomOf(programme, id) };
}

/** The same with its organizer, Ada and Ben inside. */
export async function recordedRound(servers: Servers, people: People) {
  const begun = await recordedSession(servers);
  const [olga, ada, ben] = [await people("Olga Organizer"), await people("Ada Attendee"), await people("Ben Attendee")];
  await olga.become(begun.programme.organizer);
  await joinAt(olga, begun.room);
  await attend(begun.programme, begun.room, ada, ben);
  return { ...begun, olga, ada, ben };
}
