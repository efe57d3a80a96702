/**
 * Bytes as text, five characters for four bytes: a fifth more than the bytes, where base64 is a
 * third more. The characters are those of RFC 1924, with three others for `<`, `>` and `&`, which
 * a page would have to write as several. Python's twin is in `views/stored.py`.
 */
const DIGITS =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~";
const BASE = DIGITS.length;
const CHARACTERS = 5;
const BYTES = 4;

export function toBase85(bytes: Uint8Array): string {
  const whole = new Uint8Array(Math.ceil(bytes.length / BYTES) * BYTES);
  whole.set(bytes);
  const view = new DataView(whole.buffer);
  const groups: string[] = [];
  for (let at = 0; at < whole.length; at += BYTES) {
    let number = view.getUint32(at);
    let group = "";
    for (let i = 0; i < CHARACTERS; i++) {
      group = DIGITS[number % BASE] + group;
      number = Math.floor(number / BASE);
    }
    groups.push(group);
  }
  // What was filled up is left away again.
  const filled = whole.length - bytes.length;
  return groups.join("").slice(0, filled === 0 ? undefined : -filled);
}

export function fromBase85(text: string): Uint8Array {
  const values = new Map(Array.from(DIGITS, (digit, value) => [digit, value]));
  const view = new DataView(new ArrayBuffer(Math.ceil(text.length / CHARACTERS) * BYTES));
  for (let at = 0; at < text.length; at += CHARACTERS) {
    let number = 0;
    for (let i = at; i < at + CHARACTERS; i++) {
      const digit = i < text.length ? text[i]! : DIGITS[BASE - 1]!;
      number = number * BASE + (values.get(digit) ?? Number.NaN);
    }
    if (!(number < 2 ** 32)) throw new Error("base 85: expected digits, got: something else");
    view.setUint32((at / CHARACTERS) * BYTES, number);
  }
  const filled = (CHARACTERS - (text.length % CHARACTERS)) % CHARACTERS;
  return new Uint8Array(view.buffer, 0, view.byteLength - filled);
}
