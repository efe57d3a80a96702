/** What the page makes of tapes with the leaves that Python names: `tests/nightly/page_numbers.py`. */
import { Op } from "../../src/arithmetic.ts";
import { createReplay } from "../../src/replay.ts";
import { decodeTape, type Tape } from "../../src/tape.ts";
import { Columns } from "../../src/training/columns.ts";
import { answerEach } from "./lines.ts";

/** Rows of leaves, each of which is answered by all values and all gradients. */
interface Rows {
  readonly about: "rows";
  readonly tape: string;
  readonly rows: string;
}

/** A column for each leaf that varies; the answer is a column of outputs, and the gradients. */
interface Batch {
  readonly about: "batch";
  readonly tape: string;
  readonly varying: readonly number[];
  readonly columns: string;
  readonly wanted: readonly number[];
  readonly upstream: string;
}

answerEach((question) => {
  const asked = question as unknown as Rows | Batch;
  const tape = decodeTape(bytes(asked.tape));
  const answer = asked.about === "rows" ? replayed(tape, asked) : trained(tape, asked);
  return Buffer.from(answer.buffer).toString("base64");
});

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));
const doubles = (text: string) => new Float64Array(bytes(text).buffer);

function replayed(tape: Tape, { rows }: Rows): Float64Array {
  const leaves = [...tape.ops.keys()].filter((i) => tape.ops[i] === Op.leaf);
  const numbers = doubles(rows);
  const count = numbers.length / leaves.length;
  const run = createReplay(tape);
  const answer = new Float64Array(2 * count * tape.count);
  for (let row = 0; row < count; row++) {
    for (const [k, leaf] of leaves.entries()) run.data[leaf] = numbers[row * leaves.length + k]!;
    run.forward();
    run.backward();
    answer.set(run.data, 2 * row * tape.count);
    answer.set(run.gradients, (2 * row + 1) * tape.count);
  }
  return answer;
}

function trained(tape: Tape, { varying, columns, wanted, upstream }: Batch): Float64Array {
  const output = tape.count - 1;
  const run = new Columns(tape, varying, Int32Array.from(wanted), [output]);
  const numbers = doubles(columns);
  const count = numbers.length / varying.length;
  for (const [k, leaf] of varying.entries()) {
    run.column(leaf).set(numbers.subarray(k * count, (k + 1) * count));
  }
  run.forward(count);
  const gradients = new Float64Array(wanted.length).fill(-0);
  run.backward(count, doubles(upstream)[0]!, gradients);
  return Float64Array.from([...run.column(output).subarray(0, count), ...gradients]);
}
