/** What colours the boxes and which way the arrows run: kept by the model, chosen in the toolbar. */
import type { Direction } from "../layout/dot.ts";
import type { Toolbar } from "./toolbar.ts";
import type { Traits } from "./traits.ts";

export type Overlay = "gradient" | "value" | "check" | "none";

const OVERLAYS: readonly unknown[] = ["value", "check", "none"];

export class Choices {
  overlay: Overlay = "gradient";
  direction: Direction = "LR";
  readonly #traits: Traits;
  readonly #toolbar: Toolbar;

  constructor(traits: Traits, toolbar: Toolbar) {
    this.#traits = traits;
    this.#toolbar = toolbar;
  }

  /** Follows the model; says whether the direction is a new one. */
  read(): boolean {
    // Nonsense becomes the default.
    const direction = this.#traits.get("direction") === "TB" ? "TB" : "LR";
    const overlay = this.#traits.get("overlay");
    const turned = direction !== this.direction;
    this.overlay = OVERLAYS.includes(overlay) ? (overlay as Overlay) : "gradient";
    this.direction = direction;
    this.#toolbar.update(this.overlay, direction);
    return turned;
  }
}
