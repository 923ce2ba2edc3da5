import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { discordPen } from '../../src/platforms/discord/pen.ts';
import { CARDS, cardGallery } from '../support/card-gallery.ts';
import { readingACard } from '../support/reading-a-card.ts';
import { slackGallery } from '../support/slack-gallery.ts';

it('docs/cards.md shows what the renderers draw (else: npm run cards)', async () => {
  await expect(cardGallery()).toMatchFileSnapshot('../../docs/cards.md');
});

it('docs/cards.md shows each card with something in it', () => {
  const page = readFileSync(new URL('../../docs/cards.md', import.meta.url), 'utf8');
  const pictures = page.split('\n## ').slice(1);
  expect(pictures.length).toBeGreaterThan(25);
  for (const picture of pictures) expect(picture).toMatch(/┌[^\n]+\n│[\s\S]+└/);
});

it('manifests/slack-cards.json has what Slack would get (else: npm run cards)', async () => {
  await expect(`${JSON.stringify(slackGallery(), null, 1)}\n`).toMatchFileSnapshot(
    '../../manifests/slack-cards.json',
  );
});

it('test/cards/discord-cards.json has what Discord would get (else: npm run cards)', async () => {
  const handle = { note: 'sample-note1', index: 0, jobId: '' };
  const drawn = Object.entries(CARDS).map(([card, shown]) => ({
    card,
    body: discordPen.message([{ card: shown, handle }], { locale: 'en', timeZone: 'UTC' }),
  }));
  await expect(`${JSON.stringify(drawn, null, 1)}\n`).toMatchFileSnapshot('discord-cards.json');
});

it('docs/reading-a-card.md tells what the first line of each state says (else: npm run cards)', async () => {
  await expect(readingACard()).toMatchFileSnapshot('../../docs/reading-a-card.md');
});
