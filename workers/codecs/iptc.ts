/**
 * Owns the two wrappings of IPTC (IIM 4.2): Photoshop's image resources in JPEG, bare records in TIFF.
 * Knows nothing of what the records say.
 */

const SIGNATURE = 'Photoshop 3.0\0';
const IPTC_RESOURCE = 0x0404;
/** Old and new Photoshop thumbnails: they show the photo before the filters. */
const THUMBNAILS = [0x0409, 0x040c];

interface Resource {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly dataFrom: number;
  readonly dataTo: number;
}

/** Image resources beginning `8BIM`, without thumbnails, from either wrapping; null where there is nothing to keep. */
export function asResources(block: Uint8Array): Uint8Array | null {
  const resources = bare(block);
  if (block[0] === 0x1c) return wrap(block);
  const kept = parse(resources).filter((one) => !THUMBNAILS.includes(one.id));
  return kept.length === 0 ? null : Buffer.concat(kept.map((one) => resources.subarray(one.from, one.to)));
}

/** Bare records from either wrapping; null where there are none. */
export function asRecords(block: Uint8Array): Uint8Array | null {
  if (block[0] === 0x1c) return block;
  const resources = bare(block);
  const found = parse(resources).find((one) => one.id === IPTC_RESOURCE && one.dataTo > one.dataFrom);
  return found === undefined ? null : resources.subarray(found.dataFrom, found.dataTo);
}

function bare(block: Uint8Array): Uint8Array {
  const begins = Buffer.from(block.subarray(0, SIGNATURE.length)).toString('latin1') === SIGNATURE;
  return begins ? block.subarray(SIGNATURE.length) : block;
}

function parse(resources: Uint8Array): readonly Resource[] {
  const view = new DataView(resources.buffer, resources.byteOffset, resources.byteLength);
  const found: Resource[] = [];
  let at = 0;
  while (at + 12 <= resources.length && view.getUint32(at) === 0x3842494d) {
    const nameBytes = 1 + (resources[at + 6] ?? 0);
    const sizeAt = at + 6 + nameBytes + (nameBytes % 2);
    if (sizeAt + 4 > resources.length) break;
    const size = view.getUint32(sizeAt);
    const dataFrom = sizeAt + 4;
    const to = dataFrom + size + (size % 2);
    if (dataFrom + size > resources.length) break;
    found.push({
      id: view.getUint16(at + 4),
      from: at,
      to: Math.min(to, resources.length),
      dataFrom,
      dataTo: dataFrom + size,
    });
    at = to;
  }
  return found;
}

function wrap(records: Uint8Array): Uint8Array {
  const head = Buffer.alloc(12);
  head.write('8BIM', 0, 'latin1');
  head.writeUInt16BE(IPTC_RESOURCE, 4);
  head.writeUInt32BE(records.length, 8);
  return Buffer.concat([head, records, Buffer.alloc(records.length % 2)]);
}
