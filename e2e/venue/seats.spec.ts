// Seats at a low maximum: the button that says so, and the seat that becomes free.
import { advances } from "../harness/call.ts";
import { liveEvent, roomOf, session } from "../harness/programme.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { attend, leave, shareAudioAndVideo, shareButton, tileOf } from "../pages/room.ts";

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
  await advances(tileOf(carla, "Ada Attendee").locator("video"));
  await advances(tileOf(carla, "Ben Attendee").locator("video"));

  await leave(ada);
  await expect(shareButton(carla)).toBeEnabled();
  await shareAudioAndVideo(carla);
  await advances(tileOf(ben, "Carla Attendee").locator("video"));
});
