/** What is said of how the training stands. */
import { countText, shortNumber } from "../text.ts";
import { steadyNumber } from "./figures.ts";

export const messagesText = {
  close: "Close",
  closeTitle: (words: string) => `Close: ${words.slice(0, 40)}`,
  begin: "Play trains the network. Every step is kept: one can go back to it, and on from it.",
  running: "Training. Pause whenever there is something to look at.",
  underWay: (percent: number, goal: number) =>
    `On the way to step ${countText(goal)}, which has to be trained first: ${percent} % of it is done.`,
  stopHere: "Stop here",
  stopHereTitle: "To the last step taken; the others are left out",
  ready: "Play goes on from here. A setting that is changed holds from the step on screen.",
  back:
    "Play goes on from here, to the same steps as before. A setting that is changed here begins " +
    "another run.",
  follows:
    "This training is played in another window or tab, and this one follows. Play takes over.",
  completed: (steps: number) =>
    `All ${countText(steps)} steps are done. Play goes on from here with more.`,
  target: (step: number, loss: number, wanted: number | null) =>
    `Target reached: at step ${countText(step)} the loss is ${steadyNumber(loss)}` +
    (wanted === null ? "." : `, not above ${shortNumber(wanted)}.`),
  diverged: (step: number, where: string) =>
    `Training broke off at step ${countText(step)}, where a number is no longer finite. ${where}`,
  /** What to do about it, by what was set there. */
  tryRate: (rate: number) =>
    `The learning rate was ${shortNumber(rate)}: go back some steps, set a lower one, and go on.`,
  tryAlpha: (rate: number, alpha: number) =>
    `Learning rate ${shortNumber(rate)} times twice alpha ${shortNumber(alpha)} is 2 or more, ` +
    "so L2 alone throws every parameter farther each time: set one of them lower.",
  goBack: (steps: number) => `Go back ${countText(steps)} steps`,
  openExample: (example: number) => `Open example ${countText(example)}`,
  openExampleTitle: "Its own graph shows the value where it began",
  dead: (layer: number, units: number) =>
    `Layer ${layer} is dead: ${units === 1 ? "its only unit gives" : `all ${units} of its units give`} 0 ` +
    "for every training point, so no gradient passes through it, and training changes the " +
    "network no more, but for L2 and the last bias. A new seed, a lower learning rate or tanh helps.",
  thinned: (spacing: number) =>
    `To save memory the parameters of every ${ordinal(spacing)} step are kept; those between are ` +
    "worked out again when asked for, to the same bits.",
  complaint: (words: string) => `Python did not take a change: ${words}`,
  watching: {
    running: "Python is training with a loop of its own; its steps are shown here as they come.",
    paused: "The loop in Python is paused.",
    finished: "The loop in Python is finished.",
    stopped: "The loop in Python was stopped; its steps so far are kept.",
    failed: "The loop in Python ended with an error; its steps so far are kept.",
  },
  stop: "Stop the loop",
} as const;

/** 2nd, 4th, 32nd. */
function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens > 10 && tens < 14 ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[n % 10] ?? "th");
  return `${countText(n)}${ending}`;
}
