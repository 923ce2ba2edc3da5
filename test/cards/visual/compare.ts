import { PNG } from 'pngjs';

/** What has changed between two pictures. */
export interface Difference {
  /** 0 when they are the same to the pixel. Where the sizes differ, what only one has counts too. */
  readonly pixels: number;
  /** PNG: the new picture, pale, and what differs in red. */
  readonly drawn: Uint8Array;
}

/** Compares pixel by pixel, without any allowance. */
export function difference(before: Uint8Array, after: Uint8Array): Difference {
  const [one, other] = [PNG.sync.read(Buffer.from(before)), PNG.sync.read(Buffer.from(after))];
  const size = { width: Math.max(one.width, other.width), height: Math.max(one.height, other.height) };
  const drawn = new PNG(size);
  let pixels = 0;
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const [was, is] = [colourAt(one, x, y), colourAt(other, x, y)];
      const same = was !== undefined && was === is;
      if (!same) pixels++;
      const pale = 0xc0 + ((is ?? 0) & 0x3f);
      drawn.data.set(same ? [pale, pale, pale, 255] : [220, 0, 0, 255], (y * size.width + x) * 4);
    }
  return { pixels, drawn: PNG.sync.write(drawn) };
}

/** A picture as small as it can be kept without a loss: nothing here is see-through. */
export function packed(png: Uint8Array): Uint8Array {
  const picture = PNG.sync.read(Buffer.from(png));
  return PNG.sync.write(picture, { colorType: 2, inputHasAlpha: true, deflateLevel: 9 });
}

function colourAt({ width, height, data }: PNG, x: number, y: number): number | undefined {
  if (x >= width || y >= height) return undefined;
  const place = (y * width + x) * 4;
  return ((data[place] ?? 0) << 16) | ((data[place + 1] ?? 0) << 8) | (data[place + 2] ?? 0);
}
