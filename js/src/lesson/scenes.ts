/** The scenes of a lesson as Python writes them (`views/lesson.py`), and where a figure stands. */

/** Some words of a text, and what they are. */
export type Run =
  | { readonly kind: "plain" | "strong" | "em" | "code"; readonly text: string }
  | { readonly kind: "node"; readonly text: string; readonly node: number }
  | {
      readonly kind: "number";
      readonly text: string;
      readonly node: number;
      readonly of: "data" | "grad";
    };

export interface Paragraph {
  /** Of a list. */
  readonly item: boolean;
  readonly runs: readonly Run[];
}

/** What is asked, other than by the figure itself. */
export interface Question {
  readonly text: readonly Paragraph[];
  readonly choices: readonly string[];
  /** A number of the figure, or the place of a choice. */
  readonly answer: { readonly node: number; readonly of: "data" | "grad" } | number;
  readonly because: readonly Paragraph[];
}

export type Setting = Readonly<Record<string, unknown>>;

export interface Scene {
  readonly text: readonly Paragraph[];
  /** Which of the lesson's figures is shown. */
  readonly figure: number;
  /** All that the figure is to be, by its traits. */
  readonly setting: Setting;
  readonly question?: Question | null;
}

/** The scenes of the model, or an error that says what is wrong with them. */
export function readScenes(scenes: unknown, shown: unknown): readonly Scene[] {
  const count = Array.isArray(shown) ? shown.length : 0;
  if (!Array.isArray(scenes) || scenes.length === 0) throw new Error("expected scenes, got: none");
  for (const { text, figure, setting } of scenes as Scene[]) {
    const isWhole = Array.isArray(text) && typeof setting === "object" && setting !== null;
    if (!isWhole || !(figure >= 0 && figure < count)) {
      throw new Error("expected scenes with a text and a figure each, got: others");
    }
  }
  return scenes;
}

/** What a learner moves without leaving the scene: where to look, and how it is written. */
const FREE = new Set(["unfolded", "notation", "check_step", "speed", "selected_parameter"]);
/** What a learner cannot move. */
const FIXED = new Set(["editable", "controls", "locked", "predict"]);

/** The traits in which a figure is not as it is to be. */
export function differences({ setting }: Scene, get: (name: string) => unknown): string[] {
  return Object.keys(setting).filter((name) => {
    if (FREE.has(name) || FIXED.has(name)) return false;
    // Who guesses goes on by it.
    if (name === "step" && setting.predict === true) return false;
    return !isSame(get(name), setting[name]);
  });
}

const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Whether the figure asks something that nobody has answered yet. */
export const isPredicting = ({ setting }: Scene, get: (name: string) => unknown): boolean =>
  setting.predict === true && get("predict") === true && isSame(get("step"), setting.step);

/** Another scene that shows what is there now: the next that does, else one before. */
export function sceneLike(
  scenes: readonly Scene[],
  current: number,
  get: (name: string) => unknown,
): number | null {
  const isLike = (scene: Scene, n: number) =>
    n !== current &&
    scene.figure === scenes[current]!.figure &&
    differences(scene, get).length === 0;
  const like = scenes.flatMap((scene, n) => (isLike(scene, n) ? [n] : []));
  return like.find((n) => n > current) ?? like.at(-1) ?? null;
}

/** A text as it is spoken; a number is what it is now. */
export const spokenText = (
  text: readonly Paragraph[],
  number: (node: number, of: "data" | "grad") => string,
): string =>
  text
    .map(({ runs }) =>
      runs.map((run) => (run.kind === "number" ? number(run.node, run.of) : run.text)).join(""),
    )
    .join(" ");
