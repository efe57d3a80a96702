/**
 * Gets the engine from the kernel once per page, however many widgets ask.
 *
 * Every widget imports its own copy of this module, so what they share lives on `globalThis`.
 */
import type { Engine } from "./engine.ts";
import { bytesOf, type Host, quietly } from "./host.ts";
import { startEngine, unpack } from "./unpacking.ts";

/** Engines by content hash: two versions of the package can live on one page. */
type Shelf = Map<string, Promise<Engine>>;

/** An engine that somebody is still waiting for. */
interface Order {
  deliver(figures: Uint8Array, graphviz: Uint8Array): void;
  /** One entry per model that could ask, oldest first. */
  readonly askers: Set<() => void>;
  /** The one that asked last, and when. */
  asked: { by: () => void; at: number } | null;
}

/** After this the kernel that was asked is taken for gone, and another one may be asked. */
export const ANSWER_MS = 10_000;

const shared = <T>(name: string, make: () => T): T => {
  const page = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(name);
  page[key] ??= make();
  return page[key];
};
const shelf = (): Shelf => shared("microgradwidgets", () => new Map());
const orders = (): Map<string, Order> => shared("microgradwidgets.orders", () => new Map());

/**
 * The engine for this model; `signal` says that the model has gone away. Where it cannot even ask
 * it is `unheard`; another one may have more luck.
 */
export function getEngine(
  model: Host,
  signal: AbortSignal,
  unheard: () => void = () => {},
): Promise<Engine> {
  const key = String(model.get("_engine_key"));
  const engine = shelf().get(key) ?? placeOrder(key);
  const order = orders().get(key);
  if (order) {
    const leave = joinOrder(model, key, order, signal, unheard);
    engine.then(leave, leave);
  }
  return engine;
}

function placeOrder(key: string): Promise<Engine> {
  const engine = new Promise<Engine>((resolve, reject) => {
    const deliver = (figures: Uint8Array, graphviz: Uint8Array) => {
      if (!orders().delete(key)) return;
      load(figures, graphviz).then(resolve, (error) => {
        // Not kept: the next widget shall be free to try again.
        shelf().delete(key);
        reject(error);
      });
    };
    orders().set(key, { deliver, askers: new Set(), asked: null });
  });
  shelf().set(key, engine);
  return engine;
}

function joinOrder(
  model: Host,
  key: string,
  order: Order,
  signal: AbortSignal,
  unheard: () => void,
): () => void {
  const receive = (message: { kind?: unknown; key?: unknown }, buffers: unknown[]) => {
    if (message?.kind !== "engine" || message.key !== key) return;
    order.deliver(bytesOf(buffers[0]), bytesOf(buffers[1]));
  };
  const ask = () => {
    order.asked = { by: ask, at: performance.now() };
    try {
      model.send({ kind: "engine" });
    } catch {
      order.asked = null;
      unheard();
    }
  };
  const askIfNobodyDid = () => {
    if (!order.asked || performance.now() - order.asked.at >= ANSWER_MS) ask();
  };
  // A silent kernel gives the next model its turn, then this one again.
  const timer = setInterval(askIfNobodyDid, ANSWER_MS + Math.random() * 1000);
  const leave = () => {
    clearInterval(timer);
    order.askers.delete(ask);
    quietly(() => model.off("msg:custom", receive as never));
  };
  model.on("msg:custom", receive as never);
  order.askers.add(ask);
  askIfNobodyDid();
  const giveUp = () => {
    leave();
    if (order.asked?.by !== ask || orders().get(key) !== order) return;
    // Nobody will hear the answer any more: another one asks, now or when it comes.
    order.asked = null;
    order.askers.values().next().value?.();
  };
  signal.addEventListener("abort", giveUp, { once: true });
  return leave;
}

async function load(figures: Uint8Array, graphviz: Uint8Array): Promise<Engine> {
  return startEngine({ figures, graphviz: new TextDecoder().decode(await unpack(graphviz)) });
}
