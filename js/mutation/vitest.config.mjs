import { defineConfig } from "vitest/config";

/** The tests of one group alone: a mutant that runs before any test is tried against all of them. */
export default defineConfig({
  test: {
    include: process.env.MUTANT_TESTS?.split(",") ?? [],
    environment: "node",
    testTimeout: 20_000,
    isolate: false,
  },
});
