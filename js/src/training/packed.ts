/**
 * The bytes in which networks, points and results cross between Python and the page, twin of
 * `microgradwidgets/views/packed.py`:
 *
 *     4 letters   u32 header_length   header, ASCII JSON, with "sections": lengths in bytes
 *     the sections, one behind the other
 *
 * All numbers are little-endian; a section of doubles is its numbers as they are.
 */

export interface Packed {
  readonly header: Readonly<Record<string, unknown>>;
  readonly sections: readonly Uint8Array[];
}

const PREFIX_BYTES = 8;

export function pack(
  mark: string,
  header: Readonly<Record<string, unknown>>,
  sections: readonly (Uint8Array | Float64Array)[],
): Uint8Array {
  const parts = sections.map((s) => new Uint8Array(s.buffer, s.byteOffset, s.byteLength));
  const words = JSON.stringify({ ...header, sections: parts.map((part) => part.length) });
  // JSON is ASCII once everything else is written as an escape.
  const text = new TextEncoder().encode(
    words.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
  const size = parts.reduce((sum, part) => sum + part.length, PREFIX_BYTES + text.length);
  const bytes = new Uint8Array(size);
  for (let i = 0; i < 4; i++) bytes[i] = mark.charCodeAt(i);
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, PREFIX_BYTES);
  let at = PREFIX_BYTES + text.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function unpack(mark: string, bytes: Uint8Array): Packed {
  if (bytes.length < PREFIX_BYTES) fail(mark, `at least ${PREFIX_BYTES} bytes`, bytes.length);
  const found = String.fromCharCode(...bytes.subarray(0, 4));
  if (found !== mark) fail(mark, `the mark "${mark}"`, JSON.stringify(found));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = PREFIX_BYTES + view.getUint32(4, true);
  if (end > bytes.length) fail(mark, `a header of at most ${bytes.length} bytes`, end);
  const header = readHeader(mark, bytes.subarray(PREFIX_BYTES, end));
  const lengths = header.sections;
  if (!Array.isArray(lengths) || !lengths.every((n) => Number.isInteger(n) && n >= 0)) {
    fail(mark, "the lengths of its sections", lengths);
  }
  const sections: Uint8Array[] = [];
  let at = end;
  for (const length of lengths as number[]) {
    sections.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (at !== bytes.length) fail(mark, `${at} bytes in all`, bytes.length);
  return { header, sections };
}

function readHeader(mark: string, bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    fail(mark, "a JSON header", "bytes that are not JSON");
  }
  if (typeof header !== "object" || header === null) fail(mark, "a JSON object", header);
  return header as Record<string, unknown>;
}

/** Copied, since sections are not aligned. */
export function doubles(
  mark: string,
  section: Uint8Array | undefined,
  count: number,
): Float64Array {
  if (section === undefined || section.length !== 8 * count) {
    fail(mark, `${count} numbers`, section === undefined ? "none" : `${section.length} bytes`);
  }
  return new Float64Array(section.slice().buffer);
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

export function fail(what: string, expected: string, got: unknown): never {
  throw new Error(`${what}: expected ${expected}, got: ${String(got)}`);
}
