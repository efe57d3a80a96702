/** The figures of a page, each in the state that the address asks for, and again when it changes. */
import type { MountOptions } from "../mounted.ts";
import { readState, stateText } from "../state.ts";
import { linkText as said } from "../strings/link.ts";
import { messageOf } from "../training/packed.ts";
import { addressOf, linkTo, readAddress } from "./address.ts";
import { leadTo } from "./leading.ts";
import { Note } from "./note.ts";
import { PageModel } from "./pagemodel.ts";
import { type Restore, type Restored, refuse, type StoredTraits } from "./restored.ts";

/** What is asked of the engine. */
export interface Figures {
  mount(options: MountOptions): () => void;
  /** What makes a state of such a figure; none where no text can say its state. */
  restoreOf(figure: unknown): Restore | undefined;
}

/** What comes of an address for some of the figures, or what is wrong with it. */
interface Asked {
  readonly restored: ReadonlyMap<number, Restored>;
  readonly wrong: { readonly place: number; readonly words: string } | null;
}

/** One view of a figure: a figure may stand in several places, and its views agree. */
interface View {
  readonly el: HTMLElement;
  readonly note: Note;
  end(): void;
}

export class OpenPage {
  readonly #figures: Figures;
  readonly #stored: readonly StoredTraits[];
  readonly #models: PageModel[];
  readonly #views: View[][];
  readonly #address = addressOf(location, document);
  readonly #first: Asked;

  constructor(figures: Figures, stored: readonly StoredTraits[]) {
    this.#figures = figures;
    this.#stored = stored;
    this.#first = this.#read();
    this.#models = stored.map((_, place) => this.#modelOf(place, this.#first));
    this.#views = stored.map(() => []);
    addEventListener("hashchange", () => this.#follow());
    // The same link a second time is no change, and is meant to lead there all the same.
    document.addEventListener("click", ({ target }) => {
      const link = (target as Element).closest?.<HTMLAnchorElement>("a[href^='#']");
      if (link && link.hash === location.hash) this.#follow();
    });
  }

  /** Puts one of the figures into an element. */
  mount(place: number, el: HTMLElement): void {
    const note = new Note(el);
    this.#views[place]!.push({ el, note, end: this.#put(place, el) });
    tell(place, note, this.#first);
    if (this.#views[place]!.length === 1) this.#lead(place, this.#first);
  }

  /** To the figure that was asked for, or to what is wrong with the address. */
  #lead(place: number, { restored, wrong }: Asked): void {
    const [first] = restored.keys();
    if (place === (wrong?.place ?? first)) leadTo(this.#views[place]![0]!.el);
  }

  #modelOf(place: number, { restored }: Asked): PageModel {
    return new PageModel({ ...this.#stored[place], ...restored.get(place)?.traits });
  }

  #put(place: number, el: HTMLElement): () => void {
    return this.#figures.mount({ model: this.#models[place]!, el, link: this.#linkOf(place) });
  }

  /** Another address: the figures that it speaks of begin anew, the others stay as they are. */
  #follow(): void {
    const asked = this.#read();
    for (const [place, views] of this.#views.entries()) {
      if (asked.restored.has(place)) {
        for (const view of views) view.end();
        this.#models[place] = this.#modelOf(place, asked);
        for (const view of views) view.end = this.#put(place, view.el);
      }
      for (const view of views) tell(place, view.note, asked);
      if (views.length > 0) this.#lead(place, asked);
    }
  }

  #linkOf(place: number): MountOptions["link"] {
    const address = this.#address;
    if (address === null) return null;
    const stored = this.#stored[place]!;
    return {
      madeWith: (name) => stored[name],
      to: (trait) => {
        const state = stateText(trait, (name) => stored[name]);
        return linkTo(address, state, place, this.#stored.length);
      },
    };
  }

  /** All of what the address asks for or, where something does not fit, nothing. */
  #read(): Asked {
    let place = 0;
    try {
      const texts = readAddress(location.hash, this.#stored.length);
      const restored = new Map<number, Restored>();
      for (const [asked, text] of texts) {
        place = asked;
        restored.set(asked, this.#restored(this.#stored[asked]!, text));
      }
      return { restored, wrong: null };
    } catch (error) {
      return { restored: new Map(), wrong: { place, words: said.refused(messageOf(error)) } };
    }
  }

  #restored(stored: StoredTraits, text: string): Restored {
    const restore = this.#figures.restoreOf(stored._figure);
    if (restore === undefined) return refuse(said.noState, stored._figure);
    const wished = [...readState(text)].filter(([name]) => Object.hasOwn(stored, name));
    return restore(stored, new Map(wished));
  }
}

function tell(place: number, note: Note, { wrong, restored }: Asked): void {
  const kept = restored.get(place)?.kept ?? [];
  if (wrong?.place === place) note.say(wrong.words);
  else note.say(kept.length === 0 ? "" : said.kept(kept));
}
