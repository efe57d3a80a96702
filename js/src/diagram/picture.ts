/**
 * The SVG of one laid-out scene. Numbers and colours change in place; boxes never move. It is for
 * the eye alone: the tree twin has the words and the focus.
 */
import type { Arrow } from "../arrows.ts";
import type { Direction } from "../layout/dot.ts";
import type { Positions } from "../layout/positions.ts";
import type { Box, Scene } from "../scene.ts";
import { type BoxFace, type DrawnBox, drawBox } from "./box.ts";
import { svg } from "./dom.ts";
import { type ArrowFace, drawArrow } from "./line.ts";
import { Marks } from "./marks.ts";
import { drawOutline, type Outline } from "./outline.ts";
import type { Placed } from "./placed.ts";

export interface Picture {
  /** Everything drawn; the viewport moves it. */
  readonly world: SVGGElement;
  readonly boxes: ReadonlyMap<number, DrawnBox>;
  /** The open groups. */
  readonly outlines: ReadonlyMap<number, Outline>;
  readonly arrows: readonly Arrow[];
  /** What a step through the passes has just done. */
  readonly marks: Marks;
  /** A box, or the title of an open group. */
  stop(index: number): Placed | undefined;
  paint(face: (box: Box) => BoxFace, said: (arrow: Arrow) => ArrowFace): void;
  /** Draws the ring of the focus around a box or a title. */
  ring(index: number | null): void;
  /** Lights the boxes of the set and the arrows for which `isLit` holds; null lights all. */
  light(lit: ReadonlySet<number> | null, isLit: (arrow: Arrow) => boolean): void;
  select(index: number | null): void;
}

export function drawPicture(scene: Scene, positions: Positions, direction: Direction): Picture {
  const arrows = scene.arrows.map((arrow, i) => drawArrow(arrow, positions.routes[i]!));
  const boxes = new Map<number, DrawnBox>();
  for (const box of scene.boxes) {
    boxes.set(box.index, drawBox(box, positions.boxes.get(box.index)!, direction));
  }
  const outlines = new Map<number, Outline>();
  const depths = new Map<number, number>();
  for (const frame of scene.frames) {
    const depth = (depths.get(frame.place) ?? -1) + 1;
    depths.set(frame.group, depth);
    outlines.set(frame.index, drawOutline(frame, positions.frames.get(frame.group)!, depth));
  }
  const marks = new Marks(boxes, arrows, direction);
  const stop = (index: number) => boxes.get(index) ?? outlines.get(index);
  const groups = (placed: Iterable<Placed>) => Array.from(placed, ({ group }) => group);
  const world = svg(
    "g",
    { class: "mgw-world" },
    ...Array.from(outlines.values(), ({ back }) => back),
    ...arrows.map((arrow) => arrow.group),
    ...groups(outlines.values()),
    ...groups(boxes.values()),
    marks.group,
  );
  let ringed: number | null = null;
  return {
    world,
    boxes,
    outlines,
    arrows: scene.arrows,
    marks,
    stop,
    paint(face, said) {
      for (const box of boxes.values()) box.paint(face(box.box));
      for (const arrow of arrows) arrow.paint(said(arrow.arrow));
    },
    ring(index) {
      if (ringed !== null) stop(ringed)?.group.classList.remove("mgw-ringed");
      if (index !== null) stop(index)?.group.classList.add("mgw-ringed");
      ringed = index;
    },
    light(lit, isLit) {
      for (const { index, group } of boxes.values()) {
        group.classList.toggle("mgw-dim", lit !== null && !lit.has(index));
      }
      for (const { arrow, group } of arrows) {
        group.classList.toggle("mgw-dim", lit !== null && !isLit(arrow));
        group.classList.toggle("mgw-lit", lit !== null && isLit(arrow));
      }
    },
    select(chosen) {
      for (const { index, group } of [...boxes.values(), ...outlines.values()]) {
        group.classList.toggle("mgw-selected", index === chosen);
      }
      for (const { index, back } of outlines.values()) {
        back.classList.toggle("mgw-selected", index === chosen);
      }
    },
  };
}
