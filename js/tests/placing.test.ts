import { describe, expect, test } from "vitest";
import { Fold } from "../src/fold.ts";
import { dotText } from "../src/layout/dot.ts";
import { layout } from "../src/layout/graphviz.ts";
import { type Positions, readPositions } from "../src/layout/positions.ts";
import { buildScene } from "../src/scene.ts";
import { scoreOf } from "./networks.ts";
import { wrongIn } from "./placing.ts";

const { expression } = scoreOf([3, 1]);
const fold = new Fold(expression.tape, expression.groups);
fold.openLevels(1);
const scene = buildScene(expression, fold);

/** The picture as it is, and what a look at it says once something is moved. */
async function said(move: (positions: Positions) => Partial<Positions>): Promise<string | null> {
  const positions = readPositions(await layout(dotText(scene, "LR")), scene, "LR");
  return wrongIn(scene, { ...positions, ...move(positions) }, "LR");
}

describe("a look at a picture", () => {
  const [first, second] = scene.boxes;
  const frame = scene.frames[0]!.group;

  test("finds nothing where all is well", async () => {
    expect(scene.frames.length).toBeGreaterThan(0);
    expect(await said(() => ({}))).toBeNull();
  });

  test("finds a box over another, outside, nowhere or missing", async () => {
    const moved = (x: number, y: number) => (positions: Positions) => ({
      boxes: new Map(positions.boxes).set(first!.index, { x, y }),
    });
    const over = ({ boxes }: Positions) => ({
      boxes: new Map(boxes).set(first!.index, boxes.get(second!.index)!),
    });
    expect(await said(over)).toMatch(/^box \d+ is over box \d+$/);
    expect(await said(moved(-500, 50))).toMatch(/out of the picture/);
    expect(await said(moved(Number.NaN, 50))).toMatch(/nowhere/);
    const left = ({ boxes }: Positions) => ({
      boxes: new Map([...boxes].filter(([index]) => index !== first!.index)),
    });
    expect(await said(left)).toMatch(/has no place/);
  });

  test("finds what sticks out of a frame and what stands in a foreign one", async () => {
    const small = { x: 0, y: 0, width: 20, height: 20 };
    expect(await said(({ frames }) => ({ frames: new Map(frames).set(frame, small) }))).toMatch(
      /sticks out of frame/,
    );
    const all = ({ frames, width, height }: Positions) => ({
      frames: new Map(frames).set(frame, { x: 0, y: 0, width, height }),
    });
    expect(await said(all)).toMatch(/is over frame/);
  });

  test("finds an arrow that leads nowhere", async () => {
    const away = ({ routes: [one, ...more] }: Positions) => ({
      routes: [{ ...one!, tip: { x: one!.tip.x + 5, y: one!.tip.y } }, ...more],
    });
    expect(await said(away)).toMatch(/ends elsewhere/);
    expect(await said(({ routes }) => ({ routes: routes.slice(1) }))).toMatch(/arrow/);
  });
});
