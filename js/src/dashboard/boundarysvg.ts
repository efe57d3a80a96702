/** The decision boundary as an SVG file that needs nothing else: every colour is written into it. */
import { rampAt, strength, type Theme } from "../diagram/colours.ts";
import { svg } from "../diagram/dom.ts";
import { boundaryText as said } from "../strings/boundary.ts";
import { estimatedWidth, MINUS } from "../text.ts";
import type { Session } from "../training/session.ts";
import { besideOf } from "./beside.ts";
import { contour, type Grid } from "./contour.ts";
import { FIELD_SCALE } from "./fieldcolours.ts";
import { LINES, OTHER_LINE, signs } from "./fieldlayer.ts";
import { Plane } from "./plane.ts";
import { INKS, type Inks, Kind, kindsOf, radiusFor, USUAL_RADIUS } from "./pointmarks.ts";
import { summaryText } from "./pointwords.ts";
import { AXIS, drawnAxes, drawnLine, drawnMark, round, strokeOf } from "./svgmarks.ts";

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Between two grid points there are so many tiles, so that the colours pass evenly. */
const FINENESS = 3;
/** Fewer colours than on screen, so that neighbours are one piece and the file stays small. */
const SHADES = 24;
const TITLE = 26;
const LEGEND_ROW = 20;
const FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
const SMALL = 11;

/** Of exactly that size; the plane takes what title, axes and legend leave. */
export function boundarySvg(session: Session, size: Extent, theme: Theme): string {
  const { field, settings, step } = session;
  const inks = INKS[theme];
  const kinds = kindsOf(session, settings.batchSize !== null);
  const plane = new Plane(field);
  const other = besideOf(session);
  const legend = drawnLegend(
    session,
    kinds,
    other?.name ?? null,
    size.width - 2 * AXIS.right,
    theme,
  );
  const width = size.width - AXIS.left - AXIS.right;
  const height = size.height - TITLE - AXIS.top - AXIS.bottom - legend.height - AXIS.right;
  const inner = { width: Math.max(1, width), height: Math.max(1, height) };
  const title = said.fileTitle(step, summaryText(session, kinds));
  const root = svg(
    "svg",
    {
      ...{ width: size.width, height: size.height },
      ...{ viewBox: `0 0 ${size.width} ${size.height}`, "font-family": FONT },
      ...{ role: "img", "aria-label": title },
    },
    svg("title", {}, title),
    svg("rect", { width: size.width, height: size.height, fill: inks.paper }),
    svg("text", { x: AXIS.right, y: 18, fill: inks.ink, "font-size": 13 }, title),
    svg(
      "g",
      { transform: `translate(${AXIS.left} ${TITLE + AXIS.top})` },
      ...drawnField(field, other?.field ?? null, inner, theme, inks),
      ...drawnAxes(plane, inner.width, inner.height, inks.ink),
      svg("rect", { ...inner, fill: "none", stroke: inks.ink }),
      ...drawnPoints(session, kinds, plane, inner, inks),
    ),
    svg(
      "g",
      { transform: `translate(${AXIS.right} ${size.height - legend.height - AXIS.right / 2})` },
      ...legend.parts,
    ),
  );
  return `${new XMLSerializer().serializeToString(root)}\n`;
}

function drawnField(
  field: Grid,
  other: Grid | null,
  extent: Extent,
  theme: Theme,
  inks: Inks,
): SVGElement[] {
  const { width, height } = extent;
  const [dx, dy] = [width / (field.columns - 1), height / (field.rows - 1)];
  const drawn = (
    grid: Grid,
    { level, width, dashes }: (typeof LINES)[number] | typeof OTHER_LINE,
  ) =>
    svg("path", {
      d: contour(grid, level)
        .map((line) => polyline(line, (x, y) => [round(x * dx), round(height - y * dy)]))
        .join(""),
      ...strokeOf(dashes, width, inks.ink),
    });
  const sign = signs(field, extent)
    .map(({ across, down, isPositive }) => {
      const [x, y] = [round(across * width), round(down * height)];
      return `M${x - 3.5} ${y}h7${isPositive ? `M${x} ${y - 3.5}v7` : ""}`;
    })
    .join("");
  return [
    ...tiles(field, extent, theme),
    svg("path", { d: sign, fill: "none", stroke: inks.ink, "stroke-opacity": 0.45 }),
    ...LINES.map((line) => drawn(field, line)),
    ...(other === null ? [] : [drawn(other, OTHER_LINE)]),
  ];
}

function polyline(line: Float64Array, place: (x: number, y: number) => [number, number]): string {
  let d = "";
  for (let n = 0; n < line.length; n += 2) {
    d += `${n === 0 ? "M" : "L"}${place(line[n]!, line[n + 1]!).join(" ")}`;
  }
  return d;
}

/** One path for each colour, made of the runs of tiles that have it; none where the score is nan. */
function tiles(field: Grid, { width, height }: Extent, theme: Theme): SVGElement[] {
  const columns = FINENESS * (field.columns - 1);
  const rows = FINENESS * (field.rows - 1);
  const paths = new Map<number, string>();
  for (let row = 0; row < rows; row++) {
    let from = 0;
    for (let column = 1; column <= columns; column++) {
      const shade = shadeAt(field, from, row);
      if (column < columns && Object.is(shadeAt(field, column, row), shade)) continue;
      if (!Number.isNaN(shade)) {
        const run = `M${from} ${rows - 1 - row}h${column - from}v1H${from}z`;
        paths.set(shade, (paths.get(shade) ?? "") + run);
      }
      from = column;
    }
  }
  const scale = `scale(${width / columns} ${height / rows})`;
  const drawn = [...paths].map(([shade, d]) => {
    const fill = hexOf(rampAt(shade / SHADES, theme));
    return svg("path", { d, fill });
  });
  return [svg("g", { transform: scale, "shape-rendering": "crispEdges" }, ...drawn)];
}

/** In the middle of a tile, between the four grid points around it. */
function shadeAt({ columns, scores }: Grid, tile: number, row: number): number {
  const [x, y] = [(tile + 0.5) / FINENESS, (row + 0.5) / FINENESS];
  const at = Math.floor(y) * columns + Math.floor(x);
  const [u, v] = [x % 1, y % 1];
  const along = (from: number) => (1 - u) * scores[from]! + u * scores[from + 1]!;
  const t = strength((1 - v) * along(at) + v * along(at + columns), FIELD_SCALE);
  return Math.round(SHADES * Math.max(-1, Math.min(1, t))) + 0;
}

function drawnPoints(
  { points }: Session,
  kinds: Uint8Array,
  plane: Plane,
  { width, height }: Extent,
  inks: Inks,
): SVGElement[] {
  const id = (kind: number) => `mgw-point-${kind}`;
  const shapes = [...new Set(kinds)].map((kind) =>
    svg("g", { id: id(kind) }, ...drawnMark(kind, radiusFor(points.count), inks)),
  );
  const order = [...kinds.keys()].sort(
    (a, b) => (kinds[a]! & Kind.wrong) - (kinds[b]! & Kind.wrong) || a - b,
  );
  const uses = order.map((i) =>
    svg("use", {
      href: `#${id(kinds[i]!)}`,
      x: round(plane.across(points.x(i)) * width),
      y: round(plane.down(points.y(i)) * height),
    }),
  );
  return [svg("defs", {}, ...shapes), ...uses];
}

/** Entries one after the other, in as many rows as they need. */
function drawnLegend(
  session: Session,
  kinds: Uint8Array,
  other: string | null,
  width: number,
  theme: Theme,
) {
  const inks = INKS[theme];
  const parts: SVGElement[] = [];
  let [x, row] = [0, 0];
  const add = (icon: SVGElement[], words: string) => {
    const room = 30 + estimatedWidth(words, SMALL) + 12;
    if (x > 0 && x + room > width) [x, row] = [0, row + 1];
    const at = `translate(${round(x)} ${row * LEGEND_ROW})`;
    const text = { x: 30, y: 14, fill: inks.ink, "font-size": SMALL };
    const placed = svg("g", { transform: "translate(13 10)" }, ...icon);
    parts.push(svg("g", { transform: at }, placed, svg("text", text, words)));
    x += room;
  };
  const { most } = FIELD_SCALE;
  for (const [t, words] of [
    [-1, `${said.score} ${MINUS}${most}`],
    [1, `+${most} (${said.scale(most)})`],
  ] as const) {
    const fill = hexOf(rampAt(t, theme));
    add([svg("rect", { x: -12, y: -5, width: 24, height: 10, fill, stroke: inks.ink })], words);
  }
  for (const line of LINES) add([drawnLine(line, inks)], said.line(line.level));
  if (other !== null) add([drawnLine(OTHER_LINE, inks)], said.otherLine(other));
  const has = (bit: number) => kinds.some((kind) => (kind & bit) !== 0);
  const mark = (kind: number, words: string) => add(drawnMark(kind, USUAL_RADIUS, inks), words);
  mark(Kind.positive, said.class(1));
  mark(0, said.class(-1));
  if (has(Kind.test)) mark(Kind.positive | Kind.test, said.test);
  if (has(Kind.wrong)) mark(Kind.positive | Kind.wrong, said.wrong);
  if (has(Kind.batch)) mark(Kind.positive | Kind.batch, said.batch(session.batch.length));
  if (session.field.scores.some(Number.isNaN)) add([], said.nanInFile);
  return { parts, height: (row + 1) * LEGEND_ROW };
}

const hexOf = (channels: readonly number[]): string =>
  `#${channels.map((x) => x.toString(16).padStart(2, "0")).join("")}`;
