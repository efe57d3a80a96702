/** What the controls for changing leaves say. */
export const editText = {
  name: "Change a leaf",
  number: (name: string) => `${name}, as a number`,
  slider: (name: string) => `${name}, between two ends`,
  reset: (name: string) => `Reset ${name}`,
  notANumber: (text: string) => `Expected a number such as 0.5, -2, 1e-3, inf or nan, got: ${text}`,
  isGroup: "A group has no number of its own; change one of its leaves.",
  isLocked: (name: string) => `${name} is locked.`,
  isResult: (name: string) => `${name} is made from other values; change one of its leaves.`,
  undo: "Undo",
  redo: "Redo",
  resetAll: "Reset",
  resetAllTitle: "Give every leaf the number that it was made with",
  hide: "Hide old numbers",
  hideTitle: "Take the numbers from before away, those struck through",
  changed: (n: number) => `${n} ${n === 1 ? "leaf" : "leaves"} changed`,
  history: "Changes",
  said: (leaf: string, before: string, now: string, output: string, is: string, was: string) =>
    `${leaf} changed from ${before} to ${now}; ${output} is ${is}, was ${was}`,
  undone: (n: number) =>
    `Undone, ${n === 0 ? "no leaf is" : editText.changed(n)}${n === 0 ? " changed" : ""}`,
  redone: (n: number) => `Done again, ${editText.changed(n)}`,
  given: "All leaves have the numbers that they were made with",
} as const;
