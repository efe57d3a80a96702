/** Reads the DOT text that `dot.ts` writes, line by line: it is no reader of DOT at large. */
import type { Direction } from "./dot.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface DotNode extends Size {
  readonly name: string;
  /** The name of the innermost frame around it; null if none. */
  readonly place: string | null;
}

export interface DotFrame {
  readonly name: string;
  readonly place: string | null;
  readonly margin: number;
  /** The room that its title needs at the top left. */
  readonly title: Size;
}

export interface DotArrow {
  readonly from: string;
  readonly to: string;
  /** Null for a helper, which holds things in their order and is not drawn. */
  readonly id: string | null;
  readonly weight: number;
  /** The room of its number; of no size where it has none. */
  readonly label: Size;
}

export interface DotGraph {
  readonly direction: Direction;
  /** Points between two ranks, of which the label has a rank of its own; and between two boxes. */
  readonly rankGap: number;
  readonly boxGap: number;
  readonly nodes: readonly DotNode[];
  /** Outer ones first. */
  readonly frames: readonly DotFrame[];
  readonly arrows: readonly DotArrow[];
}

const POINTS_PER_INCH = 72;

export function readDot(dot: string): DotGraph {
  const nodes: DotNode[] = [];
  const frames: DotFrame[] = [];
  const arrows: DotArrow[] = [];
  const around: string[] = [];
  let head = "";
  for (const line of dot.split("\n")) {
    const place = around.at(-1) ?? null;
    const frame = /^subgraph (\w+) \{$/.exec(line)?.[1];
    const node = /^([nj]\d+) \[/.exec(line)?.[1];
    if (frame !== undefined) around.push(frame);
    else if (line === "}") around.pop();
    else if (line.startsWith("graph [")) {
      if (place === null) head = line;
      else frames.push(readFrame(place, around.at(-2) ?? null, line));
    } else if (node !== undefined)
      nodes.push({ name: node, place, ...sizeIn(line, POINTS_PER_INCH) });
    else if (line.includes("->")) arrows.push(...readArrows(line));
  }
  const gap = (name: string) => Number(textOf(head, name)) * POINTS_PER_INCH;
  return {
    direction: textOf(head, "rankdir") === "TB" ? "TB" : "LR",
    rankGap: 2 * gap("ranksep"),
    boxGap: gap("nodesep"),
    nodes,
    frames,
    arrows,
  };
}

const readFrame = (name: string, place: string | null, line: string): DotFrame => ({
  name,
  place,
  margin: Number(textOf(line, "margin")),
  title: sizeIn(line, 1),
});

/** `{n1 n2} -> j0 -> {n3 n4}` is an arrow from each to each, two at a time. */
function readArrows(line: string): DotArrow[] {
  const [, ends = "", attributes = ""] = /^(.*?) \[(.*)\]$/.exec(line) ?? [];
  const chain = ends.split(" -> ").map((end) => end.match(/[nj]\d+/g) ?? []);
  const shared = {
    id: textOf(attributes, "id") ?? null,
    weight: Number(textOf(attributes, "weight") ?? 1),
    label: sizeIn(attributes, 1),
  };
  return chain
    .slice(1)
    .flatMap((heads, n) =>
      chain[n]!.flatMap((from) => heads.map((to) => ({ from, to, ...shared }))),
    );
}

const textOf = (line: string, name: string): string | undefined =>
  new RegExp(`(?:^|[ [])${name}="?([^" \\]]+)`).exec(line)?.[1];

const sizeIn = (line: string, unit: number): Size => ({
  width: Number(textOf(line, "width") ?? 0) * unit,
  height: Number(textOf(line, "height") ?? 0) * unit,
});
