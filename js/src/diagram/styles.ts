/** The style sheets of a figure, which go into each view: a shadow root lets in no others. */
import printCss from "../presenting/print.css";
import alarmCss from "./alarm.css";
import checkCss from "./check.css";
import compareCss from "./compare.css";
import editCss from "./edit.css";
import exportCss from "./export.css";
import figureCss from "./figure.css";
import forcedCss from "./forced.css";
import formulasCss from "./formulas.css";
import marksCss from "./marks.css";
import panelCss from "./panel.css";
import passesCss from "./passes.css";
import pictureCss from "./picture.css";
import quizCss from "./quiz.css";
import twinCss from "./twin.css";
import whyCss from "./why.css";

export const STYLES: readonly string[] = [
  figureCss,
  alarmCss,
  checkCss,
  compareCss,
  editCss,
  exportCss,
  formulasCss,
  marksCss,
  panelCss,
  passesCss,
  pictureCss,
  quizCss,
  twinCss,
  whyCss,
  // The last words.
  printCss,
  forcedCss,
];
