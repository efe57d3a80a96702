/** What was changed, one after the other, so that it can be undone and done again. */
export class History<T> {
  readonly #same: (a: T, b: T) => boolean;
  #past: T[] = [];
  #future: T[] = [];
  #now: T;
  /** Further changes belong to the one before: a drag is one change. */
  #isOpen = false;

  constructor(now: T, same: (a: T, b: T) => boolean) {
    this.#now = now;
    this.#same = same;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Notes a change, whoever made it; one that `goesOn` is undone together with the one before. */
  note(now: T, goesOn: boolean): void {
    if (this.#same(now, this.#now)) return;
    if (!(goesOn && this.#isOpen)) this.#past.push(this.#now);
    this.#isOpen = goesOn;
    this.#now = now;
    this.#future = [];
  }

  /** The next change is one of its own. */
  close(): void {
    this.#isOpen = false;
  }

  /** What was before the last change, or null. */
  undo(): T | null {
    return this.#move(this.#past, this.#future);
  }

  redo(): T | null {
    return this.#move(this.#future, this.#past);
  }

  #move(from: T[], to: T[]): T | null {
    const next = from.pop();
    if (next === undefined) return null;
    to.push(this.#now);
    this.#now = next;
    this.#isOpen = false;
    return next;
  }
}
