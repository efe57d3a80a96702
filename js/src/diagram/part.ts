/** What a figure is put together from, apart from the picture: each part minds its own affair. */
import type { Expression } from "../expression.ts";
import type { Fold } from "../fold.ts";
import type { Link } from "../mounted.ts";
import type { Pages } from "../page/pages.ts";
import type { Drawing } from "./drawing.ts";
import type { Traits } from "./traits.ts";

/** What there is to show. */
export interface Situation {
  readonly expression: Expression;
  readonly fold: Fold;
  /** The selected value or group. */
  readonly item: number | null;
}

/** What a part adds to a value or group, in its box and in its row. */
export interface Remark {
  /** Stands in the box in place of the value, with its own word before it. */
  readonly word: string;
  readonly number: string;
  /** Beside the gradient: ✓ or ✗. */
  readonly mark: string;
  /** At the corner of the box. */
  readonly label: string;
  readonly isWrong: boolean;
  readonly spoken: string;
}

/** Something in the picture that a pointer holds. */
export interface Grip {
  /** Moved sideways by so many pixels since it was taken; finer if wanted. */
  move(pixels: number, isFine: boolean): void;
  end(): void;
}

export interface Part {
  readonly element: HTMLElement;
  /** Called whenever something may have changed; null while there is no expression. */
  update(situation: Situation | null): void;
  /** Takes a key press meant for the figure as a whole; says whether it was one of its own. */
  key?(event: KeyboardEvent): boolean;
  /** Takes a step of its walk, if there is one left that way; says whether there was. */
  walk?(by: 1 | -1): boolean;
  /** Takes hold of the number of something drawn, if it can be dragged. */
  grip?(item: number): Grip | null;
  /** Lets the number of something drawn be typed anew, or says why it may not be. */
  retype?(item: number): void;
  /** What it has to say of something that is drawn. */
  remark?(item: number): Remark | null;
}

/** What a part may ask of the figure that it stands in. */
export interface Desk {
  readonly traits: Traits;
  /** Ends with the view. */
  readonly signal: AbortSignal;
  /** Writes the figure as a page; missing for a figure inside another one. */
  readonly pages: Pages | null;
  /** To the page that the figure stands in; none where that has no address of its own. */
  readonly link: Link | null;
  readonly drawing: Drawing;
  /** The whole figure, as an element. */
  readonly root: HTMLElement;
  readonly situation: Situation | null;
  /** Selects a value or group; null clears. */
  select(item: number | null): void;
  /** Selects it and brings it into the picture. */
  show(item: number): void;
  /** The same, and gives it the focus. */
  go(item: number): void;
  /** Puts numbers, colours and remarks into the picture anew. */
  repaint(): void;
  /** Says a sentence to those who listen. */
  say(words: string): void;
  /** Shows a sentence over the picture for a moment. */
  hint(words: string): void;
}

export type MakePart = (desk: Desk) => Part;
