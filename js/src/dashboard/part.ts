/** What a dashboard is put together from: each part shows or moves one thing. */
import type { Theme } from "../diagram/colours.ts";
import type { Traits } from "../diagram/traits.ts";
import type { LayoutService } from "../layout/service.ts";
import type { Link } from "../mounted.ts";
import type { Pages } from "../page/pages.ts";
import type { Session } from "../training/session.ts";

export interface Part {
  readonly element: HTMLElement;
  /**
   * Shows how things stand; called at most once a frame, whenever anything may have changed: the
   * step, a trait, the theme, the size. Null while nothing has arrived from Python.
   */
  update(session: Session | null): void;
  /** Measures its room anew, at once: what goes to paper waits for no observer. */
  resize?(): void;
  /** Takes a key press meant for the dashboard as a whole; says whether it was one of its own. */
  key?(event: KeyboardEvent): boolean;
  /** Takes a step of its walk, if there is one left that way; says whether there was. */
  walk?(by: 1 | -1): boolean;
}

/** What a part may ask of the dashboard that it stands in. */
export interface Desk {
  readonly session: Session | null;
  readonly traits: Traits;
  /** Ends with the view. */
  readonly signal: AbortSignal;
  /** Writes the dashboard as a page. */
  readonly pages: Pages | null;
  /** To the page that it stands in; none where that has no address of its own. */
  readonly link: Link | null;
  readonly theme: Theme;
  readonly layouts: LayoutService;
  /** The whole dashboard, as an element. */
  readonly root: HTMLElement;
  /** Whether a control is there for the learner (`controls=`) and may be moved (`locked=`). */
  has(control: string): boolean;
  mayMove(control: string): boolean;
  /** Whether a Python that answers is behind the page. */
  readonly hasPython: boolean;
  /** Has all parts updated in the next frame. */
  refresh(): void;
  /** Says a sentence to those who listen. */
  say(words: string): void;
  /** Shows a sentence for a moment. */
  hint(words: string): void;
}

export type MakePart = (desk: Desk) => Part;
