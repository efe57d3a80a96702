/**
 * Changes the program in thousands of small ways, and counts how many of them the tests notice:
 *
 *   node run.mjs                     all groups
 *   node run.mjs replay escaping     some of them
 *   node run.mjs src/passes.ts       some files
 *
 * What no test notices has to stand in `survivors.json`, with the reason; it counts as a survivor
 * all the same. What became of whole groups is left in `.work/found.json` for the report.
 */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { GROUPS } from "./groups.mjs";
import { compared, described, read } from "./survivors.mjs";

const PROMISED = 95;
const FRONT_END = join(import.meta.dirname, "..");
const WORK = "mutation/.work";

const wanted = process.argv.slice(2);
const known = new Set([
  ...Object.keys(GROUPS),
  ...Object.values(GROUPS)
    .flat()
    .flatMap((batch) => batch.files),
]);
const unknown = wanted.filter((name) => !known.has(name));
if (unknown.length > 0) {
  console.error(
    `expected groups or files among ${[...known].join(", ")}, got: ${unknown.join(", ")}`,
  );
  process.exit(2);
}

process.chdir(FRONT_END);
mkdirSync(WORK, { recursive: true });
// The tests read examples beside the front end, and run in a copy of it: WORK/sandbox-…/tests.
if (!existsSync(join(WORK, "tests"))) symlinkSync("../../../tests", join(WORK, "tests"));

const listed = read(join(import.meta.dirname, "survivors.json"));
const found = {};
let isGood = true;
for (const [group, batches] of Object.entries(GROUPS)) {
  const results = [];
  const began = performance.now();
  const isWhole = wanted.length === 0 || wanted.includes(group);
  for (const { files, tests } of batches) {
    const chosen = isWhole ? files : files.filter((file) => wanted.includes(file));
    if (chosen.length > 0) results.push(...(await mutantsOf(chosen, tests)));
  }
  if (results.length === 0) continue;
  isGood = report(group, results, performance.now() - began) && isGood;
  if (isWhole) found[group] = { mutants: results.length, left: results.filter(isLeft).length };
}
writeFileSync(join(WORK, "found.json"), JSON.stringify({ promised: PROMISED, groups: found }));
process.exitCode = isGood ? 0 : 1;

async function mutantsOf(files, tests) {
  process.env.MUTANT_TESTS = tests.join(",");
  const results = await new Stryker({
    mutate: files,
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "mutation/vitest.config.mjs" },
    // Stryker would rewrite a tsconfig by means of a compiler that is not here; nothing reads it.
    tsconfigFile: "none",
    coverageAnalysis: "perTest",
    // A mutant of what is worked out once, as a module is loaded, is a mutant like any other.
    ignoreStatic: false,
    concurrency: 2,
    // Endless loops are found by counting; a slow machine is not to be taken for one.
    timeoutMS: 20_000,
    tempDirName: WORK,
    // A second configuration below the first one would stop the linter.
    ignorePatterns: ["biome.json"],
    reporters: ["dots"],
    allowConsoleColors: false,
    logLevel: "warn",
  }).runMutationTest();
  return results.map((result) => described(result, relative(FRONT_END, result.fileName)));
}

function isLeft({ status }) {
  return status === "Survived" || status === "NoCoverage";
}

/** Prints what came of a group; whether all is as promised. */
function report(group, results, took) {
  const noticed = results.filter(({ status }) => status === "Killed" || status === "Timeout");
  const failed = results.filter(({ status }) => status === "RuntimeError");
  const survivors = results.filter(isLeft);
  const files = new Set(results.map(({ file }) => file));
  const { unlisted, excused, gone } = compared(survivors, listed, files);
  const score = (100 * noticed.length) / results.length;
  const ranOut = noticed.filter((result) => result.ranOut).length;
  const minutes = (took / 60_000).toFixed(1);
  console.log(
    `\n${group}: ${score.toFixed(1)} % of ${results.length} mutants noticed, ${ranOut} of them by the` +
      ` clock (${excused.length} survivors listed, ${unlisted.length} not), ${minutes} minutes`,
  );
  for (const { key, status, line } of unlisted) console.log(`  ${status}, line ${line}: ${key}`);
  for (const key of gone) console.log(`  listed, but noticed by now or no longer there: ${key}`);
  for (const { key, line } of failed)
    console.log(`  broke the run of the tests, line ${line}: ${key}`);
  if (score < PROMISED)
    console.log(`  expected at least ${PROMISED} % of the mutants to be noticed`);
  return unlisted.length === 0 && failed.length === 0 && score >= PROMISED;
}
