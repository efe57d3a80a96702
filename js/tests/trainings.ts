/** Trainings that Python has done, for the page to repeat. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Optimizer } from "../src/optimizers.ts";
import { type Network, readNetwork } from "../src/training/network.ts";
import { type Points, readPoints } from "../src/training/points.ts";

export interface TrainingVector {
  settings: {
    alpha: number;
    batch_size: number | null;
    optimizer: Optimizer;
    seed: number;
    activation: string;
    learning_rate: number;
  };
  network: string;
  points: string;
  rows: { loss: number; data_loss: number; reg_loss: number; accuracy: number }[];
  gradients: number[];
  parameters: number[];
}

interface Vectors {
  trainings: TrainingVector[];
  streams: { seed: [string, string, string]; uniform: number[]; shuffled: number[] }[];
}

const path = join(import.meta.dirname, "../../tests/data/training_vectors.json");

export const { trainings: trainingVectors, streams: streamVectors } = JSON.parse(
  readFileSync(path, "utf8"),
) as Vectors;

export const bytesOfText = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

export const networkOf = ({ network }: TrainingVector): Network =>
  readNetwork(bytesOfText(network));

export const pointsOf = ({ points }: TrainingVector): Points => readPoints(bytesOfText(points));
