/** How colours look: their contrast, to people who see fewer of them, and without any. */
export type Rgb = readonly [number, number, number];

/** "rgb(1, 2, 3)" or "#010203". */
export function channels(colour: string): Rgb {
  const parts = colour.startsWith("#")
    ? colour
        .slice(1)
        .match(/../g)!
        .map((pair) => Number.parseInt(pair, 16))
    : colour.match(/\d+/g)!.map(Number);
  return [parts[0]!, parts[1]!, parts[2]!];
}

const linear = (colour: string): number[] =>
  channels(colour).map((channel) => {
    const s = channel / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });

const luminanceOf = ([r, g, b]: readonly number[]): number =>
  0.2126 * r! + 0.7152 * g! + 0.0722 * b!;

export const luminance = (colour: string): number => luminanceOf(linear(colour));

export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

/** Machado, Oliveira and Fernandes (2009), for people to whom one kind of cone is missing. */
const SIGHT = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.1523, 1.0526, -0.2049, 0.1145, 0.7863, 0.0992, -0.0039, -0.0481, 1.052],
  deutan: [0.3673, 0.8606, -0.228, 0.2801, 0.6725, 0.0474, -0.0118, 0.0429, 0.9689],
  tritan: [1.2555, -0.0767, -0.1788, -0.0784, 0.9308, 0.1476, 0.0047, 0.6914, 0.3039],
} as const;
export type Sight = keyof typeof SIGHT;
export const SIGHTS = Object.keys(SIGHT) as Sight[];

/** How far apart two colours look: the distance in CIELAB. Below about 10 they are taken for one. */
export function difference(a: string, b: string, sight: Sight): number {
  const [p, q] = [lab(seen(a, sight)), lab(seen(b, sight))];
  return Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!, p[2]! - q[2]!);
}

function seen(colour: string, sight: Sight): number[] {
  const light = linear(colour);
  const row = (n: number) =>
    [0, 1, 2].reduce((sum, k) => sum + SIGHT[sight][3 * n + k]! * light[k]!, 0);
  return [row(0), row(1), row(2)].map((channel) => Math.min(1, Math.max(0, channel)));
}

function lab([r, g, b]: readonly number[]): number[] {
  const curve = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const x = curve((0.4124 * r! + 0.3576 * g! + 0.1805 * b!) / 0.9505);
  const y = curve(luminanceOf([r!, g!, b!]));
  const z = curve((0.0193 * r! + 0.1192 * g! + 0.9505 * b!) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
