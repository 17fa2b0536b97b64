// The server's clock, which development builds let tests put ahead. A page takes the server's time when it connects.
import type { Servers } from "./servers.ts";

/** It is so much later on the server than on this machine from now on. */
export async function putAhead(servers: Servers, milliseconds: number): Promise<void> {
  const answer = await fetch(`${servers.url}/dev/clock?ahead=${milliseconds}`, { method: "POST" });
  if (!answer.ok) throw new Error(`the clock was not put ahead: ${answer.status}`);
}

/** A full minute, so many minutes from now by this machine's clock. */
export function minuteFromNow(minutes: number): number {
  return Math.ceil(Date.now() / 60_000) * 60_000 + minutes * 60_000;
}

/** Puts the clock to shortly before a moment, in milliseconds since 1970: gives when this machine reads it. */
export async function shortlyBefore(servers: Servers, moment: number, seconds: number): Promise<number> {
  const ahead = moment - seconds * 1_000 - Date.now();
  await putAhead(servers, ahead);
  return moment - ahead;
}
