/** The style sheets of a dashboard. */
import exportCss from "../diagram/export.css";
import figureCss from "../diagram/figure.css";
import forcedCss from "../diagram/forced.css";
import presenterCss from "../presenting/presenter.css";
import printCss from "../presenting/print.css";
import boundaryCss from "./boundary.css";
import controlsCss from "./controls.css";
import curvesCss from "./curves.css";
import dashboardCss from "./dashboard.css";
import exportingCss from "./exporting.css";
import glanceCss from "./glance.css";
import histogramsCss from "./histograms.css";
import messagesCss from "./messages.css";
import netviewCss from "./netview.css";
import paramtableCss from "./paramtable.css";
import pointgraphCss from "./pointgraph.css";
import pythonCss from "./python.css";
import runsCss from "./runs.css";
import sectionCss from "./section.css";
import transportCss from "./transport.css";
import weightCss from "./weight.css";

export const STYLES: readonly string[] = [
  figureCss,
  dashboardCss,
  glanceCss,
  exportCss,
  exportingCss,
  transportCss,
  messagesCss,
  pythonCss,
  controlsCss,
  boundaryCss,
  curvesCss,
  sectionCss,
  netviewCss,
  weightCss,
  histogramsCss,
  paramtableCss,
  runsCss,
  pointgraphCss,
  // The last words.
  presenterCss,
  printCss,
  forcedCss,
];
