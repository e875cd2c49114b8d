/** Owns what passes between codecs and the pipeline: the decoded picture and what has to travel with it. */
import type { Format, Notice, SourceKind } from '../../preload/contract.ts';
import type { Raster } from '../raster.ts';

/** What travels with the pixels from source to output, as the bytes that were found. */
export interface Metadata {
  /** The TIFF structure of EXIF, without the `Exif\0\0` prefix; orientation as found. */
  readonly exif: Uint8Array | null;
  readonly xmp: Uint8Array | null;
  /** What JPEG's one segment could not hold of XMP: the payloads of its extension segments, as found. */
  readonly xmpExtension?: readonly Uint8Array[];
  readonly iptc: Uint8Array | null;
  /** Describes the raster's own samples; null means sRGB (or its grey). */
  readonly icc: Uint8Array | null;
  /** px an inch, where the source says. */
  readonly density: number | null;
}

export interface Decoded {
  /** Upright: orientation is baked in. */
  readonly raster: Raster;
  readonly kind: SourceKind;
  readonly metadata: Metadata;
  readonly notices: readonly Notice[];
}

export interface EncodeOptions {
  readonly format: Format;
  /** 1–100 for jpeg, webp and avif. */
  readonly quality: number;
  readonly depth: 'keep' | 8 | 16;
}
