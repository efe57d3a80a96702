/** The subject on the stage: drawing it, painting its numbers, showing more or less of it. */
import type { Bookmark } from "../bookmark.ts";
import { MOST_DRAWN } from "../fold.ts";
import { text } from "../strings.ts";
import type { Figure } from "./figure.ts";
import type { Situation } from "./part.ts";
import { openLevels, type Refolding, refold } from "./refold.ts";

export class Showing {
  readonly #figure: Figure;
  #isFirst = true;
  /** How the expression was unfolded for the picture on the stage. */
  #drawn: Bookmark | null = null;

  constructor(figure: Figure) {
    this.#figure = figure;
  }

  /** Lays out what is to be shown; `held` stays where it is on the screen. */
  async draw(held: number | null): Promise<void> {
    const { situation, drawing, choices, subject, traits, tooltip } = this.#figure;
    if (situation === null) return;
    const { expression, fold } = situation;
    const here = fold.bookmark();
    const outcome = await drawing.draw(expression, fold, choices.direction, held);
    if (outcome === "replaced") return;
    if (outcome !== "drawn") return this.#undrawn(outcome, situation);
    this.#drawn = here;
    if (!subject.isUnfoldedLikeModel) traits.set("unfolded", fold.snapshot());
    this.#resume();
    tooltip.hide();
    this.paint();
    // With its legend a figure is higher, which leaves less for the stage in a hall.
    if (held === null) drawing.resize();
    drawing.light(subject.selection.item, subject.trace);
    // What is held in its place must not be moved away again.
    if (held === null) this.#showSelected();
  }

  /** Nothing came of a layout: back to the picture there is, else one of less, else a table. */
  #undrawn(outcome: "cancelled" | "failed", { expression, fold }: Situation): void {
    const { drawing } = this.#figure;
    const former = drawing.isThere ? this.#drawn : null;
    if (former !== null && (outcome === "cancelled" || !former.isHere())) {
      former.goBack();
      this.#tell(outcome === "cancelled" ? text.cancelled : text.tooMuch);
    } else if (fold.collapse()) {
      void this.draw(null);
      this.#tell(text.lessShown);
    } else {
      drawing.showTable(expression, fold);
    }
    this.#figure.update();
  }

  #tell(words: string): void {
    this.#figure.say(words);
    this.#figure.hint(words);
  }

  /** A first picture is looked at from where a former view was; without room it waits. */
  #resume(): void {
    const { drawing, viewport, lookout } = this.#figure;
    if (!this.#isFirst || !drawing.isThere || viewport.size.width === 0) return;
    this.#isFirst = false;
    if (lookout.resume()) drawing.untouched = false;
  }

  #showSelected(): void {
    const { item } = this.#figure.subject.selection;
    if (item !== null) this.#figure.drawing.reveal(item);
  }

  /** There is more or less room. */
  resize(): void {
    this.#figure.drawing.resize();
    this.#resume();
    this.#showSelected();
  }

  /** Puts numbers, colours and remarks into the picture that is there. */
  paint(): void {
    const { situation, colouring, choices, drawing, parts } = this.#figure;
    if (situation === null) return;
    const paint = colouring.paintOf(situation.expression, choices.overlay);
    // What the first part that has something to say of an item says.
    drawing.paint(paint, (item) => {
      for (const part of parts) {
        const remark = part.remark?.(item) ?? null;
        if (remark !== null) return remark;
      }
      return null;
    });
    drawing.mark(situation.fold);
  }

  /** Shows more or less of the expression; what was asked stays where it is. */
  refold(what: Refolding, index: number): void {
    const { situation, drawing } = this.#figure;
    if (situation === null) return;
    const words = refold(situation.expression, situation.fold, what, index);
    this.#figure.say(words ?? text.full(MOST_DRAWN));
    if (words === null) {
      this.#figure.hint(text.full(MOST_DRAWN));
      return;
    }
    this.#figure.update();
    drawing.untouched = false;
    drawing.setCurrent(index);
    void this.draw(index);
  }

  openLevels(levels: number): void {
    const { situation, lookout, drawing } = this.#figure;
    if (situation === null || situation.fold.groups.count === 0) return;
    const { words, isAll } = openLevels(situation.fold, levels);
    if (isAll) this.#figure.say(words);
    else this.#tell(words);
    lookout.forget();
    drawing.untouched = true;
    this.#figure.update();
    void this.draw(null);
  }
}
