/** Whether a state is one of this lesson: a link can lead to any of its scenes. */
import { expectFit, type Restore, refuse } from "../page/restored.ts";

export const restoreLesson: Restore = (stored, wished) => {
  const count = Array.isArray(stored._scenes) ? stored._scenes.length : 0;
  for (const [name, value] of wished) {
    expectFit(name, value);
    if (name === "scene" && (value as number) >= count) {
      refuse(`scene to be below ${count}`, value);
    }
  }
  return { traits: Object.fromEntries(wished), kept: [] };
};
