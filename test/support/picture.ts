import { PNG } from 'pngjs';

/** A PNG as pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `#rrggbb` of the pixel nearest to a place. */
  at(x: number, y: number): string;
  /** Whether any pixel within `reach` of a place has this colour, give or take what smoothing does to an edge. */
  near(x: number, y: number, colour: string, reach?: number): boolean;
  /** How many pixels have exactly this colour. */
  count(colour: string): number;
}

const SMOOTHING = 24;

/** Decodes; throws for what is no PNG. */
export function pixelsOf(png: Uint8Array): Pixels {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const at = (x: number, y: number) => {
    const place = (Math.round(y) * width + Math.round(x)) * 4;
    return `#${data.subarray(place, place + 3).toString('hex')}`;
  };
  const close = (one: string, other: string) =>
    [1, 3, 5].every((digit) => Math.abs(channel(one, digit) - channel(other, digit)) <= SMOOTHING);
  return {
    width,
    height,
    at,
    near(x, y, colour, reach = 2) {
      for (let dx = -reach; dx <= reach; dx++)
        for (let dy = -reach; dy <= reach; dy++) if (close(at(x + dx, y + dy), colour)) return true;
      return false;
    },
    count(colour) {
      let found = 0;
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (at(x, y) === colour) found++;
      return found;
    },
  };
}

function channel(colour: string, digit: number): number {
  return Number.parseInt(colour.slice(digit, digit + 2), 16);
}
