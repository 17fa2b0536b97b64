// C6, where it counts: at the receiver. Viewers do not obey when they are put out: their connections stay open and go on
// counting. From half a second after they lost their right no byte reaches them, while the others go on receiving.
import {
  addressOf,
  attendee,
  confirmAddress,
  emailOf,
  liveEvent,
  password,
  roomOf,
  secondOrganizer,
  session,
} from "../harness/programme.ts";
import { type People, type Person, expect, test } from "../harness/test.ts";
import { joinAt, shareAudioAndVideo, tileOf } from "../pages/room.ts";

/** Within this time after the change everything has ended (the rule says "at once"). */
const ENDS_WITHIN_MS = 500;

/** For so long bytes are counted, before and after. */
const COUNTED_MS = 2_000;

test("who loses the ticket, the invitation or the event receives nothing from then on (C6)", async ({
  servers,
  people,
}) => {
  test.setTimeout(240_000);
  const programme = await liveEvent(servers);
  const organizer = programme.organizer;
  const [ann, ben, cleo, dan] = [
    await disobedient(people, "Ann Ticket"),
    await disobedient(people, "Ben Invited"),
    await disobedient(people, "Cleo Removed"),
    await disobedient(people, "Dan Stays"),
  ];
  for (const person of [ann, ben, cleo, dan]) {
    const caller = await attendee(programme, person.name);
    await confirmAddress(caller, person.name);
    await person.become(caller);
  }
  const { event } = await organizer.run(`query($slug: String!) { event(slug: $slug) { ticketTypes { id } } }`, {
    slug: programme.slug,
  });
  const holders: string = event.ticketTypes[0].id;
  const { createTicketType } = await organizer.run(
    `mutation($input: CreateTicketTypeInput!) { createTicketType(input: $input) { ticketType { id } } }`,
    { input: { eventId: programme.event, name: "Online only" } },
  );
  const online: string = createTicketType.ticketType.id;
  const id = await session(programme, "For holders", { watchAccess: "TICKETS", ticketTypeIds: [holders] });
  const room = roomOf(programme, id);

  const { event: listed } = await organizer.run(
    `query($slug: String!) { event(slug: $slug) { registrations { nodes { id person { name } } } } }`,
    { slug: programme.slug },
  );
  const registration = (person: Person): string =>
    listed.registrations.nodes.find((node: any) => node.person.name === person.name).id;
  const move = (person: Person) =>
    organizer.run(
      `mutation($input: UpdateRegistrationInput!) { updateRegistration(input: $input) { registration { id } } }`,
      { input: { id: registration(person), ticketTypeId: online } },
    );
  // Ben holds the other ticket, and is invited.
  await organizer.run(`mutation($input: InviteInput!) { invite(input: $input) { session { id } } }`, {
    input: { sessionId: id, email: emailOf(ben.name) },
  });
  await move(ben);

  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await joinAt(olga, room);
  await shareAudioAndVideo(olga);
  for (const person of [ann, ben, cleo, dan]) {
    await joinAt(person, room);
    await expect(tileOf(person, olga.name)).toBeVisible();
    await expect.poll(() => bytesWithin(person), `media reaches ${person.name}`).toBeGreaterThan(10_000);
  }

  const endings: [Person, () => Promise<unknown>][] = [
    [ann, () => move(ann)],
    [
      ben,
      () =>
        organizer.run(`mutation($input: UninviteInput!) { uninvite(input: $input) { session { id } } }`, {
          input: { sessionId: id, email: emailOf(ben.name) },
        }),
    ],
    [
      cleo,
      () =>
        organizer.run(`mutation($id: ID!) { blockPerson(input: { registrationId: $id }) { registration { id } } }`, {
          id: registration(cleo),
        }),
    ],
  ];
  for (const [person, end] of endings) await endsFor(person, dan, end);
});

test("a new link, a private session, a role or an account that is gone and a draft end it as well (C6, A2, A8)", async ({
  servers,
  people,
}) => {
  test.setTimeout(300_000);
  const programme = await liveEvent(servers);
  const { organizer } = programme;
  const id = await session(programme, "Back room", { watchAccess: "UNLISTED" });
  const [ann, eve, otto, dan] = [
    await disobedient(people, "Ann Attendee"),
    await disobedient(people, "Eve Attendee"),
    await disobedient(people, "Otto Organizer"),
    await disobedient(people, "Dan Stays"),
  ];
  await ann.become(await attendee(programme, ann.name));
  const deleted = await attendee(programme, eve.name);
  await eve.become(deleted);
  const removed = await secondOrganizer(programme, otto.name);
  await otto.become(removed);
  // Whatever becomes of the session and its event, organizers stay.
  await dan.become(await secondOrganizer(programme, dan.name));
  const { me } = await removed.run(`{ me { id } }`);

  const olga = await people("Olga Organizer");
  await olga.become(organizer);
  await joinAt(olga, await addressOf(programme, id));
  await shareAudioAndVideo(olga);
  await joinAt(dan, await addressOf(programme, id));
  await expect(tileOf(dan, olga.name)).toBeVisible();

  const watchedBy = (watchAccess: string) =>
    organizer.run(`mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }`, {
      input: { id, watchAccess },
    });
  // Who comes, by what right, and how they lose it.
  const endings: [Person, string, () => Promise<unknown>][] = [
    [
      ann,
      "UNLISTED",
      () =>
        organizer.run(
          `mutation($input: RotateSessionLinkInput!) { rotateSessionLink(input: $input) { session { id } } }`,
          { input: { sessionId: id, keepAdmitted: false } },
        ),
    ],
    [ann, "ANYONE", () => watchedBy("PRIVATE")],
    [
      otto,
      "PRIVATE",
      () =>
        organizer.run(
          `mutation($input: RemoveOrganizerInput!) { removeOrganizer(input: $input) { organization { id } } }`,
          { input: { organizationId: programme.organization, personId: me.id } },
        ),
    ],
    [
      eve,
      "ANYONE",
      () =>
        deleted.run(`mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { id } }`, {
          input: { confirmation: password },
        }),
    ],
    [
      ann,
      "ANYONE",
      () =>
        organizer.run(`mutation($input: PublishEventInput!) { publishEvent(input: $input) { event { state } } }`, {
          input: { id: programme.event, published: false },
        }),
    ],
  ];
  for (const [person, right, end] of endings) {
    await watchedBy(right);
    await joinAt(person, await addressOf(programme, id));
    await expect(tileOf(person, olga.name)).toBeVisible();
    await endsFor(person, dan, end);
  }
});

/** The person receives until the end, and nothing from then on, while somebody who may stay goes on receiving. */
async function endsFor(person: Person, stays: Person, end: () => Promise<unknown>): Promise<void> {
  await expect.poll(() => bytesWithin(person), `${person.name} receives before`).toBeGreaterThan(10_000);
  const before = await bytes(person);
  await end();
  await person.page.waitForTimeout(ENDS_WITHIN_MS);
  const [lost, kept] = await Promise.all([bytesWithin(person), bytesWithin(stays)]);
  expect(lost, `${person.name} receives nothing any more`).toBe(0);
  expect(await bytes(person), "on connections that are still there").toBeGreaterThanOrEqual(before);
  expect(kept, "whoever may stay goes on receiving").toBeGreaterThan(10_000);
}

/** Somebody whose browser keeps its connections open whatever the page wants. */
async function disobedient(people: People, name: string): Promise<Person> {
  const person = await people(name);
  await person.context.addInitScript(() => {
    RTCPeerConnection.prototype.close = () => undefined;
  });
  return person;
}

/** The bytes of media and control that arrive within the time of counting. */
async function bytesWithin(person: Person): Promise<number> {
  const before = await bytes(person);
  await person.page.waitForTimeout(COUNTED_MS);
  return (await bytes(person)) - before;
}

function bytes(person: Person): Promise<number> {
  return person.page.evaluate(async () => {
    let sum = 0;
    for (const connection of window.peerConnections)
      for (const report of (await connection.getStats()).values())
        if (report.type === "transport") sum += report.bytesReceived ?? 0;
    return sum;
  });
}
