/** A drawn element as it looks now, for a file: what style sheets gave it becomes attributes. */
import { svg } from "../diagram/dom.ts";
import { visibleText } from "../text.ts";

const HOLDERS: ReadonlySet<string> = new Set(["g", "svg"]);
const SHAPES: ReadonlySet<string> = new Set(
  "rect path circle ellipse line polygon polyline".split(" "),
);
const TEXTS: ReadonlySet<string> = new Set(["text", "tspan"]);

/** What says where and how large; everything else that the page needs stays on the page. */
const GEOMETRY =
  "x y width height rx ry cx cy r d points x1 y1 x2 y2 dx dy transform viewBox textLength lengthAdjust".split(
    " ",
  );

type Usual = readonly (readonly [property: string, usual: string])[];

const FILL: Usual = [
  ["fill-opacity", "1"],
  ["fill-rule", "nonzero"],
];
const STROKE: Usual = [
  ["stroke-width", "1px"],
  ["stroke-dasharray", "none"],
  ["stroke-linejoin", "miter"],
  ["stroke-linecap", "butt"],
  ["stroke-opacity", "1"],
  ["paint-order", "normal"],
];
const FONT: Usual = [
  ["font-size", ""],
  ["font-weight", "400"],
  ["font-style", "normal"],
  ["text-anchor", "start"],
  ["direction", "ltr"],
];
/** Not handed down from an element to those in it. */
const OWN: Usual = [
  ["opacity", "1"],
  ["unicode-bidi", "normal"],
  ["text-decoration-line", "none"],
];
const ATTRIBUTE: Readonly<Record<string, string>> = { "text-decoration-line": "text-decoration" };

/** A copy that needs no page around it; null for what cannot be seen. */
export function copyOf(element: Element): SVGElement | null {
  const tag = element.localName;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return null;
  if (SHAPES.has(tag)) return isPainted(style) ? dressed(element, style) : null;
  if (!HOLDERS.has(tag) && !TEXTS.has(tag)) return null;
  const copy = dressed(element, style);
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      const inner = copyOf(child);
      if (inner) copy.append(inner);
    } else if (TEXTS.has(tag)) copy.append(visibleText(child.textContent ?? ""));
  }
  return copy.hasChildNodes() ? copy : null;
}

const isPainted = ({ fill, stroke }: CSSStyleDeclaration): boolean =>
  !isNothing(fill) || !isNothing(stroke);

const isNothing = (paint: string): boolean =>
  paint === "none" || paint === "transparent" || /^rgba\(.*, 0\)$/.test(paint);

function dressed(element: Element, style: CSSStyleDeclaration): SVGElement {
  const tag = element.localName as "g";
  const copy = svg(tag);
  for (const name of GEOMETRY) {
    const value = element.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  wear(copy, style, OWN, null);
  if (HOLDERS.has(tag)) return copy;
  // The words inside a text are as the text is, where they do not say otherwise.
  const around = element.localName === "tspan" ? getComputedStyle(element.parentElement!) : null;
  paint(copy, style, "fill", around?.fill ?? "rgb(0, 0, 0)");
  wear(copy, style, FILL, around);
  paint(copy, style, "stroke", around?.stroke ?? "none");
  if (!isNothing(style.stroke)) wear(copy, style, STROKE, around);
  if (TEXTS.has(element.localName)) wear(copy, style, FONT, around);
  return copy;
}

function wear(
  copy: SVGElement,
  style: CSSStyleDeclaration,
  properties: Usual,
  around: CSSStyleDeclaration | null,
): void {
  for (const [property, initial] of properties) {
    const value = style.getPropertyValue(property);
    const usual = around?.getPropertyValue(property) ?? initial;
    if (value === "" || value === usual) continue;
    copy.setAttribute(ATTRIBUTE[property] ?? property, value.replaceAll(/(\d)px/g, "$1"));
  }
}

function paint(
  copy: SVGElement,
  style: CSSStyleDeclaration,
  property: "fill" | "stroke",
  usual: string,
): void {
  const value = style[property];
  if (value === "" || value === usual) return;
  copy.setAttribute(property, isNothing(value) ? "none" : hex(value));
}

/** Six digits, which every program understands; what has none stays as it is. */
export function hex(colour: string): string {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1) ?? [];
  if (channels.length === 0) return colour;
  return `#${channels.map((x) => Number(x).toString(16).padStart(2, "0")).join("")}`;
}
