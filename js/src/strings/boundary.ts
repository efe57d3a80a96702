/** What the decision boundary and its points say. */
import { countText, MINUS } from "../text.ts";

const points = (n: number): string => `${countText(n)} ${n === 1 ? "point" : "points"}`;

interface Tally {
  readonly right: number;
  readonly all: number;
}

const ofAll = ({ right, all }: Tally): string => `${countText(right)} of ${countText(all)}`;

const SHAPES = { 1: "\u25cf", [-1]: "\u25b2" } as const;
const shapeOf = (label: number): string => (label > 0 ? SHAPES[1] : SHAPES[-1]);
const classText = (label: number): string => `class ${label > 0 ? "1" : `${MINUS}1`}`;
const classWithShape = (label: number): string => `${classText(label)} ${shapeOf(label)}`;

export const boundaryText = {
  name: "Decision boundary",
  picture: (summary: string) => `Decision boundary: ${summary}`,
  summary: (trained: Tally, test: Tally) =>
    `${ofAll(trained)} points on their side${test.all === 0 ? "" : `; test: ${ofAll(test)}`}`,
  noLine: (isAbove: boolean) =>
    `no boundary in view, every score is ${isAbove ? "above zero" : "zero or below"}`,
  noScores: "no score is a number",
  points: "Points. Left and right arrows go by x, up and down by y; Enter selects.",

  class: classText,
  classWithShape,
  noClass: "no class, as the score is not a number",
  place: (x: string, y: string) => `${x}, ${y}`,
  atPlace: (place: string, verdict: string) => `At ${place}: ${verdict}`,
  /** Counted from 1, as people do. */
  point: (place: number, all: number) => `Point ${countText(place + 1)} of ${countText(all)}`,
  pointIs: (
    point: string,
    { label, place, score, loss, isTest, isRight, inBatch }: PointWords,
  ): string =>
    [
      `${point}, ${classText(label)}, at ${place}`,
      `score ${score}`,
      `loss ${loss}`,
      isRight === null ? boundaryText.noClass : isRight ? "right" : "wrong side",
      ...(isTest ? ["kept for the test"] : []),
      ...(inBatch ? ["in the batch of this step"] : []),
    ].join(", "),

  legend: "Legend",
  score: "score",
  scale: (most: number) => `log scale, linear inside \u00b11, full colour from \u00b1${most} on`,
  line: (level: number) => `score ${level > 0 ? "+" : level < 0 ? MINUS : ""}${Math.abs(level)}`,
  otherLine: (run: string) => `score 0 of ${run}`,
  test: "hollow: test",
  wrong: "ring: wrong side",
  batch: (n: number) => `dot: batch of this step (${points(n)})`,
  batchLater: "dot: batch of the step, when paused",
  fileTitle: (step: number, summary: string) => `Step ${countText(step)}: ${summary}`,
  nanInFile: "without colour: no score, as it is not a number",
  nan: "hatched: no score, as it is not a number",

  tools: "Change the points",
  toolNames: {
    select: "Select",
    move: "Move",
    positive: `Add ${SHAPES[1]}`,
    negative: `Add ${SHAPES[-1]}`,
  },
  toolTitles: {
    select: "Select: a click on a point selects it",
    move: "Move: drag a point, or move it with the arrow keys",
    positive: `Add ${SHAPES[1]}: a click adds a point of class 1`,
    negative: `Add ${SHAPES[-1]}: a click adds a point of class ${MINUS}1`,
  },
  toolHints: {
    select: "Point at the plane, or go from point to point with the arrow keys.",
    move: "Drag a point, or move it with the arrow keys (Shift: finer); Page keys go on to another.",
    positive: `A click adds ${SHAPES[1]}, Shift+click ${SHAPES[-1]}.`,
    negative: `A click adds ${SHAPES[-1]}, Shift+click ${SHAPES[1]}.`,
  },
  delete: "Delete",
  deleteTitle: "Delete the selected point (Delete key)",
  undo: "Undo",
  undoTitle: "Undo the last change of the points (Ctrl+Z)",
  redo: "Redo",
  redoTitle: "Redo what was undone (Ctrl+Shift+Z)",

  selected: (point: string) => `${point} selected`,
  unselected: "Nothing selected",
  added: (label: number, place: string, n: number) =>
    `${classText(label)} added at ${place}; ${points(n)}`,
  moved: (point: string, place: string) => `${point} moved to ${place}`,
  deleted: (point: string, n: number) => `${point} deleted; ${points(n)} left`,
  undone: (n: number) => `Undone; ${points(n)}`,
  redone: (n: number) => `Made again; ${points(n)}`,
  tooMany: (most: number) => `There are ${countText(most)} points, and there may be no more.`,
  lastOne: "The last point has to stay: without points there is no loss.",
  selectFirst: "Select a point first.",

  predict: "Predict a point",
  x: "x",
  y: "y",
  typeBoth: "Type both coordinates.",
  notANumber: (text: string) => `Expected a number such as 0.5 or -2, got: ${text}`,
  prediction: (score: string, verdict: string) => `score ${score}: ${verdict}`,
  addTyped: (label: number) => `Add as ${shapeOf(label)}`,
  addTypedTitle: (label: number) =>
    `${boundaryText.addTyped(label)}: the typed point, with ${classText(label)}`,
} as const;

export interface PointWords {
  readonly label: number;
  readonly place: string;
  readonly score: string;
  readonly loss: string;
  readonly isTest: boolean;
  /** Null where there is no score to tell. */
  readonly isRight: boolean | null;
  readonly inBatch: boolean;
}
