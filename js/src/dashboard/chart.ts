/** The picture of the curves, as shapes: the same on screen and in a file. */
import { curvesText as words } from "../strings/curves.ts";
import { countText, shortNumber } from "../text.ts";
import type { Column, Run, Session } from "../training/session.ts";
import { traceOf } from "./buckets.ts";
import { linearScale, logScale, type Scale, stepScale } from "./scales.ts";
import { type Box, type Shape, type Stroke, segment } from "./shapes.ts";
import { turnsOf } from "./turns.ts";

export type Axis = "linear" | "log";

export interface Curve {
  readonly column: Exclude<Column, "learningRate">;
  readonly stroke: Stroke;
}

const TEST: Stroke = { ink: "test", width: 1.8, dash: [8, 3, 2, 3] };
const TOTAL: Stroke = { ink: "total", width: 2, dash: [] };
export const GHOST: Stroke = { ink: "ghost", width: 1, dash: [] };
const GRID: Stroke = { ink: "grid", width: 1, dash: [] };

/** The last ones are painted on top. */
const LOSSES: readonly Curve[] = [
  { column: "regLoss", stroke: { ink: "penalty", width: 1.6, dash: [2, 3] } },
  { column: "dataLoss", stroke: { ink: "data", width: 1.6, dash: [6, 3] } },
  { column: "testLoss", stroke: TEST },
  { column: "loss", stroke: TOTAL },
];
const ACCURACIES: readonly Curve[] = [
  { column: "testAccuracy", stroke: TEST },
  { column: "accuracy", stroke: TOTAL },
];

export interface View {
  readonly width: number;
  readonly height: number;
  readonly axis: Axis;
  /** The step of the read-out, where it is another one than that on screen. */
  readonly cursor: number | null;
  /** How many steps there will be, as far as one knows. */
  readonly steps: number;
}

/** Where the curves are, so that a pointer finds its step. */
export interface Chart {
  readonly shapes: readonly Shape[];
  stepAt(x: number): number;
}

const LEFT = 52;
const RIGHT = 12;
const TOP = 20;
const BETWEEN = 28;
const BOTTOM = 20;
const LOSS_SHARE = 0.68;
/** Between two numbers of an axis, in pixels. */
const TICK_ROOM = { x: 74, y: 34 };
const NUMBER_ROOM = 34;

export const hasTest = ({ run }: Session): boolean => !Number.isNaN(run.column("testLoss")[0]);

/** In the order of the legend. */
export function curvesOf(session: Session): readonly Curve[] {
  const isShown = ({ column }: Curve) => hasTest(session) || !column.startsWith("test");
  return [
    ...["loss", "dataLoss", "regLoss", "testLoss"].map(
      (name) => LOSSES.find(({ column }) => column === name)!,
    ),
    ...ACCURACIES.toReversed(),
  ].filter(isShown);
}

export function drawChart(session: Session, view: View): Chart {
  const { run, others, step } = session;
  const room = view.height - TOP - BETWEEN - BOTTOM;
  const width = Math.max(1, view.width - LEFT - RIGHT);
  const lossBox = { x: LEFT, y: TOP, width, height: Math.round(room * LOSS_SHARE) };
  const below = TOP + lossBox.height + BETWEEN;
  const accuracyBox = { x: LEFT, y: below, width, height: view.height - BOTTOM - below };
  const last = [view.steps, run.taken, ...others.map(({ taken }) => taken)].reduce((a, b) =>
    Math.max(a, b),
  );
  const steps = stepScale(last, Math.floor(width / TICK_ROOM.x));
  const xOf = (k: number) => LEFT + width * steps.at(k);
  const losses = LOSSES.filter(({ column }) => hasTest(session) || column !== "testLoss");
  const accuracies = hasTest(session) ? ACCURACIES : ACCURACIES.slice(1);
  const panels = [
    new Panel(lossBox, lossScale(run, losses, view.axis, lossBox.height), xOf),
    new Panel(accuracyBox, linearScale(0, 1, 2), xOf),
  ] as const;
  const [loss, accuracy] = panels;
  const bottom = accuracyBox.y + accuracyBox.height;
  const shapes = [
    ...loss.axis(words.loss, shortNumber),
    ...accuracy.axis(words.accuracy, (x) => `${100 * x} %`),
    ...stepNumbers(steps, xOf, bottom, xOf(step), view.width),
    ...turnLines(run, xOf, bottom),
    loss.within([
      ...others.flatMap((other) => loss.curve(other, "loss", GHOST)),
      ...losses.flatMap(({ column, stroke }) => loss.curve(run, column, stroke)),
      ...others.flatMap((other) => loss.branch(other)),
    ]),
    accuracy.within([
      ...others.flatMap((other) => accuracy.curve(other, "accuracy", GHOST)),
      ...accuracies.flatMap(({ column, stroke }) => accuracy.curve(run, column, stroke)),
    ]),
    ...marker(xOf(step), bottom, step, view.width),
    ...loss.dots(run, losses, step, false),
    ...accuracy.dots(run, accuracies, step, false),
    ...loss.names(others),
  ];
  if (view.cursor !== null && view.cursor !== step) {
    const x = xOf(view.cursor);
    shapes.push(
      segment(x, TOP, x, bottom, { ink: "frame", width: 1, dash: [3, 3] }),
      ...loss.dots(run, losses, view.cursor, true),
      ...accuracy.dots(run, accuracies, view.cursor, true),
    );
  }
  return {
    shapes,
    stepAt: (x) => Math.max(0, Math.min(run.taken, Math.round(((x - LEFT) / width) * last))),
  };
}

/** For the whole run, so that it stays where it is while one goes to and fro. */
function lossScale(run: Run, curves: readonly Curve[], axis: Axis, height: number): Scale {
  let [least, most, small] = [0, 0, Number.POSITIVE_INFINITY];
  for (const { column } of curves) {
    const numbers = run.column(column);
    for (let k = 0; k < numbers.length; k++) {
      const x = numbers[k]!;
      if (x > most && x < Number.POSITIVE_INFINITY) most = x;
      else if (x < least && x > Number.NEGATIVE_INFINITY) least = x;
      if (x > 0 && x < small) small = x;
    }
  }
  const count = Math.max(2, Math.floor(height / TICK_ROOM.y));
  if (axis === "log" && most > 0) return logScale(small, most, count);
  if (least === 0 && most === 0) return linearScale(0, 1, count);
  return linearScale(1.06 * least, 1.06 * most, count);
}

class Panel {
  readonly #box: Box;
  readonly #scale: Scale;
  readonly #xOf: (step: number) => number;

  constructor(box: Box, scale: Scale, xOf: (step: number) => number) {
    this.#box = box;
    this.#scale = scale;
    this.#xOf = xOf;
  }

  #yOf = (x: number): number => this.#box.y + this.#box.height * (1 - this.#scale.at(x));

  axis(title: string, number: (x: number) => string): Shape[] {
    const { x, y, width, height } = this.#box;
    const lines = this.#scale.ticks.flatMap((tick): Shape[] => {
      const at = Math.round(this.#yOf(tick)) + 0.5;
      return [
        segment(x, at, x + width, at, GRID),
        {
          kind: "text",
          x: x - 6,
          y: at + 3.5,
          words: number(tick).replace("e+", "e"),
          ink: "soft",
          anchor: "end",
        },
      ];
    });
    const side: Stroke = { ink: "frame", width: 1, dash: [] };
    return [
      ...lines,
      segment(x + 0.5, y, x + 0.5, y + height, side),
      segment(x, y + height + 0.5, x + width, y + height + 0.5, side),
      { kind: "text", x: 2, y: y - 8, words: title, ink: "text", anchor: "start", isBold: true },
    ];
  }

  within(shapes: readonly Shape[]): Shape {
    // Lines along the edge are as thick as others.
    const { x, y, width, height } = this.#box;
    return {
      kind: "within",
      box: { x: x - 2, y: y - 2, width: width + RIGHT, height: height + 4 },
      shapes,
    };
  }

  curve(run: Run, column: Column, stroke: Stroke): Shape[] {
    const width = this.#xOf(run.taken) - this.#xOf(0);
    const { above } = this.#scale;
    const points = traceOf(run.column(column), width, this.#xOf, this.#yOf, above);
    return [{ kind: "line", points, stroke }];
  }

  dots(run: Run, curves: readonly Curve[], step: number, isHollow: boolean): Shape[] {
    if (step > run.taken) return [];
    const x = this.#xOf(step);
    return curves.flatMap(({ column, stroke: { ink } }): Shape[] => {
      const y = this.#yOf(run.column(column)[step]!);
      return Number.isFinite(y) ? [{ kind: "dot", x, y, radius: 3.5, ink, isHollow }] : [];
    });
  }

  /** Where another run left its own. */
  branch(run: Run): Shape[] {
    if (run.began === 0) return [];
    const x = this.#xOf(run.began);
    const y = this.#yOf(run.column("loss")[run.began]!);
    if (!Number.isFinite(y)) return [];
    return [{ kind: "dot", x, y, radius: 3, ink: "ghost", isHollow: true }];
  }

  /** At the ends of the lines, one above the other where they would meet. */
  names(runs: readonly Run[]): Shape[] {
    const { x, y, width, height } = this.#box;
    const line = 13;
    const ends = runs
      .map((run) => ({ run, at: this.#yOf(lastFinite(run.column("loss"))) }))
      .filter(({ at }) => Number.isFinite(at))
      .sort((a, b) => b.at - a.at);
    let free = y + height - 3;
    return ends.map(({ run, at }): Shape => {
      const place = Math.min(free, Math.max(at - 4, y + line - 3));
      free = place - line;
      const end = Math.min(this.#xOf(run.taken), x + width);
      const isLeft = end < x + 60;
      return {
        kind: "text",
        x: isLeft ? end + 4 : end - 2,
        y: place,
        words: run.name,
        ink: "soft",
        anchor: isLeft ? "start" : "end",
        hasHalo: true,
      };
    });
  }
}

const lastFinite = (numbers: Float64Array): number =>
  numbers.findLast(Number.isFinite) ?? Number.NaN;

/** A long number stays whole at the right edge. */
const kept = (x: number, words: string, width: number) => Math.min(x, width - 3.6 * words.length);

/** But for those that the number of the step on screen would cover. */
function stepNumbers(
  steps: Scale,
  xOf: (step: number) => number,
  bottom: number,
  taken: number,
  width: number,
): Shape[] {
  return steps.ticks.flatMap((tick): Shape[] => {
    const x = Math.round(xOf(tick)) + 0.5;
    const mark = segment(x, bottom, x, bottom + 4, { ink: "frame", width: 1, dash: [] });
    if (Math.abs(x - taken) < NUMBER_ROOM) return [mark];
    const label = tick === 0 ? `${words.step} 0` : countText(tick);
    const place = { x: kept(x, label, width), y: bottom + 15 };
    return [mark, { kind: "text", ...place, words: label, ink: "soft", anchor: "middle" }];
  });
}

function turnLines(run: Run, xOf: (step: number) => number, bottom: number): Shape[] {
  let free = Number.NEGATIVE_INFINITY;
  return turnsOf(run).turns.flatMap(({ step, letter }): Shape[] => {
    const x = xOf(step);
    const line = segment(x, TOP - 6, x, bottom, { ink: "warn", width: 1, dash: [2, 2] });
    if (x < free) return [line];
    free = x + 12;
    return [
      line,
      { kind: "text", x, y: TOP - 9, words: letter, ink: "warn", anchor: "middle", isBold: true },
    ];
  });
}

/** The step on screen. */
const marker = (x: number, bottom: number, step: number, width: number): Shape[] => [
  segment(x, TOP - 4, x, bottom + 4, { ink: "now", width: 1.5, dash: [] }),
  {
    kind: "text",
    x: kept(x, countText(step), width),
    y: bottom + 15,
    words: countText(step),
    ink: "now",
    anchor: "middle",
    isBold: true,
    hasHalo: true,
  },
];
