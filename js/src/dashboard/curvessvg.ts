/** The curves as one SVG file that needs nothing else. */
import type { Theme } from "../diagram/colours.ts";
import { svg } from "../diagram/dom.ts";
import { curvesText as words } from "../strings/curves.ts";
import type { Session } from "../training/session.ts";
import { type Axis, type Curve, curvesOf, drawChart } from "./chart.ts";
import { HALO, type Inks, inksOf, type Shape, type Stroke, TEXT_SIZE } from "./shapes.ts";
import { turnsOf } from "./turns.ts";

const FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
const MARGIN = 12;
const LINE = 17;
const ENTRY = 112;

/** `size` is that of the chart; its legend and the notes come below. */
export function curvesSvg(
  session: Session,
  size: { readonly width: number; readonly height: number },
  theme: Theme,
  axis: Axis = "linear",
): string {
  const inks = inksOf(theme);
  const { shapes } = drawChart(session, { ...size, axis, cursor: null, steps: 0 });
  const perLine = Math.max(1, Math.floor(size.width / ENTRY));
  const curves = curvesOf(session);
  const legend = curves.flatMap((curve, k) =>
    legendEntry(curve, (k % perLine) * ENTRY, Math.floor(k / perLine) * LINE),
  );
  const notes = turnsOf(session.run).turns.map(
    ({ letter, note }, k): Shape => ({
      kind: "text",
      x: 0,
      y: (Math.ceil(curves.length / perLine) + k) * LINE,
      words: `${letter}  ${note}`,
      ink: "soft",
      anchor: "start",
    }),
  );
  const width = size.width + 2 * MARGIN;
  const below = size.height + 2 * MARGIN + TEXT_SIZE;
  const height = below + (Math.ceil(curves.length / perLine) + notes.length) * LINE;
  const drawn = (at: string, some: readonly Shape[]) =>
    svg("g", { transform: at }, ...some.map((shape) => written(shape, inks)));
  const root = svg(
    "svg",
    {
      ...{ width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT },
      ...{ "font-size": TEXT_SIZE, role: "img" },
    },
    svg("title", {}, words.fileTitle),
    svg("rect", { width, height, fill: inks.paper }),
    drawn(`translate(${MARGIN} ${MARGIN})`, shapes),
    drawn(`translate(${MARGIN} ${below})`, [...legend, ...notes]),
  );
  return `${new XMLSerializer().serializeToString(root)}\n`;
}

function legendEntry({ column, stroke }: Curve, x: number, y: number): Shape[] {
  return [
    { kind: "line", points: Float64Array.of(x, y - 4, x + 26, y - 4), stroke },
    { kind: "text", x: x + 32, y, words: words.names[column], ink: "soft", anchor: "start" },
  ];
}

function written(shape: Shape, inks: Inks): SVGElement {
  switch (shape.kind) {
    case "line":
      return svg("path", {
        d: pathOf(shape.points),
        fill: "none",
        ...strokeOf(shape.stroke, inks),
      });
    case "text":
      return writtenText(shape, inks);
    case "dot": {
      const { x, y, radius, ink, isHollow } = shape;
      const line = isHollow ? { stroke: inks[ink], "stroke-width": 1.5 } : {};
      const fill = isHollow ? inks.paper : inks[ink];
      return svg("circle", { cx: rounded(x), cy: rounded(y), r: radius, fill, ...line });
    }
    case "within": {
      const { x, y, width, height } = shape.box;
      return svg(
        "svg",
        { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}`, overflow: "hidden" },
        ...shape.shapes.map((one) => written(one, inks)),
      );
    }
  }
}

function writtenText(shape: Extract<Shape, { kind: "text" }>, inks: Inks): SVGElement {
  const { x, y, ink, anchor, isBold = false, hasHalo = false } = shape;
  return svg(
    "text",
    {
      ...{ x: rounded(x), y: rounded(y), fill: inks[ink], "text-anchor": anchor },
      ...(isBold ? { "font-weight": 600 } : {}),
      ...(hasHalo ? { stroke: inks.paper, "stroke-width": HALO, "paint-order": "stroke" } : {}),
    },
    shape.words,
  );
}

export const strokeOf = ({ ink, width, dash }: Stroke, inks: Inks) => ({
  stroke: inks[ink],
  "stroke-width": width,
  ...(dash.length > 0 ? { "stroke-dasharray": dash.join(" ") } : {}),
});

function pathOf(points: Float64Array): string {
  let path = "";
  let isDown = false;
  for (let i = 0; i < points.length; i += 2) {
    const y = points[i + 1]!;
    if (Number.isFinite(y)) path += `${isDown ? "L" : "M"}${rounded(points[i]!)} ${rounded(y)}`;
    isDown = Number.isFinite(y);
  }
  return path;
}

const rounded = (x: number): number => Math.round(100 * x) / 100;
