/** What is said of the course of a training. */
import { shortNumber } from "../text.ts";

const at = (place: string): string => (place === "" ? "" : `, in ${place}`);

export const trainingText = {
  run: (n: number) => `run ${n}`,
  watched: "your loop",
  valueBroke: (x: number, example: number, place: string) =>
    `The value became ${shortNumber(x)} for example ${example}${at(place)}.`,
  totalBroke: (x: number) =>
    `The loss became ${shortNumber(x)}, although that of each example is finite.`,
  gradientBroke: (x: number, example: number, place: string) =>
    `A gradient became ${shortNumber(x)} for example ${example}${at(place)}.`,
  updateBroke: (name: string, gradient: number) =>
    `The update of ${name}, whose gradient is ${shortNumber(gradient)}, is not finite.`,
} as const;
