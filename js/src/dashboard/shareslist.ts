/** The terms that a parameter's gradient is the sum of. */
import type { Share } from "../training/session.ts";

export interface SharesList {
  /** The largest first. */
  readonly largest: readonly Share[];
  readonly penalty: number;
  /** Of those that are not listed one by one. */
  readonly rest: { readonly count: number; readonly zeros: number; readonly sum: number };
  /** What the terms miss of the gradient: 0, or what rounding left where a weight is used twice. */
  readonly rounding: number;
  readonly gradient: number;
}

export function sharesList(
  { examples, penalty }: { readonly examples: readonly Share[]; readonly penalty: number },
  gradient: number,
  most: number,
): SharesList {
  const bySize = [...examples].sort((a, b) => sizeOf(b) - sizeOf(a) || a.example - b.example);
  const shown = Math.min(most, bySize.findLastIndex((share) => share.gradient !== 0) + 1);
  const others = bySize.slice(shown);
  return {
    largest: bySize.slice(0, shown),
    penalty,
    rest: {
      count: others.length,
      zeros: others.filter((share) => share.gradient === 0).length,
      sum: others.reduce((sum, share) => sum + share.gradient, 0),
    },
    rounding: gradient - addedUp(examples, penalty),
    gradient,
  };
}

/** In the order of a backward pass: the penalty, then from the last example to the first. */
const addedUp = (examples: readonly Share[], penalty: number): number =>
  examples.reduceRight((sum, share) => sum + share.gradient, penalty);

/** Before all others stands what is not a number. */
const sizeOf = ({ gradient }: Share): number =>
  Number.isNaN(gradient) ? Number.MAX_VALUE : Math.min(Number.MAX_VALUE, Math.abs(gradient));
