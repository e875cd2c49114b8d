/** Owns how a second file of the same name is called. The plan (main/outputs.ts) numbers the same way, and fits the name to the disk besides. */

/** `photo.jpg`, 2 → `photo-2.jpg`; only the last extension counts, a leading dot is none. */
export function numbered(fileName: string, n: number): string {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? `${fileName.slice(0, dot)}-${n}${fileName.slice(dot)}` : `${fileName}-${n}`;
}
