import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { usageCard } from '../../src/cards/usage-card.ts';
import { LOOKS } from '../../src/platforms/page/message.ts';
import { PICTURED, PICTURED_LANGUAGES, pictureFile } from '../../test/support/pictured.ts';
import { DAY_MS, freshReply, NOW, readingOf } from '../../test/support/replies.ts';
import { frameOf, framesIn } from './frames.ts';
import type { Painter } from './painter.ts';

/** Those that README.md (PNG, since they are looked at first) and docs/cards.md show, for a phone. */
export async function documentPictures(painter: Painter, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const reading = readingOf({ expiresAt: NOW + 11 * DAY_MS });
  const active = usageCard(freshReply({ reading }), { audience: 'private', locale: 'en', now: NOW });
  for (const look of LOOKS) {
    const view = { look, width: 'phone', theme: 'light' } as const;
    await painter.one(
      frameOf('active', active, 'en'),
      { ...view, locale: 'en' },
      join(folder, `${look}.png`),
    );
    for (const locale of PICTURED_LANGUAGES) {
      const frames = await framesIn({ locale, look });
      for (const [subject, names] of Object.entries(PICTURED)) {
        const frame = frames.find(({ name }) => name === names[look]);
        if (!frame) throw new Error(`No picture of ${subject}`);
        await painter.webp(frame, { ...view, locale }, join(folder, pictureFile(subject, look, locale)));
      }
    }
  }
}
