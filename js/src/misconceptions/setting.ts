/** The expression of a simulation, laid out once for both of its panes. */
import { Expression } from "../expression.ts";
import { Fold } from "../fold.ts";
import { dotText } from "../layout/dot.ts";
import { type Area, type Positions, readPositions } from "../layout/positions.ts";
import type { LayoutService } from "../layout/service.ts";
import { buildScene, type Scene, SMALL_SIZE } from "../scene.ts";
import { CROSS, product } from "../strings/misconceptions.ts";
import { estimatedWidth } from "../text.ts";
import { boundsOf, DIRECTION, placeLabels } from "./labels.ts";
import { lastStep, type Simulation } from "./simulations.ts";
import { arrowKey } from "./standing.ts";

/** Long labels need arrows that are steep. */
const RANK_GAP = 0.4;

/** An arrow's words may stick out a little where they are longer. */
const WIDEST_LABEL = 150;

export interface Board {
  readonly scene: Scene;
  readonly positions: Positions;
  readonly bounds: Area;
}

export class Setting {
  readonly simulation: Simulation;
  readonly expression: Expression;
  readonly last: number;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    this.expression = new Expression(simulation.tape);
    this.last = lastStep(simulation);
  }

  async layOut(layouts: LayoutService, signal: AbortSignal): Promise<Board> {
    const scene = this.#scene();
    const json = await layouts.layout(dotText(scene, DIRECTION, RANK_GAP), signal);
    const positions = placeLabels(scene, readPositions(json, scene, DIRECTION));
    return { scene, positions, bounds: boundsOf(scene, positions) };
  }

  /** With room on each arrow for the longest that will ever stand there. */
  #scene(): Scene {
    const fold = new Fold(this.expression.tape, this.expression.groups);
    const scene = buildScene(this.expression, fold);
    const widths = new Map<number, number>();
    for (const { steps } of [this.simulation.right, this.simulation.mistake]) {
      for (const { node, slot, upstream, local, contribution } of steps) {
        if (node === undefined || slot === undefined) continue;
        const words = `${CROSS} ${product(upstream!, local!, contribution!)}`;
        const width = estimatedWidth(words, SMALL_SIZE);
        const key = arrowKey(node, slot);
        widths.set(key, Math.max(width, widths.get(key) ?? 0));
      }
    }
    const widthOf = ({ to, slot }: { to: number; slot: number }) =>
      Math.min(WIDEST_LABEL, widths.get(arrowKey(to, slot)) ?? 0);
    return {
      ...scene,
      arrows: scene.arrows.map((arrow) => ({
        ...arrow,
        labelWidth: Math.max(arrow.labelWidth, Math.round(widthOf(arrow.edges[0]!))),
      })),
    };
  }
}
