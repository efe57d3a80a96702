/** What the export menu of a dashboard says, beside what that of a diagram does. */
import { countText } from "../text.ts";

const rows = (n: number): string => `${countText(n)} ${n === 1 ? "row" : "rows"}`;

export const dashboardExportText = {
  copyPython: "Copy as Python",
  pythonOf: "Python script",
  copyState: "Copy state",
  stateOf: "State",
  csv: "Save rows (CSV)",
  json: "Save rows (JSON)",
  boundarySvg: "Save boundary (SVG)",
  boundaryPng: "Save boundary (PNG, 2\u00d7)",
  curvesSvg: "Save curves (SVG)",
  curvesPng: "Save curves (PNG, 2\u00d7)",
  page: "Save page (HTML)",
  pageTitle: (summary: string) => `Training: ${summary}`,
  savedCsv: (n: number) => `${rows(n)} saved as CSV`,
  savedJson: (n: number) => `${rows(n)} saved as JSON`,
  noRows: "There are no rows yet: a step has to be taken first",
  nothing: "There is nothing to export yet",
  ownLoop: "These steps come from a loop of your own in Python: it is the script already",
} as const;
