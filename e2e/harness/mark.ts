// Whether a page is still the one that it was: what it shows has come without a reload.
import type { Page } from "@playwright/test";

/** Puts a mark on the page that a reload would wipe off. */
export function mark(page: Page): Promise<void> {
  return page.evaluate(() => document.documentElement.setAttribute("data-mark", ""));
}

export function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.hasAttribute("data-mark"));
}
