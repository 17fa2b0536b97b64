// How a page looks: pictures of it at three widths in light and dark, kept as results, and what must hold in all of them.
import { join } from "node:path";
import { type Page } from "@playwright/test";
import { accessible, expect } from "./test.ts";

const widths = [
  { name: "wide", width: 1440, height: 900 },
  { name: "middle", width: 1024, height: 768 },
  { name: "phone", width: 390, height: 844 },
];

/** The picture of the README, which is committed: taken again when somebody asks for it with `README=1`. */
export async function pictureForReadme(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.screenshot({ path: join("readme", "room.png") });
}

/** Takes the pictures, and fails when something is cut off sideways or when axe finds something serious. */
export async function look(page: Page, name: string): Promise<void> {
  for (const { name: size, width, height } of widths) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of size === "middle" ? (["light"] as const) : (["light", "dark"] as const)) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: join("screenshots", `${name}-${size}-${colorScheme}.png`) });
      // Colours do not depend on the width, nor names and order on the colours.
      if (size === "wide" || (size === "phone" && colorScheme === "light")) await accessible(page);
    }
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways, `${name} at ${width} px: pixels that stick out sideways`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(widths[0]!);
}
