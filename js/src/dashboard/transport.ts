/** Forward, backward, to and fro: which step of the training is on screen. */
import { holdsFocus, html, write } from "../diagram/dom.ts";
import { type Icon, icon } from "../diagram/icons.ts";
import { isPlainCharacter } from "../diagram/keys.ts";
import { button, disable } from "../diagram/toolbar.ts";
import { isForDeck } from "../presenting/deckkeys.ts";
import { rateText } from "../strings/figures.ts";
import { transportText as words } from "../strings/transport.ts";
import type { Session } from "../training/session.ts";
import type { Desk, MakePart, Part } from "./part.ts";
import { Scrubber } from "./scrubber.ts";
import css from "./transport.css";

export { css as transportCss };

export const makeTransport: MakePart = (desk) => new Transport(desk);

class Transport implements Part {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  readonly #reset: HTMLButtonElement;
  readonly #play: HTMLButtonElement;
  readonly #back: readonly HTMLButtonElement[];
  readonly #next: HTMLButtonElement;
  readonly #last: HTMLButtonElement;
  readonly #scrubber: Scrubber;
  readonly #speed: HTMLSelectElement;
  readonly #speedLabel: HTMLElement;
  readonly #rate = html("span", { class: "mgw-transport-rate" });
  #shownPlaying: boolean | null = null;
  #shownStep: number | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    const control = (name: Icon, title: string, key: string) => {
      const made = button("", title, () => this.#do(key));
      made.append(icon(name));
      return made;
    };
    this.#reset = button(words.reset, "", () => {
      if (desk.mayMove("reset")) desk.session?.reset();
    });
    this.#reset.title = words.resetTitle;
    const first = control("first", words.first, "Home");
    const previous = control("previous", words.previous, "ArrowLeft");
    this.#play = control("play", words.play, " ");
    this.#next = control("next", words.next, "ArrowRight");
    this.#last = control("last", words.last, "End");
    this.#back = [first, previous];
    this.#scrubber = new Scrubber(desk);
    this.#speed = html(
      "select",
      {},
      ...Object.entries(words.speeds).map(([value, label]) => html("option", { value }, label)),
    );
    this.#speed.addEventListener("change", () => desk.traits.set("speed", this.#speed.value));
    this.#speedLabel = html("label", {}, html("span", {}, words.speed), this.#speed);
    this.element = html(
      "div",
      { class: "mgw-transport-bar", role: "group", "aria-label": words.group },
      this.#reset,
      html("div", { class: "mgw-buttons" }, first, previous, this.#play, this.#next, this.#last),
      html("div", { class: "mgw-transport-speed" }, this.#speedLabel, this.#rate),
      this.#scrubber.element,
    );
    this.element.addEventListener("keydown", (event) => this.#pressed(event), {
      signal: desk.signal,
    });
  }

  update(session: Session | null): void {
    const isReady = session !== null;
    const { step, last, isPlaying } = session ?? { step: 0, last: 0, isPlaying: false };
    disable(this.#play, !isReady || (!isPlaying && hasNoNext(session)));
    for (const one of this.#back) disable(one, step === 0);
    disable(this.#next, !isReady || hasNoNext(session));
    disable(this.#last, step === last);
    this.#showReset(session);
    this.#showPlaying(isPlaying);
    this.#scrubber.show(session);
    this.#showSpeed(session);
    this.#tell(session);
  }

  key(event: KeyboardEvent): boolean {
    if (!isPlainCharacter(event) || takesLetters(event.target as Element)) return false;
    if (isForDeck(event)) return false;
    const isOurs = event.key === "," || event.key === "." || this.#isRootSpace(event);
    if (isOurs) this.#do(event.key);
    return isOurs;
  }

  /** Whatever has the focus besides the dashboard itself may have another use for the space bar. */
  #isRootSpace = ({ key, target }: KeyboardEvent): boolean =>
    key === " " && target === this.#desk.root;

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (isForDeck(event)) return;
    const target = event.target as Element;
    if (target === this.#speed || takesLetters(target)) return;
    // The slider walks by itself; a button that has the focus is pressed by the space bar.
    if (target.localName === "input" && ![" ", ",", "."].includes(event.key)) return;
    if (event.key === " " && target.closest("button") !== null) return;
    if (!this.#do(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** A tenth of the training at a time; by single steps nobody would come to an end. */
  walk(by: 1 | -1): boolean {
    const { session } = this.#desk;
    if (session === null) return false;
    const steps = Number(this.#desk.traits.get("steps")) || 0;
    const to = walkedTo(session, steps, by);
    if (to === null) return false;
    session.seek(to);
    return true;
  }

  /** Says whether the key has a meaning here. */
  #do(key: string): boolean {
    const { session } = this.#desk;
    if (session === null) return false;
    switch (key) {
      case " ":
        if (session.isPlaying) session.pause();
        else session.play();
        return true;
      case "ArrowRight":
      case ".":
        if (!hasNoNext(session)) session.seek(session.step + 1);
        return true;
      case "ArrowLeft":
      case ",":
        session.seek(Math.max(0, session.step - 1));
        return true;
      case "Home":
        session.seek(0);
        return true;
      case "End":
        session.seek(session.last);
        return true;
      default:
        return false;
    }
  }

  #showReset(session: Session | null): void {
    this.#reset.hidden = !this.#desk.mayMove("reset");
    disable(this.#reset, session === null || (session.last === 0 && session.others.length === 0));
  }

  #showPlaying(isPlaying: boolean): void {
    if (isPlaying === this.#shownPlaying) return;
    this.#shownPlaying = isPlaying;
    const title = isPlaying ? words.pause : words.play;
    this.#play.replaceChildren(icon(isPlaying ? "pause" : "play"));
    this.#play.title = title;
    this.#play.setAttribute("aria-label", title);
  }

  #showSpeed(session: Session | null): void {
    this.#speedLabel.hidden = !this.#desk.mayMove("speed");
    const speed = String(this.#desk.traits.get("speed") ?? "1");
    if (this.#speed.value !== speed) this.#speed.value = speed;
    write(this.#rate, session?.isPlaying ? rateText(session.rate) : words.still);
  }

  /** Step by step one wants to hear where one is; the slider speaks for itself. */
  #tell(session: Session | null): void {
    const before = this.#shownStep;
    this.#shownStep = session?.step ?? null;
    if (session === null || before === null || before === session.step) return;
    if (session.isPlaying || this.#scrubber.hasFocus || !holdsFocus(this.#desk.root)) return;
    this.#desk.say(words.spoken(session.row));
  }
}

/** Nothing comes behind a step whose numbers are not finite. */
const hasNoNext = ({ status, step, last }: Session): boolean =>
  status.kind === "diverged" && step === last;

function takesLetters(target: Element): boolean {
  if (target.localName === "input") return target.getAttribute("type") !== "range";
  return target.localName === "textarea" || target.localName === "select";
}

/** The training is walked in so many steps of equal length. */
const WALK = 10;

/** Where the next step of a walk leads to; null at its end, or before its beginning. */
export function walkedTo(session: Session, steps: number, by: 1 | -1): number | null {
  const { step, last, status, knowsUpdates } = session;
  const size = Math.max(1, Math.round(steps / WALK));
  if (by === -1) return step === 0 ? null : size * (Math.ceil(step / size) - 1);
  // A loop of one's own ends where it likes to, and a training may end before its time.
  const isOver = !knowsUpdates || status.kind === "diverged" || status.kind === "target";
  const end = isOver ? last : Math.max(steps, last);
  return step >= end ? null : Math.min(end, size * (Math.floor(step / size) + 1));
}
