// How the browser tests are run: the system's Chromium, two workers, no second tries.
import { defineConfig } from "@playwright/test";

export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A camera and a microphone that need no hardware and no permission dialog; pages decide the picture's size.
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream=fps=10",
  // A tile in a window that is not in front keeps playing.
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  // A name for this machine that browsers do not take for a secure one.
  "--host-resolver-rules=MAP rooms.example 127.0.0.1",
  "--autoplay-policy=no-user-gesture-required",
];

/** Recordings that are compared with what really happened, to fractions of a second: nothing else runs beside them. */
const takes = /recording_(truth|loss|codecs|crash)\.spec\.ts$/;

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  testIgnore: ["bench/**"],
  outputDir: "results",
  // Each test has programs, ports and a folder of its own, and half of its time waits for something.
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  projects: [
    { name: "all", testIgnore: ["bench/**", takes] },
    { name: "takes", testMatch: takes, workers: 1, dependencies: ["all"] },
  ],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: chromiumFlags,
    },
  },
});
