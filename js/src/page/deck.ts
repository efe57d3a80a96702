/** Starts the slides of a deck; what lives in them is started by the loader of the page. */
import Reveal, { type RevealConfig } from "reveal.js";
import Notes from "reveal.js/plugin/notes";

type Settings = Pick<RevealConfig, "transition" | "slideNumber" | "width" | "height">;

const settings: Settings = JSON.parse(
  document.querySelector('script[data-mgw="deck"]')!.textContent!,
);

/** What a figure has made use of is not the deck's, and a choice is made by its own keys. */
const isForDeck = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented && !(event.target instanceof HTMLSelectElement);

// reveal.js finds this out only as it goes, and would count these among the slides until then.
for (const section of document.querySelectorAll(".slides > section")) {
  section.classList.toggle("stack", section.querySelector("section") !== null);
}

// On paper nothing lives, and reveal.js measures the pages before a figure could be drawn.
if (/print-pdf/i.test(location.search)) {
  for (const picture of document.querySelectorAll("[data-mgw-widget] :is(img, table, svg)")) {
    picture.closest("[data-mgw-widget]")?.removeAttribute("data-mgw-widget");
  }
}

void new Reveal(document.querySelector<HTMLElement>(".reveal")!, {
  ...settings,
  center: false,
  hash: true,
  keyboardCondition: isForDeck,
  margin: 0.03,
  pdfSeparateFragments: false,
  plugins: [Notes],
  ...(matchMedia("(prefers-reduced-motion: reduce)").matches && { transition: "none" }),
}).initialize();
