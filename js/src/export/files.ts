/** Files that the browser saves, under names that every system takes. */
import { html } from "../diagram/dom.ts";

const LONGEST = 60;
/** Windows keeps these for devices, whatever the ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** The name of an output as that of a file: letters and digits of any script, no path, no dots. */
export function fileName(name: string, ending: string): string {
  const words = name.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const safe = Array.from(words.join("-")).slice(0, LONGEST).join("");
  const isFree = safe !== "" && !RESERVED.test(safe);
  return `${isFree ? safe : `expression${safe && `-${safe}`}`}.${ending}`;
}

/** Hands a file to the browser, which puts it where it puts downloads. */
export function save(content: BlobPart, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = html("a", { href: address, download: name });
  link.click();
  // A download that has begun keeps its content; in some browsers it begins only a little later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
