/** The same rows, written as CSV and JSON by Python: both agree to the letter. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { csvOf, jsonOf, type NumberTable } from "../src/export/rows.ts";
import { type Encoded, numbers } from "./numbers.ts";

interface Vector {
  name: string;
  rows: Record<string, Encoded>[];
  csv: string;
  json: string;
}

const file = join(import.meta.dirname, "../../tests/data/row_vectors.json");
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];

const tableOf = ({ rows }: Vector): NumberTable => ({
  names: Object.keys(rows[0] ?? {}),
  rows: rows.map((row) => numbers(Object.values(row))),
});

describe.each(vectors)("$name", (vector) => {
  test("as CSV", () => expect(csvOf(tableOf(vector))).toBe(vector.csv));

  test("as JSON, which reads back as the same numbers", () => {
    const written = jsonOf(tableOf(vector));
    expect(written).toBe(vector.json);
    const read = JSON.parse(written) as Record<string, Encoded>[];
    expect(read.map((row) => numbers(Object.values(row)))).toEqual(tableOf(vector).rows);
  });
});
