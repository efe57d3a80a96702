/** What can be read and heard of a lesson. */

/** What a learner can have moved, by the trait. */
const MOVED: Readonly<Record<string, string>> = {
  step: "the step",
  selected: "what is selected",
  selected_point: "the selected point",
  edits: "the numbers",
  overlay: "the colours",
  direction: "the direction",
  learning_rate: "the learning rate",
};

export const said = {
  figure: (words: string) => `Lesson: ${words}`,
  back: "Back",
  next: "Next",
  moves: "Scenes",
  keys: "Left and right arrow keys, Home and End work here too",
  position: (scene: number, count: number) => `${scene} of ${count}`,
  spoken: (scene: number, count: number, words: string) => `Scene ${scene} of ${count}. ${words}`,
  select: (words: string, name: string) => (words === name ? name : `${words}: ${name}`),

  moved(traits: readonly string[]): string {
    const parts = new Set(traits.map((trait) => MOVED[trait] ?? "the settings"));
    return `You have changed ${new Intl.ListFormat("en").format(parts)}.`;
  },
  backToScene: "Back to this scene",
  isScene: (scene: number) => `The figure is now as in scene ${scene}.`,
  goToScene: (scene: number) => `Go to scene ${scene}`,
  isBack: "The figure is as in this scene again.",

  question: "Question",
  number: "Your answer",
  check: "Check",
  showMe: "Show me",
  noChoice: "Choose one of them.",
  right: "Right.",
  isNumber: (number: string) => `It is ${number}.`,
  isChoice: (choice: string) => `It is: ${choice}`,
  answerFirst: "Answer the question first, or have the answer shown.",
  predictFirst: "Say what comes next in the figure first, or have it shown there.",

  unreadable: (reason: string) => `This lesson cannot be shown. ${reason}`,
} as const;
