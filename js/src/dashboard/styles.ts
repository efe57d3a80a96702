/** The style sheets of a dashboard. */
import figureCss from "../diagram/figure.css";
import forcedCss from "../diagram/forced.css";
import dashboardCss from "./dashboard.css";

export const STYLES: readonly string[] = [
  figureCss,
  dashboardCss,
  // The last word.
  forcedCss,
];
