/** What can be read and heard of the figure that shows what goes wrong. */
import { bracketed, countText, shortNumber } from "../text.ts";

/** Stands beside everything wrong, so that it can be told without colour. */
export const CROSS = "\u2717";

export const said = {
  figure: (title: string) => `What goes wrong: ${title}`,
  heading: "What goes wrong",
  cases: "Mistakes",
  right: "The right way",
  mistake: "What the mistake does",
  picture: (pane: string) => `${pane}: picture`,
  visits: "Order of visits",

  steps: "Steps",
  first: "First",
  previous: "Previous",
  play: "Play",
  pause: "Pause",
  next: "Next",
  last: "Last",
  firstMistake: "First mistake",
  keys: "Arrow keys, Home and End work here too",
  position: (step: number, last: number) => `Step ${step} of ${last}`,
  onlyTheFirst: (shown: number, all: number) => `the first ${shown} of ${countText(all)} steps`,
  notFinished: "it was stopped after very many visits",

  start: "Nothing is done yet: every gradient is 0.",
  done: (results: string) => `Done: ${results}.`,
  result: (what: string, number: string) => `${what} is ${number}`,
  wrongResult: (what: string, number: string, right: string) =>
    `${what} is ${number}, and should be ${right}`,
  moreResults: (n: number) => `and ${n} more`,
  spoken: (position: string, right: string, mistake: string) =>
    `${position}. The right way: ${right} The mistake: ${mistake}`,

  seed: "start",
  clear: "new table",
  keep: "no clearing",
  update: (name: string) => `${name}.data`,
  forward: "forward",
  wrong: "wrong",
  firstMark: "first",

  results: "What it comes to",
  number: "number",
  noResult: "no end",
  harmless: "On this expression the mistake does no harm.",
  numbers: "All numbers",
  legend: [
    `${CROSS}: a contribution that the chain rule does not have, and each gradient with one in it; a thick arrow: the first one.`,
    "On an arrow: upstream gradient \u00d7 local derivative = contribution; at first the local derivative alone.",
  ],
  unreadable: (reason: string) => `This cannot be shown. ${reason}`,
  layoutFailed: "The picture could not be laid out; the numbers are listed below.",
} as const;

/** What an arrow says once a gradient has gone along it. */
export const product = (upstream: number, local: number, contribution: number): string =>
  `${shortNumber(upstream)} \u00d7 ${bracketed(shortNumber(local))} = ${shortNumber(contribution)}`;
