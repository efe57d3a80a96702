/** What is said where a figure is still to come, or cannot come; few words, sent with every widget. */
export const hostText = {
  waiting: "Loading the diagram\u2026",
  silent:
    "The diagram is still waiting for Python. If the kernel was stopped or restarted, run the cell again.",
  unheard:
    "Python cannot be reached from this page, so the figure does not come to life here. " +
    "What is seen instead is the still picture, where there is one.",
  instead: "What is seen instead is the still picture.",
  lacks: (name: string) =>
    `This browser has no ${name}, which the live figure needs: a browser of today has it.`,
  tooOld: "This browser is too old to read the script of the live figure.",
  blocked: "The page around does not let the script of the live figure run.",
  unstyled: "The page around does not let the live figure bring its style.",
  damaged: "what this page says of it is damaged",
  broken: (reason: string) => `The diagram could not be loaded: ${reason}.`,
} as const;
