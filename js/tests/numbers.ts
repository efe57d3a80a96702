/** Numbers as the shared files write them: JSON knows no nan, no infinity and no −0. */
export type Encoded = number | string;

const SPECIAL = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["-0", -0],
]);

export const numbers = (list: readonly Encoded[]): number[] =>
  list.map((x) => (typeof x === "number" ? x : (SPECIAL.get(x) ?? Number(x))));
