import { defineConfig } from "vitest/config";
import { createSummaryReporter } from "./test/support/test-summary.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Two cores may be shared with other work; a test that hangs is still ended.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // No test leans on the one before it, nor on the machine's zone.
    sequence: { shuffle: { tests: true, files: false }, seed: 20260102 },
    env: { TZ: "Pacific/Auckland" },
    reporters: ["default", createSummaryReporter()],
  },
});
