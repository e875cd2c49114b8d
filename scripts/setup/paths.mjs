/** Owns where the project's own folders are; knows nothing of what is in them. */
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');
export const CACHE = path.join(ROOT, '.cache');
export const BUILD = path.join(ROOT, '.build');
export const MODULES = path.join(ROOT, 'node_modules');

/** A path below the project's folder. */
export const at = (...parts) => path.join(ROOT, ...parts);
