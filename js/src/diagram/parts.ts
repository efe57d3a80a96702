/** Which parts a figure has, in reading order. */
import type { MakePart } from "./part.ts";
import { makeWhy } from "./why.ts";

/** Between the picture and the panel. */
export const DECK: readonly MakePart[] = [];

/** At the end of the panel of what is selected. */
export const PANEL: readonly MakePart[] = [makeWhy];
