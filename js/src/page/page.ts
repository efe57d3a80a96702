/**
 * Runs in a page that holds everything itself: reads the widgets that are written down there,
 * starts one engine for all of them, and has each put in its place.
 */
import type { Engine } from "../engine.ts";
import { startEngine } from "../unpacking.ts";
import { fromBase85 } from "./base85.ts";
import { readWidgets } from "./pagemodel.ts";

/** A block of data of the page, by its name; empty where the page has none. */
const block = (name: string): string =>
  document.querySelector(`script[data-mgw="${name}"]`)?.textContent ?? "";

function start(): Promise<Engine> {
  return startEngine({
    figures: fromBase85(block("figures")),
    graphviz: block("graphviz") || null,
  });
}

function report(place: Element, error: unknown): void {
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const reason = error instanceof Error ? error.message : String(error);
  words.textContent = `This browser shows the still picture only: ${reason}`;
  place.append(words);
}

async function run(): Promise<void> {
  const stored = readWidgets(block("widgets") || "[]");
  const places = [...document.querySelectorAll<HTMLElement>("[data-mgw-widget]")];
  const page = start().then((engine) => engine.open(stored));
  for (const place of places) {
    try {
      (await page).mount(Number(place.dataset.mgwWidget), place);
    } catch (error) {
      report(place, error);
    }
  }
}

void run();
