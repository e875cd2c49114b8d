/**
 * Owns whether a file has a colour profile or XMP at all, readable or not. libvips drops what is damaged or does not
 * fit the pixels without a word, and a photographer should hear of it. Knows nothing of what is in them.
 */
import type { SourceKind } from '../../preload/contract.ts';
import { headerSegments, startsWith } from './containers/jpeg.ts';
import { pngBlocksOf } from './containers/png.ts';
import { openTiff, readDirectory, TAG } from './containers/tiff.ts';
import { webpHasChunk } from './containers/webp.ts';

export interface Claims {
  readonly icc: boolean;
  readonly xmp: boolean;
}

export function claimsOf(kind: SourceKind, bytes: Buffer): Claims {
  switch (kind) {
    case 'jpeg': {
      const segments = headerSegments(bytes);
      return {
        icc: segments.some((one) => one.marker === 0xe2 && startsWith(bytes, one, 'ICC_PROFILE\0')),
        xmp: segments.some((one) => one.marker === 0xe1 && startsWith(bytes, one, 'http://ns.adobe.com/xap/1.0/\0')),
      };
    }
    case 'png':
      return pngBlocksOf(bytes);
    case 'webp':
      return { icc: webpHasChunk(bytes, 'ICCP'), xmp: webpHasChunk(bytes, 'XMP ') };
    case 'tiff': {
      const tiff = openTiff(bytes);
      const entries = tiff === null ? null : readDirectory(tiff, tiff.firstDirectory)?.entries;
      return { icc: entries?.has(TAG.icc) ?? false, xmp: entries?.has(TAG.xmp) ?? false };
    }
    // AVIF's are properties of libheif's own reading; GIF has neither.
    case 'avif':
    case 'gif':
      return { icc: false, xmp: false };
  }
}
