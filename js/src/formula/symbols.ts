/**
 * Names as mathematics: what a learner calls a value, read as a symbol with its index. The twin of
 * `microgradwidgets/symbols.py`.
 */
import { oneLine, shownLabel } from "../text.ts";
import type { Formula } from "./tree.ts";

const LONGEST_NAME = 40;

/** The letters that have a name of their own in LaTeX. */
export const GREEK: ReadonlyMap<string, string> = new Map([
  ...letters(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau " +
      "upsilon phi chi psi omega",
    "αβγδεζηθικλμνξπρστυφχψω",
  ),
  ...letters("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega", "ΓΔΘΛΞΠΣΥΦΨΩ"),
]);

function letters(names: string, characters: string): [string, string][] {
  return names.split(" ").map((name, n) => [name, characters[n]!]);
}

// Between two parts of a parameter's label stands a dot, U+00B7; the letters are α-ω and ΓΔΘΛΞΠΣΥΦΨΩ.
const PLACES = /^(?:[A-Za-z]+ [0-9]+ \u00b7 )+/;
const NAME =
  /^([A-Za-z]+|[\u03b1-\u03c9\u0393\u0394\u0398\u039b\u039e\u03a0\u03a3\u03a5\u03a6\u03a8\u03a9])([0-9]*)((?:_[A-Za-z0-9]+)*)_?((?:\[(?:-?[0-9]+|'[A-Za-z0-9]+')\])*)$/;

const all = (pattern: RegExp, text: string): string[] => text.match(pattern) ?? [];

/** A label as a name in a formula; null where there is nothing to see in it. */
export function symbol(label: string): Formula | null {
  const shown = oneLine(shownLabel(label));
  if (shown === "") return null;
  const places = PLACES.exec(shown)?.[0] ?? "";
  const found = NAME.exec(shown.slice(places.length));
  if (found !== null && found[0].length <= LONGEST_NAME) {
    const [, base = "", digits = "", parts = "", brackets = ""] = found;
    const words = all(/[A-Za-z0-9]+/g, parts);
    const areShort = words.every((word) => word.length === 1 || /^[0-9]+$/.test(word));
    // `data_loss` is a phrase, not data with an index.
    if (GREEK.has(base) || base.length <= 2 || areShort) {
      const index = [digits, ...words, ...all(/-?[A-Za-z0-9]+/g, brackets)];
      const told = index.filter((part) => part !== "").join(",");
      return ["name", GREEK.get(base) ?? base, told, all(/[0-9]+/g, places).join(",")];
    }
  }
  const characters = Array.from(shown);
  const cut = characters.length > LONGEST_NAME ? "…" : "";
  return ["name", characters.slice(0, LONGEST_NAME).join("") + cut, "", ""];
}
