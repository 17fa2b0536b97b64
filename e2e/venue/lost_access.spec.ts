// C6, where it counts: at the receiver. Three viewers do not obey when they are put out: their connections stay open and
// go on counting. From half a second after the organizer's change no byte reaches them, while the others go on receiving.
import { attendee, confirmAddress, emailOf, inAddress, liveEvent, session } from "../harness/programme.ts";
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
  const room = `/e/${programme.slug}/sessions/${inAddress(id)}`;

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
  for (const [person, end] of endings) {
    expect(await bytesWithin(person), `${person.name} receives before`).toBeGreaterThan(10_000);
    await end();
    await person.page.waitForTimeout(ENDS_WITHIN_MS);
    const [lost, kept] = await Promise.all([bytesWithin(person), bytesWithin(dan)]);
    expect(lost, `${person.name} receives nothing any more`).toBe(0);
    expect(kept, "whoever may stay goes on receiving").toBeGreaterThan(10_000);
  }
});

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
