/**
 * For a page that lays out one picture after the other, as a diagram has it done: the layouts of
 * the night (`tests/nightly/layouts.py`). The worker is the real one, in the real service.
 */
import { Expression } from "../src/expression.ts";
import { Fold } from "../src/fold.ts";
import { type Direction, dotText } from "../src/layout/dot.ts";
import { pageLayouts } from "../src/layout/pagelayouts.ts";
import { readPositions } from "../src/layout/positions.ts";
import { buildScene } from "../src/scene.ts";
import { wrongIn } from "./placing.ts";

/** A picture to lay out: a tape, and what a person did before. */
export interface Wanted {
  /** In base 64. */
  readonly tape: string;
  readonly direction: Direction;
  /** Numbers from 0 to 1, each of which is something that is opened or closed. */
  readonly changes: readonly number[];
}

export interface Answered {
  /** From the request until the answer, in milliseconds. */
  readonly took: number;
  readonly boxes: number;
  /** Drawn without Graphviz, since that had failed. */
  readonly isSmall: boolean;
  /** Empty where all is well. */
  readonly wrong: string;
}

/** What went wrong in the worker, and was put right by another try or by the small layout. */
const counts = { started: 0, failed: 0 };

class CountedWorker extends Worker {
  constructor(url: string | URL) {
    super(url);
    counts.started++;
    this.addEventListener("message", ({ data }) => {
      if (data.error !== undefined) counts.failed++;
    });
    this.addEventListener("error", () => counts.failed++);
  }
}

export function begin(graphviz: string) {
  window.Worker = CountedWorker;
  const layouts = pageLayouts(graphviz);
  layouts.enter();

  const answer = async ({ tape, direction, changes }: Wanted): Promise<Answered> => {
    const expression = new Expression(Uint8Array.from(atob(tape), (c) => c.charCodeAt(0)));
    const fold = new Fold(expression.tape, expression.groups);
    for (const change of changes) unfold(fold, change);
    const scene = buildScene(expression, fold);
    const boxes = scene.boxes.length;
    const dot = dotText(scene, direction);
    const start = performance.now();
    let [took, isSmall] = [0, false];
    try {
      const json = await layouts.layout(dot, new AbortController().signal);
      took = performance.now() - start;
      isSmall = (JSON.parse(json) as { small?: true }).small === true;
      const wrong = wrongIn(scene, readPositions(json, scene, direction), direction) ?? "";
      return { took, boxes, isSmall, wrong };
    } catch (error) {
      took ||= performance.now() - start;
      return { took, boxes, isSmall, wrong: String(error) };
    }
  };

  return async (wanted: readonly Wanted[]) => {
    const answers: Answered[] = [];
    const before = { ...counts };
    for (const one of wanted) answers.push(await answer(one));
    return {
      answers,
      started: counts.started - before.started,
      failed: counts.failed - before.failed,
    };
  };
}

/** What a click or a key would do. */
function unfold(fold: Fold, change: number): void {
  const things = [...fold.open.map((g) => fold.contraction.itemOfGroup(g)), ...fold.shown];
  const place = change * (things.length + 1);
  const item = things[Math.floor(place)];
  if (item === undefined) {
    fold.openLevels(Math.floor(4 * (place % 1)));
    return;
  }
  const { contraction } = fold;
  if (!contraction.isGroup(item)) fold.more(item);
  else if (!fold.has(item)) fold.closeGroup(contraction.groupOf(item));
  else if (place % 1 < 0.7 || !fold.hasHiddenOperands(item)) {
    fold.openGroup(contraction.groupOf(item));
  } else fold.more(item);
}
