/** Which numbers colour the boxes, on which scale; the legend says the same. */
import type { Expression } from "../expression.ts";
import type { Names } from "../names.ts";
import { text } from "../strings.ts";
import type { Overlay } from "./choices.ts";
import { scaleOf, type Theme } from "./colours.ts";
import type { Paint } from "./faces.ts";
import { makeLegend } from "./legend.ts";

export class Colouring {
  theme: Theme = "light";
  readonly legend = makeLegend();

  paintOf({ data, gradients, names }: Expression, overlay: Overlay): Paint {
    const numbers = overlay === "value" ? data : gradients;
    const scale = overlay === "none" ? null : scaleOf(counted(numbers, names));
    this.legend.update(overlay === "value" ? text.value : text.gradient, scale, this.theme);
    return { numbers, scale, theme: this.theme };
  }
}

/**
 * All but the constants: what an expression would do if its 0.01 were another number is hardly
 * anybody's question, and the answer can be so large that everything else would look pale.
 */
export function counted(numbers: Float64Array, names: Names): Float64Array {
  return numbers.filter((_, i) => names.kind(i) !== "constant");
}
