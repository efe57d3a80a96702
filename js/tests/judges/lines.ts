/** Answers a question a line with an answer a line, for a test in Python that asks. */
import { createInterface } from "node:readline";

export type Question = Readonly<Record<string, unknown>>;

/** What is refused in words, and what nobody foresaw. */
export interface Refusal {
  readonly refused: string;
}

interface Judged {
  readonly answer: unknown;
  /** Of work, so that a busy machine looks no slower. */
  readonly ms: number;
  /** The most memory so far, in megabytes. */
  readonly memory: number;
}

export function answerEach(answer: (question: Question) => unknown): void {
  let last = Promise.resolve();
  createInterface({ input: process.stdin }).on("line", (line) => {
    last = last.then(async () => {
      process.stdout.write(`${JSON.stringify(await judged(answer, JSON.parse(line)))}\n`);
    });
  });
}

async function judged(answer: (question: Question) => unknown, question: Question) {
  const since = process.cpuUsage();
  const found = await Promise.resolve(question)
    .then(answer)
    .catch((error: Error) => ({ crashed: error.stack ?? String(error) }));
  const { user, system } = process.cpuUsage(since);
  const ms = (user + system) / 1000;
  return { answer: found, ms, memory: process.resourceUsage().maxRSS / 1024 } satisfies Judged;
}

/** What `attempt` gives, or the words with which it refuses; every other error is let through. */
export function orRefusal<T>(attempt: () => T, words: RegExp): T | Refusal {
  try {
    return attempt();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!words.test(message) || (error as Error).constructor !== Error) throw error;
    return { refused: message };
  }
}
