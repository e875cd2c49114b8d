/** Owns where the window stood last, kept beside the settings. Knows nothing of what the window shows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400),
  height: z.number().int().min(300),
  maximised: z.boolean(),
});
type Place = z.infer<typeof placeSchema>;

const fileIn = (folder: string) => join(folder, 'window.json');

/** Null when nothing is known, or when it stood on a screen that is gone. */
export function readPlace(folder: string): Place | null {
  try {
    const place = placeSchema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
    return isSeen(place) ? place : null;
  } catch {
    return null;
  }
}

export function keepPlace(window: BrowserWindow, folder: string): void {
  window.on('close', () => {
    const place: Place = { ...window.getNormalBounds(), maximised: window.isMaximized() };
    try {
      writeFileSync(fileIn(folder), JSON.stringify(place));
    } catch (error) {
      // A read-only disk: the window opens at its default place next time, nothing else is lost.
      process.stderr.write(`Photomill: the window's place was not kept (${String(error)})\n`);
    }
  });
}

function isSeen(place: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(place);
  const overlapX = Math.min(place.x + place.width, workArea.x + workArea.width) - Math.max(place.x, workArea.x);
  const overlapY = Math.min(place.y + place.height, workArea.y + workArea.height) - Math.max(place.y, workArea.y);
  return overlapX > 100 && overlapY > 100;
}
