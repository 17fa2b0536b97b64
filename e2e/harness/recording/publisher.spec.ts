// What a page of a take is made to send. That its pictures and its sound are in step is seen in the takes themselves.
import { expect, test } from "@playwright/test";
import { sendsH264 } from "./publisher.ts";

test("a page that looks for VP8 among what can be sent finds H.264, and everything else as it was", async ({
  page,
  context,
}) => {
  await sendsH264(context);
  await page.goto("about:blank");
  const found = await page.evaluate(() => {
    const codecs = ["video/VP8", "video/H264", "audio/opus"].map(mimeType => ({ mimeType }));
    return [
      codecs.find(codec => codec.mimeType.toLowerCase() === "video/vp8")?.mimeType,
      codecs.find(codec => codec.mimeType.startsWith("video"))?.mimeType,
      codecs.find(codec => codec.mimeType === "video/AV1")?.mimeType,
      [3, 4, 5].find(number => number > 3),
    ];
  });
  expect(found).toEqual(["video/H264", "video/VP8", undefined, 4]);
});
