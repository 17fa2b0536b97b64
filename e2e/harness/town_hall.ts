// The beginning of journeys in a moderated session.
import { addModerator, attendee, liveEvent, roomOf, session } from "./programme.ts";
import type { Servers } from "./servers.ts";
import type { People } from "./test.ts";

/** A moderated session of a live event, its moderator, and Ada, who is registered: `caller` is her as well. */
export async function townHall(servers: Servers, people: People) {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Town hall", { shareAccess: "MODERATED" });
  const [mo, ada] = [await people("Mo Derator"), await people("Ada Attendee")];
  await mo.become(await attendee(programme, mo.name));
  await addModerator(programme, id, mo.name);
  const caller = await attendee(programme, ada.name);
  await ada.become(caller);
  return { programme, id, room: roomOf(programme, id), mo, ada, caller };
}
