/** A part of the dashboard on a page, as a person uses it. */
import { afterEach } from "vitest";
import type { MakePart, Part } from "../src/dashboard/part.ts";
import { FakeDesk, type FakeSession } from "./sessions.ts";

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

export class StandingPart {
  readonly desk: FakeDesk;
  readonly part: Part;

  constructor(make: MakePart, session: FakeSession, traits: Record<string, unknown> = {}) {
    this.desk = new FakeDesk(session, traits);
    this.part = make(this.desk.asDesk);
    this.desk.refresh = () => this.update();
    this.desk.root.tabIndex = -1;
    this.desk.root.append(this.part.element);
    document.body.append(this.desk.root);
    this.update();
    ends.push(() => {
      this.desk.end();
      this.desk.root.remove();
    });
  }

  get element(): HTMLElement {
    return this.part.element;
  }

  update(): void {
    this.part.update(this.desk.session);
  }

  all<T extends HTMLElement = HTMLElement>(selector: string): T[] {
    return [...this.element.querySelectorAll<T>(selector)];
  }

  get<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.element.querySelector<T>(selector);
    if (found === null) throw new Error(`nothing like ${selector}`);
    return found;
  }

  button(name: string): HTMLButtonElement {
    return this.all<HTMLButtonElement>("button").find(
      (one) => (one.getAttribute("aria-label") ?? one.textContent) === name,
    )!;
  }

  /** What a list of names and values says, as far as it is seen. */
  get facts(): Record<string, string> {
    const seen = this.all("dd").filter((value) => !value.parentElement!.hidden);
    return Object.fromEntries(
      seen.map((value) => [
        value.previousElementSibling!.textContent,
        value.textContent.replaceAll("\u2007", ""),
      ]),
    );
  }

  press(key: string, target: HTMLElement, options: KeyboardEventInit = {}): KeyboardEvent {
    const event = new KeyboardEvent("keydown", {
      ...{ key, bubbles: true, cancelable: true },
      ...options,
    });
    target.focus();
    target.dispatchEvent(event);
    return event;
  }
}
