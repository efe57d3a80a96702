/** Which parts a dashboard has, in reading order. */
import { makeBoundary } from "./boundary.ts";
import type { MakePart } from "./part.ts";

/** Above everything: how things stand, and what moves them. */
export const HEAD: readonly MakePart[] = [];

/** Side by side, where there is room. */
export const VIEWS: readonly MakePart[] = [makeBoundary];

/** What is trained, and how. */
export const SIDE: readonly MakePart[] = [];

/** Below: what one looks into when one wants to know more. */
export const MORE: readonly MakePart[] = [];
