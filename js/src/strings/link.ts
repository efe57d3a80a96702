/** What a page says of links to it: to a state of one of its figures. */
import { countText } from "../text.ts";

type Settings = Readonly<Record<string, unknown>>;

const list = (x: unknown): string =>
  Array.isArray(x) && x.length > 0 ? `[${x.join(", ")}]` : "no hidden layer";

export const linkText = {
  refused: (reason: string) => `The link does not fit, so nothing of it was taken: ${reason}.`,
  kept: (reasons: readonly string[]) => `The link was followed but for this: ${reasons.join(" ")}`,
  isLocked: (label: string) => `${label} is locked in this page.`,
  inThisPage: (what: "network" | "data" | "schedule") =>
    `a ${what === "data" ? "data set" : what} that was recorded in this page`,
  network: ({ hidden, activation, model_seed }: Settings) =>
    `${list(hidden)} ${activation}, model seed ${model_seed ?? "none"}`,
  points: ({ dataset, n_samples, noise, data_seed }: Settings) =>
    `${dataset}, ${n_samples} points, noise ${noise}, data seed ${data_seed}`,
  noFigure: (count: number) => `the number of a figure, 1 to ${count}, before the slash`,
  figureOnce: "one state for each figure",
  noState: "a figure whose state can be said in a link",
  close: "Close",

  copy: "Copy link",
  copied: "Link",
  withoutTurns: (copied: string, it: "link" | "state") =>
    `${copied}. Settings were changed on the way, and the ${it} cannot say so: it trains from step 0 ` +
    "with the settings of now, so what it shows differs from what is seen here",
  tooLong: (length: number, most: number) =>
    `A link to this would have ${countText(length)} characters; many programs cut one off after ` +
    `${countText(most)}. Copy the state instead, for Python, or save the page:`,
  ownPoints: "Points that were changed by hand fit in no link. Save the page instead",
  ownLoop: "The steps of a loop in Python fit in no link. Save the page instead",
} as const;
