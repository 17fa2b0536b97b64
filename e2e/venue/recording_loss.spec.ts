// A recording of somebody whose line loses packets: nothing is missing but what never came.
import { test as base } from "../harness/network.ts";
import { goesOn } from "../harness/recording/publisher.ts";
import { record } from "../harness/recording/recordings.ts";
import { Take } from "../harness/recording/take.ts";
import type { Line } from "../harness/relay.ts";
import { type Person, expect } from "../harness/test.ts";
import { recSign } from "../pages/recording.ts";

const test = base.extend({
  environment: async ({ environment }, use) => use({ ...environment, RECORDING_BLOCK_SECONDS: "9" }),
});

test.use({ trace: "off" });

test("of somebody's packets 3 % are lost, and what is recorded is whole but for those (K3, K4)", async ({
  servers,
  people,
  lines,
}, info) => {
  test.setTimeout(300_000);
  let line: Line | undefined;
  const take = await Take.prepare({ servers, people, info }, ["Ada Attendee", "Ben Attendee"], async person => {
    line ??= await lines(person);
  });
  const [ada, ben] = take.people as [Person, Person];
  for (const person of [ada, ben]) await take.enter(person);
  await take.goOnScreen(ben, ada);
  await take.goOnScreen(ada, ben);
  line!.udp.up.conditions = { loss: 0.03, delay: 10, jitter: 5 };
  await goesOn(ada, 16);
  await record(take.programme, take.id, false);
  await expect(recSign(ada)).toBeHidden();
  expect(line!.udp.up.counters.lost, "packets that the line lost").toBeGreaterThan(20);

  const blocks = await take.blocks(2);
  await take.check(blocks);
});
