/** The tools that change points, and what they say of it. */
import { html } from "../diagram/dom.ts";
import { button, disable } from "../diagram/toolbar.ts";
import { boundaryText as said } from "../strings/boundary.ts";
import type { Points } from "../training/points.ts";
import type { Desk } from "./part.ts";
import type { Plane } from "./plane.ts";
import { MOST_POINTS, PointChanges } from "./pointchanges.ts";
import { placeText } from "./pointwords.ts";

export const TOOLS = ["select", "move", "positive", "negative"] as const;
export type Tool = (typeof TOOLS)[number];

export class PointTools {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #changes: PointChanges;
  readonly #buttons: ReadonlyMap<Tool, HTMLButtonElement>;
  readonly #delete = button(said.delete, said.deleteTitle, () => this.remove(this.#selected));
  readonly #undo = button(said.undo, said.undoTitle, () => this.undo());
  readonly #redo = button(said.redo, said.redoTitle, () => this.redo());
  #tool: Tool = "select";

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#changes = new PointChanges(desk);
    this.#buttons = new Map(
      TOOLS.map((tool) => {
        const choose = () => {
          this.#tool = tool;
          desk.refresh();
        };
        return [tool, button(said.toolNames[tool], said.toolTitles[tool], choose)];
      }),
    );
    this.element = html(
      "div",
      { class: "mgw-buttons mgw-boundary-tools", role: "group", "aria-label": said.tools },
      ...this.#buttons.values(),
      this.#delete,
      this.#undo,
      this.#redo,
    );
  }

  get mayChange(): boolean {
    return this.#desk.mayMove("points");
  }

  get tool(): Tool {
    return this.mayChange ? this.#tool : "select";
  }

  /** The label of what a click adds; null where it adds nothing. */
  addedBy(isOther: boolean): number | null {
    const { tool } = this;
    if (tool !== "positive" && tool !== "negative") return null;
    return (tool === "positive") === isOther ? -1 : 1;
  }

  update(points: Points): void {
    this.#changes.follow(points);
    this.element.hidden = !this.mayChange;
    for (const [tool, control] of this.#buttons) {
      control.setAttribute("aria-pressed", `${tool === this.tool}`);
    }
    disable(this.#delete, this.#selected === null);
    disable(this.#undo, !this.#changes.canUndo);
    disable(this.#redo, !this.#changes.canRedo);
  }

  add(x: number, y: number, label: number, plane: Plane): void {
    const { points } = this.#changes;
    if (points === null || !this.mayChange) return;
    if (points.count >= MOST_POINTS) this.#refuse(said.tooMany(MOST_POINTS));
    else {
      this.#changes.change(points.added(x, y, label));
      this.#desk.say(said.added(label, placeText(x, y, plane), points.count + 1));
    }
  }

  /** One of many small moves of a point. */
  move(i: number, x: number, y: number): void {
    const { points } = this.#changes;
    if (points === null || !this.mayChange || i >= points.count) return;
    if (points.x(i) !== x || points.y(i) !== y) this.#changes.changeOn(points.moved(i, x, y));
  }

  /** The moves are over. */
  settle(i: number, plane: Plane): void {
    const { points } = this.#changes;
    this.#changes.settle();
    if (points === null || i >= points.count) return;
    const place = placeText(points.x(i), points.y(i), plane);
    this.#desk.say(said.moved(said.point(i, points.count), place));
  }

  /** Where a point is, or will be as soon as a move has arrived. */
  whereIs(i: number): { x: number; y: number } | null {
    const { points } = this.#changes;
    return points === null || i >= points.count ? null : { x: points.x(i), y: points.y(i) };
  }

  /** Takes away a point; null where none is selected. */
  remove(i: number | null): void {
    const { points } = this.#changes;
    if (points === null || !this.mayChange) return;
    if (i === null || i >= points.count) this.#refuse(said.selectFirst);
    else if (points.count === 1) this.#refuse(said.lastOne);
    else {
      // The number is another point's from now on.
      this.#desk.traits.set("selected_point", null);
      this.#changes.change(points.without(i));
      this.#desk.say(said.deleted(said.point(i, points.count), points.count - 1));
    }
  }

  undo(): void {
    if (this.mayChange) this.#goTo(this.#changes.undo(), said.undone);
  }

  redo(): void {
    if (this.mayChange) this.#goTo(this.#changes.redo(), said.redone);
  }

  #goTo(points: Points | null, words: (n: number) => string): void {
    if (points === null) return;
    const selected = this.#selected;
    if (selected !== null && selected >= points.count)
      this.#desk.traits.set("selected_point", null);
    this.#desk.say(words(points.count));
  }

  get #selected(): number | null {
    return selectedPoint(this.#desk);
  }

  #refuse(words: string): void {
    this.#desk.hint(words);
    this.#desk.say(words);
  }
}

export function selectedPoint(desk: Desk): number | null {
  const selected = desk.traits.get("selected_point");
  return typeof selected === "number" ? selected : null;
}
