import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RowAnswer, writeCsv } from '../../src/bulk/csv-answer.ts';
import { readCsv } from '../../src/bulk/csv-rows.ts';
import { anyCharacter } from '../support/arbitraries.ts';
import { rowsOf } from '../support/lists.ts';
import { ICCID, NOW, readingOf } from '../support/replies.ts';

const none = (note: string): RowAnswer => ({ kind: 'none', note });
const answered = (changes: Parameters<typeof readingOf>[0] = {}, note = ''): RowAnswer => ({
  kind: 'reading',
  reading: readingOf(changes),
  asOf: NOW,
  note,
});
const one = (answer: RowAnswer) => rowsOf(writeCsv([{ iccid: ICCID, answer }], ','))[0];

describe('an answered list', () => {
  it('has a column for each figure, times in UTC', () => {
    expect(one(answered({ voiceMinutes: { remaining: 0, total: 60 } }))).toEqual({
      iccid: ICCID,
      status: 'ACTIVE',
      data_remaining_mb: '1331',
      data_total_mb: '5120',
      unlimited: 'no',
      voice_remaining_min: '0',
      voice_total_min: '60',
      text_remaining: '',
      text_total: '',
      expires_at: '2026-12-04T09:41:07Z',
      as_of: '2026-11-23T14:00:00Z',
      note: '',
    });
  });

  it('says unlimited, and no figures where Airalo’s mean nothing', () => {
    expect(one(answered({ data: { kind: 'unlimited' } }))).toMatchObject({
      data_total_mb: '',
      unlimited: 'yes',
    });
    expect(one(answered({ status: { kind: 'known', name: 'RECYCLED' } }, 'gone'))).toMatchObject({
      status: 'RECYCLED',
      data_total_mb: '',
      unlimited: '',
      note: 'gone',
    });
  });

  it('begins with the mark that tells Excel the encoding, and keeps its delimiter', () => {
    const csv = writeCsv([{ iccid: ICCID, answer: none('Grüße; bitte') }], ';').toString('utf8');
    expect(csv.startsWith('\uFEFFiccid;status;')).toBe(true);
    expect(csv).toContain(';"Grüße; bitte"\r\n');
  });

  it('writes numbers so that no spreadsheet rounds them, and is read by the bot itself', async () => {
    const csv = writeCsv([{ iccid: ICCID, answer: answered() }], ',');
    expect(csv.toString('utf8')).toContain(`"=""${ICCID}"""`);
    expect(await readCsv(csv)).toMatchObject({ kind: 'list', rows: [{ iccid: ICCID }] });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =cmd|x', '＝1', '\n=HYPERLINK("x")'])(
    'makes text of what a spreadsheet would run: %j',
    (foreign) => {
      const problem = { kind: 'not-digits' } as const;
      const status = { kind: 'unseen', name: foreign } as const;
      const csv = writeCsv(
        [
          { given: foreign, problem, answer: none(foreign) },
          { iccid: ICCID, answer: answered({ status }) },
        ],
        ',',
      );
      const [given, unseen] = rowsOf(csv);
      for (const cell of [given?.iccid, given?.note, unseen?.status]) expect(cell).toMatch(/^'/);
    },
  );

  it('holds whatever stands in a cell', () => {
    const text = fc.string({ unit: anyCharacter, maxLength: 60 });
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom(',' as const, ';' as const, '\t' as const),
        (given, note, delimiter) => {
          const row = { given, problem: { kind: 'not-digits' } as const, answer: none(note) };
          const csv = writeCsv([row], delimiter).toString('utf8');
          const records: unknown[][] = parse(csv, { bom: true, delimiter });
          expect(records.map((record) => record.length)).toEqual([12, 12]);
          for (const cell of records[1] ?? []) expect(String(cell)).not.toMatch(/^\s*[=+\-@]/);
        },
      ),
    );
  });
});
