/** Every sentence a person can see or hear, in one place. */
import { Op } from "./arithmetic.ts";
import { countText, MINUS } from "./text.ts";

const plural = (n: number, one: string, many: string): string =>
  `${countText(n)} ${n === 1 ? one : many}`;

export const values = (n: number): string => plural(n, "value", "values");

/** What a closed group holds, and how many leaves from outside it uses that are not drawn. */
export const insideText = (n: number, behind: number): string =>
  behind === 0 ? values(n) : `${values(n)} + ${plural(behind, "leaf", "leaves")}`;

/** How many operands an arrow stands for that has no number of its own. */
export const multipleText = (n: number): string => (n > 1 ? `${countText(n)}\u00d7` : "");

/** What stands in the round badge of an operation. */
export const BADGE: ReadonlyMap<number, string> = new Map([
  [Op.add, "+"],
  [Op.sub, MINUS],
  [Op.mul, "\u00d7"],
  [Op.neg, `${MINUS}x`],
  [Op.pow, "^"],
  [Op.relu, "relu"],
  [Op.tanh, "tanh"],
  [Op.exp, "exp"],
  [Op.log, "log"],
  [Op.sigmoid, "\u03c3"],
]);

/** What a value without a name of its own is called. */
export const OPERATION: ReadonlyMap<number, string> = new Map([
  [Op.leaf, "leaf"],
  [Op.add, "sum"],
  [Op.sub, "difference"],
  [Op.mul, "product"],
  [Op.neg, "negation"],
  [Op.pow, "power"],
  [Op.relu, "relu"],
  [Op.tanh, "tanh"],
  [Op.exp, "exp"],
  [Op.log, "log"],
  [Op.sigmoid, "sigmoid"],
]);

export const text = {
  figure: (summary: string) => `Expression graph: ${summary}`,
  summary: (name: string, value: string, n: number, leaves: number, constants: number) =>
    [
      `${name} = ${value}`,
      values(n),
      ...(leaves > 0 ? [plural(leaves, "leaf", "leaves")] : []),
      ...(constants > 0 ? [plural(constants, "constant", "constants")] : []),
    ].join(", "),
  shown: (n: number) => `${countText(n)} shown`,
  boxesShown: (n: number) => `${plural(n, "box", "boxes")} shown`,
  graph: "Values and groups. Arrow keys walk, Enter selects, question mark lists the keys.",
  name: "name",
  operation: "operation",
  value: "value",
  /** Instead of a number that has not come yet. */
  unknown: "?",
  notKnown: "not known yet",
  was: (before: string) => `was ${before}`,
  gradient: "gradient",
  gradientShort: "grad",
  constant: "constant",
  leaf: "leaf",
  group: "group",
  outputs: "outputs",
  gradientNorm: "gradient norm",
  gradientNormShort: "\u2016grad\u2016",

  overlay: "Colour",
  overlays: { gradient: "gradient", value: "value", none: "none", check: "numerical check" },
  direction: "Direction",
  directions: { LR: "left to right", TB: "top to bottom" },
  levels: "Depth",
  levelsTitle: "How many levels of groups are open (1, 2, 3)",
  levelNames: { mixed: "mixed", none: "closed", all: "all" },
  levelsOpen: (levels: number, shown: string) =>
    levels === Number.POSITIVE_INFINITY
      ? `All groups open, ${shown}`
      : `${plural(levels, "level", "levels")} of groups open, ${shown}`,
  levelsFull: (levels: number, most: number) =>
    `${plural(levels, "level", "levels")} of groups open: with one more there would be over ${plural(most, "box", "boxes")}`,
  zoomOut: "Zoom out",
  zoomIn: "Zoom in",
  fit: "Fit",
  fitTitle: "Fit: show the whole picture (0)",
  backToPicture: "Back to the picture",
  search: "Search",
  searchTitle: "Search values and groups (/)",
  searchFor: "name, layer 2 w, relu, /w[12]$/",
  searching: "searching\u2026",
  matches: (n: number, isCut: boolean) =>
    isCut ? `more than ${countText(n)} found` : n === 0 ? "nothing found" : `${countText(n)} found`,
  match: (position: number, n: number, isCut: boolean) =>
    `${countText(position)} of ${isCut ? "more than " : ""}${countText(n)}`,
  found: (position: string, label: string) => `${position}: ${label}`,
  nextMatch: "Next (Enter)",
  previousMatch: "Previous (Shift + Enter)",
  list: "List",
  help: "Keys",
  close: "Close",
  wheelHint: (key: string) => `${key} + wheel zooms, once the picture has been clicked`,

  boxLabel: (name: string, value: string, gradient: string, rest: string) =>
    `${name} = ${value}, gradient ${gradient}${rest === "" ? "" : `, ${rest}`}`,
  madeFrom: (operation: string, names: readonly string[]) =>
    `${operation} of ${names.join(" and ")}`,
  behind: (n: number) => `${values(n)} behind it`,
  openHint: (n: number) => `${values(n)} behind it, Enter adds its operands`,
  added: (n: number, shown: number, total: number) =>
    `${values(n)} added, ${countText(shown)} of ${countText(total)} shown`,
  boxesAdded: (n: number, shown: string) => `${plural(n, "box", "boxes")} added, ${shown}`,
  groupOf: (inside: string) => `group of ${inside}`,
  someOutputs: (n: number) => plural(n, "output", "outputs"),
  groupOfOne: (name: string, value: string, gradient: string, size: number) =>
    `${name} = ${value}, gradient ${gradient}, group of ${values(size)}`,
  groupOfMany: (name: string, outputs: number, gradient: string, size: number) =>
    `${name}: ${countText(outputs)} outputs, gradient norm ${gradient}, group of ${values(size)}`,
  countedLeaves: (n: number) => `with ${plural(n, "leaf", "leaves")} behind it`,
  opens: "Enter opens it",
  closes: "open, Enter closes it",
  leadsTo: (names: readonly string[], more: number) =>
    `leads to ${[...names, ...(more > 0 ? [`${countText(more)} more`] : [])].join(" and ")}`,
  aloud: (name: string, value: string, gradient: string) =>
    `${name}: value ${value}, gradient ${gradient}`,
  /** Of a nan or an infinity. */
  begins: "the first that is not finite",
  opened: (name: string, shown: string) => `${name} opened, ${shown}`,
  closed: (name: string, shown: string) => `${name} closed, ${shown}`,
  undrawn: (n: number) => `used ${plural(n, "time", "times")} more where no arrow is drawn`,
  sumOf: (n: number) => `Σ of ${plural(n, "term", "terms")}`,
  namedSumOf: (name: string, n: number) => `${name} = Σ of ${plural(n, "term", "terms")}`,
  someTerms: (first: number, last: number) => `terms ${countText(first)}\u2013${countText(last)}`,
  terms: (n: number) => plural(n, "term", "terms"),
  moreTerms: (n: number) => `${plural(n, "more term", "more terms")}, M adds the next`,
  inPlace: (place: string) => `in ${place}`,
  full: (n: number) => `The picture holds at most ${values(n)}`,

  selected: (label: string) => `Selected: ${label}`,
  cleared: "Selection cleared",
  tracing: "Light up",
  traces: { up: "made from", down: "leads to", both: "both" },
  traceTitles: {
    up: "What it was made from (U)",
    down: "What it leads to (D)",
    both: "Both (B)",
  },
  traced: {
    up: "Showing what it was made from",
    down: "Showing what it leads to",
    both: "Showing what it was made from and what it leads to",
  },

  operands: "Made from",
  consumers: "Used by",
  comingOut: "Outputs",
  output: "output",
  uses: "used",
  through: "derivative through it",
  operand: "operand",
  consumer: "value",
  local: "local derivative",
  contribution: "contribution",
  upstream: "its gradient",
  noConsumers: "This is the output; its gradient is 1 by definition.",
  total: "sum",
  more: (n: number) => `and ${countText(n)} more`,
  showAll: (n: number) => `Show the whole name (${countText(n)} characters)`,

  legend: (zone: string) => `linear between ${MINUS}${zone} and ${zone}, logarithmic outside`,
  legendEdges: "number on an arrow: its local derivative",
  legendArrows: "number on an arrow: its derivative; 16\u00d7: it stands for 16 arrows",
  legendNegative: "negative",
  partly: "Only a part is in view: drag to see the rest, or press Fit",

  layoutFailed: "The picture could not be laid out, so here is a table of the same values.",
  tapeFailed: (reason: string) => `This expression cannot be shown. ${reason}`,
  drawing: "Laying out the picture…",
  cancel: "Cancel",
  cancelled: "Cancelled: the picture stays as it was",
  tooMuch: "That is too much to lay out: the picture stays as it was",
  lessShown: "That is too much to lay out: less of it is shown, to be opened bit by bit",
} as const;

type Keys = readonly (readonly [string, string])[];

/** The keys that work, as `?` lists them. */
const KEYS: Keys = [
  ["Arrow keys", "walk along the arrows, and from one to the next, which comes by all of them"],
  ["Home, End", "go to the first value, to the last"],
  ["Enter, Space", "select a value, or let it go; so does a click"],
  ["Enter on a group", "open it; on the title of an open one, close it; so does a click on + or −"],
  ["Arrows at a title", "along the arrows: into the group; against them: to what it is made from"],
  ["Enter on a box with +k", "add the values behind it; so does a click on +k"],
  ["M", "add the next terms of a sum, or the values behind a box"],
  ["G", "say value and gradient aloud"],
  ["E", "type another number for a leaf; so does a double click on its number"],
  ["Esc at a leaf's number", "forget what was typed; then go back to the picture"],
  ["Ctrl or ⌘ + Z", "take a change of a leaf back; with Shift, or Ctrl + Y, bring it back again"],
  ["W", "say why the gradient is what it is, and list its paths"],
  ["1  2  3", "open so many levels of groups, and close all others"],
  ["/", "search; so do Ctrl or ⌘ + F; F3 goes on to the next one found"],
  ["U  D  B", "light up what it was made from, what it leads to, both"],
  [",  .", "take back a step of the two passes, take the next one"],
  ["Arrows, Home, End, Space in the stepper", "back, on, to the start, to the end, play or pause"],
  ["F", "fill the screen; F or Esc leaves it again"],
  [`+  ${MINUS}  0`, "zoom in, zoom out, show everything; so does a double click beside the boxes"],
  ["Shift + arrow keys", "move the picture; so does dragging"],
  ["Ctrl or ⌘ + wheel", "zoom; so does pinching"],
  ["Esc", "close this list; then let the selection go; then give the keys back to the page"],
];

/** Of these some are the deck's in presenter mode. */
const GIVEN_UP = new Set(["/", "U  D  B", ",  .", "F", "Esc"]);

const PRESENTER_KEYS: Keys = [
  [
    "PageDown, PageUp",
    "the next step, the one before; behind the last and before the first: slides",
  ],
  [
    "Esc, B, F, O, S, V, full stop, /, ?",
    "what they do to the slides; Esc also closes what is open",
  ],
  ...KEYS.filter(([key]) => !GIVEN_UP.has(key)),
  ["Ctrl or ⌘ + F", "search; F3 goes on to the next one found"],
  ["U  D", "light up what it was made from, what it leads to"],
];

export const keysOf = (isPresented: boolean): Keys => (isPresented ? PRESENTER_KEYS : KEYS);
