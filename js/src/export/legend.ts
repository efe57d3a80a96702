/** The legend of the page, set once more as a few lines under the picture. */
import { svg } from "../diagram/dom.ts";
import { round } from "../diagram/placed.ts";
import { estimatedWidth } from "../text.ts";
import { hex } from "./copying.ts";

const SIZE = 11;
const LINE = 18;
const GAP = 6;
const BETWEEN = 20;
/** How much wider words are in bold. */
const BOLD = 1.15;
const BAR = { width: 110, height: 11 } as const;
const DASH = 22;

interface Piece {
  readonly width: number;
  /** On a line whose middle is at `y`. */
  draw(x: number, y: number): SVGElement[];
}

export interface LegendColours {
  readonly text: string;
  readonly frame: string;
  readonly edge: string;
}

/** Its lines, no wider than `width` where words allow, and how high they are together. */
export function legendOf(
  legend: Element,
  width: number,
  colours: LegendColours,
): { parts: SVGElement[]; height: number } {
  const groups = [...legend.children]
    .filter((child) => !(child as HTMLElement).hidden)
    .map((child) => piecesOf(child, colours));
  const parts: SVGElement[] = [];
  let [x, line] = [0, 0];
  for (const pieces of groups) {
    const whole = pieces.reduce((sum, piece) => sum + piece.width + GAP, -GAP);
    if (x > 0 && x + whole > width) [x, line] = [0, line + 1];
    for (const piece of pieces) {
      parts.push(...piece.draw(round(x), (line + 0.5) * LINE));
      x += piece.width + GAP;
    }
    x += BETWEEN - GAP;
  }
  return { parts, height: parts.length > 0 ? (line + 1) * LINE : 0 };
}

function piecesOf(item: Element, colours: LegendColours): Piece[] {
  if (item.childElementCount === 0) return [words(item, colours)];
  return [...item.childNodes].map((node) => {
    if (!(node instanceof HTMLElement)) return words(node, colours);
    if (node.classList.contains("mgw-bar")) return bar(node, colours);
    return node.classList.contains("mgw-dash") ? dash(colours) : words(node, colours);
  });
}

function words(node: Node, { text }: LegendColours): Piece {
  const shown = node.textContent ?? "";
  const isName = node instanceof Element && node.classList.contains("mgw-scale-name");
  const weight = isName ? { "font-weight": 600 } : {};
  return {
    width: estimatedWidth(shown, SIZE) * (isName ? BOLD : 1),
    draw: (x, y) => [svg("text", { x, y: y + 4, fill: text, "font-size": SIZE, ...weight }, shown)],
  };
}

function bar(element: HTMLElement, { frame }: LegendColours): Piece {
  const colours = element.style.background.match(/rgb\([^)]*\)/g) ?? [];
  const stops = colours.map((colour, n) =>
    svg("stop", { offset: n / (colours.length - 1), "stop-color": hex(colour) }),
  );
  const id = "mgw-scale";
  return {
    width: BAR.width,
    draw: (x, y) => [
      svg("linearGradient", { id }, ...stops),
      svg("rect", {
        ...{ x, y: y - BAR.height / 2, ...BAR, rx: 3 },
        ...{ fill: `url(#${id})`, stroke: frame },
      }),
    ],
  };
}

const dash = ({ edge }: LegendColours): Piece => ({
  width: DASH,
  draw: (x, y) => [
    svg("path", {
      d: `M${x} ${y}h${DASH}`,
      ...{ stroke: edge, "stroke-width": 2, "stroke-dasharray": "5 3" },
    }),
  ],
});
