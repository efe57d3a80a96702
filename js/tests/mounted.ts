/** A figure on a page without a kernel, as tests look at it. */
import { afterEach, expect, vi } from "vitest";
import { mountDiagram } from "../src/diagram/mount.ts";
import { layout } from "../src/layout/graphviz.ts";
import { createLayoutService } from "../src/layout/service.ts";
import { eventually, FakeModel } from "./model.ts";

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

export class Mounted {
  readonly model: FakeModel;
  readonly el = document.createElement("div");
  readonly stop = vi.fn();

  /** Mounts a tape; what lays it out may be slow, or fail. */
  constructor(tape: Uint8Array, run: (dot: string) => Promise<string> = layout, traits = {}) {
    this.model = new FakeModel({
      tape: viewOf(tape),
      gradient_table: viewOf(new Uint8Array()),
      selected: null,
      overlay: "gradient",
      direction: "LR",
      theme: "light",
      ...traits,
    });
    document.body.append(this.el);
    const layouts = createLayoutService(async () => ({ run, stop: this.stop }));
    const end = mountDiagram({ model: this.model, el: this.el, layouts });
    ends.push(() => {
      end();
      this.el.remove();
    });
  }

  /** When there is a picture, or a table in its place. */
  async drawn(): Promise<this> {
    await eventually(() => expect(this.el.querySelector(".mgw-box, .mgw-instead")).toBeTruthy());
    return this;
  }

  all<T extends Element = HTMLElement>(selector: string): T[] {
    return [...this.el.querySelectorAll<T>(selector)];
  }

  get<T extends Element = HTMLElement>(selector: string): T {
    const found = this.el.querySelector<T>(selector);
    if (found === null) throw new Error(`nothing like ${selector}`);
    return found;
  }

  /** The row of the twin that begins with these words. */
  row(start: string): HTMLElement {
    return this.all("[role=treeitem]").find((row) =>
      row.getAttribute("aria-label")?.startsWith(start),
    )!;
  }

  button(label: string): HTMLButtonElement {
    return this.all<HTMLButtonElement>("button").find(
      (button) => (button.getAttribute("aria-label") ?? button.textContent) === label,
    )!;
  }

  get said(): string {
    return this.get(".mgw-live").textContent.replace("\u00a0", "");
  }

  get summary(): string {
    return this.get(".mgw-summary").textContent;
  }

  get titles(): string[] {
    return this.all("[role=treeitem] bdi").map(({ textContent }) => textContent);
  }

  /** Presses a key where the focus is put first. */
  press(key: string, target: Element = this.get(".mgw"), options: KeyboardEventInit = {}) {
    const event = new KeyboardEvent("keydown", {
      key,
      bubbles: true,
      cancelable: true,
      ...options,
    });
    (target as HTMLElement).focus();
    target.dispatchEvent(event);
    return event;
  }
}

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
