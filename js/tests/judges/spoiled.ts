/** What the page makes of spoiled tapes and states: Python asks, and compares with its own. */
import { restoreDashboard } from "../../src/dashboard/restoring.ts";
import { restoreDiagram } from "../../src/diagram/restoring.ts";
import { dotOf } from "../../src/export/dot.ts";
import { Expression } from "../../src/expression.ts";
import { Fold } from "../../src/fold.ts";
import { latexOf } from "../../src/formula/latex.ts";
import { pythonOf } from "../../src/formula/python.ts";
import { dotText } from "../../src/layout/dot.ts";
import { readWidgets } from "../../src/page/pagemodel.ts";
import type { StoredTraits } from "../../src/page/restored.ts";
import { buildScene } from "../../src/scene.ts";
import { readState, stateText } from "../../src/state.ts";
import { decodeTape, type Tape } from "../../src/tape.ts";
import { answerEach, orRefusal, type Question } from "./lines.ts";

const REFUSED_TAPE = /^tape: expected .{1,400}, got: .{0,400}$/s;
const REFUSED_STATE = /^expected .{1,600}, got: .{0,400}$/s;
const RESTORES = { diagram: restoreDiagram, dashboard: restoreDashboard };

answerEach((question) => {
  switch (question.about) {
    case "tape":
      return ofTape(Buffer.from(question.bytes as string, "base64"));
    case "state":
      return orRefusal(() => ofState(question.text as string), REFUSED_STATE);
    case "restoring":
      return orRefusal(() => ofRestoring(question), REFUSED_STATE);
    default:
      throw new Error(`expected a known question, got: ${question.about}`);
  }
});

function ofTape(bytes: Uint8Array): unknown {
  const tape = orRefusal(() => decodeTape(bytes), REFUSED_TAPE);
  if ("refused" in tape) return tape;
  const expression = new Expression(bytes);
  const { data, finalGradients } = expression.numbers;
  return {
    ...columnsOf(tape),
    data: [...bits(data)],
    gradients: [...bits(finalGradients)],
    ...shownOf(expression),
  };
}

/** All that a picture is made of; nothing of it may fail. */
function shownOf(expression: Expression) {
  const { boxes } = buildScene(expression, new Fold(expression.tape));
  const texts = [dotOf(expression), latexOf(expression).latex, pythonOf(expression)];
  texts.push(dotText(buildScene(expression, new Fold(expression.tape)), "TB"));
  return { boxes: boxes.length, characters: texts.join("").length };
}

function columnsOf({ ops, left, right, constants, names, groups, groupOf }: Tape) {
  return {
    ops: [...ops],
    left: [...left],
    right: [...right],
    constants: bits(constants),
    names: [...names].sort(([a], [b]) => a - b),
    groups: groups.map(({ name, parent, output }) => [name, parent, output]),
    groupOf: groupOf === null ? [] : [...groupOf],
  };
}

/** Every bit but those inside a nan. */
function bits(numbers: Float64Array): string[] {
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return Array.from(numbers, (x, i) =>
    Number.isNaN(x) ? "nan" : view.getBigUint64(8 * i, true).toString(16),
  );
}

function ofState(text: string): unknown {
  const traits = readState(text);
  const written = stateText((name) => traits.get(name));
  const again = readState(written);
  return { written, isSame: stateText((name) => again.get(name)) === written };
}

let stored: Readonly<Record<string, StoredTraits>> = {};

/** What comes of a link to a figure of a page; the pages themselves come first. */
function ofRestoring({ pages, figure, text }: Question): unknown {
  if (typeof pages === "string") {
    stored = readWidgets(pages) as unknown as typeof stored;
    return {};
  }
  const name = figure as keyof typeof RESTORES;
  const before = JSON.stringify(stored[name]);
  const wished = [...readState(text as string)].filter(([trait]) =>
    Object.hasOwn(stored[name]!, trait),
  );
  const { traits, kept } = RESTORES[name](stored[name]!, new Map(wished));
  const now: StoredTraits = { ...stored[name], ...traits };
  if (JSON.stringify(stored[name]) !== before)
    throw new Error("what stands in the page was changed");
  return { written: stateText((trait) => now[trait]), kept };
}
