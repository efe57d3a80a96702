/** The marks of a step on the picture: the lit box, products on its arrows, sums at its operands. */
import type { Direction } from "../layout/dot.ts";
import { sampled } from "../layout/label.ts";
import type { Point } from "../layout/positions.ts";
import type { Accounts, Card, Moment, Sum } from "../moment.ts";
import { BADGE_RADIUS, badgeWidth } from "../scene.ts";
import type { DrawnBox } from "./box.ts";
import { svg } from "./dom.ts";
import type { DrawnArrow } from "./line.ts";
import { drawNote, Ruler, type Setting, setting, settingsOf } from "./note.ts";
import { around, grown, joined, type Obstacle, Room, type Spot } from "./place.ts";
import { areaOf, round } from "./placed.ts";
import type { Area } from "./viewport.ts";

/** What a box keeps free at its sides may be covered; its numbers may not. */
const RIM = 7;
const WEIGHT = { note: 30, numbers: 8, badge: 2, box: 1, label: 0.4 } as const;
/** Further along an arrow than this nobody looks for a number that belongs to its start. */
const REACH = 220;
/** So many arrows have their products whatever these cover. */
const FEW = 4;
/** How much worse a taller setting is. */
const TALLER = 6;

export class Marks {
  readonly group = svg("g", { class: "mgw-marks", "aria-hidden": "true" });
  readonly #boxes: ReadonlyMap<number, DrawnBox>;
  readonly #arrows: readonly DrawnArrow[];
  readonly #direction: Direction;
  readonly #ruler: Ruler;
  readonly #notes = svg("g");
  readonly #obstacles: readonly Obstacle[];
  #clear = () => {};
  /** What the step that is shown is about: the box at work, its operands, all notes. */
  extent: Area | null = null;

  constructor(
    boxes: ReadonlyMap<number, DrawnBox>,
    arrows: readonly DrawnArrow[],
    direction: Direction,
  ) {
    this.#boxes = boxes;
    this.#arrows = arrows;
    this.#direction = direction;
    this.group.append(this.#notes);
    this.#ruler = new Ruler(this.group);
    this.#obstacles = Array.from(boxes.values(), (box) => obstaclesOf(box, direction)).flat();
  }

  /** Shows a step and its numbers in place of the former; null shows none. */
  show(moment: Moment | null, accounts: Accounts | null): void {
    this.#clear();
    this.#clear = () => {};
    this.extent = null;
    this.#notes.replaceChildren();
    if (moment === null || accounts === null) return;
    const lit = this.#boxes.get(moment.item);
    const arrows = this.#arrows.filter(({ arrow }) => arrow.to === moment.item);
    this.#light([...(lit ? [lit] : []), ...arrows]);
    const room = new Room(this.#obstacles);
    const operands = arrows.flatMap(({ arrow }) => this.#boxes.get(arrow.from) ?? []);
    for (const box of [...(lit ? [lit] : []), ...operands]) room.visit(areaOf(box));
    if (lit) {
      this.#notes.append(drawFlag(lit, moment, this.#direction));
      room.take(flagArea(lit), WEIGHT.badge);
    }
    // From left to right what is below a box is free; from top to bottom the arrows are there.
    if (this.#direction === "LR") this.#placeSums(accounts.sums, room);
    this.#placeCards(accounts.cards, arrows, room);
    if (this.#direction === "TB") this.#placeSums(accounts.sums, room);
    this.extent = joined(room.visited);
  }

  #light(drawn: readonly { readonly group: SVGGElement }[]): void {
    for (const { group } of drawn) group.classList.add("mgw-now");
    this.#clear = () => {
      for (const { group } of drawn) group.classList.remove("mgw-now", "mgw-carded");
    };
  }

  #placeSums(sums: readonly Sum[], room: Room): void {
    for (const sum of sums) {
      const box = this.#boxes.get(sum.item);
      if (!box) continue;
      const spot = room.place(this.#sumSpots(sum, box), WEIGHT.note);
      const kind = sum.isPartial ? "mgw-sum mgw-partial" : "mgw-sum";
      this.#draw(spot, kind, { "data-to": sum.item });
    }
  }

  /** Where very much enters, only the products that cover nothing; the others are in the panel. */
  #placeCards(cards: readonly Card[], arrows: readonly DrawnArrow[], room: Room): void {
    const most = cards.length > FEW ? REACH / 2 : Number.POSITIVE_INFINITY;
    for (const card of cards) {
      const drawn = arrows.find(({ arrow }) => arrow === card.arrow);
      if (!drawn) continue;
      const spot = room.place(this.#cardSpots(card, drawn.route.curve), WEIGHT.note, most);
      const { from, edges } = card.arrow;
      this.#draw(spot, "mgw-card", { "data-from": from, "data-slot": edges[0]!.slot });
      drawn.group.classList.toggle("mgw-carded", spot !== null);
    }
  }

  #draw(spot: Spot<Setting> | null, kind: string, data: Data): void {
    if (spot === null) return;
    const drawn = drawNote(spot.note, spot.area, kind);
    for (const [name, value] of Object.entries(data)) drawn.setAttribute(name, `${value}`);
    this.#notes.append(drawn);
  }

  /** Below its box, else above it or beside it. */
  *#sumSpots({ words }: Sum, box: DrawnBox): Generator<Spot<Setting>> {
    const note = setting([words], false, this.#ruler);
    const { left, top, width, height } = box;
    const spot = (x: number, y: number, cost: number) => ({
      area: { x, y, width: note.width, height: note.height },
      cost,
      note,
    });
    const middle = left + (width - note.width) / 2;
    const aside = Math.abs(width - note.width) / 2;
    for (const [cost, y] of [
      [0, top + height + 1],
      [12, top - note.height - 1],
      [20, top - note.height - BADGE_RADIUS - 2],
    ] as const) {
      for (const dx of [0, -aside, aside, -aside - 14, aside + 14])
        yield spot(middle + dx, y, cost + Math.abs(dx) / 10);
    }
    for (const y of [top + height - note.height, top + (height - note.height) / 2, top]) {
      yield spot(left - note.width - 2, y, 30);
      yield spot(left + width + 2, y, 30);
    }
  }

  /** Along the arrow, nearest to the operand first, on it or a little beside it. */
  *#cardSpots({ lines }: Card, curve: readonly Point[]): Generator<Spot<Setting>> {
    const points = sampled(curve);
    for (const [tall, note] of settingsOf(lines, this.#ruler).entries()) {
      let along = 0;
      for (const [n, point] of points.entries()) {
        const before = points[Math.max(0, n - 1)]!;
        along += Math.hypot(point.x - before.x, point.y - before.y);
        if (along > REACH) break;
        for (const aside of [0, 0.5, -0.5, 1, -1, 1.6, -1.6]) {
          const [dx, dy] =
            this.#direction === "LR"
              ? [0, aside * (note.height / 2 + 2)]
              : [aside * (note.width / 2 + 2), 0];
          const middle = { x: point.x + dx, y: point.y + dy };
          const cost = along / 4 + Math.abs(dx) + Math.abs(dy) + TALLER * tall;
          yield { area: around(middle, note.width, note.height), cost, note };
        }
      }
    }
  }
}

type Data = Readonly<Record<string, string | number>>;

function obstaclesOf(placed: DrawnBox, direction: Direction): Obstacle[] {
  const { box, left, top, width, height } = placed;
  const whole = areaOf(placed);
  const numbers = { x: left + width - 76, y: top + 3, width: 68, height: height - 4 };
  const obstacles: Obstacle[] = [
    { area: grown(whole, -RIM), weight: WEIGHT.box },
    { area: numbers, weight: WEIGHT.numbers },
  ];
  if (box.badge !== "") {
    const reach = badgeWidth(box.badge);
    const middle =
      direction === "LR" ? { x: left, y: top + height / 2 } : { x: left + width / 2, y: top };
    obstacles.push({ area: around(middle, reach, 2 * BADGE_RADIUS), weight: WEIGHT.badge });
  }
  if (box.hidden > 0) {
    const middle = { x: left + width / 2, y: top + height + 3 };
    obstacles.push({ area: around(middle, 60, 22), weight: WEIGHT.badge });
  }
  return obstacles;
}

const FLAG = { width: 24, height: 18 } as const;
/** How far the second frame stands out. */
const OUT = 5;

const flagArea = ({ left, top }: DrawnBox): Area => ({
  x: left,
  y: top - OUT - FLAG.height,
  ...FLAG,
});

/** A second frame around the box that is at work, and a flag that points where numbers go. */
function drawFlag(box: DrawnBox, { phase }: Moment, direction: Direction): SVGGElement {
  const { left, top, width, height } = box;
  const onward = direction === "LR" ? "\u25b6" : "\u25bc";
  const back = direction === "LR" ? "\u25c0" : "\u25b2";
  const flag = svg(
    "g",
    { class: "mgw-flag", transform: `translate(0 ${-OUT - FLAG.height})` },
    svg("rect", { ...FLAG, rx: 4 }),
    svg("text", { x: 12, y: 13, "text-anchor": "middle" }, phase === "forward" ? onward : back),
  );
  return svg(
    "g",
    { class: "mgw-working", transform: `translate(${round(left)} ${round(top)})` },
    svg("rect", {
      x: -OUT,
      y: -OUT,
      width: width + 2 * OUT,
      height: height + 2 * OUT,
      rx: 11,
    }),
    flag,
  );
}
