// What a recording shows and sounds is what happened: a take with everything that people do, and blocks that go over into each other.
import { type Person, expect, test } from "../harness/test.ts";
import { goesOn, sendLargest } from "../harness/recording/publisher.ts";
import { record, recordingNow } from "../harness/recording/recordings.ts";
import { Take } from "../harness/recording/take.ts";
import { recSign } from "../pages/recording.ts";

// Pictures of pages for a trace would take the time that the publishers need.
test.use({ trace: "off", environment: { RECORDING_BLOCK_SECONDS: "15" } });

test("who came, shared, was muted and left is seen and heard so, across blocks and without empty time (K1, K2, K3, K4)", async ({
  servers,
  people,
}, info) => {
  test.setTimeout(360_000);
  const take = await Take.prepare({ servers, people, info }, ["Ada Attendee", "Ben Attendee", "Carla Late"]);
  const [ada, ben, carla] = take.people as [Person, Person, Person];
  for (const person of [ada, ben]) await take.enter(person);
  await take.goOnScreen(ada, ben);
  await expect(recSign(ben)).toBeVisible();
  await goesOn(ada, 2);
  await take.goOnScreen(ben, ada);
  await goesOn(ben, 3);
  await take.mute(ada, ben);
  await goesOn(ada, 2);
  await take.mute(ada, ben, false);
  await take.shareScreen(ben, ada);
  await goesOn(ben, 3);
  // What is sent of Ada is smaller for a while: the server notices after three seconds at the latest.
  await sendLargest(ada, false);
  await goesOn(ada, 5);
  await sendLargest(ada, true);
  await goesOn(ada, 3);
  await take.stopScreen(ben, ada);

  await take.enter(carla);
  await take.goOnScreen(carla, ada);
  await goesOn(carla, 3);
  await take.leave(carla, ada);
  await goesOn(ada, 2);

  await take.goOffScreen(ada, ben);
  await take.goOffScreen(ben, ada);
  await expect(recSign(ada)).toBeHidden();
  await expect.poll(() => recordingNow(take.programme, take.id)).toEqual({ now: false, stopped: null });
  await take.goOnScreen(ben, ada);
  await expect(recSign(ada)).toBeVisible();
  await take.goOnScreen(ada, ben);
  await goesOn(ada, 4);
  await record(take.programme, take.id, false);
  await expect(recSign(ada)).toBeHidden();

  const blocks = await take.blocks(2);
  await take.check(blocks);
  const sizes = blocks.flatMap(({ wires }) =>
    wires.filter(({ name, source }) => name === ada.name && source === "camera").flatMap(({ wire }) => wire.sizes),
  );
  expect(new Set(sizes).size, `sizes of Ada's picture: ${sizes.join(", ")}`).toBeGreaterThan(1);
  const lost = blocks.flatMap(({ wires }) => wires.map(({ wire }) => wire.lost));
  expect(Math.max(...lost), "packets lost of one source").toBeLessThan(10);
});
