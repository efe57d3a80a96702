/**
 * The examples: points of the plane with a label. Python makes them; a page can change them, and
 * gives them back in the same form. Twin: `microgradwidgets/views/points.py`.
 */
import { doubles, fail, pack, unpack } from "./packed.ts";

export const POINTS_MARK = "MGWP";

/** Where points come from: "own" where somebody has changed or brought them. */
export interface Source {
  readonly dataset: string;
  readonly noise: number;
  readonly dataSeed: number | null;
}

/** What the noise of a data set is added to: a point is `spot + noise * draw`. */
export interface Recipe {
  readonly spots: Float64Array;
  readonly draws: Float64Array;
  /** Without noise nothing is drawn for it, so the points stand in another order. */
  readonly stillXs: Float64Array;
  readonly stillYs: Float64Array;
  readonly ys: Float64Array;
}

export class Points {
  /** Coordinates in pairs. */
  readonly xs: Float64Array;
  /** −1 or 1. */
  readonly ys: Float64Array;
  readonly source: Source;
  readonly recipe: Recipe | null;

  constructor(xs: Float64Array, ys: Float64Array, source: Source, recipe: Recipe | null = null) {
    this.xs = xs;
    this.ys = ys;
    this.source = source;
    this.recipe = recipe;
  }

  get count(): number {
    return this.ys.length;
  }

  x(i: number): number {
    return this.xs[2 * i]!;
  }

  y(i: number): number {
    return this.xs[2 * i + 1]!;
  }

  label(i: number): number {
    return this.ys[i]!;
  }

  /** The same data set with another noise, to the bit as Python makes it; null without a recipe. */
  withNoise(noise: number): Points | null {
    const { recipe } = this;
    if (recipe === null) return null;
    const source = { ...this.source, noise };
    if (noise === 0) return new Points(recipe.stillXs, recipe.stillYs, source, recipe);
    const xs = recipe.spots.map((spot, i) => spot + noise * recipe.draws[i]!);
    return new Points(xs, recipe.ys, source, recipe);
  }

  moved(i: number, x: number, y: number): Points {
    const xs = this.xs.slice();
    xs[2 * i] = x;
    xs[2 * i + 1] = y;
    return this.#own(xs, this.ys);
  }

  added(x: number, y: number, label: number): Points {
    return this.#own(Float64Array.of(...this.xs, x, y), Float64Array.of(...this.ys, label));
  }

  without(i: number): Points {
    return this.#own(
      this.xs.filter((_, place) => place >> 1 !== i),
      this.ys.filter((_, place) => place !== i),
    );
  }

  #own(xs: Float64Array, ys: Float64Array): Points {
    return new Points(xs, ys, { dataset: "own", noise: 0, dataSeed: null });
  }

  toBytes(): Uint8Array {
    const { dataset, noise, dataSeed } = this.source;
    const header = { dataset, noise, data_seed: dataSeed, count: this.count };
    const { recipe } = this;
    const rest =
      recipe === null
        ? []
        : [recipe.spots, recipe.draws, recipe.ys, recipe.stillXs, recipe.stillYs];
    return pack(POINTS_MARK, header, [this.xs, this.ys, ...rest]);
  }
}

export function readPoints(bytes: Uint8Array): Points {
  const { header, sections } = unpack(POINTS_MARK, bytes);
  const count = header.count;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 1) {
    fail(POINTS_MARK, "at least one point", count);
  }
  const [xs, ys] = examples(sections, 0, count);
  const source = {
    dataset: String(header.dataset),
    noise: Number(header.noise),
    dataSeed: typeof header.data_seed === "number" ? header.data_seed : null,
  };
  if (sections.length === 2) return new Points(xs, ys, source);
  // Sections: points, labels, spots, draws, labels of those, points without noise, their labels.
  const spots = doubles(POINTS_MARK, sections[2], 2 * count);
  const draws = doubles(POINTS_MARK, sections[3], 2 * count);
  const noisyYs = doubles(POINTS_MARK, sections[4], count);
  const [stillXs, stillYs] = examples(sections, 5, count);
  return new Points(xs, ys, source, { spots, draws, ys: noisyYs, stillXs, stillYs });
}

function examples(
  sections: readonly Uint8Array[],
  first: number,
  count: number,
): [Float64Array, Float64Array] {
  const xs = doubles(POINTS_MARK, sections[first], 2 * count);
  const ys = doubles(POINTS_MARK, sections[first + 1], count);
  if (!xs.every(Number.isFinite)) fail(POINTS_MARK, "finite coordinates", "others");
  if (!ys.every((y) => Math.abs(y) === 1)) fail(POINTS_MARK, "labels of -1 or 1", "others");
  return [xs, ys];
}
