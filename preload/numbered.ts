/** Owns how a second file of the same name is called. One rule for the plan and for the moment of publishing. */

/** `photo.jpg`, 2 → `photo-2.jpg`; only the last extension counts, a leading dot is none. */
export function numbered(fileName: string, n: number): string {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? `${fileName.slice(0, dot)}-${n}${fileName.slice(dot)}` : `${fileName}-${n}`;
}
