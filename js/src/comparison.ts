/** What differs between the numbers shown and the older ones. Its twin is `comparison.py`. */
import { type Groups, ROOT } from "./groups.ts";

/** Two states of one expression, and how much of them may be told. */
export interface States {
  readonly before: Numbers;
  readonly now: Numbers;
  seesValue(i: number): boolean;
  readonly hasGradients: boolean;
}

interface Numbers {
  readonly data: Float64Array;
  readonly gradients: Float64Array;
}

export type Quantity = "value" | "gradient";

export interface Change {
  readonly at: number;
  readonly before: number;
  readonly now: number;
  readonly difference: number;
}

export class Comparison {
  readonly #changed: Record<Quantity, (i: number) => boolean>;
  readonly #count = { value: 0, gradient: 0 };
  readonly #states: States;
  /** Values first, then groups, as in a picture. */
  readonly #marks: Uint8Array;

  constructor(states: States, groups: Groups) {
    const { before, now } = states;
    const values = now.data.length;
    this.#states = states;
    this.#changed = {
      value: (i) => differ(before.data[i]!, now.data[i]!) && states.seesValue(i),
      gradient: (i) => states.hasGradients && differ(before.gradients[i]!, now.gradients[i]!),
    };
    this.#marks = new Uint8Array(values + groups.count);
    for (let i = 0; i < values; i++) {
      const [hasValue, hasGradient] = [this.#changed.value(i), this.#changed.gradient(i)];
      if (hasValue) this.#count.value++;
      if (hasGradient) this.#count.gradient++;
      if (!hasValue && !hasGradient) continue;
      this.#marks[i] = 1;
      let g = groups.home[i]!;
      while (g !== ROOT && this.#marks[values + g] === 0) {
        this.#marks[values + g] = 1;
        g = groups.parent(g);
      }
    }
  }

  /** Whether a value or its gradient has changed, or anything in a group. */
  isChanged(item: number): boolean {
    return this.#marks[item] === 1;
  }

  count(of: Quantity): number {
    return this.#count[of];
  }

  /** The largest differences first, those that are not finite before all; then by place. */
  largest(of: Quantity, most: number): Change[] {
    const [key, isChanged] = [of === "value" ? "data" : "gradients", this.#changed[of]] as const;
    const [before, now] = [this.#states.before[key], this.#states.now[key]];
    const size = (i: number) => {
      const difference = Math.abs(now[i]! - before[i]!);
      return Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY;
    };
    const found: number[] = [];
    for (let i = 0; i < now.length; i++) {
      if (!isChanged(i)) continue;
      if (found.length === most && size(i) <= size(found[most - 1]!)) continue;
      let place = found.length;
      while (place > 0 && size(found[place - 1]!) < size(i)) place--;
      found.splice(place, 0, i);
      found.length = Math.min(found.length, most);
    }
    return found.map((at) => ({
      at,
      before: before[at]!,
      now: now[at]!,
      difference: now[at]! - before[at]!,
    }));
  }
}

/** That a nan has stayed a nan is no change. */
const differ = (a: number, b: number): boolean => a !== b && !(Number.isNaN(a) && Number.isNaN(b));
