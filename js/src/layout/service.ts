/** All layouts of a page, one after the other, on one shared worker. */
import type { Runner } from "./runner.ts";

/** Lays out a graph; a request that is aborted rejects with the signal's reason. */
export type Layout = (dot: string, signal: AbortSignal) => Promise<string>;

export interface LayoutService {
  layout: Layout;
  /** Keeps the worker alive until the matching `leave`, and starts it where it is soon needed. */
  enter(isSoonNeeded?: boolean): void;
  leave(): void;
}

/** A layout nobody wants any more may finish within this time; then its worker is ended. */
const GRACE_MS = 300;
/** No picture is worth a longer wait. */
export const LONGEST_MS = 10_000;

interface Job {
  dot: string;
  signal: AbortSignal;
  done: (json: string) => void;
  failed: (reason: unknown) => void;
}

/** Starts that failed one after the other; then this page has no such thing. */
const MOST_STARTS = 2;

/**
 * `lastResort` draws where nothing can be started, and what failed twice; an answer that is not
 * whole has failed.
 */
export function createLayoutService(
  start: () => Promise<Runner>,
  lastResort: Runner | null = null,
  isWhole: (dot: string, json: string) => boolean = () => true,
): LayoutService {
  let users = 0;
  let busy = false;
  let runner: Promise<Runner> | null = null;
  let failedStarts = 0;
  const waiting: Job[] = [];

  const fresh = () => {
    const old = runner;
    runner = null;
    old?.then(
      (started) => started.stop(),
      () => {},
    );
  };

  const begin = (): Promise<Runner> => {
    runner ??= answered(start()).then(
      (started) => {
        failedStarts = 0;
        return started;
      },
      (reason) => {
        failedStarts++;
        throw reason;
      },
    );
    return runner;
  };

  const once = async (job: Job): Promise<string> => {
    const started = await begin();
    const json = await limited(started.run(job.dot), job.signal, fresh);
    if (isWhole(job.dot, json)) return json;
    throw new Error("layout: expected a position for everything, got: something else");
  };

  const twice = (job: Job): Promise<string> =>
    once(job).catch((reason) => {
      // A failed WebAssembly instance stays broken: one more try gets a new one.
      fresh();
      if (job.signal.aborted || reason instanceof TooSlow) throw reason;
      return once(job);
    });

  const anyhow = async (job: Job): Promise<string> => {
    if (lastResort === null) return twice(job);
    if (failedStarts >= MOST_STARTS) return lastResort.run(job.dot);
    return twice(job).catch((reason) => {
      fresh();
      if (job.signal.aborted || reason instanceof TooSlow) throw reason;
      return lastResort.run(job.dot);
    });
  };

  const run = async (job: Job): Promise<void> => {
    try {
      job.done(await anyhow(job));
    } catch (reason) {
      job.failed(reason);
    }
  };

  const drain = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      if (!job.signal.aborted) await run(job);
    }
    busy = false;
    if (users === 0) fresh();
  };

  return {
    layout: (dot, signal) =>
      new Promise((done, failed) => {
        if (signal.aborted) return failed(signal.reason);
        signal.addEventListener("abort", () => failed(signal.reason), { once: true });
        waiting.push({ dot, signal, done, failed });
        void drain();
      }),
    enter: (isSoonNeeded = true) => {
      users++;
      // Started ahead of the first request: it takes longer than most layouts.
      if (isSoonNeeded && failedStarts < MOST_STARTS) begin().catch(() => {});
    },
    leave: () => {
      users--;
      if (users === 0 && !busy) fresh();
    },
  };
}

class TooSlow extends Error {}

/** Something that never comes is as good as none; should it come after all, it is ended. */
function answered(starting: Promise<Runner>): Promise<Runner> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error("layout: expected a start within ten seconds, got: none"));
      starting.then(
        (late) => late.stop(),
        () => {},
      );
    }, LONGEST_MS);
    starting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Graphviz cannot be interrupted, only ended with its worker. */
function limited(work: Promise<string>, signal: AbortSignal, end: () => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      end();
      reject(new TooSlow("the layout took too long"));
    };
    const timers = [setTimeout(giveUp, LONGEST_MS)];
    const onAbort = () => timers.push(setTimeout(giveUp, GRACE_MS));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", onAbort);
      for (const timer of timers) clearTimeout(timer);
    });
  });
}
