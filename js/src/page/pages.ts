/** Writes a figure as a page that lives by itself: the twin of Python's `to_html`. */
import { bytesOf } from "../host.ts";
import { pageText } from "../strings/page.ts";
import { visibleText } from "../text.ts";
import { toBase85 } from "./base85.ts";

/** A figure as it is now. */
export interface FigurePage {
  readonly figure: keyof typeof TRAITS;
  get(trait: string): unknown;
  readonly title: string;
  /** A picture for where nothing lives, as an SVG file; empty if there is none. */
  readonly still: string;
}

interface Delivered {
  readonly figures: Uint8Array;
  readonly graphviz: string | null;
}

/** What a model knows of a figure, by the figure's name. */
const TRAITS = {
  diagram: [
    ...["tape", "gradient_table", "compared", "selected", "overlay", "check_step", "direction"],
    ...["notation", "sources", "unfolded", "_view", "step", "predict", "score", "edits", "ghosts"],
    ...["editable", "theme", "presenter", "_layout"],
  ],
  dashboard: [
    ...["dataset", "n_samples", "noise", "data_seed", "train_share", "hidden", "activation"],
    ...["model_seed", "learning_rate", "schedule", "alpha", "batch_size", "batch_seed"],
    ...["optimizer", "steps", "target_loss", "speed", "step", "playing", "_resets", "controls"],
    ...["locked", "selected_point", "selected_parameter", "clock", "complaint", "watching"],
    ...["network", "points", "rates", "result", "watched", "variants", "theme"],
    "presenter",
  ],
} as const;

const AMPERSANDS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => AMPERSANDS[one]!);

export class Pages {
  readonly #frame: string;
  readonly #delivered: Delivered;

  /** `frame` is a page with its loader inside, and slots for what comes in. */
  constructor(frame: string, delivered: Delivered) {
    this.#frame = frame;
    this.#delivered = delivered;
  }

  write({ figure, get, title, still }: FigurePage): string {
    const traits = TRAITS[figure].map((name) => [name, get(name)]);
    const widget = { ...Object.fromEntries(traits), _figure: figure, _still: STILL };
    const theme = get("theme");
    const slots: Readonly<Record<string, string>> = {
      theme: theme === "light" || theme === "dark" ? theme : "auto",
      title: escaped(visibleText(title)),
      contents: place(picture(still, title)),
      data: this.#data(widget),
    };
    return this.#frame.replace(/\{\{(theme|title|contents|data)\}\}/g, (_, name) => slots[name]!);
  }

  #data(widget: object): string {
    const { figures, graphviz } = this.#delivered;
    const blocks = [
      block("widgets", "application/json", json([widget]).replace(/</g, "\\u003c")),
      block("figures", "text/plain", toBase85(figures)),
    ];
    if (graphviz !== null) blocks.push(block("graphviz", "text/plain", graphviz));
    return blocks.join("\n");
  }
}

const json = (widgets: readonly object[]): string =>
  JSON.stringify(widgets, (_, value) => {
    const isBytes = ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
    return isBytes ? { $bytes: base64(bytesOf(value)) } : value;
  });

const STILL = "mgw-still-0";

const block = (name: string, kind: string, content: string): string =>
  `<script type="${kind}" data-mgw="${name}">${content}</script>`;

const place = (still: string): string =>
  `<div class="mgw-place" data-mgw-widget="0"><div class="${STILL}">${still}` +
  `<p><small>${pageText.stillNote}</small></p></div></div>`;

function picture(svg: string, title: string): string {
  if (svg === "") return "";
  const address = `data:image/svg+xml;base64,${base64(new TextEncoder().encode(svg))}`;
  return `<img src="${address}" alt="${escaped(visibleText(title))}">`;
}

const CHUNK = 0x8000;

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}
