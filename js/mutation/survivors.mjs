/** The mutants that no test notices, as they are written down: by their text, since lines move. */
import { readFileSync } from "node:fs";

const LONGEST = 100;

/** `file | line of the source | what stood there -> what stands there`. */
export function described(result, file) {
  const { fileName, location, replacement } = result;
  const lines = readFileSync(fileName, "utf8").split("\n");
  const { start, end } = location;
  const cut = lines.slice(start.line - 1, end.line);
  cut[cut.length - 1] = cut.at(-1).slice(0, end.column - 1);
  cut[0] = cut[0].slice(start.column - 1);
  const [before, after] = [cut.join("\n"), replacement].map(short);
  const key = `${file} | ${lines[start.line - 1].trim()} | ${before} -> ${after}`;
  return { key, file, line: start.line, status: statusOf(result), ranOut: ranOut(result) };
}

/** By the clock, and not by the count of its turns, which finds an endless loop on any machine. */
const ranOut = ({ status, statusReason = "" }) =>
  status === "Timeout" && !statusReason.startsWith("Hit limit");

/** Where nothing can be loaded no test begins, and Stryker, finding none that fails, sees a survivor. */
const statusOf = ({ status, static: isStatic, testsCompleted }) =>
  status === "Survived" && isStatic && testsCompleted === 0 ? "Killed" : status;

function short(code) {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** `[{why, mutants: [key, …]}, …]` as a list of keys. */
export function read(file) {
  return JSON.parse(readFileSync(file, "utf8")).flatMap(({ why, mutants }) => {
    if (!why) throw new Error(`expected a reason for each survivor, got: none for ${mutants[0]}`);
    return mutants;
  });
}

/** What survived unlisted or listed; and what is listed for these files, but did not survive. */
export function compared(survivors, listed, files) {
  const left = listed.filter((key) => files.has(key.split(" | ")[0]));
  const [unlisted, excused] = [[], []];
  for (const survivor of survivors) {
    const at = left.indexOf(survivor.key);
    if (at >= 0) left.splice(at, 1);
    (at >= 0 ? excused : unlisted).push(survivor);
  }
  return { unlisted, excused, gone: left };
}
