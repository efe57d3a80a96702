/**
 * How far an expression is unfolded, as a short list of whole numbers: what a person has changed
 * about the first picture. Groups opened or closed come first, then what is shown besides, then
 * what is not shown any more, each in a range of numbers of its own.
 */
export type FoldState = readonly number[];

interface Changes {
  /** Groups that are open and were not, or the other way round. */
  readonly toggled: readonly number[];
  /** Items: values, and closed groups, whose numbers follow those of the values. */
  readonly extra: readonly number[];
  readonly missing: readonly number[];
}

/** Null for no change. */
export function writeFold(values: number, groups: number, changes: Changes): FoldState | null {
  const { toggled, extra, missing } = changes;
  const items = values + groups;
  const state = [
    ...toggled,
    ...extra.map((item) => groups + item),
    ...missing.map((item) => groups + items + item),
  ];
  return state.length === 0 ? null : state;
}

/** What cannot be is left out. */
export function readFold(values: number, groups: number, state: unknown): Changes {
  const items = values + groups;
  const changes = { toggled: [] as number[], extra: [] as number[], missing: [] as number[] };
  for (const n of Array.isArray(state) ? new Set<unknown>(state) : []) {
    if (typeof n !== "number" || !Number.isInteger(n) || n < 0) continue;
    if (n < groups) changes.toggled.push(n);
    else if (n < groups + items) changes.extra.push(n - groups);
    else if (n < groups + 2 * items) changes.missing.push(n - groups - items);
  }
  return changes;
}
