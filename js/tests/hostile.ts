/** The hostile inputs that the Python tests read too. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Hostile {
  id: string;
  kind: "label" | "numeric" | "api";
  input: string;
  expect: string;
}

const file = join(import.meta.dirname, "../../tests/data/hostile_inputs.json");

type Written = Omit<Hostile, "input"> & { input: string | null; repeat?: [string, number] };

/** Very long inputs are written down as a character and a count. */
const inFull = ({ repeat, ...row }: Written): Hostile => ({
  ...row,
  input: row.input ?? repeat![0].repeat(repeat![1]),
});

export const hostileLabels: Hostile[] = (
  JSON.parse(readFileSync(file, "utf8")) as { inputs: Written[] }
).inputs
  .filter((row) => row.kind === "label")
  .map(inFull);
