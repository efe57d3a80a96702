import { describe, expect, test } from "vitest";
import { Op } from "../src/arithmetic.ts";
import type { Expression } from "../src/expression.ts";
import { Fold } from "../src/fold.ts";
import { ROOT } from "../src/groups.ts";
import { layout } from "../src/layout/dagre.ts";
import { type Direction, dotText, spaceOf } from "../src/layout/dot.ts";
import { touches } from "../src/layout/label.ts";
import { type Area, type Positions, readPositions } from "../src/layout/positions.ts";
import { buildScene, type Scene, titleArea } from "../src/scene.ts";
import { groupNamed, scoreOf } from "./networks.ts";
import { expressionOf, leaf, type Row } from "./tapes.ts";

const score = scoreOf().expression;

function opened(...names: string[]): Fold {
  const fold = new Fold(score.tape, score.groups);
  for (const name of names) fold.openGroup(groupNamed(score, name));
  return fold;
}

/** Products and sums of what came shortly before, and of a leaf that is used again and again. */
function many(size: number): Expression {
  const rows: Row[] = [leaf(2, "a"), { op: Op.tanh, of: [0] }];
  while (rows.length < size) {
    const last = rows.length - 1;
    rows.push(leaf(last, `x${last}`));
    rows.push({ op: rows.length % 3 ? Op.mul : Op.add, of: [last, last + 1] });
    if (rows.length % 20 < 2) rows.push({ op: Op.mul, of: [rows.length - 1, 0] });
  }
  return expressionOf(...rows);
}

const square = expressionOf(
  leaf(3, "a"),
  leaf(2, "b"),
  { op: Op.mul, of: [0, 0] },
  { op: Op.add, of: [0, 2] },
  { op: Op.mul, of: [3, 0] },
  { op: Op.mul, of: [4, 1] },
  { op: Op.add, of: [5, 3] },
);

const allOf = (expression: Expression) => buildScene(expression, new Fold(expression.tape));

const SCENES: readonly [string, () => Scene][] = [
  ["a few values, one used twice by the same", () => allOf(square)],
  ["a hundred values", () => allOf(many(100))],
  ["a closed network", () => buildScene(score, opened())],
  ["an open layer", () => buildScene(score, opened("layer 1"))],
  ["an open neuron", () => buildScene(score, opened("layer 1", "neuron 1"))],
  [
    "two open layers and neurons",
    () => buildScene(score, opened("layer 1", "neuron 1", "neuron 2", "layer 2")),
  ],
];

const place = (scene: Scene, direction: Direction): Positions =>
  readPositions(layout(dotText(scene, direction)), scene, direction);

const overlap = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const isIn = (a: Area, b: Area): boolean =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

/** Positions are given in tenths. */
const ROUNDED = 0.11;

describe.each(SCENES)("%s", (_name, make) => {
  describe.each(["LR", "TB"] as const)("%s", (direction) => {
    const scene = make();
    const { boxes, frames, routes, width, height } = place(scene, direction);
    const areas = new Map(
      scene.boxes.map((box) => {
        const size = spaceOf(box, direction);
        const { x, y } = boxes.get(box.index)!;
        return [box.index, { x: x - size.width / 2, y: y - size.height / 2, ...size }];
      }),
    );

    test("no two boxes overlap, and all is in the picture", () => {
      const all = [...areas];
      for (const [n, [name, area]] of all.entries()) {
        expect(isIn(area, { x: -1, y: -1, width: width + 2, height: height + 2 })).toBe(true);
        for (const [other, next] of all.slice(n + 1)) {
          expect(overlap(area, next), `${name} and ${other}`).toBe(false);
        }
      }
    });

    test("arrows leave and arrive in the middle of the right sides, and run onwards", () => {
      const [along, across] = direction === "LR" ? (["x", "y"] as const) : (["y", "x"] as const);
      const size = direction === "LR" ? "width" : "height";
      scene.arrows.forEach(({ from, to }, n) => {
        const { curve, tip } = routes[n]!;
        const [start, end] = [areas.get(from)!, areas.get(to)!];
        expect(Math.abs(curve[0]![along] - start[along] - start[size])).toBeLessThan(2 * ROUNDED);
        expect(Math.abs(curve[0]![across] - boxes.get(from)![across])).toBeLessThan(2 * ROUNDED);
        expect(Math.abs(tip[along] - end[along])).toBeLessThan(2 * ROUNDED);
        expect(Math.abs(tip[across] - boxes.get(to)![across])).toBeLessThan(2 * ROUNDED);
        curve.slice(1).forEach((point, k) => {
          expect(point[along]).toBeGreaterThanOrEqual(curve[k]![along] - ROUNDED);
        });
      });
    });

    test("numbers of arrows stand on no box, and no two on one another", () => {
      const HEIGHT = 12;
      const labels = routes.flatMap(({ label }, n) => {
        if (label === undefined) return [];
        // What a number takes up; the room is for the longest one.
        const width = 0.7 * scene.arrows[n]!.labelWidth;
        for (const [name, area] of areas) {
          expect(touches(label, width, area), `number ${n} on ${name}`).toBe(false);
        }
        const left = label.x - { start: 0, middle: width / 2, end: width }[label.anchor];
        return [{ x: left, y: label.y - HEIGHT / 2, width, height: HEIGHT }];
      });
      labels.forEach((label, n) => {
        for (const other of labels.slice(n + 1)) expect(overlap(label, other)).toBe(false);
      });
    });

    test("open groups hold what is theirs alone, below their titles", () => {
      for (const frame of scene.frames) {
        const area = frames.get(frame.group)!;
        const inside = new Set([frame.group]);
        for (const { group, place } of scene.frames) if (inside.has(place)) inside.add(group);
        for (const { index, place } of scene.boxes) {
          const box = areas.get(index)!;
          expect(overlap(box, titleArea(frame, area))).toBe(false);
          expect(inside.has(place) ? isIn(box, area) : !overlap(box, area), `${index}`).toBe(true);
        }
        for (const other of scene.frames) {
          if (inside.has(other.group) || other.place !== frame.place) continue;
          expect(overlap(area, frames.get(other.group)!)).toBe(false);
        }
        if (frame.place !== ROOT) expect(isIn(area, frames.get(frame.place)!)).toBe(true);
      }
    });
  });
});

test("what would take seconds is refused", () => {
  const arrows = Array.from({ length: 120 }, (_, n) => [
    `n${n} -> n${n + 1} [id=${2 * n}]`,
    `n0 -> n${n + 1} [id=${2 * n + 1}]`,
  ]);
  const dot = ["digraph {", ...arrows.flat(), "}"].join("\n");
  expect(() => layout(dot)).toThrow(/^layout: expected arrows past 3000 ranks at most, got: past/);
});
