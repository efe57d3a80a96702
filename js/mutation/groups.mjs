/**
 * What is changed, and the tests that have to notice: those that are about it, not the whole suite.
 * A change that takes effect while a module is loaded is tried against all tests of its batch.
 */
const batch = (sources, tests) => ({
  files: sources.map((name) => `src/${name}.ts`),
  tests: tests.map((name) => `tests/${name}.test.ts`),
});

export const GROUPS = {
  /** A tape read, worked out in both directions, and trained on. */
  replay: [
    batch(["tape"], ["tape"]),
    batch(["arithmetic", "replay"], ["arithmetic", "vectors"]),
    batch(["graph"], ["graph"]),
    batch(["training/columns", "training/program"], ["columns"]),
    batch(["training/packed", "training/network"], ["packed", "network"]),
    batch(["training/random", "optimizers"], ["optimizers", "training"]),
  ],
  /** Where the walk through both passes stands and halts, what flows there and what it says. */
  steps: [
    batch(["passes", "stops"], ["passes", "stops"]),
    batch(["moment", "flows", "sentence"], ["stepping"]),
    batch(["diagram/player"], ["player"]),
  ],
  /** A training taken step by step, at its pace, and gone back to. */
  training: [
    batch(
      ["training/loss", "training/descent", "training/divergence"],
      ["training", "descent", "divergence", "weight", "loss"],
    ),
    batch(["training/recording"], ["recording", "session"]),
    batch(["training/pace", "training/session"], ["pace", "session"]),
    batch(["dashboard/clock", "dashboard/leading"], ["clock", "leading"]),
  ],
  /** Any text at all, on its way to the page, a file or an address. */
  escaping: [
    batch(["text"], ["text"]),
    batch(["export/files", "export/rows"], ["export", "saving", "rows"]),
    batch(["page/address", "page/pages"], ["address", "pages"]),
  ],
};
