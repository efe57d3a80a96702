/** The one sentence that says what the figure is. */
import type { Expression } from "../expression.ts";
import { DRAW_ALL_UP_TO, type Fold } from "../fold.ts";
import { text } from "../strings.ts";

/** "g = 24.7041, 22 values, 2 leaves", and how many are shown where not all are. */
export function summaryOf(expression: Expression, fold: Fold): string {
  const { count } = expression.tape;
  const { leaf, constant } = expression.kinds;
  const name = expression.name(expression.output);
  const value = expression.value(expression.output);
  const summary = text.summary(name, value, count, leaf, constant);
  if (expression.groups.count > 0) return `${summary}, ${text.boxesShown(fold.size)}`;
  return count > DRAW_ALL_UP_TO ? `${summary}, ${text.shown(fold.size)}` : summary;
}
