/** What the panes say in words. */
import { said } from "../strings/misconceptions.ts";
import { shortNumber } from "../text.ts";
import type { Setting } from "./setting.ts";
import type { Result } from "./simulations.ts";
import type { Standing } from "./standing.ts";

/** More than these, and nobody listens to the end; the table has them all. */
const MOST_RESULTS = 3;

/** Of the step that was done last, and of what it all came to. */
export function sentenceAt(
  { simulation }: Setting,
  which: "right" | "mistake",
  done: number,
  { now }: Standing,
): string {
  const { steps } = simulation[which];
  if (now === null) return said.start;
  if (done < steps.length) return now.sentence;
  const end = said.done(resultsText(simulation.results, which));
  return done === steps.length ? `${now.sentence} ${end}` : end;
}

function resultsText(results: readonly Result[], which: "right" | "mistake"): string {
  const words = results.slice(0, MOST_RESULTS).map((result) => {
    const { what, right, mistake, is_wrong } = result;
    const number = which === "right" ? shortNumber(right) : mistakenText(mistake);
    if (which === "right" || !is_wrong) return said.result(what, number);
    return said.wrongResult(what, number, shortNumber(right));
  });
  const rest = results.length - words.length;
  return [...words, ...(rest > 0 ? [said.moreResults(rest)] : [])].join("; ");
}

/** What a mistake made of a number; it may not have come to an end. */
export const mistakenText = (number: number | null): string =>
  number === null ? said.noResult : shortNumber(number);
