/**
 * The last layout is kept in the model: a view that comes later, a page or a notebook opened again
 * have their picture at once. What is kept may come from anywhere, and is looked at closely.
 */
import { type Host, share } from "../host.ts";
import { type DotGraph, readDot } from "./dotlines.ts";
import type { LayoutService } from "./service.ts";

const TRAIT = "_layout";
/** A larger picture is laid out again: a notebook must not grow for it. */
const MOST_LETTERS = 60_000;
/** Positions are kept in tenths of a point, and none is that far away. */
const FARTHEST = 10_000_000;

export function keptLayouts(layouts: LayoutService, model: Host): LayoutService {
  const kept = () => {
    const text = model.get(TRAIT);
    return typeof text === "string" && text.length <= MOST_LETTERS ? text : "";
  };
  return {
    async layout(dot, signal) {
      const graph = readDot(dot);
      const known = unpacked(kept(), dot, graph);
      if (known !== null) return known;
      const json = await layouts.layout(dot, signal);
      const body = packed(json, graph);
      if (body === null) return json;
      const text = `${keyOf(dot, body)}${body}`;
      // Only what Graphviz will say again.
      if (!isSmall(json)) {
        const worth = text.length <= MOST_LETTERS ? text : "";
        if (worth !== kept()) share(model, { [TRAIT]: worth });
      }
      return unpacked(text, dot, graph) ?? json;
    },
    enter: () => layouts.enter(kept() === ""),
    leave: () => layouts.leave(),
  };
}

/** Whether an answer says where all that was asked for stands: a worker can give anything. */
export function isWhole(dot: string, json: string): boolean {
  try {
    return packed(json, readDot(dot)) !== null;
  } catch {
    return false;
  }
}

interface LaidOut {
  bb: string;
  objects?: { name: string; pos?: string; bb?: string }[];
  edges?: { id?: string; pos: string; lp?: string }[];
  small?: true;
}

const isSmall = (json: string): boolean => (JSON.parse(json) as LaidOut).small === true;

/** What the numbers belong to follows from the DOT text; null where something is missing. */
function packed(json: string, graph: DotGraph): string | null {
  const { bb, objects = [], edges = [] } = JSON.parse(json) as LaidOut;
  const objectOf = new Map(objects.map((object) => [object.name, object]));
  const edgeOf = new Map(edges.map((edge) => [edge.id, edge]));
  const rows = [
    tenths(bb),
    ...drawn(graph.nodes).map(({ name }) => tenths(objectOf.get(name)?.pos)),
    ...graph.frames.map(({ name }) => tenths(objectOf.get(name)?.bb)),
    ...arrowsOf(graph).map(({ id }) => {
      const { pos = "", lp = "" } = edgeOf.get(id ?? "") ?? {};
      const [tip = "", ...curve] = pos.split(" ");
      return tenths([tip.replace("e,", ""), lp, ...curve].filter((part) => part !== "").join(","));
    }),
  ];
  const isWhole = rows.every((row) => row.length > 0 && !row.some(isWild));
  return isWhole ? JSON.stringify(rows.map(inSteps)) : null;
}

/** As Graphviz would have it; null where it was kept for another picture, or is damaged. */
function unpacked(text: string, dot: string, graph: DotGraph): string | null {
  const body = text.slice(KEY_LETTERS);
  if (body === "" || text !== `${keyOf(dot, body)}${body}`) return null;
  const rows = rowsOf(body);
  const nodes = drawn(graph.nodes);
  const arrows = arrowsOf(graph);
  if (rows?.length !== 1 + nodes.length + graph.frames.length + arrows.length) return null;
  const row = rows[Symbol.iterator]();
  const next = () => row.next().value as number[];
  const read = (size: number) => {
    const numbers = next();
    return numbers.length === size ? points(numbers).join(",") : null;
  };
  const bb = read(4);
  const objects = [
    ...nodes.map(({ name }) => ({ name, pos: read(2) })),
    ...graph.frames.map(({ name }) => ({ name, bb: read(4) })),
  ];
  const edges = arrows.map(({ id, label }) => {
    const [tip = "", ...more] = points(next());
    const lp = label.width > 0 ? { lp: more.shift() ?? "" } : {};
    return { id, pos: [`e,${tip}`, ...more].join(" "), pieces: (more.length - 1) / 3, ...lp };
  });
  const isWhole =
    bb !== null &&
    objects.every((object) => !Object.values(object).includes(null)) &&
    edges.every(({ pieces }) => pieces >= 1 && Number.isInteger(pieces));
  return isWhole ? JSON.stringify({ bb, objects, edges }) : null;
}

function rowsOf(body: string): number[][] | null {
  try {
    const rows: unknown = JSON.parse(body);
    const isRow = (row: unknown) => Array.isArray(row) && row.length % 2 === 0 && !row.some(isWild);
    return Array.isArray(rows) && rows.every(isRow) ? rows.map(fromSteps) : null;
  } catch {
    return null;
  }
}

const isWild = (x: unknown): boolean => !Number.isInteger(x) || Math.abs(x as number) > FARTHEST;

/** Each point as the way to it from the one before, which takes fewer letters. */
const inSteps = (row: readonly number[]): number[] => row.map((x, n) => x - (row[n - 2] ?? 0));

function fromSteps(steps: readonly number[]): number[] {
  const row: number[] = [];
  for (const step of steps) row.push(step + (row.at(-2) ?? 0));
  return row;
}

/** Nodes that help are not drawn. */
const drawn = (nodes: DotGraph["nodes"]) => nodes.filter(({ name }) => name.startsWith("n"));
const arrowsOf = (graph: DotGraph) => graph.arrows.filter(({ id }) => id !== null);

const tenths = (text = ""): number[] =>
  text === "" ? [] : text.split(",").map((x) => Math.round(10 * Number(x)));

const points = (numbers: readonly number[]): string[] =>
  numbers.flatMap((x, n) => (n % 2 === 0 ? [`${x / 10},${numbers[n + 1]! / 10}`] : []));

const KEY_LETTERS = 16;

/** Of the picture and its positions together, so that any damage shows. */
function keyOf(dot: string, body: string): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (const text of [dot, body]) {
    for (let n = 0; n < text.length; n++) {
      a = Math.imul(a ^ text.charCodeAt(n), 0x01000193);
      b = Math.imul(b ^ text.charCodeAt(n), 0x5bd1e995);
      b ^= b >>> 15;
    }
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
