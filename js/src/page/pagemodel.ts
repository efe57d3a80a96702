/** A model that begins with what is written down in the page; no Python is behind it. */
import { OwnModel } from "../ownmodel.ts";

/** The traits of a widget; those that are bytes are written in base64. */
export interface StoredWidget {
  readonly traits: Readonly<Record<string, unknown>>;
  readonly bytes: Readonly<Record<string, string>>;
}

export class PageModel extends OwnModel {
  constructor({ traits, bytes }: StoredWidget) {
    super();
    this.setAll(traits);
    for (const [name, text] of Object.entries(bytes)) {
      this.set(
        name,
        Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
      );
    }
  }

  override send(): never {
    throw new Error("expected Python behind the page, got: a page alone");
  }
}
