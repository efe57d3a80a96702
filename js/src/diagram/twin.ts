/**
 * The tree twin of the picture: the same values and groups as words, for people who do not see
 * the picture or would rather read it. It alone has the focus; the picture only shows where that
 * is. Hidden from sight until somebody asks for the list, it is always there for a screen reader.
 */
import type { Box, OpenFrame, Scene } from "../scene.ts";
import { text } from "../strings.ts";
import { isNotFinite } from "../text.ts";
import { html, isolated, write } from "./dom.ts";
import { type Branch, branchesOf, isFrame } from "./tree.ts";
import type { Area } from "./viewport.ts";

/** What one row says. */
export interface RowFace {
  /** The whole sentence, for the ear. */
  readonly spoken: string;
  /** Empty where several values come out of a group. */
  readonly value: string;
  readonly gradient: string;
  /** The numbers from before, where they were others. */
  readonly oldValue: string | null;
  readonly oldGradient: string | null;
  /** Stands beside the gradient. */
  readonly mark: string;
  /** Whether it, or anything in it, was another before. */
  readonly isChanged: boolean;
  /** Where a nan or an infinity began. */
  readonly breaks: boolean;
}

interface Row {
  readonly thing: Box | OpenFrame;
  readonly element: HTMLElement;
  /** What has the focus; the numbers beside it are in its words already. */
  readonly item: HTMLElement;
  paint(face: RowFace): void;
}

export class Twin {
  readonly element: HTMLElement;
  readonly #tree = html("div", { class: "mgw-tree", role: "tree", "aria-label": text.graph });
  readonly #rows = new Map<number, Row>();
  #selected: number | null = null;
  #current: number | null = null;

  constructor() {
    const head = [text.name, text.value, text.gradient].map((word) => html("span", {}, word));
    this.element = html(
      "div",
      { class: "mgw-twin mgw-unseen", hidden: "" },
      html("div", { class: "mgw-columns", "aria-hidden": "true" }, ...head),
      this.#tree,
    );
  }

  show(scene: Scene): void {
    const branches = branchesOf(scene);
    this.#rows.clear();
    for (const branch of branches) this.#rows.set(branch.thing.index, makeRow(branch));
    this.#tree.replaceChildren(...Array.from(this.#rows.values(), ({ element }) => element));
    this.#selected = this.#current = null;
    this.element.hidden = false;
  }

  clear(): void {
    this.#rows.clear();
    this.#tree.replaceChildren();
    this.element.hidden = true;
  }

  paint(face: (thing: Box | OpenFrame) => RowFace): void {
    for (const row of this.#rows.values()) row.paint(face(row.thing));
  }

  /** Shows it as a list, or hides it from sight again; says whether it can be seen now. */
  toggle(): boolean {
    return !this.element.classList.toggle("mgw-unseen");
  }

  select(index: number | null): void {
    this.#itemOf(this.#selected)?.setAttribute("aria-selected", "false");
    this.#itemOf(index)?.setAttribute("aria-selected", "true");
    this.#selected = index;
  }

  /** Makes a row the one tab stop. */
  setCurrent(index: number): void {
    this.#itemOf(this.#current)?.setAttribute("tabindex", "-1");
    this.#itemOf(index)?.setAttribute("tabindex", "0");
    this.#current = index;
  }

  focus(index: number): void {
    this.#itemOf(index)?.focus({ preventScroll: true });
  }

  /**
   * While the list is hidden its current row lies over its box, where magnifiers and screen
   * readers then point, and where the page scrolls to.
   */
  cover(area: Area): void {
    const style = this.#itemOf(this.#current)?.style;
    for (const [name, length] of Object.entries(area))
      style?.setProperty(`--${name}`, `${length}px`);
  }

  scrollToCurrent(): void {
    this.#itemOf(this.#current)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  end(which: "first" | "last"): number | null {
    const indices = [...this.#rows.keys()];
    return indices.at(which === "first" ? 0 : -1) ?? null;
  }

  #itemOf(index: number | null): HTMLElement | undefined {
    return index === null ? undefined : this.#rows.get(index)?.item;
  }
}

function makeRow({ thing, level, position, siblings }: Branch): Row {
  const mark = html("span", { class: "mgw-row-mark" });
  const delta = html("span", { class: "mgw-row-delta", hidden: "" });
  const value = html("span", { class: "mgw-cell", "aria-hidden": "true" });
  const gradient = html("span", { class: "mgw-cell", "aria-hidden": "true" });
  const item = html(
    "div",
    {
      class: "mgw-item",
      role: "treeitem",
      tabindex: -1,
      "aria-level": level,
      "aria-posinset": position,
      "aria-setsize": siblings,
      "aria-selected": "false",
      ...(isGroup(thing) ? { "aria-expanded": `${isFrame(thing)}` } : {}),
      "data-index": thing.index,
    },
    twist(thing),
    isolated(titleOf(thing)),
    mark,
    delta,
  );
  item.style.setProperty("--level", `${level}`);
  let shown: RowFace | null = null;
  return {
    thing,
    item,
    element: html("div", { class: "mgw-entry" }, item, value, gradient),
    paint(face) {
      if (face.spoken !== shown?.spoken) item.setAttribute("aria-label", face.spoken);
      if (face.value !== shown?.value || face.oldValue !== shown.oldValue) {
        writeCell(value, face.value, face.oldValue);
      }
      const written = gradientCell(face);
      if (!shown || written !== gradientCell(shown) || face.oldGradient !== shown.oldGradient) {
        writeCell(gradient, written, face.oldGradient);
      }
      if (!shown || isMarked(face) !== isMarked(shown) || face.breaks !== shown.breaks) {
        mark.textContent = isMarked(face) ? "!" : "";
        mark.title = face.breaks ? text.begins : "";
        mark.classList.toggle("mgw-begins", face.breaks);
      }
      if (face.isChanged !== (shown?.isChanged ?? false)) delta.hidden = !face.isChanged;
      shown = face;
    },
  };
}

const isGroup = (thing: Box | OpenFrame): boolean => isFrame(thing) || thing.kind === "group";

/** The + or − before the name of a group: a click opens or closes it. */
function twist(thing: Box | OpenFrame): HTMLElement {
  if (!isGroup(thing)) return html("span", { class: "mgw-twist" });
  return html("span", { class: "mgw-twist mgw-turns" }, isFrame(thing) ? "\u2212" : "+");
}

/** A constant has no other name than its number. */
const titleOf = (thing: Box | OpenFrame): string => thing.title || text.constant;

function writeCell(cell: HTMLElement, written: string, old: string | null): void {
  const struck = cell.querySelector("s");
  if (old === null) write(cell, written);
  else if (struck?.textContent === old) (struck.nextSibling as Text).data = ` ${written}`;
  else cell.replaceChildren(html("s", { class: "mgw-old" }, old), ` ${written}`);
}

const gradientCell = ({ gradient, mark }: RowFace): string =>
  mark === "" ? gradient : `${gradient} ${mark}`;

/** A nan or an infinity is here. */
const isMarked = ({ value, gradient, breaks }: RowFace): boolean =>
  breaks || isNotFinite(value) || isNotFinite(gradient);
