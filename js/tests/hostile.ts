/** The hostile inputs that the Python tests read too. */
import { readFileSync } from "node:fs";

export interface Hostile {
  id: string;
  kind: "label" | "numeric" | "api";
  input: string;
  expect: string;
}

const file = new URL("../../tests/data/hostile_inputs.json", import.meta.url);

export const hostileLabels: Hostile[] = (
  JSON.parse(readFileSync(file, "utf8")) as { inputs: Hostile[] }
).inputs.filter((row) => row.kind === "label");
