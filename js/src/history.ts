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

  get now(): T {
    return this.#now;
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

  /** Whether undo or redo in another view has led to this; then this one goes along. */
  follow(now: T): boolean {
    if (this.#same(now, this.#now)) return true;
    const [past, future] = [this.#past.at(-1), this.#future.at(-1)];
    if (past !== undefined && this.#same(now, past)) this.undo();
    else if (future !== undefined && this.#same(now, future)) this.redo();
    return this.#same(now, this.#now);
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
