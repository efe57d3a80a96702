/**
 * The address of a page with the state of its figures: `page.html#mgw1;step=4` is the first of
 * them, `#2/mgw1;step=4` the second; `&` joins several.
 *
 * On their way such addresses are written anew by programs and by people, and what cannot belong
 * to a state is taken for that: escapes, spaces around, the bracket and the full stop behind.
 */
import { MARK } from "../state.ts";
import { linkText as said } from "../strings/link.ts";
import { refuse } from "./restored.ts";

/** Some programs cut off what is longer. */
export const LONGEST_LINK = 2000;

/** No state ends like this: what is left over of a sentence. */
const BEHIND = new Set(".,;:!?)]}>\"'*\u2019\u201d\u00bb \n\t\u00a0");

/** The text for each figure by its place, 0 for the first; none where it speaks of no state. */
export function readAddress(hash: string, count: number): ReadonlyMap<number, string> {
  const text = alone(unescaped(hash.replace(/^#/, "")));
  const texts = new Map<number, string>();
  if (isAnchor(text)) return texts;
  for (const part of text.split(/&(?:amp;)?/)) {
    const [, number, state] = /^(?:([0-9]+)\/)?(.*)/s.exec(part)!;
    const place = Number(number ?? 1) - 1;
    if (place < 0 || place >= count) refuse(said.noFigure(count), number ?? part);
    if (texts.has(place)) refuse(said.figureOnce, part);
    texts.set(place, state!);
  }
  return texts;
}

/** A word alone is a place in the text, as in any page; what begins with a slash is a slide. */
const isAnchor = (text: string): boolean =>
  /^(?:\/.*|[\w.~-]*)$/s.test(text) && !text.toLowerCase().startsWith(MARK.slice(0, 3));

function alone(text: string): string {
  let end = text.length;
  while (BEHIND.has(text[end - 1]!)) end--;
  return text.slice(0, end).trimStart();
}

/** Once, and only what a state may hold: the rest stays as it is, and is refused as that. */
const unescaped = (text: string): string =>
  text.replace(/%([2-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

/**
 * A frame with its text inside has no address of its own, and that of a slide show says which slide
 * it is at.
 */
export function addressOf({ protocol, href }: Location, page: ParentNode): string | null {
  const isOwn = /^(?:https?|file):/.test(protocol) && page.querySelector(".reveal") === null;
  return isOwn ? href.replace(/#.*/s, "") : null;
}

/** To the state of one of so many figures. */
export const linkTo = (address: string, state: string, place: number, count: number): string =>
  `${address}#${count > 1 ? `${place + 1}/` : ""}${state}`;
