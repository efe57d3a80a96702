/** What of a training can be taken away; all of it is made in the page. */
import { html } from "../diagram/dom.ts";
import {
  copyLink,
  copyText,
  type Export,
  makeExportMenu,
  saveAsPage,
  savePng,
  saveSvg,
} from "../diagram/exportmenu.ts";
import { save } from "../export/files.ts";
import { csvOf, jsonOf, type NumberTable } from "../export/rows.ts";
import type { SvgFile } from "../export/svg.ts";
import { bytesOf } from "../host.ts";
import type { Link } from "../mounted.ts";
import { OWN } from "../ranges.ts";
import { sameBytes } from "../same.ts";
import { stateText } from "../state.ts";
import { dashboardExportText as words } from "../strings/dashboardexport.ts";
import { linkText } from "../strings/link.ts";
import { scriptOf } from "../training/script.ts";
import type { Session } from "../training/session.ts";
import { WatchedSession } from "../training/watched.ts";
import { boundarySvg } from "./boundarysvg.ts";
import { curvesSvg } from "./curvessvg.ts";
import type { Desk, MakePart, Part } from "./part.ts";
import { summaryOf } from "./summary.ts";
import { recipeOf, tableOf } from "./taking.ts";

const BOUNDARY = { width: 640, height: 600 } as const;
const CURVES = { width: 720, height: 360 } as const;

export const makeExporting: MakePart = (desk) => new Exporting(desk);

class Exporting implements Part {
  readonly element = html("div", { class: "mgw-exporting" });
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.element.append(makeExportMenu(desk, this.#exports()));
  }

  update(session: Session | null): void {
    if (this.element.hidden !== (session === null)) this.element.hidden = session === null;
  }

  #exports(): Export[][] {
    const desk = this.#desk;
    const { link } = desk;
    const picture = (label: string, kind: "svg" | "png", name: string, draw: Draw) =>
      this.#export(label, (session) => {
        const file = fileOf(draw(session));
        const full = `${name}-step-${session.step}.${kind}`;
        return kind === "svg" ? saveSvg(file, full) : savePng(file, full);
      });
    const boundary: Draw = (session) => boundarySvg(session, BOUNDARY, desk.theme);
    const curves: Draw = (session) => curvesSvg(session, CURVES, desk.theme);
    return [
      [
        this.#export(words.copyPython, (session) => this.#copyScript(session)),
        this.#export(words.copyState, (session) => this.#copyState(session)),
        ...(link === null
          ? []
          : [this.#export(linkText.copy, (session) => this.#copyLink(session, link))]),
      ],
      [
        this.#export(words.csv, (session) => saveRows(session, "csv")),
        this.#export(words.json, (session) => saveRows(session, "json")),
      ],
      [
        picture(words.boundarySvg, "svg", "boundary", boundary),
        picture(words.boundaryPng, "png", "boundary", boundary),
        picture(words.curvesSvg, "svg", "curves", curves),
        picture(words.curvesPng, "png", "curves", curves),
      ],
      [this.#export(words.page, (session) => this.#savePage(session))],
    ];
  }

  #export(label: string, act: (session: Session) => string | Promise<string>): Export {
    const make = async () => {
      const { session } = this.#desk;
      return session === null ? words.nothing : act(session);
    };
    return { label, act: make };
  }

  async #copyScript(session: Session): Promise<string> {
    const recipe = recipeOf(session, this.#desk.traits);
    if (recipe === null) return words.ownLoop;
    return copyText(this.#desk, words.pythonOf, scriptOf(recipe));
  }

  async #copyState(session: Session): Promise<string> {
    const state = stateText(this.#traitsAt(session));
    return withTurns(session, await copyText(this.#desk, words.stateOf, state), "state");
  }

  async #copyLink(session: Session, link: Link): Promise<string> {
    if (session instanceof WatchedSession) return linkText.ownLoop;
    const points = bytesOf(this.#desk.traits.get("points"));
    const isChanged = !sameBytes(points, bytesOf(link.madeWith("points")));
    if (session.points.source.dataset === OWN && isChanged) return linkText.ownPoints;
    return withTurns(session, await copyLink(this.#desk, link, this.#traitsAt(session)), "link");
  }

  #savePage(session: Session): string {
    const title = words.pageTitle(summaryOf(session));
    return saveAsPage(this.#desk.pages, `training-step-${session.step}.html`, {
      figure: "dashboard",
      get: this.#traitsAt(session),
      title,
      still: boundarySvg(session, BOUNDARY, this.#desk.theme),
    });
  }

  /** What is told of the step comes a little later than the step itself. */
  #traitsAt(session: Session): (name: string) => unknown {
    return (name) => (name === "step" ? session.step : this.#desk.traits.get(name));
  }
}

/** A state has the settings of now alone, and trains with them from the beginning. */
const withTurns = ({ run }: Session, copied: string, it: "link" | "state"): string =>
  run.segments.length > 1 && copied !== "" ? linkText.withoutTurns(copied, it) : copied;

type Draw = (session: Session) => string;

function saveRows(session: Session, kind: "csv" | "json"): string {
  const table: NumberTable = tableOf(session);
  const count = table.rows.length;
  if (count === 0) return words.noRows;
  if (kind === "csv") save(csvOf(table), "text/csv", "training.csv");
  else save(jsonOf(table), "application/json", "training.json");
  return kind === "csv" ? words.savedCsv(count) : words.savedJson(count);
}

/** How large a drawn file says it is. */
function fileOf(text: string): SvgFile {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const [width, height] = ["width", "height"].map((name) => Number(root.getAttribute(name)));
  return { text, width: width!, height: height! };
}
