/**
 * The numbers of an expression as they are to be seen: after which changes of its leaves, at which
 * step of the two passes, and beside which older numbers.
 */
import { Op } from "./arithmetic.ts";
import { Passes } from "./passes.ts";
import { createReplay, type Replay, runBackward } from "./replay.ts";
import type { Tape } from "./tape.ts";

/** Numbers for some leaves, by their index. */
export type Changes = ReadonlyMap<number, number>;

export class Numbers {
  readonly #tape: Tape;
  readonly #replay: Replay;
  #passes: Passes | null = null;
  /** The numbers of the leaves before any change, by index. */
  #leaves: Float64Array;
  #changes: Changes = new Map();
  #given: Float64Array | null = null;
  #before: Replay | null = null;
  #changesBefore: Changes | null = null;
  /** The gradients as far as they have come; null when the passes are not being stepped through. */
  #partial: Float64Array | null = null;
  #position: number | null = null;
  #isGuessing = false;
  #version = 0;
  #leavesVersion = 0;

  constructor(tape: Tape) {
    this.#tape = tape;
    this.#leaves = tape.constants;
    this.#replay = createReplay(tape);
    run(this.#replay);
  }

  get data(): Float64Array {
    return this.#replay.data;
  }

  /** Which leaves may be given other numbers; null for all. */
  editable: ReadonlySet<number> | null = null;

  isEditable(i: number): boolean {
    return this.#tape.ops[i] === Op.leaf && (this.editable === null || this.editable.has(i));
  }

  /** At a step, what has been added up so far; it is 0 where nothing has arrived. */
  get gradients(): Float64Array {
    return this.#partial ?? this.finalGradients;
  }

  get finalGradients(): Float64Array {
    const isAsRecorded = this.#changes.size === 0 && this.#leaves === this.#tape.constants;
    const isGiven = this.#given !== null && isAsRecorded && this.#position === null;
    return isGiven ? this.#given! : this.#replay.gradients;
  }

  /** Those of the output itself, also where others were given. */
  get ownGradients(): Float64Array {
    return this.#replay.gradients;
  }

  /** Another number each time that anything here may have changed. */
  get version(): number {
    return this.#version;
  }

  /** Another number each time that leaves may have others, which all else follows from. */
  get leavesVersion(): number {
    return this.#leavesVersion;
  }

  get passes(): Passes {
    this.#passes ??= new Passes(this.#tape);
    return this.#passes;
  }

  /** How many steps are done, or null when all numbers are shown at once. */
  get position(): number | null {
    return this.#position;
  }

  /** Whether a learner is to say the next number, so that nothing may give it away. */
  get isGuessing(): boolean {
    return this.#isGuessing;
  }

  /** The numbers to compare with. */
  get before(): { readonly data: Float64Array; readonly gradients: Float64Array } | null {
    return this.#before;
  }

  /** The leaves that a learner has changed. */
  get changes(): Changes {
    return this.#changes;
  }

  /** What a leaf is as long as nobody changes it. */
  unchanged(leaf: number): number {
    return this.#leaves[leaf]!;
  }

  /** The leaves that have other numbers than the tape says. */
  get departures(): Changes {
    const { count, ops, constants } = this.#tape;
    if (this.#leaves === constants) return this.#changes;
    const departures = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      if (ops[i] === Op.leaf && !Object.is(this.data[i], constants[i])) {
        departures.set(i, this.data[i]!);
      }
    }
    return departures;
  }

  /** Shows these gradients instead of its own while all leaves are as recorded; null ends that. */
  give(gradients: Float64Array | null): void {
    this.#version++;
    this.#given = gradients;
  }

  /** Changes some leaves, takes back what was changed of others, and works everything out. */
  change(changes: Changes): void {
    if (changes.size === 0 && this.#changes.size === 0) return;
    this.#changes = changes;
    this.#workOut();
  }

  /**
   * Gives all leaves other numbers than recorded, in the order of the tape; null for the recorded
   * ones. What was changed stays changed, and so do the older numbers.
   */
  replaceLeaves(leaves: Float64Array | null): void {
    const { count, ops, constants } = this.#tape;
    if (leaves === null && this.#leaves === constants) return;
    if (leaves === null) this.#leaves = constants;
    else {
      if (this.#leaves === constants) this.#leaves = new Float64Array(count);
      let next = 0;
      for (let i = 0; i < count; i++) if (ops[i] === Op.leaf) this.#leaves[i] = leaves[next++]!;
    }
    this.compare(this.#changesBefore);
    this.#workOut();
  }

  #workOut(): void {
    this.#leavesVersion++;
    this.#fill(this.#replay, this.#changes);
    run(this.#replay);
    this.moveTo(this.#position, this.#isGuessing);
  }

  /** Keeps the numbers for some other leaves at hand; null lets go of them. */
  compare(changes: Changes | null): void {
    this.#version++;
    this.#changesBefore = changes;
    if (changes === null) {
      this.#before = null;
      return;
    }
    this.#before ??= createReplay(this.#tape);
    this.#fill(this.#before as Replay, changes);
    run(this.#before as Replay);
  }

  moveTo(position: number | null, isGuessing: boolean): void {
    this.#version++;
    this.#isGuessing = isGuessing;
    this.#position = position;
    if (position === null) {
      this.#partial = null;
      return;
    }
    this.#partial ??= new Float64Array(this.#tape.count);
    const first = this.passes.firstDone(position);
    runBackward(this.#tape, this.data, this.#partial, first);
    if (position <= this.passes.forward) this.#partial.fill(0);
  }

  seesValue(i: number): boolean {
    return this.#position === null || this.passes.knowsValue(i, this.#position);
  }

  seesGradient(i: number): boolean {
    return this.#position === null || this.passes.hasGradient(i, this.#position);
  }

  /** Whether more will be added to the gradient that a value has. */
  isPartial(i: number): boolean {
    return this.#position !== null && !this.passes.isComplete(i, this.#position);
  }

  /** Whether the local derivatives of value `i` may be seen. */
  seesLocals(i: number): boolean {
    if (this.#position === null) return true;
    const from = this.#isGuessing ? this.passes.passedOn(i) : 0;
    return this.#position >= from && this.seesValue(i);
  }

  #fill({ data }: Replay, changes: Changes): void {
    const { count, ops } = this.#tape;
    for (let i = 0; i < count; i++) if (ops[i] === Op.leaf) data[i] = this.#leaves[i]!;
    for (const [leaf, number] of changes) data[leaf] = number;
  }
}

function run(replay: Replay): void {
  replay.forward();
  replay.backward();
}
