/** The export menu: what can be taken away, and the sentence that says it was. */
import { copy } from "../export/clipboard.ts";
import { DOT_LIMIT, dotOf } from "../export/dot.ts";
import { fileName, save } from "../export/files.ts";
import { DENSITY, densityFor, pngOf } from "../export/png.ts";
import { type SvgFile, svgFile } from "../export/svg.ts";
import { latexOf } from "../formula/latex.ts";
import { pythonOf } from "../formula/python.ts";
import { stateText } from "../state.ts";
import { exportText } from "../strings/export.ts";
import { offerByHand } from "./byhand.ts";
import { makeMenu } from "./menu.ts";
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
    of: ({ expression }, { traits }) => ({
      what: exportText.stateOf,
      content: stateText((name) =>
        name === "edits" ? pairsOf(expression.numbers.departures) : traits.get(name),
      ),
    }),
  },
];

export function makeExports(desk: Desk): HTMLElement {
  const item = (label: string, act: (situation: Situation) => Promise<string>) => ({
    label,
    chosen: () => void run(desk, act),
  });
  return makeMenu(exportText.menu, [
    COPYING.map(({ name, of }) =>
      item(exportText.copy(name), (situation) => copyText(desk, of(situation, desk))),
    ),
    [
      item(exportText.save(exportText.svg), (situation) => saveSvg(desk, situation)),
      item(exportText.saveDense, (situation) => savePng(desk, situation)),
    ],
  ]);
}

/** Whatever comes of it is said, also that nothing did. */
async function run(desk: Desk, act: (situation: Situation) => Promise<string>): Promise<void> {
  const { situation } = desk;
  if (situation === null) return;
  const words = await act(situation).catch((error) =>
    exportText.failed(error instanceof Error ? error.message : String(error)),
  );
  if (words === "" || desk.signal.aborted) return;
  desk.hint(words);
  desk.say(words);
}

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

async function copyText(desk: Desk, { what, content }: Copied): Promise<string> {
  if (await copy(content, desk.root)) return exportText.copied(what, content.length);
  offerByHand(content, desk.root);
  return "";
}

async function saveSvg(desk: Desk, situation: Situation): Promise<string> {
  const file = shotOf(desk, situation);
  if (file === null) return exportText.noPicture;
  save(file.text, "image/svg+xml", nameFor(situation, "svg"));
  return exportText.saved(exportText.svg);
}

async function savePng(desk: Desk, situation: Situation): Promise<string> {
  const file = shotOf(desk, situation);
  if (file === null) return exportText.noPicture;
  save(await pngOf(file), "image/png", nameFor(situation, "png"));
  const density = densityFor(file.width, file.height);
  if (density === DENSITY) return exportText.saved(exportText.png);
  return exportText.savedCoarse(density.toPrecision(2));
}

function shotOf({ drawing, root }: Desk, { expression, fold }: Situation): SvgFile | null {
  const { drawn } = drawing;
  if (drawn === null) return null;
  const { output } = expression;
  return svgFile({
    ...drawn,
    figure: root,
    title: exportText.title(expression.name(output), expression.value(output)),
    description: exportText.description(summaryOf(expression, fold)),
  });
}

function nameFor({ expression }: Situation, ending: string): string {
  return fileName(expression.names.label(expression.output), ending);
}
