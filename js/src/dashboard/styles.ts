/** The style sheets of a dashboard. */
import figureCss from "../diagram/figure.css";
import forcedCss from "../diagram/forced.css";
import boundaryCss from "./boundary.css";
import dashboardCss from "./dashboard.css";

export const STYLES: readonly string[] = [
  figureCss,
  dashboardCss,
  boundaryCss,
  // The last word.
  forcedCss,
];
