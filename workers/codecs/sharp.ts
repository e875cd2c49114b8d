/**
 * Owns the one configured sharp of a process. Knows no files and no formats beyond which loaders may run.
 * Every other file of this folder takes sharp from here, so that no call can meet an unconfigured one.
 */
import sharp from 'sharp';

// Images run side by side in worker threads: libvips' own threads on top would multiply (four times four, measured).
sharp.concurrency(1);
// The operation cache keeps decoded pixels of files that never come twice: memory no budget knows of.
sharp.cache(false);

// Only what sniff() lets through may be loaded, whatever a file claims to be inside: no SVG, PDF, .v, JPEG 2000.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif', 'Tiff', 'Nsgif'].flatMap((loader) => [
    `VipsForeignLoad${loader}File`,
    `VipsForeignLoad${loader}Buffer`,
  ]),
});

export type { Metadata as SharpMetadata, Sharp } from 'sharp';
export { sharp };

/** libvips counts a memory image's bytes in 32 bits: a raw buffer over 4 GiB aborts the whole process. */
export const MAX_RAW_BYTES = 2 ** 32 - 1;
