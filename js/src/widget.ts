/**
 * The module that anywidget sends with every single widget: kept to a few kilobytes, it asks for
 * the engine once per page and hands the view over to it.
 */
import { ANSWER_MS, getEngine } from "./delivery.ts";
import type { Engine } from "./engine.ts";
import { whyNot } from "./failing.ts";
import type { Host } from "./host.ts";
import { hostText } from "./strings/host.ts";
import { countView } from "./unseen.ts";

interface Props {
  model: Host;
  signal?: AbortSignal;
}

/** Quicker than this, and a word about waiting would only flicker. */
const PATIENCE_MS = 500;

/** Begins to fetch the engine before there is any view. */
function initialize({ model, signal }: Props): () => void {
  const gone = new AbortController();
  signal?.addEventListener("abort", () => gone.abort(), { once: true });
  // Each view reports a failure; here there is no place to.
  getEngine(model, gone.signal).catch(() => {});
  return () => gone.abort();
}

function render({ model, el, signal }: Props & { el: HTMLElement }): () => void {
  const gone = new AbortController();
  signal?.addEventListener("abort", () => gone.abort(), { once: true });
  countView(model, el, gone.signal);
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const say = (sentence: string) => {
    words.textContent = sentence;
    if (!words.isConnected && !gone.signal.aborted) el.append(words);
  };
  const giveUp = () => {
    // A still picture stands beside, and says what to do.
    if (document.getElementsByClassName(String(model.get("_still"))).length > 0) words.remove();
    else say(hostText.silent);
  };
  const timers = [setTimeout(say, PATIENCE_MS, hostText.waiting), setTimeout(giveUp, ANSWER_MS)];
  const quiet = () => timers.forEach(clearTimeout);
  gone.signal.addEventListener("abort", () => {
    quiet();
    words.remove();
  });
  const unheard = () => {
    quiet();
    say(hostText.unheard);
  };
  // A failed delivery is asked for once more by a view that comes later.
  getEngine(model, gone.signal, unheard)
    .then((engine: Engine) => {
      quiet();
      words.remove();
      if (!gone.signal.aborted) engine.mount({ model, el, signal: gone.signal });
    })
    .catch((error) => {
      quiet();
      say(whyNot(error));
    });
  return () => gone.abort();
}

export default { initialize, render };
