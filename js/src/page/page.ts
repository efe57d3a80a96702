/**
 * Runs in a page that holds everything itself: reads the widgets that are written down there,
 * starts one engine for all of them, and has each put in its place.
 */
import { Unstyled, whyNot } from "../failing.ts";
import { hostText } from "../strings/host.ts";
import { startEngine } from "../unpacking.ts";
import { fromBase85 } from "./base85.ts";
import { isLzma, unpackLzma } from "./lzma.ts";
import { readWidgets } from "./pagemodel.ts";

/** A block of data of the page, by its name; empty where the page has none. */
const block = (name: string): string =>
  document.querySelector(`script[data-mgw="${name}"]`)?.textContent ?? "";

async function start() {
  // A figure without its style is a heap of words that never comes to rest: the picture is better.
  if (document.querySelector("style")?.sheet === null) throw new Unstyled();
  const figures = fromBase85(block("figures"));
  const engine = await startEngine(
    { figures, graphviz: block("graphviz") || null },
    isLzma(figures) ? unpackLzma(figures) : undefined,
  );
  return engine.open(stored());
}

function stored(): ReturnType<typeof readWidgets> {
  try {
    return readWidgets(block("widgets") || "[]");
  } catch {
    throw new Error(hostText.damaged);
  }
}

function report(place: Element, error: unknown): void {
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  words.textContent = whyNot(error);
  place.append(words);
}

async function mount(place: HTMLElement, page: ReturnType<typeof start>): Promise<void> {
  try {
    (await page).mount(Number(place.dataset.mgwWidget), place);
  } catch (error) {
    report(place, error);
  }
}

function run(): void {
  const places = [...document.querySelectorAll<HTMLElement>("[data-mgw-widget]")];
  if (places.length === 0) return;
  const page = start();
  for (const place of places) void mount(place, page);
}

run();
