// People whose browsers send different codecs are in one recording.
import { goesOn, sendsH264 } from "../harness/recording/publisher.ts";
import { record } from "../harness/recording/recordings.ts";
import { Take } from "../harness/recording/take.ts";
import { type Person, expect, test } from "../harness/test.ts";
import { recSign } from "../pages/recording.ts";

test.use({ trace: "off", environment: { RECORDING_BLOCK_SECONDS: "8" } });

test("a picture in VP8 and one in H.264 are seen in one recording, each in step with its sound (K4)", async ({
  servers,
  people,
}, info) => {
  test.setTimeout(300_000);
  const take = await Take.prepare({ servers, people, info }, ["Ada Attendee", "Ben Attendee"]);
  const [ada, ben] = take.people as [Person, Person];
  await sendsH264(ben.context);
  for (const person of [ada, ben]) await take.enter(person);
  await take.goOnScreen(ada, ben);
  await take.goOnScreen(ben, ada);
  await goesOn(ben, 5);
  await take.shareScreen(ben, ada);
  await goesOn(ben, 5);
  await record(take.programme, take.id, false);
  await expect(recSign(ada)).toBeHidden();

  const blocks = await take.blocks(2);
  const codecs = (name: string) =>
    new Set(
      blocks.flatMap(({ timeline }) =>
        timeline.tracks
          .filter(track => track.name === name && track.codec.channels === 0)
          .map(({ codec }) => codec.mime),
      ),
    );
  expect([...codecs(ada.name)]).toEqual(["video/VP8"]);
  expect([...codecs(ben.name)]).toEqual(["video/H264"]);
  await take.check(blocks);
});
