// `make bench`: the measurements, run like tests against release builds.
import { defineConfig } from "@playwright/test";
import tests from "../playwright.config.ts";

export default defineConfig({
  ...tests,
  // Those of the tests leave this folder out.
  projects: [{ name: "bench" }],
  testDir: ".",
  testMatch: "*.bench.ts",
  testIgnore: [],
  timeout: 600_000,
  // Emptied at the beginning, unlike the folder around it, which keeps the figures.
  outputDir: "results/playwright",
});
