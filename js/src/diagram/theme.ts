/** Light or dark: what the author says, else what the host says, else what the page looks like. */
import { followPaper, isOnPaper } from "../presenting/paper.ts";
import type { Theme } from "./colours.ts";

const WATCHED = [
  "class",
  "style",
  "theme",
  "data-theme",
  "data-jp-theme-light",
  "data-vscode-theme-kind",
];

/** Tells the theme now and after every change, until `signal` ends it. */
export function followTheme(
  element: HTMLElement,
  wish: () => unknown,
  apply: (theme: Theme) => void,
  signal: AbortSignal,
): { refresh: () => void } {
  let current: Theme | null = null;
  const refresh = () => {
    const wished = isOnPaper() ? "light" : wish();
    const theme = wished === "light" || wished === "dark" ? wished : themeOfPage(element);
    if (theme === current) return;
    current = theme;
    apply(theme);
  };
  const observer = new MutationObserver(refresh);
  for (const target of [document.documentElement, document.body]) {
    observer.observe(target, { attributes: true, attributeFilter: WATCHED });
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  followPaper(refresh, signal);
  system.addEventListener("change", refresh, { signal });
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  refresh();
  return { refresh };
}

export function themeOfPage(element: HTMLElement): Theme {
  return saidByHost(element) ?? fromBackground(element) ?? fromSystem();
}

function saidByHost(element: HTMLElement): Theme | null {
  const { documentElement: root, body } = document;
  const jupyter = body.getAttribute("data-jp-theme-light");
  if (jupyter !== null) return jupyter === "false" ? "dark" : "light";
  const named = root.getAttribute("theme") ?? root.dataset.theme ?? body.dataset.theme ?? "";
  if (/dark/i.test(named)) return "dark";
  if (/light/i.test(named)) return "light";
  const classes = [...root.classList, ...body.classList];
  if (classes.some((name) => /^(vscode-dark|vscode-high-contrast|dark|dark-theme)$/.test(name))) {
    return "dark";
  }
  if (classes.some((name) => /^(vscode-light|vscode-high-contrast-light|light)$/.test(name))) {
    return "light";
  }
  for (const parent of parents(element)) if (parent.classList.contains("dark")) return "dark";
  return null;
}

function fromBackground(element: HTMLElement): Theme | null {
  for (const parent of parents(element)) {
    const numbers = getComputedStyle(parent)
      .backgroundColor.match(/[\d.]+/g)
      ?.map(Number);
    if (!numbers) continue;
    const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
    if (alpha < 0.5) continue;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
  }
  return null;
}

/** A page that paints nothing is as the browser paints it: dark only where it says it can be. */
function fromSystem(): Theme {
  const follows = getComputedStyle(document.documentElement).colorScheme.includes("dark");
  return follows && matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Outwards from the element's parent, through shadow roots. */
function* parents(element: HTMLElement): Generator<Element> {
  let node: Node | null = element.parentNode;
  while (node !== null) {
    if (node instanceof Element) yield node;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
}
