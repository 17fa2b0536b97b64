// Makes an organization, a live event and sessions through the API, for tests whose subject is something else.
import { Caller } from "./caller.ts";
import { tokenTo } from "./mail.ts";
import type { Servers } from "./servers.ts";

export const password = "correct horse battery staple";

export type Programme = { organizer: Caller; organization: string; event: string; slug: string };

/** Somebody on screen, and whether their devices are on. */
export type Speaker = { name: string; microphone: boolean; camera: boolean };

/** An event that is live now, with nobody but its organizer. */
export async function liveEvent(servers: Servers, slug = "summit"): Promise<Programme> {
  const organizer = new Caller(servers);
  const { setUp } = await organizer.run(
    `mutation($input: SetUpInput!) { setUp(input: $input) { organization { id } } }`,
    { input: { organizationName: "Hall of Records", name: "Olga Organizer", email: "olga@example.org", password } },
  );
  const organization: string = setUp.organization.id;
  const { createEvent } = await organizer.run(
    `mutation($input: CreateEventInput!) { createEvent(input: $input) { event { id } } }`,
    {
      input: {
        organizationId: organization,
        slug,
        name: "Summit of Small Rooms",
        startsAt: hoursFromNow(-1),
        endsAt: hoursFromNow(8),
        timeZone: "Europe/Berlin",
      },
    },
  );
  const event: string = createEvent.event.id;
  await organizer.run(`mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { state } } }`, {
    input: { id: event, published: true },
  });
  return { organizer, organization, event, slug };
}

/** A session of the event, with what the test cares about; returns its id. */
export async function session(programme: Programme, title: string, settings: object = {}): Promise<string> {
  const { createSession } = await programme.organizer.run(
    `mutation($input: CreateSessionInput!) { createSession(input: $input) { session { id } } }`,
    { input: { eventId: programme.event, title, ...settings } },
  );
  return createSession.session.id;
}

/** Many sessions at once, as organizers import them. */
export async function manySessions(programme: Programme, titles: string[]): Promise<void> {
  const { organizer, event } = programme;
  const response = await fetch(`${organizer.servers.url}/events/${event}/sessions.csv`, {
    method: "POST",
    headers: { "content-type": "text/csv", "x-roundtable": "1", cookie: organizer.cookie },
    body: ["Title", ...titles].join("\r\n"),
  });
  const answer = await response.text();
  if (!response.ok || answer.includes('"errors"')) throw new Error(answer);
}

/** A published segment of the schedule, from and to a moment in milliseconds since 1970; returns its id. */
export async function segment(
  programme: Programme,
  name: string,
  [startsAt, endsAt]: [number, number],
  settings: object = {},
): Promise<string> {
  const { createSegment } = await programme.organizer.run(
    `mutation($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } } }`,
    {
      input: {
        eventId: programme.event,
        name,
        startsAt: new Date(startsAt).toISOString(),
        endsAt: new Date(endsAt).toISOString(),
        published: true,
        ...settings,
      },
    },
  );
  return createSegment.segment.id;
}

/** Somebody with an account of their own. */
export async function account(servers: Servers, name: string): Promise<Caller> {
  const caller = new Caller(servers);
  await caller.run(`mutation($input: SignUpInput!) { signUp(input: $input) { account { id } } }`, {
    input: { name, email: emailOf(name), password },
  });
  return caller;
}

/** Somebody registered for the event, with this ticket type where there are several. */
export async function attendee(programme: Programme, name: string, ticketTypeId?: string): Promise<Caller> {
  const caller = await account(programme.organizer.servers, name);
  await caller.run(`mutation($input: RegisterInput!) { register(input: $input) { registration { id } } }`, {
    input: { eventId: programme.event, ticketTypeId },
  });
  return caller;
}

/** Somebody who organizes the event as well. */
export async function secondOrganizer(programme: Programme, name: string): Promise<Caller> {
  const servers = programme.organizer.servers;
  const caller = await account(servers, name);
  await programme.organizer.run(
    `mutation($input: InviteOrganizerInput!) { inviteOrganizer(input: $input) { organization { id } } }`,
    { input: { organizationId: programme.organization, email: emailOf(name) } },
  );
  await caller.run(
    `mutation($input: AcceptOrganizerInvitationInput!) { acceptOrganizerInvitation(input: $input) { organization { id } } }`,
    { input: { token: await tokenTo(servers, emailOf(name), "invites you") } },
  );
  return caller;
}

/** Makes somebody who is registered a moderator of a session. */
export async function addModerator(programme: Programme, sessionId: string, name: string): Promise<void> {
  await programme.organizer.run(
    `mutation($input: AddModeratorInput!) { addModerator(input: $input) { session { id } } }`,
    { input: { sessionId, email: emailOf(name) } },
  );
}

/** Has somebody ask to go on screen in a moderated session, and the organizer approve it. */
export async function approve(programme: Programme, sessionId: string, caller: Caller): Promise<void> {
  const { requestToShare } = await caller.run(
    `mutation($input: RequestToShareInput!) { requestToShare(input: $input) { session { myShare { requestId } } } }`,
    { input: { sessionId } },
  );
  await programme.organizer.run(
    `mutation($input: ApproveShareRequestInput!) { approveShareRequest(input: $input) { request { id } } }`,
    { input: { id: requestToShare.session.myShare.requestId } },
  );
}

/** Confirms somebody's address by the link of its mail: until then no invitation to it is theirs. */
export async function confirmAddress(caller: Caller, name: string): Promise<void> {
  await caller.run(`mutation($input: VerifyEmailInput!) { verifyEmail(input: $input) { email } }`, {
    input: { token: await tokenTo(caller.servers, emailOf(name), "Confirm") },
  });
}

/** Who is on screen, as the api has it: media tells it once a second. */
export async function onScreen(programme: Programme, sessionId: string): Promise<Speaker[]> {
  const { session } = await programme.organizer.run(
    `query($id: ID!) { session(id: $id) { room { onScreen { person { name } microphone camera } } } }`,
    { id: sessionId },
  );
  return session.room.onScreen.map(({ person, ...devices }: { person: object }) => ({ ...person, ...devices }));
}

/** Mutes somebody in the whole event, or lets them speak again. */
export async function mute(programme: Programme, name: string, muted = true): Promise<void> {
  const { event } = await programme.organizer.run(
    `query($slug: String!) { event(slug: $slug) { registrations { nodes { id person { name } } } } }`,
    { slug: programme.slug },
  );
  const found = event.registrations.nodes.find((one: { person: { name: string } }) => one.person.name === name);
  const act = muted ? "mutePerson" : "unmutePerson";
  await programme.organizer.run(
    `mutation($input: PersonInEventInput!) { ${act}(input: $input) { registration { muted } } }`,
    { input: { registrationId: found.id } },
  );
}

export function emailOf(name: string): string {
  return `${name.toLowerCase().replaceAll(" ", ".")}@example.org`;
}

export function hoursFromNow(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

/** A listed session's room, without the server. */
export function roomOf(programme: Programme, session: string): string {
  return `/e/${programme.slug}/sessions/${inAddress(session)}`;
}

/** A session's address without the server, which people call by several names; that of an unlisted one is its link. */
export async function addressOf(programme: Programme, session: string): Promise<string> {
  const answer = await programme.organizer.run(`query($id: ID!) { session(id: $id) { url } }`, { id: session });
  return pathOf(answer.session.url);
}

export function pathOf(url: string): string {
  return url.slice(url.indexOf("/e/"));
}

/** An id as it stands in page addresses: without the prefix that names its type. */
export function inAddress(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}
