/** A menu of things to take away; whatever comes of it is said, also that nothing did. */
import { copy } from "../export/clipboard.ts";
import { save } from "../export/files.ts";
import { DENSITY, densityFor, pngOf } from "../export/png.ts";
import type { SvgFile } from "../export/svg.ts";
import type { Link } from "../mounted.ts";
import { LONGEST_LINK } from "../page/address.ts";
import type { FigurePage, Pages } from "../page/pages.ts";
import { stateText } from "../state.ts";
import { exportText } from "../strings/export.ts";
import { linkText } from "../strings/link.ts";
import { offerByHand } from "./byhand.ts";
import { makeMenu } from "./menu.ts";

/** What is asked of the figure around. */
export interface ExportDesk {
  readonly signal: AbortSignal;
  readonly root: HTMLElement;
  say(words: string): void;
  hint(words: string): void;
}

export interface Export {
  readonly label: string;
  /** Gives the sentence that says what happened; empty if that is plain to see. */
  act(): Promise<string>;
}

/** Exports of one group stand together, a line between groups. */
export function makeExportMenu(
  desk: ExportDesk,
  groups: readonly (readonly Export[])[],
): HTMLElement {
  return makeMenu(
    exportText.menu,
    groups.map((exports) =>
      exports.map(({ label, act }) => ({ label, chosen: () => void run(desk, act) })),
    ),
  );
}

async function run(desk: ExportDesk, act: () => Promise<string>): Promise<void> {
  const words = await act().catch((error) =>
    exportText.failed(error instanceof Error ? error.message : String(error)),
  );
  if (words === "" || desk.signal.aborted) return;
  desk.hint(words);
  desk.say(words);
}

export async function copyText(desk: ExportDesk, what: string, content: string): Promise<string> {
  if (await copy(content, desk.root)) return exportText.copied(what, content.length);
  offerByHand(content, desk.root);
  return "";
}

/** The address of the page with the state; where that is too long for others, the state alone. */
export async function copyLink(
  desk: ExportDesk,
  link: Link,
  trait: (name: string) => unknown,
): Promise<string> {
  const address = link.to(trait);
  if (address.length < LONGEST_LINK) return copyText(desk, linkText.copied, address);
  offerByHand(stateText(trait), desk.root, linkText.tooLong(address.length, LONGEST_LINK));
  return "";
}

export function saveSvg(file: SvgFile, name: string): string {
  save(file.text, "image/svg+xml", name);
  return exportText.saved(exportText.svg);
}

/** A page of its own with the figure as it is now. */
export function saveAsPage(pages: Pages | null, name: string, figure: FigurePage): string {
  if (pages === null) return exportText.noPage;
  save(pages.write(figure), "text/html", name);
  return exportText.saved(exportText.pageName);
}

export async function savePng(file: SvgFile, name: string): Promise<string> {
  save(await pngOf(file), "image/png", name);
  const density = densityFor(file.width, file.height);
  if (density === DENSITY) return exportText.saved(exportText.png);
  return exportText.savedCoarse(density.toPrecision(2));
}
