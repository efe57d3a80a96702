/** What of a diagram can be taken away. */
import { DOT_LIMIT, dotOf } from "../export/dot.ts";
import { fileName } from "../export/files.ts";
import { type SvgFile, svgFile } from "../export/svg.ts";
import { latexOf } from "../formula/latex.ts";
import { pythonOf } from "../formula/python.ts";
import { stateText } from "../state.ts";
import { exportText } from "../strings/export.ts";
import { linkText } from "../strings/link.ts";
import { copyLink, copyText, makeExportMenu, saveAsPage, savePng, saveSvg } from "./exportmenu.ts";
import type { Desk, Situation } from "./part.ts";
import { pairsOf } from "./reading.ts";
import { summaryOf } from "./summary.ts";

/** A text of what is shown, and what the sentence about it calls it. */
interface Copied {
  readonly what: string;
  readonly content: string;
}

interface Copying {
  readonly name: string;
  of(situation: Situation, desk: Desk): Copied;
}

const COPYING: readonly Copying[] = [
  { name: exportText.dot, of: copiedDot },
  { name: exportText.latex, of: copiedLatex },
  {
    name: exportText.python,
    of: ({ expression }) => ({ what: exportText.python, content: pythonOf(expression) }),
  },
  {
    name: exportText.state,
    of: (situation, desk) => ({
      what: exportText.stateOf,
      content: stateText(traitsOf(situation, desk)),
    }),
  },
];

export function makeExports(desk: Desk): HTMLElement {
  const item = (label: string, act: (situation: Situation) => Promise<string>) => ({
    label,
    act: async () => (desk.situation === null ? "" : act(desk.situation)),
  });
  const { link } = desk;
  const copies = COPYING.map(({ name, of }) =>
    item(exportText.copy(name), async (situation) => {
      const { what, content } = of(situation, desk);
      return copyText(desk, what, content);
    }),
  );
  const links =
    link === null
      ? []
      : [item(linkText.copy, (situation) => copyLink(desk, link, traitsOf(situation, desk)))];
  return makeExportMenu(desk, [
    [...copies, ...links],
    [
      item(exportText.save(exportText.svg), (situation) => saveShot(desk, situation, "svg")),
      item(exportText.saveDense, (situation) => saveShot(desk, situation, "png")),
      item(exportText.save(exportText.page), async (situation) => savePage(desk, situation)),
    ],
  ]);
}

const traitsOf =
  ({ expression }: Situation, { traits }: Desk) =>
  (name: string): unknown =>
    name === "edits" ? pairsOf(expression.numbers.departures) : traits.get(name);

function copiedDot({ expression }: Situation, { traits }: Desk): Copied {
  const { count } = expression.tape;
  return {
    what: count > DOT_LIMIT ? exportText.dotOfEnd(DOT_LIMIT, count) : exportText.dot,
    content: dotOf(expression, traits.get("direction") === "TB" ? "TB" : "LR"),
  };
}

function copiedLatex({ expression }: Situation, { traits }: Desk): Copied {
  const { latex, steps, isWhole } = latexOf(expression, traits.get("notation") !== "primitives");
  return { what: isWhole ? exportText.latex : exportText.latexOfEnd(steps), content: latex };
}

async function saveShot(desk: Desk, situation: Situation, kind: "svg" | "png"): Promise<string> {
  const file = shotOf(desk, situation);
  if (file === null) return exportText.noPicture;
  const { expression } = situation;
  const name = fileName(expression.names.label(expression.output), kind);
  return kind === "svg" ? saveSvg(file, name) : savePng(file, name);
}

function savePage(desk: Desk, situation: Situation): string {
  const { names, output } = situation.expression;
  return saveAsPage(desk.pages, fileName(names.label(output), "html"), {
    figure: "diagram",
    get: (name) => desk.traits.get(name),
    title: titleOf(situation),
    still: shotOf(desk, situation)?.text ?? "",
  });
}

function titleOf({ expression }: Situation): string {
  return exportText.title(expression.name(expression.output), expression.value(expression.output));
}

function shotOf({ drawing, root }: Desk, situation: Situation): SvgFile | null {
  const { drawn } = drawing;
  if (drawn === null) return null;
  return svgFile({
    ...drawn,
    figure: root,
    title: titleOf(situation),
    description: exportText.description(summaryOf(situation.expression, situation.fold)),
  });
}
