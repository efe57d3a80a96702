/** A desk with a training behind it that really takes place. */

import type { Desk } from "../src/dashboard/part.ts";
import { Traits } from "../src/diagram/traits.ts";
import { LiveSession } from "../src/training/live.ts";
import type { Session } from "../src/training/session.ts";
import type { Settings } from "../src/training/settings.ts";
import { FakeModel } from "./model.ts";
import { networkOf, pointsOf, type TrainingVector, trainingVectors } from "./trainings.ts";

export const vectorOf = (activation: string): TrainingVector =>
  trainingVectors.find(({ settings }) => settings.activation === activation)!;

/** At step 0. */
export function liveSession(vector: TrainingVector): LiveSession {
  const { alpha, batch_size, optimizer, seed, learning_rate } = vector.settings;
  const settings: Settings = {
    ...{ learningRate: learning_rate, schedule: "constant", alpha, batchSize: batch_size },
    ...{ optimizer, batchSeed: seed },
  };
  return new LiveSession(
    {
      network: networkOf(vector),
      points: pointsOf(vector),
      ...{ share: 1, rates: new Float64Array(), settings, aim: { steps: 10, targetLoss: null } },
    },
    () => {},
    new AbortController().signal,
  );
}

export class LiveDesk implements Partial<Desk> {
  readonly #ended = new AbortController();
  readonly signal = this.#ended.signal;
  readonly root = document.createElement("div");
  readonly said: string[] = [];
  readonly traits: Traits;
  readonly theme = "light";
  session: Session;
  refresh: () => void = () => {};

  constructor(session: Session) {
    this.session = session;
    const traits = { selected_parameter: null, selected_point: null };
    const changed = () => this.refresh();
    this.traits = new Traits(new FakeModel(traits), Object.keys(traits), changed, this.signal);
    document.body.replaceChildren(this.root);
  }

  say = (words: string): void => void this.said.push(words);
  hint = (): void => {};

  get asDesk(): Desk {
    return this as unknown as Desk;
  }
}
