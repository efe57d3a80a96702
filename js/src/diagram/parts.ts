/** Which parts a figure has, in reading order. */
import { makeAlarm } from "./alarm.ts";
import { makeCheck } from "./check.ts";
import { makeCompare } from "./compare.ts";
import { makeEditing } from "./editing.ts";
import { makeFormulas } from "./formulas.ts";
import type { MakePart } from "./part.ts";
import { makeQuiz } from "./quiz.ts";
import { makeStepper } from "./stepper.ts";
import { makeWhy } from "./why.ts";

/** Between the picture and the panel. */
export const DECK: readonly MakePart[] = [
  makeAlarm,
  makeStepper,
  makeQuiz,
  makeEditing,
  makeCompare,
  makeCheck,
];

/** At the end of the panel of what is selected. */
export const PANEL: readonly MakePart[] = [makeFormulas, makeWhy];
