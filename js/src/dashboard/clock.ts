/** One clock for several dashboards of a page: who moves takes all others of the same name along. */

const EVENT = "microgradwidgets-clock";

interface Tick {
  readonly name: string;
  readonly step: number;
}

export class Clock {
  readonly #name: () => string;
  readonly #page: Document;
  /** The step that was told or heard last: it is not told again. */
  #step: number | null = null;
  /** The step to which another one has led it. */
  #heard = 0;

  /** `hear` is called with the step to which another one has gone. */
  constructor(
    page: Document,
    name: () => string,
    hear: (step: number) => void,
    signal: AbortSignal,
  ) {
    this.#page = page;
    this.#name = name;
    const listen = ({ detail }: CustomEvent<Tick>) => {
      if (detail.name !== name() || detail.step === this.#step) return;
      this.#step = this.#heard = detail.step;
      hear(detail.step);
    };
    page.addEventListener(EVENT, listen as EventListener, { signal });
  }

  /** One that has broken off on the way to where another one has led it is left behind. */
  tell(step: number, isBroken = false): void {
    const name = this.#name();
    if (name === "" || step === this.#step || (isBroken && step < this.#heard)) return;
    const isFirst = this.#step === null;
    this.#step = step;
    this.#heard = 0;
    // Where a dashboard begins is no move.
    if (isFirst) return;
    const detail: Tick = { name, step };
    this.#page.dispatchEvent(new CustomEvent(EVENT, { detail }));
  }
}
