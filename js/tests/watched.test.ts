/** Frames of a loop in Python, as the page reads them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { watchingFinding } from "../src/dashboard/findings.ts";
import type { Desk } from "../src/dashboard/part.ts";
import { Watching } from "../src/dashboard/watching.ts";
import { Traits } from "../src/diagram/traits.ts";
import type { Session } from "../src/training/session.ts";
import { readFrame, wordsOf } from "../src/training/watched.ts";
import { FakeModel } from "./model.ts";
import { SETTINGS } from "./sessions.ts";
import { bytesOfText, networkOf, pointsOf, trainingVectors } from "./trainings.ts";

interface Vector {
  name: string;
  packed: string;
  step: number;
  words: string;
  parameters: number[];
  gradients: number[];
  rows: number[][];
}

const path = join(import.meta.dirname, "../../tests/data/frame_vectors.json");
const vectors: Vector[] = JSON.parse(readFileSync(path, "utf8"));
const bytes = ({ packed }: Vector) => bytesOfText(packed);
const [whole, back, gaps, broken] = vectors as [Vector, Vector, Vector, Vector];

test.each(vectors)("$name is read as it was written", (vector) => {
  const frame = readFrame(bytes(vector));
  expect(frame.step).toBe(vector.step);
  expect([...frame.parameters]).toEqual(vector.parameters);
  expect([...frame.gradients]).toEqual(vector.gradients);
  expect([...frame.rows]).toEqual(vector.rows.flat());
  expect(wordsOf(bytes(vector))).toBe(vector.words);
});

describe("a session", () => {
  const training = trainingVectors.find(({ parameters }) => parameters.length === 13)!;
  const [network, points] = [networkOf(training), pointsOf(training)];
  const live = { network, points, trained: points.count, settings: SETTINGS };

  function watching(vector: Vector, status: string) {
    const model = new FakeModel({ watched: bytes(vector), watching: status });
    const traits = new Traits(
      model,
      ["watched", "watching"],
      () => {},
      new AbortController().signal,
    );
    const session = new Watching(traits).session(live as unknown as Session);
    const finding = watchingFinding({ traits } as Desk);
    return { model, session, finding };
  }

  test("shows the step of the frame with its row", () => {
    const { session } = watching(back, "finished");
    expect(session?.step).toBe(2);
    expect(session?.last).toBe(4);
    const [, loss, dataLoss, regLoss, accuracy, learningRate] = back.rows[2]!;
    expect(session?.row).toMatchObject({ loss, dataLoss, regLoss, accuracy, learningRate });
    expect([...session!.run.column("loss")]).toEqual(whole.rows.map((row) => row[1]));
  });

  test("finds the row of a step whose number lies behind a gap", () => {
    const { session, finding } = watching(gaps, "finished");
    expect(session?.step).toBe(10);
    expect(session?.row.loss).toBe(gaps.rows[1]![1]);
    expect(finding?.words).toContain("Step 12 is not kept: here is step 10.");
  });

  test("is none where the loop broke off before its first step, and the words say why", () => {
    const { session, finding } = watching(broken, "failed");
    expect(session).toBeNull();
    expect(finding?.isAlert).toBe(true);
    expect(finding?.words).toContain("TypeError: expected a Step, got: int 1");
  });

  test("plays, pauses and seeks by wishes", () => {
    const { session, model } = watching(whole, "paused");
    session?.seek(3);
    session?.play();
    expect(model.get("step")).toBe(3);
    expect(model.get("watching")).toBe("running");
    session?.pause();
    expect(model.get("watching")).toBe("paused");
  });
});
