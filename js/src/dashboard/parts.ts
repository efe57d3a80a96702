/** Which parts a dashboard has, in reading order. */
import { makeBoundary } from "./boundary.ts";
import { makeControls } from "./controls.ts";
import { makeCurves } from "./curves.ts";
import { makeExporting } from "./exporting.ts";
import { makeGlance } from "./glance.ts";
import { makeHistograms } from "./histograms.ts";
import { makeMessages } from "./messages.ts";
import { makeNetview } from "./netview.ts";
import { makeParamtable } from "./paramtable.ts";
import type { MakePart } from "./part.ts";
import { makePointGraph } from "./pointgraph.ts";
import { makeRuns } from "./runs.ts";
import { makeTransport } from "./transport.ts";
import { makeWeight } from "./weight.ts";

/** Above everything: how things stand, and what moves them. */
export const HEAD: readonly MakePart[] = [makeGlance, makeExporting, makeTransport, makeMessages];

/** Side by side, where there is room. */
export const VIEWS: readonly MakePart[] = [makeBoundary, makeCurves];

/** What is trained, and how. */
export const SIDE: readonly MakePart[] = [makeControls];

/** Below: what one looks into when one wants to know more. */
export const MORE: readonly MakePart[] = [
  makeRuns,
  makePointGraph,
  makeNetview,
  makeWeight,
  makeHistograms,
  makeParamtable,
];
