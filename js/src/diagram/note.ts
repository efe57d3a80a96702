/** A note in the picture: a few numbers on an opaque ground, in one line or one under the other. */
import { estimatedWidth } from "../text.ts";
import { svg } from "./dom.ts";
import { round } from "./placed.ts";
import type { Area } from "./viewport.ts";

const SIZE = 12;
const LINE = 14;
const SIDE = 6;
const EDGE = 2;

/** How parts such as "1", "× 0.5", "= 0.5" are set; the last line may be ruled off as a result. */
export interface Setting {
  readonly lines: readonly string[];
  readonly isRuled: boolean;
  readonly width: number;
  readonly height: number;
}

/** Measures words in the font that they are drawn in. Figures are equally wide, so letters do. */
export class Ruler {
  readonly #known = new Map<string, number>();
  readonly #probe = svg("text", { class: "mgw-probe" });

  constructor(place: SVGGElement) {
    place.append(this.#probe);
  }

  width(words: string): number {
    let width = 0;
    for (const character of words) width += this.#of(character);
    return width;
  }

  #of(character: string): number {
    const known = this.#known.get(character);
    if (known !== undefined) return known;
    this.#probe.textContent = character;
    const measured = this.#probe.getComputedTextLength?.() ?? 0;
    this.#probe.textContent = "";
    // Out of sight nothing has a width.
    if (measured === 0) return estimatedWidth(character, SIZE);
    this.#known.set(character, measured);
    return measured;
  }
}

export function setting(lines: readonly string[], isRuled: boolean, ruler: Ruler): Setting {
  const widest = lines.reduce((most, line) => Math.max(most, ruler.width(line)), 0);
  return {
    lines,
    isRuled,
    width: widest + 2 * SIDE,
    height: lines.length * LINE + 2 * EDGE,
  };
}

/** The ways to set a sum or product, from the flattest to the tallest. */
export function settingsOf(parts: readonly string[], ruler: Ruler): Setting[] {
  const flat = setting([parts.join(" ")], false, ruler);
  if (parts.length < 3) return [flat];
  const [last, before] = [parts.at(-1)!, parts.slice(0, -1)];
  return [flat, setting([before.join(" "), last], false, ruler), setting(parts, true, ruler)];
}

export function drawNote(note: Setting, { x, y, width, height }: Area, kind: string): SVGGElement {
  const isOneLine = note.lines.length === 1;
  const text = svg("text", { "text-anchor": isOneLine ? "middle" : "end" });
  const at = isOneLine ? width / 2 : width - SIDE;
  note.lines.forEach((line, n) => {
    // The space keeps the words apart for whoever copies them.
    const words = n < note.lines.length - 1 ? `${line} ` : line;
    text.append(svg("tspan", { x: round(at), y: EDGE + LINE * n + 11 }, words));
  });
  const rule = height - EDGE - LINE + 0.5;
  return svg(
    "g",
    { class: `mgw-slip ${kind}`, transform: `translate(${round(x)} ${round(y)})` },
    svg("rect", { width: round(width), height: round(height), rx: 4 }),
    ...(note.isRuled
      ? [svg("path", { d: `M${SIDE - 2} ${rule}H${round(width - SIDE + 2)}` })]
      : []),
    text,
  );
}
