/** Lines of equal score through a grid: marching squares, with the pieces joined to whole lines. */
import type { Field } from "../training/session.ts";

export type Grid = Pick<Field, "columns" | "rows" | "scores">;

/** Places on the grid in pairs: column, row. A closed line ends where it began. */
export type Line = Float64Array;

const NOTHING = -1;

/** A number that is not above the level is below it: where the score is zero, no class is 1. */
export function contour(grid: Grid, level: number): Line[] {
  const { columns, rows, scores } = grid;
  const links = new Int32Array(4 * columns * rows).fill(NOTHING);
  const crossed: number[] = [];

  const link = (a: number, b: number) => {
    hang(links, a, b);
    hang(links, b, a);
    crossed.push(a, b);
  };
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const [a, b] = [scores[at]!, scores[at + 1]!];
      const [c, d] = [scores[at + columns + 1]!, scores[at + columns]!];
      const sum = a + b + c + d;
      if (hasNan(a, b, c, d)) continue;
      const above = +(a > level) | (+(b > level) << 1) | (+(c > level) << 2) | (+(d > level) << 3);
      if (above === 0 || above === 15) continue;
      const bottom = 2 * at;
      const left = bottom + 1;
      const right = 2 * (at + 1) + 1;
      const top = 2 * (at + columns);
      if (above === 5 || above === 10) {
        // Of two ways through a saddle, its middle says which.
        const cutsTopLeft = sum / 4 > level === (above === 5);
        link(left, cutsTopLeft ? top : bottom);
        link(right, cutsTopLeft ? bottom : top);
      } else {
        // A bit that differs from its neighbour's: the line passes between the two corners.
        const changes = above ^ ((above >> 1) | ((above & 1) << 3));
        const [one, other] = [bottom, right, top, left].filter((_, n) => (changes >> n) & 1);
        link(one!, other!);
      }
    }
  }
  return joined(grid, level, links, crossed);
}

const hasNan = (a: number, b: number, c: number, d: number): boolean =>
  Number.isNaN(a) || Number.isNaN(b) || Number.isNaN(c) || Number.isNaN(d);

/** Edges: twice the place of their first corner, one more for those that go up. */
function hang(links: Int32Array, edge: number, other: number): void {
  links[2 * edge + (links[2 * edge] === NOTHING ? 0 : 1)] = other;
}

function joined(grid: Grid, level: number, links: Int32Array, crossed: number[]): Line[] {
  const seen = new Uint8Array(links.length / 2);
  const lines: Line[] = [];
  const follow = (first: number) => {
    const places: number[] = [];
    let [before, edge] = [NOTHING, first];
    while (edge !== NOTHING && seen[edge] === 0) {
      seen[edge] = 1;
      pushCrossing(places, grid, level, edge);
      const next = links[2 * edge]! === before ? links[2 * edge + 1]! : links[2 * edge]!;
      before = edge;
      edge = next;
    }
    // Back at the start, which an open line never is.
    if (edge === first) places.push(places[0]!, places[1]!);
    lines.push(Float64Array.from(places));
  };
  for (const edge of crossed) if (links[2 * edge + 1] === NOTHING && !seen[edge]) follow(edge);
  for (const edge of crossed) if (!seen[edge]) follow(edge);
  return lines;
}

function pushCrossing(places: number[], grid: Grid, level: number, edge: number): void {
  const { columns, scores } = grid;
  const at = edge >> 1;
  const goesUp = (edge & 1) === 1;
  const from = scores[at]!;
  const to = scores[goesUp ? at + columns : at + 1]!;
  const share = (level - from) / (to - from);
  // Between two infinite numbers, or next to one, nothing better is known.
  const part = Number.isFinite(share) && Number.isFinite(to - from) ? share : 0.5;
  const [column, row] = [at % columns, Math.floor(at / columns)];
  places.push(goesUp ? column : column + part, goesUp ? row + part : row);
}
