import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

type Unpacker = (packed: Buffer, largestBytes: number) => Promise<Buffer>;

const [gunzipped, inflated, inflatedRaw, brotli] = [
  promisify(gunzip),
  promisify(inflate),
  promisify(inflateRaw),
  promisify(brotliDecompress),
];
const bound = (largestBytes: number) => ({ maxOutputLength: largestBytes });

const UNPACKERS: Readonly<Record<string, Unpacker>> = {
  gzip: (packed, largest) => gunzipped(packed, bound(largest)),
  'x-gzip': (packed, largest) => gunzipped(packed, bound(largest)),
  br: (packed, largest) => brotli(packed, bound(largest)),
  // RFC 9110 means the zlib form; some servers leave its two bytes of header out.
  deflate: (packed, largest) =>
    inflated(packed, bound(largest)).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'Z_DATA_ERROR')
        return inflatedRaw(packed, bound(largest));
      throw error;
    }),
  identity: async (packed) => packed,
};
/** A proxy packs once; more layers are an attack. */
const MAX_LAYERS = 2;

/**
 * A body as it was before `Content-Encoding` (RFC 9110, section 8.4.1), at most `largestBytes` long, so that nothing small unpacks
 * into something huge. The bot asks for no packing; a proxy may pack all the same. Throws where it cannot be unpacked.
 */
export async function unpacked(
  body: Buffer,
  encoding: string | string[] | undefined,
  largestBytes: number,
): Promise<Buffer> {
  const layers = [encoding ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((layer) => layer.trim().toLowerCase())
    .filter((layer) => layer !== '');
  if (layers.length > MAX_LAYERS) throw new RangeError('packed too often');
  let bytes = body;
  for (const layer of layers.reverse()) {
    const unpack = UNPACKERS[layer];
    if (!unpack) throw new RangeError('packed in an unknown way');
    bytes = await unpack(bytes, largestBytes);
  }
  return bytes;
}
