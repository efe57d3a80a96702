/** What the export menu and full screen say. */
import { countText } from "../text.ts";

const characters = (n: number): string => `${countText(n)} ${n === 1 ? "character" : "characters"}`;

export const exportText = {
  menu: "Export",
  copy: (what: string) => `Copy ${what}`,
  save: (what: string) => `Save ${what}`,
  saveDense: "Save PNG (2\u00d7)",
  dot: "DOT",
  latex: "LaTeX",
  python: "Python",
  state: "state",
  svg: "SVG",
  png: "PNG",
  page: "page (HTML)",
  pageName: "Page",

  copied: (what: string, n: number) => `${what} copied, ${characters(n)}`,
  dotOfEnd: (drawn: number, all: number) =>
    `DOT of the last ${countText(drawn)} of ${countText(all)} values`,
  latexOfEnd: (steps: number) => `LaTeX of the last ${countText(steps)} steps`,
  stateOf: "State",
  saved: (what: string) => `${what} saved`,
  savedCoarse: (density: string) =>
    `PNG saved at ${density}\u00d7: at 2\u00d7 it would be too large for the browser`,
  noPicture: "There is no picture to save",
  noPainting:
    "The page around lets no picture be painted (img-src data: in its policy). An SVG can be saved.",
  noPage: "Save the page of the figure around this one",
  failed: (reason: string) => `That could not be exported. ${reason}`,

  byHand: "This page may not use the clipboard. Copy the text from here:",
  byHandName: "Text to copy",

  title: (name: string, value: string) => `Expression graph: ${name} = ${value}`,
  description: (summary: string) =>
    `${summary}. Each box is a value with its number and its gradient; ` +
    "the number on an arrow is a local derivative.",

  full: "Full screen",
  fullTitle: "Fill the screen (F); Esc leaves it again",
} as const;
