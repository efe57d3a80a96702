import { layout } from "./dagre.ts";

/** Something that lays out one graph at a time: a worker, or the page itself. */
export interface Runner {
  run(dot: string): Promise<string>;
  stop(): void;
}

/** Needs nothing that a page could lack; its pictures are a little less even than Graphviz's. */
export const smallRunner: Runner = { run: async (dot) => layout(dot), stop: () => {} };

/** The name under which the bundled layout script makes itself known. */
const GLOBAL = "MicrogradLayout";

const WORKER_TAIL = `
onmessage = async ({ data }) => {
  try {
    postMessage({ json: await ${GLOBAL}.layout(data) });
  } catch (error) {
    postMessage({ error: String(error && error.message || error) });
  }
};
${GLOBAL}.warmUp().then(() => postMessage({ ready: true }), (error) => postMessage({ error: String(error) }));
`;

type Answer = { ready?: true; json?: string; error?: string };

/** A worker of WebKit's may never say a word, no error either. */
export const LONGEST_START_MS = 10_000;

/**
 * A classic worker from a Blob: module workers fail in pages opened from disk and in sandboxed
 * frames. Rejects where the page allows no worker at all, and where none answers in good time.
 */
export function startWorker(source: string): Promise<Runner> {
  const url = URL.createObjectURL(new Blob([source, WORKER_TAIL], { type: "text/javascript" }));
  return new Promise<Runner>((resolve, reject) => {
    const worker = new Worker(url);
    const silent = setTimeout(() => settle({ error: "no answer" }), LONGEST_START_MS);
    let settle: (answer: Answer) => void = (answer) => {
      clearTimeout(silent);
      if (answer.ready) resolve(runner);
      else {
        worker.terminate();
        reject(new Error(answer.error));
      }
    };
    const runner: Runner = {
      run: (dot) =>
        new Promise((done, failed) => {
          settle = ({ json, error }) =>
            json === undefined ? failed(new Error(error)) : done(json);
          worker.postMessage(dot);
        }),
      stop: () => {
        worker.terminate();
        settle({ error: "layout stopped" });
      },
    };
    worker.onmessage = ({ data }: MessageEvent<Answer | null>) =>
      settle(data ?? { error: "no answer" });
    worker.onerror = (event) => {
      event.preventDefault();
      settle({ error: event.message || "the worker failed" });
    };
  }).finally(() => URL.revokeObjectURL(url));
}

/** The same script on the main thread, for pages that allow no worker. */
export async function startOnPage(source: string): Promise<Runner> {
  const tail = `\nexport const { layout, warmUp } = ${GLOBAL};`;
  const url = URL.createObjectURL(new Blob([source, tail], { type: "text/javascript" }));
  try {
    const module = (await import(/* @vite-ignore */ url)) as {
      layout: Runner["run"];
      warmUp(): Promise<void>;
    };
    await module.warmUp();
    return { run: module.layout, stop: () => {} };
  } finally {
    URL.revokeObjectURL(url);
  }
}
