/** From what was delivered to a module that runs: gzip, then an import from a Blob. */
import type { Engine, EngineParts } from "./engine.ts";

interface FiguresModule {
  createEngine(parts: EngineParts): Engine;
}

export async function unpack(packed: Uint8Array): Promise<ArrayBuffer> {
  const unpacked = new Blob([packed as BlobPart])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked).arrayBuffer();
}

/** Imports the figures' module and starts their engine; gzip it unpacks itself. */
export async function startEngine(parts: EngineParts, unpacked?: Uint8Array): Promise<Engine> {
  const module = (unpacked as BlobPart | undefined) ?? (await unpack(parts.figures));
  const source = new Blob([module], { type: "text/javascript" });
  const url = URL.createObjectURL(source);
  try {
    const module = (await import(/* @vite-ignore */ url)) as FiguresModule;
    return module.createEngine(parts);
  } finally {
    URL.revokeObjectURL(url);
  }
}
