/** A model that begins with what is written down in the page; no Python is behind it. */
import { OwnModel } from "../ownmodel.ts";
import type { StoredTraits } from "./restored.ts";

/** The widgets of a page in their order; bytes stand in JSON under a name of their own. */
export const readWidgets = (json: string): readonly StoredTraits[] =>
  JSON.parse(json, (_, value) => {
    const packed = (value as { $bytes?: unknown } | null)?.$bytes;
    return typeof packed === "string" ? fromBase64(packed) : value;
  });

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

export class PageModel extends OwnModel {
  constructor(traits: StoredTraits) {
    super();
    this.setAll(traits);
  }

  override send(): never {
    throw new Error("expected Python behind the page, got: a page alone");
  }
}
