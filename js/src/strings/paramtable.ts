/** What the table of parameters says. */
import { countText } from "../text.ts";

const parameters = (n: number): string => `${countText(n)} ${n === 1 ? "parameter" : "parameters"}`;

export const paramtableText = {
  title: "Parameters",
  caption: "Every parameter, its gradient, and what the update of this step adds to it",
  columns: { name: "Name", value: "Value", gradient: "Gradient", update: "Update" },
  sortTitle: (column: string) => `Sort by ${column}`,
  filter: "Filter by name",
  filterExample: "such as layer 2 w1",
  copy: "Copy",
  copyTitle: "Copy all rows that are listed, with every digit, to paste into a spreadsheet",
  copied: (n: number) => `${parameters(n)} copied`,
  notCopied: "The clipboard cannot be written to from this page",
  before: "Rows before these",
  after: "Rows after these",
  rows: (first: number, last: number, all: number) =>
    all === 0
      ? "no parameter with that name"
      : `${countText(first)}\u2013${countText(last)} of ${parameters(all)}`,
  keptOrder: "sorted anew when paused",
  unknown: "unknown",
} as const;

export type Column = keyof typeof paramtableText.columns;
