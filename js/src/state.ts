/**
 * How a widget is shown, as a short text for a link or a note: `mgw1;step=4;edits=3:1.5`. The
 * twin of `microgradwidgets/views/state.py`, which describes it.
 */
import { STEP } from "./check.ts";
import { wordOf } from "./notfinite.ts";

export const MARK = "mgw1";
/** What a link says where a page was made with something, and there is nothing now. */
const NONE = "none";

const DEFAULT_SEED = 1337;

interface Kind {
  /** How a person would say it. */
  readonly expected: string;
  readonly pattern: RegExp;
  read(text: string): unknown;
  write(value: unknown): string;
}

interface Field {
  readonly trait: string;
  readonly kind: Kind;
  readonly initial: unknown;
  /** May be nothing, though that is not what it is at first. */
  readonly orNone?: boolean;
}

const FINITE = "-?[0-9]+(?:\\.[0-9]+)?(?:e-?[0-9]+)?";
const NUMBER = `(?:${FINITE}|-?inf|nan)`;
const WHOLE_NUMBER = "[0-9]{1,9}";
const ONE_WORD = "[A-Za-z][A-Za-z0-9_-]*";

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const list = (item: string): RegExp => whole(`(?:${item}(?:,${item})*)?`);
const parts = (text: string): string[] => (text === "" ? [] : text.split(","));

/** The fewest digits that read back as the same double. */
export function shortestText(x: number): string {
  if (!Number.isFinite(x)) return wordOf(x);
  return Object.is(x, -0) ? "-0" : String(x).replace("e+", "e");
}

function finite(text: string): number {
  const number = Number(text);
  // So many digits that a double has no room for them.
  if (!Number.isFinite(number)) throw new RangeError(text);
  return number;
}

/** A larger one would be rounded, and then no longer what was written. */
function exact(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(text);
  return number;
}

type Pair = readonly [number, number | string];

function readPair(text: string): Pair {
  const [index, number] = text.split(":") as [string, string];
  return [Number(index), /nan|inf/.test(number) ? number : finite(number)];
}

const writePair = ([index, number]: Pair): string =>
  `${index}:${typeof number === "string" ? number : shortestText(number)}`;

const WHOLE: Kind = {
  expected: "a whole number",
  pattern: whole(WHOLE_NUMBER),
  read: Number,
  write: String,
};
const FLAG: Kind = {
  expected: "yes or no",
  pattern: whole("yes|no"),
  read: (text) => text === "yes",
  write: (flag) => (flag ? "yes" : "no"),
};
const WORD: Kind = {
  expected: "a word",
  pattern: whole(ONE_WORD),
  read: String,
  write: String,
};
const WORDS: Kind = {
  expected: "words between commas",
  pattern: list(ONE_WORD),
  read: parts,
  write: (words) => (words as string[]).join(","),
};
const PLACES: Kind = {
  expected: "whole numbers between commas",
  pattern: list(WHOLE_NUMBER),
  read: (text) => parts(text).map(Number),
  write: (places) => (places as number[]).join(","),
};
const SEED: Kind = {
  expected: `a whole number up to ${Number.MAX_SAFE_INTEGER}`,
  pattern: whole("[0-9]{1,16}"),
  read: exact,
  write: String,
};
const NAME: Kind = {
  expected: "a word or a number",
  pattern: whole("[A-Za-z0-9][A-Za-z0-9.]*"),
  read: String,
  write: String,
};
const EDITS: Kind = {
  expected: "pairs such as 3:1.5 between commas",
  pattern: list(`${WHOLE_NUMBER}:${NUMBER}`),
  read: (text) => parts(text).map(readPair),
  write: (pairs) => (pairs as Pair[]).map(writePair).join(","),
};
const ONE_NUMBER: Kind = {
  expected: "a number",
  pattern: whole(FINITE),
  read: finite,
  write: (number) => shortestText(number as number),
};
const NUMBERS: Kind = {
  expected: "numbers between commas",
  pattern: list(FINITE),
  read: (text) => parts(text).map(finite),
  write: (numbers) => (numbers as number[]).map(shortestText).join(","),
};

const FIELDS: readonly Field[] = [
  { trait: "step", kind: WHOLE, initial: null },
  { trait: "predict", kind: FLAG, initial: false },
  { trait: "edits", kind: EDITS, initial: [] },
  { trait: "selected", kind: WHOLE, initial: null },
  { trait: "overlay", kind: WORD, initial: "gradient" },
  { trait: "check_step", kind: ONE_NUMBER, initial: STEP },
  { trait: "direction", kind: WORD, initial: "LR" },
  { trait: "notation", kind: WORD, initial: "written" },
  { trait: "theme", kind: WORD, initial: "auto" },
  { trait: "presenter", kind: FLAG, initial: false },
  { trait: "unfolded", kind: PLACES, initial: null },
  { trait: "_view", kind: NUMBERS, initial: null },
  { trait: "dataset", kind: WORD, initial: "moons" },
  { trait: "n_samples", kind: WHOLE, initial: 100 },
  { trait: "noise", kind: ONE_NUMBER, initial: 0.1 },
  { trait: "data_seed", kind: SEED, initial: DEFAULT_SEED },
  { trait: "train_share", kind: ONE_NUMBER, initial: 1 },
  { trait: "hidden", kind: PLACES, initial: [16, 16] },
  { trait: "activation", kind: WORD, initial: "relu" },
  { trait: "model_seed", kind: SEED, initial: DEFAULT_SEED, orNone: true },
  { trait: "learning_rate", kind: ONE_NUMBER, initial: 1 },
  { trait: "schedule", kind: WORD, initial: "demo" },
  { trait: "alpha", kind: ONE_NUMBER, initial: 1e-4 },
  { trait: "batch_size", kind: WHOLE, initial: null },
  { trait: "batch_seed", kind: SEED, initial: DEFAULT_SEED },
  { trait: "optimizer", kind: WORD, initial: "sgd" },
  { trait: "steps", kind: WHOLE, initial: 100 },
  { trait: "target_loss", kind: ONE_NUMBER, initial: null },
  { trait: "speed", kind: NAME, initial: "1" },
  { trait: "selected_point", kind: WHOLE, initial: null },
  { trait: "controls", kind: WORDS, initial: null },
  { trait: "locked", kind: WORDS, initial: [] },
  { trait: "scene", kind: WHOLE, initial: 0 },
];

const mayBeNone = ({ initial, orNone = false }: Field): boolean => initial === null || orNone;

const keyOf = ({ trait }: Field): string => trait.replace(/^_/, "");

const isInitial = (value: unknown, initial: unknown): boolean =>
  value === initial ||
  (Array.isArray(value) &&
    Array.isArray(initial) &&
    value.length === initial.length &&
    value.every((one, i) => one === initial[i]));

/**
 * What differs from the defaults; a host that knows no such trait has nothing to say of it. For a
 * link it is also what differs from that with which its page was made.
 */
export function stateText(
  trait: (name: string) => unknown,
  madeWith: (name: string) => unknown = () => undefined,
): string {
  const written = FIELDS.flatMap((field) => {
    const key = keyOf(field);
    const value = trait(field.trait) ?? null;
    const made = madeWith(field.trait);
    if (value === null) {
      const wasThere = made !== undefined && made !== null;
      return wasThere && mayBeNone(field) ? [`${key}=${NONE}`] : [];
    }
    const isAsMade = made === undefined || isInitial(value, made);
    if (isInitial(value, field.initial) && isAsMade) return [];
    return [`${key}=${field.kind.write(value)}`];
  });
  return [MARK, ...written].join(";");
}

/** The traits that a text speaks of; an error says what is wrong with it. */
export function readState(text: string): ReadonlyMap<string, unknown> {
  const [mark, ...written] = text.trim().split(";");
  if (mark !== MARK) fail(`a state such as "${MARK};step=4"`, text);
  const traits = new Map<string, unknown>();
  for (const part of written) {
    const end = part.indexOf("=");
    if (end < 0) fail("name=value in a state", part);
    const name = part.slice(0, end);
    const field = FIELDS.find((one) => keyOf(one) === name) ?? failToName(name);
    if (traits.has(field.trait)) fail(`${name} once in a state`, part);
    traits.set(field.trait, read(field, part.slice(end + 1)));
  }
  return traits;
}

function read(field: Field, written: string): unknown {
  const { expected, pattern, read } = field.kind;
  try {
    if (pattern.test(written)) return read(written);
    if (written === NONE && mayBeNone(field)) return null;
  } catch {
    // Digits that are no double.
  }
  return fail(`${keyOf(field)} in a state to be ${expected}`, written);
}

/** A slip, or what is left of a link that was cut off. */
const failToName = (name: string): never =>
  fail(`one of ${FIELDS.map(keyOf).join(", ")} in a state`, name);

function fail(expected: string, got: string): never {
  throw new Error(`expected ${expected}, got: ${JSON.stringify(got.slice(0, 60))}`);
}
