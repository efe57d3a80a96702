/** The settings: what is trained, with what, and how far. */
import { html, write } from "../diagram/dom.ts";
import { OWN } from "../ranges.ts";
import { controlsText as said } from "../strings/controls.ts";
import type { Session } from "../training/session.ts";
import { FIELDS, type Field, type Recorded, SECTIONS, type Section } from "./fields.ts";
import { Hands } from "./hands.ts";
import type { Desk, MakePart, Part } from "./part.ts";
import { arePointsOf, isNetworkOf } from "./recorded.ts";
import { controlRow, type FieldRow, offeredRow, plainRow } from "./rows.ts";

export const makeControls: MakePart = (desk) => new Controls(desk);

/** How a setting is there: not at all, to be read, to be moved, or one of those recorded. */
type Presence = "absent" | "plain" | "control" | "offered";

const PRESENT = { plain: plainRow, control: controlRow, offered: offeredRow } as const;

const RECORDED_IN: Partial<Record<Section, Recorded>> = { data: "points", network: "network" };

class Controls implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #hands: Hands;
  readonly #notes = new Map<Recorded, HTMLElement>();
  #rows: FieldRow[] = [];
  #shown = "";

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#hands = new Hands(desk, FIELDS);
    this.element = html("div", {
      ...{ class: "mgw-controls", role: "group", "aria-label": said.name },
    });
    this.element.addEventListener("keydown", keepOwnKeys);
  }

  update(session: Session | null): void {
    const presences = FIELDS.map((field) => this.#presence(field));
    const shown = presences.join();
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#build(presences);
    }
    for (const row of this.#rows) row.update(session);
    for (const [what, note] of this.#notes) this.#noteOn(what, note, session);
  }

  #presence(field: Field): Presence {
    const control = field.control ?? field.name;
    if (!this.#desk.has(control)) return "absent";
    if (!this.#desk.mayMove(control)) return "plain";
    const isOffered =
      this.#hands.needsPython(field) &&
      field.kind !== "choice" &&
      this.#hands.offered(field.name).length > 1;
    return isOffered ? "offered" : "control";
  }

  #build(presences: readonly Presence[]): void {
    this.#rows = [];
    this.#notes.clear();
    this.element.replaceChildren();
    for (const section of SECTIONS) {
      const rows: HTMLElement[] = [];
      let isMovable = false;
      FIELDS.forEach((field, i) => {
        const presence = presences[i]!;
        if (field.section !== section || presence === "absent") return;
        const row = PRESENT[presence](field, this.#hands);
        this.#rows.push(row);
        rows.push(row.element);
        isMovable ||= field.recorded !== undefined && presence !== "plain";
      });
      if (rows.length > 0) this.element.append(this.#section(section, rows, isMovable));
    }
    this.element.hidden = this.#rows.length === 0;
  }

  #section(section: Section, rows: readonly HTMLElement[], isMovable: boolean): HTMLElement {
    const name = said.sections[section];
    const recorded = RECORDED_IN[section];
    const group = html(
      "details",
      { class: "mgw-controls-section", open: "", role: "group", "aria-label": name },
      html("summary", {}, name),
      ...rows,
    );
    if (recorded !== undefined && isMovable) {
      const note = html("p", { class: "mgw-controls-note", role: "status" });
      this.#notes.set(recorded, note);
      group.append(note);
    }
    return group;
  }

  #noteOn(what: Recorded, note: HTMLElement, session: Session | null): void {
    const isDue = session !== null && this.#desk.hasPython && !this.#isThere(what, session);
    note.classList.toggle("mgw-controls-due", isDue);
    note.parentElement!.setAttribute("aria-busy", `${isDue}`);
    write(note, this.#words(what, isDue, session));
  }

  #isThere(what: Recorded, { network, points }: Session): boolean {
    const { wish } = this.#hands;
    return what === "network" ? isNetworkOf(network, wish) : arePointsOf(points, wish);
  }

  #words(what: Recorded, isDue: boolean, session: Session | null): string {
    const notes = said.notes[what];
    if (isDue) return notes.due;
    const isOwn = what === "network" ? this.#hasOwnModel(session) : hasOwnPoints(session);
    if (this.#desk.hasPython && isOwn) {
      return what === "network" ? said.ownModel : said.ownPoints(session!.points.count);
    }
    if (this.#desk.hasPython) return notes.calm;
    return this.#hands.variants.length > 1 ? notes.offered : notes.missing;
  }

  #hasOwnModel(session: Session | null): boolean {
    return session !== null && this.#hands.hasOwnModel(session);
  }
}

const hasOwnPoints = (session: Session | null): boolean => session?.points.source.dataset === OWN;

/** What a field or a button does with a key of its own is not meant for the dashboard around. */
function keepOwnKeys(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" || event.key === "Tab") return;
  const isField =
    event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (isField || event.key === " " || event.key === "Enter") event.stopPropagation();
}
