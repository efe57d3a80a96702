/** Why a figure does not live here, as a person would say it. */
import { hostText } from "./strings/host.ts";

/** A policy of the page around allows no style of the page's own. */
export class Unstyled extends Error {}

export function whyNot(error: unknown): string {
  return `${reason(error)} ${hostText.instead}`;
}

function reason(error: unknown): string {
  if (error instanceof Unstyled) return hostText.unstyled;
  if (error instanceof SyntaxError) return hostText.tooOld;
  const words = error instanceof Error ? error.message : String(error);
  const lacking = /^(?:Can't find variable: )?(\w+)(?: is not (?:defined|a constructor)|$)/.exec(
    words,
  );
  if (lacking !== null) return hostText.lacks(lacking[1]!);
  // As Chromium, Firefox and WebKit say it.
  if (/dynamically imported module|importing a module/i.test(words)) return hostText.blocked;
  return hostText.broken(words.replace(/\.$/, ""));
}
