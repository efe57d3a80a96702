/** Which numbers colour the boxes, on which scale; the legend says the same. */
import type { Expression } from "../expression.ts";
import { text } from "../strings.ts";
import type { Overlay } from "./choices.ts";
import { scaleOf, type Theme } from "./colours.ts";
import type { Paint } from "./faces.ts";
import { makeLegend } from "./legend.ts";

export class Colouring {
  theme: Theme = "light";
  readonly legend = makeLegend();

  paintOf(expression: Expression, overlay: Overlay): Paint {
    const number = numberFor(expression, overlay);
    const isColoured = overlay === "gradient" || overlay === "value";
    const scale = !isColoured ? null : scaleOf(counted(expression, overlay));
    this.legend.update(overlay === "value" ? text.value : text.gradient, scale, this.theme);
    return { number, scale, theme: this.theme };
  }
}

/** A number that cannot be seen has no colour. */
function numberFor({ data, gradients, numbers }: Expression, overlay: Overlay) {
  return overlay === "value"
    ? (i: number) => (numbers.seesValue(i) ? data[i]! : Number.NaN)
    : (i: number) => (numbers.seesGradient(i) ? gradients[i]! : Number.NaN);
}

/**
 * The numbers that the scale has to hold: all but the constants. What an expression would do if its
 * 0.01 were another number is hardly anybody's question, and the answer can be so large that
 * everything else would look pale.
 *
 * Step by step the scale stays that of the end, so that colours can be compared; but it must not
 * give away what is to be guessed.
 */
export function counted(expression: Expression, overlay: Overlay): Float64Array {
  const { data, names, numbers } = expression;
  const all = overlay === "value" ? data : numbers.finalGradients;
  const number = numberFor(expression, overlay);
  const isCounted = (i: number) =>
    names.kind(i) !== "constant" && !(numbers.isGuessing && Number.isNaN(number(i)));
  return all.filter((_, i) => isCounted(i));
}
