/** What colours the boxes and which way the arrows run: kept by the model, chosen in the toolbar. */
import { type Host, share } from "../host.ts";
import type { Direction } from "../layout/dot.ts";
import type { Toolbar } from "./toolbar.ts";

export type Overlay = "gradient" | "value" | "none";

export class Choices {
  overlay: Overlay = "gradient";
  direction: Direction = "LR";
  readonly #model: Host;
  readonly #toolbar: Toolbar;

  constructor(model: Host, toolbar: Toolbar) {
    this.#model = model;
    this.#toolbar = toolbar;
  }

  /** Follows the model; says whether the direction is a new one. */
  read(): boolean {
    // Nonsense becomes the default.
    const direction = this.#model.get("direction") === "TB" ? "TB" : "LR";
    const overlay = this.#model.get("overlay");
    const turned = direction !== this.direction;
    this.overlay = overlay === "value" || overlay === "none" ? overlay : "gradient";
    this.direction = direction;
    this.#toolbar.update(this.overlay, direction);
    return turned;
  }

  tell(trait: "overlay" | "direction", value: string): void {
    share(this.#model, trait, value);
  }
}
