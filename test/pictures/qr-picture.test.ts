import { expect, it } from 'vitest';
import { drawQr } from '../../src/pictures/qr-picture.ts';
import { pixelsOf } from '../support/picture.ts';

it('a code is drawn here as a square of black and white with room around it', async () => {
  const image = pixelsOf(await drawQr('LPA:1$lpa.example.invalid$SAMPLE'));
  expect(image.width).toBe(image.height);
  // Four modules of eight pixels are quiet; a finder pattern begins behind them in three corners,and none in the fourth.
  const edge = 4 * 8;
  const far = image.width - edge - 1;
  expect([image.at(0, 0), image.at(edge - 2, edge - 2)]).toEqual(['#ffffff', '#ffffff']);
  expect([image.at(edge + 1, edge + 1), image.at(far - 1, edge + 1), image.at(edge + 1, far - 1)]).toEqual([
    '#000000',
    '#000000',
    '#000000',
  ]);
});

it('what is too long for a code is refused', async () => {
  await expect(drawQr('x'.repeat(5_000))).rejects.toBeDefined();
});
