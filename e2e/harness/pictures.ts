// Pictures to upload, made in the test, and whether pages show them.
import { type Locator, type Page, expect } from "@playwright/test";

export type PictureFile = { name: string; mimeType: string; buffer: Buffer };

/** A picture of two colours, written by the browser. */
export async function picture(page: Page, width: number, height: number, type = "image/png"): Promise<PictureFile> {
  const address = await page.evaluate(
    ([width, height, type]) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [width as number, height as number];
      const context = canvas.getContext("2d")!;
      const shades = context.createLinearGradient(0, 0, canvas.width, canvas.height);
      shades.addColorStop(0, "#14532d");
      shades.addColorStop(1, "#d97706");
      context.fillStyle = shades;
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = "#fff7ed";
      context.beginPath();
      context.arc(canvas.width * 0.7, canvas.height * 0.4, canvas.height * 0.22, 0, 7);
      context.fill();
      return canvas.toDataURL(type as string);
    },
    [width, height, type] as const,
  );
  // Its name says nothing: the content counts.
  return { name: "picture.bin", mimeType: type, buffer: Buffer.from(address.split(",")[1]!, "base64") };
}

/** Two images of one pixel that take turns. */
export function animation(): PictureFile {
  const image = (index: number): number[] => [
    ...[0x21, 0xf9, 4, 0, 20, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    ...[2, 2, index === 0 ? 0x44 : 0x4c, 1, 0],
  ];
  const bytes = [
    ...Buffer.from("GIF89a"),
    ...[1, 0, 1, 0, 0x80, 0, 0],
    ...[220, 20, 20, 20, 20, 220],
    ...[0x21, 0xff, 11, ...Buffer.from("NETSCAPE2.0"), 3, 1, 0, 0, 0],
    ...image(0),
    ...image(1),
    0x3b,
  ];
  return { name: "moving.gif", mimeType: "image/gif", buffer: Buffer.from(bytes) };
}

/** Whether the browser could read it: a picture that it may not have has no size. */
export async function isShown(image: Locator): Promise<void> {
  await expect(image).toBeVisible();
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);
}
