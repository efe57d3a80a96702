/** Paints shapes on a canvas. */
import { HALO, type Inks, type Shape, TEXT_SIZE } from "./shapes.ts";

export function paint(
  context: CanvasRenderingContext2D,
  shapes: readonly Shape[],
  inks: Inks,
  font: string,
): void {
  for (const shape of shapes) {
    switch (shape.kind) {
      case "line":
        paintLine(context, shape, inks);
        break;
      case "text":
        paintText(context, shape, inks, font);
        break;
      case "dot":
        paintDot(context, shape, inks);
        break;
      case "within": {
        const { x, y, width, height } = shape.box;
        context.save();
        context.beginPath();
        context.rect(x, y, width, height);
        context.clip();
        paint(context, shape.shapes, inks, font);
        context.restore();
      }
    }
  }
}

type Of<Kind> = Extract<Shape, { kind: Kind }>;

function paintLine(
  context: CanvasRenderingContext2D,
  { points, stroke }: Of<"line">,
  inks: Inks,
): void {
  context.beginPath();
  let isDown = false;
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    if (!Number.isFinite(y)) isDown = false;
    else if (isDown) context.lineTo(x, y);
    else {
      context.moveTo(x, y);
      isDown = true;
    }
  }
  context.strokeStyle = inks[stroke.ink];
  context.lineWidth = stroke.width;
  context.lineJoin = "bevel";
  context.setLineDash(stroke.dash as number[]);
  context.stroke();
}

function paintText(
  context: CanvasRenderingContext2D,
  { x, y, words, ink, anchor, isBold = false, hasHalo = false }: Of<"text">,
  inks: Inks,
  font: string,
): void {
  context.font = `${isBold ? "600 " : ""}${TEXT_SIZE}px ${font}`;
  context.textAlign = anchor === "middle" ? "center" : anchor;
  if (hasHalo) {
    context.setLineDash([]);
    context.lineWidth = HALO;
    context.lineJoin = "round";
    context.strokeStyle = inks.paper;
    context.strokeText(words, x, y);
  }
  context.fillStyle = inks[ink];
  context.fillText(words, x, y);
}

function paintDot(
  context: CanvasRenderingContext2D,
  { x, y, radius, ink, isHollow = false }: Of<"dot">,
  inks: Inks,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = isHollow ? inks.paper : inks[ink];
  context.fill();
  if (!isHollow) return;
  context.setLineDash([]);
  context.lineWidth = 1.5;
  context.strokeStyle = inks[ink];
  context.stroke();
}
