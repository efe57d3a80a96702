/** The upper canvas of the boundary: the points. */
import { html } from "../diagram/dom.ts";
import type { Points } from "../training/points.ts";
import { prepared, type Size } from "./canvas.ts";
import type { Plane } from "./plane.ts";
import { type Inks, KINDS, Kind, markOf, radiusFor, reachOf } from "./pointmarks.ts";

export class PointLayer {
  readonly element = html("canvas", { class: "mgw-boundary-points" });
  readonly #sprites = html("canvas");
  #sprite = { side: 0, key: "" };

  paint(points: Points, kinds: Uint8Array, plane: Plane, size: Size, inks: Inks): void {
    const context = prepared(this.element, size);
    if (context === null) return;
    const radius = radiusFor(points.count);
    this.#drawSprites(radius, size.ratio, inks);
    context.setTransform(1, 0, 0, 1, 0, 0);
    const { side } = this.#sprite;
    const width = size.width * size.ratio;
    const height = size.height * size.ratio;
    const draw = (i: number) => {
      const x = Math.round(plane.across(points.x(i)) * width - side / 2);
      const y = Math.round(plane.down(points.y(i)) * height - side / 2);
      context.drawImage(this.#sprites, kinds[i]! * side, 0, side, side, x, y, side, side);
    };
    // What is wrong must be seen, so it comes on top.
    for (let i = 0; i < kinds.length; i++) if ((kinds[i]! & Kind.wrong) === 0) draw(i);
    for (let i = 0; i < kinds.length; i++) if ((kinds[i]! & Kind.wrong) !== 0) draw(i);
  }

  /** Each kind is drawn once and then copied: thousands of points cost little. */
  #drawSprites(radius: number, ratio: number, inks: Inks): void {
    const key = [radius, ratio, ...Object.values(inks)].join(" ");
    if (key === this.#sprite.key) return;
    const side = 2 * Math.ceil(reachOf(radius) * ratio);
    [this.#sprites.width, this.#sprites.height] = [KINDS * side, side];
    const context = this.#sprites.getContext("2d");
    if (context === null) return;
    for (let kind = 0; kind < KINDS; kind++) {
      context.setTransform(ratio, 0, 0, ratio, (kind + 0.5) * side, side / 2);
      for (const { d, fill, stroke, width } of markOf(kind, radius, inks)) {
        const path = new Path2D(d);
        if (fill !== "none") {
          context.fillStyle = fill;
          context.fill(path);
        }
        if (stroke !== "none") {
          context.strokeStyle = stroke;
          context.lineWidth = width;
          context.stroke(path);
        }
      }
    }
    this.#sprite = { side, key };
  }
}
