// Seats and places at a low maximum: what says so, and what becomes free.
import { advances } from "../harness/call.ts";
import { attendee, liveEvent, roomOf, session } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { attend, leave, preJoin, shareAudioAndVideo, shareButton, tileOf } from "../pages/room.ts";

test("at the cap the button reads Full, and a free seat can be taken (E1, E2)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const id = await session(programme, "Two chairs", { maxParticipants: 2 });
  const seated: Person[] = [];
  for (const name of ["Ada Attendee", "Ben Attendee", "Carla Attendee"]) {
    const person = await people(name);
    await attend(programme, roomOf(programme, id), person);
    seated.push(person);
  }
  const [ada, ben, carla] = seated as [Person, Person, Person];
  await shareAudioAndVideo(ada);
  await shareAudioAndVideo(ben);
  const full = carla.page.getByRole("button", { name: "Full", exact: true });
  await expect(full).toBeDisabled();
  for (const person of [ada, carla])
    await expect(person.page.getByRole("button", { name: "Screen: full", exact: true })).toBeDisabled();
  await advances(tileOf(carla, "Ada Attendee").locator("video"));
  await advances(tileOf(carla, "Ben Attendee").locator("video"));

  await leave(ada);
  await expect(shareButton(carla)).toBeEnabled();
  await expect(carla.page.getByRole("button", { name: "Share screen" })).toBeEnabled();
  await shareAudioAndVideo(carla);
  await advances(tileOf(ben, "Carla Attendee").locator("video"));
});

test.describe("in rooms of two people", () => {
  test.use({ environment: { MAX_VIEWERS: "2" } });

  test("the third one reads that the room is full, and is let in when one leaves (E3)", async ({ servers, people }) => {
    test.setTimeout(180_000);
    const programme = await liveEvent(servers);
    const room = roomOf(programme, await session(programme, "Small table"));
    const [ada, ben] = [await people("Ada Attendee"), await people("Ben Attendee")];
    await attend(programme, room, ada, ben);
    const carla = await people("Carla Attendee");
    await carla.become(await attendee(programme, carla.name));
    await carla.goto(room);
    await preJoin(carla).click();
    const full = carla.page.getByRole("heading", { name: "The room is full" });
    await expect(full).toBeVisible();
    await expect(carla.page.getByText("You will be let in as soon as a place is free.")).toBeVisible();
    await expect(shareButton(ada), "who is inside stays").toBeEnabled();

    await leave(ada);
    await expect(shareButton(carla), "without a press").toBeEnabled({ timeout: 60_000 });
    await expect(full).toBeHidden();
  });
});
