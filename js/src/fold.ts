/** Which values and groups of an expression are drawn. */
import { Op } from "./arithmetic.ts";
import { type Bookmark, bookmark } from "./bookmark.ts";
import { Contraction } from "./contraction.ts";
import { inOrder, insideOf, leavesOf, type Opened, roomWanted } from "./filling.ts";
import { type FoldState, readFold, writeFold } from "./foldstate.ts";
import { type Consumers, upstreamMask } from "./graph.ts";
import { Groups, ROOT } from "./groups.ts";
import { deepestFirstPicture, FIRST_PICTURE, levelsOf, OPEN_ALL_UP_TO } from "./levels.ts";
import { nearestHidden, wayBackTo } from "./nearest.ts";
import type { Passes } from "./passes.ts";
import { Stops } from "./stops.ts";
import type { Tape } from "./tape.ts";

/** Up to here everything is drawn, where there are no groups. */
export const DRAW_ALL_UP_TO = 300;
/** Opening a value adds this many of those behind it. */
export const OPENED_AT_ONCE = 20;
/** However often a person opens more, the picture stays one that can be laid out quickly. */
export const MOST_DRAWN = 400;

export class Fold {
  readonly groups: Groups;
  readonly #tape: Tape;
  /** The groups that are open in the first picture. */
  readonly #first: ReadonlySet<number>;
  /** Groups; whatever is around an open one is open too. */
  readonly #open = new Set<number>();
  /** Items: values, and closed groups, whose numbers follow those of the values. */
  readonly #shown = new Set<number>();
  /** Leaves that came along with what uses them, and go with it. */
  readonly #brought = new Set<number>();
  #contraction: Contraction;
  #levels: number | null = null;
  /** Worked out anew when something else is drawn. */
  #stops: Stops | null = null;
  #plain: { contraction: Contraction; shown: ReadonlySet<number> } | null = null;

  constructor(
    tape: Tape,
    groups = new Groups(tape),
    first: ReadonlySet<number> = deepestFirstPicture(tape, groups),
  ) {
    this.#tape = tape;
    this.groups = groups;
    this.#first = new Set(first);
    this.#contraction = this.#restart(this.#first);
  }

  /** Begins anew with these groups open. */
  #restart(open: ReadonlySet<number>, most = DRAW_ALL_UP_TO): Contraction {
    for (const set of [this.#open, this.#shown, this.#brought]) set.clear();
    for (const g of [...open].sort((a, b) => a - b)) this.#open.add(g);
    this.#levels = levelsOf(this.groups, this.#open);
    this.#contract();
    const roomy = Math.min(most, this.groups.count === 0 ? DRAW_ALL_UP_TO : OPEN_ALL_UP_TO);
    for (const g of [ROOT, ...this.#open]) this.#fill(g, roomy);
    return this.#contraction;
  }

  /** Remembers how it is now. */
  bookmark(): Bookmark {
    const [contraction, levels] = [this.#contraction, this.#levels];
    return bookmark([this.#open, this.#shown, this.#brought], () => {
      this.#contraction = contraction;
      this.#levels = levels;
      this.#stops = null;
    });
  }

  get contraction(): Contraction {
    return this.#contraction;
  }

  /** The items drawn, operands before results as far as groups allow. */
  get shown(): number[] {
    return inOrder(this.#opened, this.#shown);
  }

  /** The open groups, outer ones first. */
  get open(): number[] {
    return [...this.#open].sort((a, b) => a - b);
  }

  /** How many levels of groups are open, if whole ones are and nothing else was changed. */
  get levels(): number | null {
    return this.#levels;
  }

  /** Whether anything is drawn inside an open group. */
  isEmpty(g: number): boolean {
    const isInside = (place: number) => this.groups.chain(place).includes(g);
    return ![...this.#shown].some((item) => isInside(this.#contraction.placeOf(item)));
  }

  get size(): number {
    return this.#shown.size;
  }

  /** Where a walk through the passes halts. */
  stops(passes: Passes): Stops {
    this.#stops ??= new Stops(passes, this.#contraction, (item) => this.#shown.has(item));
    return this.#stops;
  }

  has(item: number): boolean {
    return this.#shown.has(item);
  }

  /** Whether a leaf stands here only because something that uses it was opened or asked for. */
  isBrought(item: number): boolean {
    return this.#brought.has(item);
  }

  isFull(): boolean {
    return this.#shown.size >= MOST_DRAWN;
  }

  /** Leaves that a closed group merely counts are no reason to offer more. */
  hasHiddenOperands(item: number): boolean {
    const at = this.#contraction;
    const isCounted = (other: number) => at.isOpaque(item) && at.isOneOfMany(other);
    return at.operands(item).some((other) => !this.#shown.has(other) && !isCounted(other));
  }

  /** The terms of a closed sum that are not drawn, the first ones first. */
  hiddenTerms(sum: number): number[] {
    return this.#contraction.operands(sum).filter((term) => !this.#shown.has(term));
  }

  /** How many values, hidden now and in no box, an item was made from. */
  hiddenBehind(item: number): number {
    const mask = upstreamMask(this.#tape, this.#contraction.outputs(item));
    let hidden = 0;
    for (const isBehind of mask) hidden += isBehind;
    for (const shown of this.#shown) hidden -= this.#contraction.countIn(shown, mask);
    return hidden;
  }

  /** Adds the nearest items behind this one, or the next terms of a sum; says which are new. */
  more(item: number): number[] {
    const at = this.#contraction;
    const isShown = (other: number) => this.#shown.has(other);
    const isWanted = (other: number) => !at.isQuiet(other);
    const wanted = at.isSum(item)
      ? this.hiddenTerms(item).slice(0, OPENED_AT_ONCE)
      : nearestHidden(at, [item], OPENED_AT_ONCE, isShown, isWanted);
    this.#levels = null;
    const added = this.#add(wanted);
    return [...added, ...this.#bringLeaves(added)];
  }

  /** Opens a closed group that is drawn; says whether there was room for anything of it. */
  openGroup(g: number): boolean {
    if (!this.#shown.has(this.#contraction.itemOfGroup(g)) || this.isFull()) return false;
    this.#openAll([g]);
    return true;
  }

  /** Opens groups, outer ones first; the outermost are drawn. */
  #openAll(groups: readonly number[]): void {
    this.#levels = null;
    for (const g of groups) {
      this.#shown.delete(this.#contraction.itemOfGroup(g));
      this.#open.add(g);
    }
    this.#contract();
    for (const g of groups) this.#fill(g, OPEN_ALL_UP_TO);
  }

  /**
   * Opens so many levels of groups and closes all others; sums are opened last, with all else. A
   * level for which there is no room stays closed: says whether there was room for all.
   */
  openLevels(levels: number): boolean {
    this.#restart(new Set());
    const closed = () => [...this.#shown].filter(this.#contraction.isGroup, this.#contraction);
    for (let level = 0; level < levels; level++) {
      const groups = closed().map((item) => this.#contraction.groupOf(item));
      const own = groups.filter((g) => !this.groups.isSum(g));
      const wanted = own.length === 0 && levels === Number.POSITIVE_INFINITY ? groups : own;
      if (wanted.length === 0) break;
      if (this.#shown.size + roomWanted(this.groups, wanted) > MOST_DRAWN) {
        this.#levels = level;
        return false;
      }
      this.#openAll(wanted);
    }
    this.#levels =
      levels === Number.POSITIVE_INFINITY ? levels : Math.min(levels, this.groups.levels);
    return true;
  }

  /** As little as a picture can show; says whether that is less than before. */
  collapse(): boolean {
    const before = this.size;
    this.#restart(new Set(), FIRST_PICTURE);
    return this.size < before;
  }

  /** What differs from the first picture, as a short list of numbers; null if nothing does. */
  snapshot(): FoldState | null {
    const plain = this.#plainly();
    const isToggled = (g: number) => this.#open.has(g) !== this.#first.has(g);
    const groups = new Set([...this.#open, ...this.#first]);
    return writeFold(this.#tape.count, this.groups.count, {
      toggled: [...groups].filter(isToggled).sort((a, b) => a - b),
      extra: [...this.#shown].filter((item) => !plain.has(item)),
      missing: [...plain].filter((item) => !this.#shown.has(item)),
    });
  }

  /** What is shown where just these groups are open. */
  #plainly(): ReadonlySet<number> {
    if (this.#plain?.contraction !== this.#contraction) {
      const { shown } = new Fold(this.#tape, this.groups, this.#open);
      this.#plain = { contraction: this.#contraction, shown: new Set(shown) };
    }
    return this.#plain.shown;
  }

  /** What a snapshot described, or the first picture; what makes no sense in it is passed over. */
  restore(state: unknown): void {
    const { toggled, extra, missing } = readFold(this.#tape.count, this.groups.count, state);
    const open = new Set(this.#first);
    for (const g of toggled) if (!open.delete(g)) open.add(g);
    const isOpen = (g: number) => this.groups.chain(g).every((around) => open.has(around));
    this.#restart(new Set([...open].filter(isOpen).slice(0, MOST_DRAWN)));
    if (toggled.length > 0 || extra.length > 0 || missing.length > 0) this.#levels = null;
    const at = this.#contraction;
    const isClosed = (item: number) => !at.isGroup(item) || !this.#open.has(at.groupOf(item));
    const isThere = (place: number) => place === ROOT || this.#open.has(place);
    for (const item of missing) this.#remove(item);
    const added = this.#add(extra.filter((item) => isClosed(item) && isThere(at.placeOf(item))));
    for (const item of added) {
      if (this.groups.count > 0 && this.#tape.ops[item] === Op.leaf) this.#brought.add(item);
    }
    if (this.size === 0) this.#restart(this.#first);
  }

  /** Closes an open group with all groups inside it. */
  closeGroup(g: number): void {
    const { groups } = this;
    const before = this.#contraction;
    this.#levels = null;
    const isInside = (at: number) => groups.chain(at).includes(g);
    for (const item of [...this.#shown]) {
      if (isInside(before.placeOf(item))) this.#remove(item);
    }
    for (const other of [...this.#open]) if (isInside(other)) this.#open.delete(other);
    this.#contract();
    this.#shown.add(this.#contraction.itemOfGroup(g));
    for (const leaf of [...this.#brought]) {
      if (before.feedsValue(leaf) && !this.#contraction.feedsValue(leaf)) this.#remove(leaf);
    }
  }

  /**
   * Makes a value or a group one that is drawn: opens the groups around it, and adds the shortest
   * way from it to something that is drawn already. Says whether the picture has changed.
   */
  reveal(item: number, consumers: Consumers): boolean {
    const at = this.#contraction;
    const isOpenGroup = at.isGroup(item) && this.#open.has(at.groupOf(item));
    if (this.#shown.has(item) || isOpenGroup) return false;
    const around = this.groups.chain(at.placeOf(item)).filter((g) => !this.#open.has(g));
    // A closed sum is its own result, with the same number and the same gradient.
    const sum = around.find((g) => this.groups.isSum(g) && this.groups.outputs(g).includes(item));
    const toOpen = sum === undefined ? around : around.slice(0, around.indexOf(sum));
    const target = sum === undefined ? item : at.itemOfGroup(sum);
    if (sum !== undefined && this.#shown.has(target)) return false;
    if (!this.#reach(toOpen, target, consumers)) {
      // Full: what was asked for last counts more than what was opened before.
      this.#restart(this.#first);
      const closed = toOpen.filter((g) => !this.#open.has(g));
      this.#reach(closed, target, consumers);
    }
    return true;
  }

  #reach(toOpen: readonly number[], target: number, consumers: Consumers): boolean {
    const [first] = toOpen;
    if (first !== undefined) {
      const outermost = this.#contraction.itemOfGroup(first);
      this.#bring(outermost, consumers);
      if (!this.#shown.has(outermost)) return false;
      this.#openAll(toOpen);
    }
    this.#bring(target, consumers);
    return this.#shown.has(target);
  }

  #contract(): void {
    this.#stops = null;
    this.#contraction = new Contraction(this.#tape, this.groups, this.#open);
  }

  get #opened(): Opened {
    return {
      tape: this.#tape,
      groups: this.groups,
      open: this.#open,
      contraction: this.#contraction,
    };
  }

  /** Shows what is directly inside an open group; with the additions of a sum what they add. */
  #fill(g: number, roomy: number): void {
    const added = this.#add(insideOf(this.#opened, g, roomy));
    this.#bringLeaves(added);
    if (!this.groups.isSum(g) || this.groups.size(g) > 2 * OPENED_AT_ONCE) return;
    const terms = added.flatMap((item) => this.#contraction.operands(item));
    this.#bringLeaves(this.#add(terms));
  }

  /** The leaves that items use are drawn with them. */
  #bringLeaves(items: readonly number[]): number[] {
    if (this.groups.count === 0) return [];
    const added = this.#add([...leavesOf(this.#opened, items)]);
    for (const leaf of added) this.#brought.add(leaf);
    return added;
  }

  #bring(item: number, consumers: Consumers): void {
    if (this.#shown.has(item)) return;
    this.#levels = null;
    const isShown = (other: number) => this.#shown.has(other);
    this.#add(wayBackTo(this.#contraction, consumers, item, isShown));
    if (this.#shown.has(item) && this.#tape.ops[item] === Op.leaf) this.#brought.add(item);
  }

  #add(wanted: readonly number[]): number[] {
    const added: number[] = [];
    for (const item of wanted) {
      if (this.#shown.has(item) || this.isFull()) continue;
      this.#shown.add(item);
      added.push(item);
    }
    if (added.length > 0) this.#stops = null;
    return added;
  }

  #remove(item: number): void {
    this.#stops = null;
    this.#shown.delete(item);
    this.#brought.delete(item);
  }
}
