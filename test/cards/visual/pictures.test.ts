import { describe, expect, it } from 'vitest';
import { difference } from './compare.ts';
import { paint } from './painter.ts';
import { complaintOn, keptFiles } from './references.ts';
import { slackTree } from './slack-tree.ts';
import { fileOf, pictureOf, SUBJECTS } from './subjects.ts';

describe('the picture of', () => {
  it.each(SUBJECTS)('“$card” in $look, $locale, is the kept one to the pixel', async (subject) => {
    expect(await complaintOn(subject, await pictureOf(subject))).toBeUndefined();
  });

  it('nothing else is kept', async () => {
    expect(await keptFiles()).toEqual(SUBJECTS.map(fileOf).sort());
  });
});

describe('a picture shows', () => {
  const blocks = (words: string, bar: string) => [
    { type: 'header', text: { type: 'plain_text', text: words } },
    { type: 'section', text: { type: 'mrkdwn', text: bar } },
  ];
  const drawn = (words: string, bar: string) => paint(slackTree(blocks(words, bar)), 'en');
  const before = drawn('1.3 GB left', '🟩🟩⬜');
  const differing = async (words: string, bar: string) =>
    difference(await before, await drawn(words, bar)).pixels;

  it('the same twice', async () => {
    expect(await differing('1.3 GB left', '🟩🟩⬜')).toBe(0);
  });

  it('a word that changed', async () => {
    expect(await differing('1.2 GB left', '🟩🟩⬜')).toBeGreaterThan(10);
  });

  it('a colour that changed', async () => {
    expect(await differing('1.3 GB left', '🟧🟩⬜')).toBeGreaterThan(100);
  });

  it('a line that was added', async () => {
    expect(await differing('1.3 GB left', '🟩🟩⬜\nActive')).toBeGreaterThan(1_000);
  });

  it('no sign and no letter that it could not draw: it says so instead', async () => {
    await expect(drawn('🦄', '🟩')).rejects.toThrow('🦄');
    await expect(drawn('ไทย', '🟩')).rejects.toThrow();
  });

  it('no block that it does not know: it says so instead', () => {
    expect(() => slackTree([{ type: 'video' }])).toThrow();
  });
});
