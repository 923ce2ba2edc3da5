import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/bulk/csv-rows.ts';
import { MAX_WORK } from '../../src/bulk/turns.ts';
import { soundIccid } from '../support/arbitraries.ts';
import { anyShape, FULL_BYTES, fileOf } from './csv-shapes.ts';

/** The largest piece that is looked at whole. */
const PIECE = 33 * 1_024;
/** Each character is parsed and looked at once; a line and a cell, which may be one character, add what they cost (worst of 2 250 shapes: 51). */
const WORK_PER_BYTE = 64;

async function workOf(bytes: Uint8Array): Promise<{ longest: number; all: number }> {
  const turns: number[] = [];
  await readCsv(bytes, async (work) => void turns.push(work));
  return { longest: Math.max(0, ...turns), all: turns.reduce((sum, work) => sum + work, 0) };
}

describe('reading a list', () => {
  // Counted, not timed: how long a piece takes is measured by `scripts/measure-lists.ts`.
  it('gives way after a bounded piece of work, and its work grows with the bytes alone', async () => {
    await fc.assert(
      fc.asyncProperty(anyShape, async (shape) => {
        const { longest, all } = await workOf(fileOf(shape));
        expect(longest).toBeLessThan(MAX_WORK + PIECE + 1);
        expect(all).toBeLessThan(WORK_PER_BYTE * FULL_BYTES);
      }),
      { numRuns: 20 },
    );
  });

  it('of 16 000 cells by 16 000 lines is no more work than of one column', async () => {
    const text = `${'a,'.repeat(16_000)}\n${'8\n'.repeat(15_000)}8910000000001000019\n`;
    const { all } = await workOf(Buffer.from(text));
    expect(all).toBeLessThan(WORK_PER_BYTE * text.length);
    const list = await readCsv(Buffer.from(text));
    expect(list).toMatchObject({ kind: 'no-list', problem: { kind: 'too-many' } });
  });

  it('of more cells than a list may have is refused, and empty cells do not count', async () => {
    const cells = `${'a,'.repeat(120_000)}\n`;
    expect(await readCsv(Buffer.from(cells))).toMatchObject({
      problem: { kind: 'too-many-cells', most: 100_000 },
    });
    const empty = `8910000000001000019${','.repeat(200_000)}\n`;
    expect(await readCsv(Buffer.from(empty))).toMatchObject({
      kind: 'list',
      rows: [{ iccid: '8910000000001000019' }],
    });
  });

  it('finds every number of one endless line', async () => {
    const iccids = Array.from({ length: 480 }, (_, index) => `8910${String(index + 1).padStart(15, '0')}`);
    for (const separator of [' ', ' / ', ' and ', ', '])
      expect(await readCsv(Buffer.from(iccids.join(separator)))).toMatchObject({
        kind: 'list',
        rows: iccids.map((iccid) => ({ iccid })),
      });
  });
});

describe('any CSV with ICCIDs planted in it', () => {
  const cell = fc.constantFrom('', 'Anna', '2026-11-23', '5 GB', '3,50', 'a;b', '12345', 'x|y', 'say ""hi""');
  const planted = fc
    .record({
      iccids: fc.uniqueArray(soundIccid, { minLength: 1, maxLength: 30 }),
      width: fc.integer({ min: 1, max: 6 }),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      ends: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 4 }),
      heading: fc.constantFrom(undefined, 'iccid', 'SIM-Nummer', 'Karte'),
      title: fc.constantFrom('', 'Export of eSIMs'),
      encoding: fc.constantFrom('utf8' as const, 'utf16le' as const),
      others: fc.array(cell, { minLength: 1, maxLength: 40 }),
    })
    .chain((shape) =>
      fc.record({ shape: fc.constant(shape), at: fc.integer({ min: 0, max: shape.width - 1 }) }),
    );

  it('loses none', async () => {
    await fc.assert(
      fc.asyncProperty(planted, async ({ shape, at }) => {
        const { iccids, width, delimiter, ends, heading, title, encoding, others } = shape;
        const line = (mine: string, row: number) =>
          Array.from({ length: width }, (_, column) =>
            column === at ? mine : `"${others[(row * width + column) % others.length] ?? ''}"`,
          ).join(delimiter);
        const lines = [
          ...(title === '' ? [] : [title]),
          ...(heading === undefined ? [] : [line(heading, 0).replace(/"[^"]*("")*[^"]*"/gu, 'column')]),
          ...iccids.map(line),
        ];
        const text = lines.map((one, row) => one + (ends[row % ends.length] ?? '\n')).join('');
        const list = await readCsv(Buffer.from(`\uFEFF${text}`, encoding));
        const found =
          list.kind === 'list' ? list.rows.flatMap((row) => ('iccid' in row ? row.iccid : [])) : list;
        expect(found).toEqual(iccids);
      }),
      { numRuns: 200 },
    );
  });
});
