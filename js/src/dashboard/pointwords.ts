/** What is said of a point and of a place of the plane. */

import { boundaryText as said } from "../strings/boundary.ts";
import { plainNumber } from "../strings/figures.ts";
import { shortNumber } from "../text.ts";
import type { Session } from "../training/session.ts";
import type { Plane } from "./plane.ts";
import { classOf, tally } from "./pointmarks.ts";

export const placeText = (x: number, y: number, plane: Plane): string =>
  said.place(shortNumber(plane.rounded(x)), shortNumber(plane.rounded(y)));

export function pointText(session: Session, plane: Plane, i: number, showsBatch: boolean): string {
  const { points, trained, scores, losses, batch } = session;
  const label = points.label(i);
  const known = classOf(scores[i]!);
  return said.pointIs(said.point(i, points.count), {
    label,
    place: placeText(points.x(i), points.y(i), plane),
    score: plainNumber(scores[i]!),
    loss: plainNumber(losses[i]!),
    isTest: i >= trained,
    isRight: known === null ? null : known === label,
    inBatch: showsBatch && batch.includes(i),
  });
}

export function verdictText(session: Session, x: number, y: number): string {
  const score = session.predict(x, y);
  const known = classOf(score);
  return said.prediction(
    plainNumber(score),
    known === null ? said.noClass : said.classWithShape(known),
  );
}

export const placeWords = (session: Session, plane: Plane, x: number, y: number): string =>
  said.atPlace(placeText(x, y, plane), verdictText(session, x, y));

/** How many points are on the side of their class, and whether there are two sides at all. */
export function summaryText({ points, trained, field }: Session, kinds: Uint8Array): string {
  const counts = said.summary(tally(kinds, 0, trained), tally(kinds, trained, points.count));
  const sides = field.scores.reduce((seen, score) => seen | sideOf(score), 0);
  if (sides === 0) return said.noScores;
  return sides === BOTH ? counts : `${counts}; ${said.noLine(sides === ABOVE)}`;
}

const ABOVE = 1;
const BELOW = 2;
const BOTH = ABOVE | BELOW;

const sideOf = (score: number): number => (score > 0 ? ABOVE : Number.isNaN(score) ? 0 : BELOW);
