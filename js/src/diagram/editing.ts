/** Changing leaves: the row of the selected one, and the way back from every change. */

import { spokenNumber } from "../expression.ts";
import { History } from "../history.ts";
import type { Changes } from "../numbers.ts";
import { editText } from "../strings/edit.ts";
import { shortNumber } from "../text.ts";
import { html } from "./dom.ts";
import { isPlainCharacter } from "./keys.ts";
import { LeafRow } from "./leafrow.ts";
import type { Desk, Grip, Part, Situation } from "./part.ts";
import { pairsOf } from "./reading.ts";
import { button, disable } from "./toolbar.ts";

/** What comes so soon after the last of the same leaf belongs to it. */
const TOGETHER_MS = 500;

export const makeEditing = (desk: Desk): Part => new Editing(desk);

class Editing implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #row: LeafRow;
  readonly #undo = button(editText.undo, "", () => this.#goBack());
  readonly #redo = button(editText.redo, "", () => this.#goOn());
  readonly #reset = button(editText.resetAll, "", () => this.#resetAll());
  readonly #hide = button(editText.hide, "", () => this.#desk.traits.set("ghosts", null));
  readonly #count = html("span", { class: "mgw-changed-count" });
  readonly #ways: HTMLElement;
  #history: History<Changes> | null = null;
  #expression: Situation["expression"] | null = null;
  #goesOn = false;
  #isOwn = false;
  /** What came last from another view or from Python. */
  #elsewhere: { leaf: number | undefined; at: number } = { leaf: undefined, at: 0 };
  /** The number that a leaf had before the movement that is under way. */
  #from: { leaf: number; x: number; output: string } | null = null;
  #isListening = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#reset.title = editText.resetAllTitle;
    this.#hide.title = editText.hideTitle;
    this.#row = new LeafRow({
      changed: (x, goesOn) => {
        const leaf = this.#leaf;
        if (leaf !== null) this.#change(leaf, x, goesOn);
      },
      settled: () => this.#settle(),
      reset: () => {
        const leaf = this.#leaf;
        if (leaf === null) return;
        this.#change(leaf, this.#situation!.expression.numbers.unchanged(leaf), false);
        this.#settle();
      },
      left: () => desk.drawing.focus(this.#leaf ?? desk.drawing.current),
      refused: (words) => {
        desk.hint(words);
        desk.say(words);
      },
    });
    this.#ways = html(
      "div",
      { class: "mgw-ways", role: "group", "aria-label": editText.history },
      this.#undo,
      this.#redo,
      this.#reset,
      this.#hide,
      this.#count,
    );
    this.element = html(
      "div",
      { class: "mgw-editing", role: "group", "aria-label": editText.name },
      this.#row.element,
      this.#ways,
    );
  }

  update(situation: Situation | null): void {
    this.#listen();
    this.#follow(situation);
    const leaf = this.#leaf;
    this.#row.element.hidden = leaf === null;
    if (situation !== null && leaf !== null) {
      const { expression } = situation;
      const { changes } = expression.numbers;
      this.#row.show(leaf, expression.name(leaf), expression.data[leaf]!, changes.has(leaf));
    }
    const n = situation?.expression.numbers.changes.size ?? 0;
    const hasGhosts = Array.isArray(this.#desk.traits.get("ghosts"));
    const [canUndo, canRedo] = [this.#history?.canUndo ?? false, this.#history?.canRedo ?? false];
    this.#ways.hidden = !(canUndo || canRedo || n > 0 || hasGhosts);
    disable(this.#undo, !canUndo);
    disable(this.#redo, !canRedo);
    disable(this.#reset, n === 0);
    disable(this.#hide, !hasGhosts);
    this.#count.textContent = n === 0 ? "" : editText.changed(n);
    this.element.hidden = leaf === null && this.#ways.hidden;
  }

  key(event: KeyboardEvent): boolean {
    if (!isPlainCharacter(event) || event.key.toLowerCase() !== "e") return false;
    this.retype(this.#desk.drawing.current);
    return true;
  }

  retype(item: number): void {
    if (this.#isEditable(item)) {
      this.#desk.select(item);
      this.#row.focusNumber();
    } else if (this.#situation !== null) {
      const reason = whyNot(this.#situation.expression, item);
      this.#desk.say(reason);
      this.#desk.hint(reason);
    }
  }

  /** The number of a leaf in the picture can be dragged sideways. */
  grip(item: number): Grip | null {
    if (!this.#isEditable(item)) return null;
    const from = this.#situation!.expression.data[item]!;
    return {
      move: (pixels, isFine) => {
        this.#desk.select(item);
        this.#row.drag(from, pixels, isFine);
      },
      end: () => this.#settle(),
    };
  }

  get #situation(): Situation | null {
    return this.#desk.situation;
  }

  /** The selected leaf, if it may be changed. */
  get #leaf(): number | null {
    const item = this.#situation?.item ?? null;
    return item !== null && this.#isEditable(item) ? item : null;
  }

  #isEditable(item: number): boolean {
    return this.#situation?.expression.numbers.isEditable(item) ?? false;
  }

  /** Whoever changed a leaf: this view, another one, Python. */
  #follow(situation: Situation | null): void {
    if (situation === null) return;
    const { expression } = situation;
    const { changes } = expression.numbers;
    if (this.#history === null || this.#expression !== expression) {
      this.#expression = expression;
      this.#history = new History(changes, sameChanges);
    }
    if (this.#isOwn) this.#history.note(changes, this.#goesOn);
    else if (!this.#history.follow(changes)) this.#noteFromElsewhere(this.#history, changes);
  }

  /** Of a drag in another view only the numbers come, fast one after the other. */
  #noteFromElsewhere(history: History<Changes>, changes: Changes): void {
    const [leaf, ...others] = changedLeaves(history.now, changes);
    const isOne = others.length === 0;
    const now = performance.now();
    const { leaf: lastLeaf, at } = this.#elsewhere;
    if (leaf !== lastLeaf || now - at > TOGETHER_MS) history.close();
    history.note(changes, isOne);
    this.#elsewhere = { leaf: isOne ? leaf : undefined, at: now };
  }

  #change(leaf: number, x: number, goesOn: boolean): void {
    const { expression } = this.#situation!;
    const { numbers } = expression;
    this.#from ??= { leaf, x: expression.data[leaf]!, output: expression.value(expression.output) };
    const changes = new Map(numbers.changes);
    if (Object.is(x, numbers.unchanged(leaf))) changes.delete(leaf);
    else changes.set(leaf, x);
    const { traits } = this.#desk;
    if (!Array.isArray(traits.get("ghosts"))) traits.set("ghosts", pairsOf(numbers.changes));
    this.#put(changes, goesOn);
  }

  #put(changes: Changes, goesOn: boolean): void {
    this.#goesOn = goesOn;
    this.#isOwn = true;
    this.#desk.traits.set("edits", pairsOf(changes));
    this.#isOwn = this.#goesOn = false;
  }

  #settle(): void {
    this.#history?.close();
    const [from, situation] = [this.#from, this.#situation];
    this.#from = null;
    if (from === null || situation === null) return;
    const { expression } = situation;
    const { output } = expression;
    const now = expression.data[from.leaf]!;
    const is = spokenNumber(expression.value(output));
    const was = spokenNumber(from.output);
    const [name, whole] = [expression.name(from.leaf), expression.name(output)];
    this.#desk.say(editText.said(name, shortNumber(from.x), shortNumber(now), whole, is, was));
  }

  #goBack(): void {
    const changes = this.#history?.undo() ?? null;
    if (changes === null) return;
    this.#put(changes, false);
    this.#desk.say(editText.undone(changes.size));
  }

  #goOn(): void {
    const changes = this.#history?.redo() ?? null;
    if (changes === null) return;
    this.#put(changes, false);
    this.#desk.say(editText.redone(changes.size));
  }

  #resetAll(): void {
    if ((this.#situation?.expression.numbers.changes.size ?? 0) === 0) return;
    this.#put(new Map(), false);
    this.#desk.say(editText.given);
  }

  /** The figure is there only when its parts are. */
  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    const { root, signal } = this.#desk;
    root.addEventListener("keydown", (event) => this.#shortcut(event), { signal });
  }

  #shortcut(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const isUndo = key === "z" && !event.shiftKey;
    const isRedo = (key === "z" && event.shiftKey) || (key === "y" && !event.shiftKey);
    if (!isUndo && !isRedo) return;
    event.preventDefault();
    event.stopPropagation();
    if (isUndo) this.#goBack();
    else this.#goOn();
  }
}

function whyNot(expression: Situation["expression"], item: number): string {
  if (expression.isGroup(item)) return editText.isGroup;
  const isLeaf = expression.names.kind(item) !== "operation";
  return isLeaf
    ? editText.isLocked(expression.name(item))
    : editText.isResult(expression.name(item));
}

function changedLeaves(before: Changes, now: Changes): number[] {
  const leaves = new Set([...before.keys(), ...now.keys()]);
  const isSame = (leaf: number) =>
    before.has(leaf) === now.has(leaf) && Object.is(before.get(leaf), now.get(leaf));
  return [...leaves].filter((leaf) => !isSame(leaf));
}

const sameChanges = (a: Changes, b: Changes): boolean =>
  a.size === b.size && [...a].every(([leaf, x]) => b.has(leaf) && Object.is(b.get(leaf), x));
