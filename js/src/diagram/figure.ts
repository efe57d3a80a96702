/** A figure as the pieces see that it is made of; what its parts see of it is a `Desk`. */
import type { Choices } from "./choices.ts";
import type { Colouring } from "./colouring.ts";
import type { Frame } from "./frame.ts";
import type { Lookout } from "./lookout.ts";
import type { Notice } from "./notice.ts";
import type { Desk, Part } from "./part.ts";
import type { Subject } from "./subject.ts";
import type { Tooltip } from "./tooltip.ts";
import type { Viewport } from "./viewport.ts";

export interface Figure extends Desk {
  readonly subject: Subject;
  readonly choices: Choices;
  readonly parts: readonly Part[];
  readonly frame: Frame;
  readonly viewport: Viewport;
  readonly lookout: Lookout;
  readonly notice: Notice;
  readonly tooltip: Tooltip;
  readonly colouring: Colouring;
  /** Shows anew all that stands around the picture. */
  update(): void;
}
