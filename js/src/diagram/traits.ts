/** The choices that the model keeps, read so that nonsense becomes the default. */
import type { Host } from "../host.ts";
import type { Direction } from "../layout/dot.ts";

export type Overlay = "gradient" | "value" | "none";

export function readOverlay(model: Host): Overlay {
  const overlay = model.get("overlay");
  return overlay === "value" || overlay === "none" ? overlay : "gradient";
}

export const readDirection = (model: Host): Direction =>
  model.get("direction") === "TB" ? "TB" : "LR";
