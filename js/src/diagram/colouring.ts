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

  paintOf({ data, gradients }: Expression, overlay: Overlay): Paint {
    const numbers = overlay === "value" ? data : gradients;
    const scale = overlay === "none" ? null : scaleOf(numbers);
    this.legend.update(overlay === "value" ? text.value : text.gradient, scale, this.theme);
    return { numbers, scale, theme: this.theme };
  }
}
