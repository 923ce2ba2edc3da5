import type { Device } from '../domain/details.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, PrivateViewer } from './card.ts';
import { ageOf, detailCard, notFoundCard } from './detail-card.ts';
import { MAX_LISTED } from './limits.ts';
import { code, foreign } from './spans.ts';
import { wordsFor } from './words.ts';

/**
 * Which of Airalo's compatible devices have every word of `asked` in their name; the shortest names first, since they
 * are the nearest to what was asked. What a device can is Airalo's word, and the card says so.
 */
export function devicesCard(
  asked: string,
  result: DetailResult<readonly Device[]>,
  viewer: PrivateViewer,
): Card {
  const words = wordsFor(viewer.locale);
  const { devices, titles } = words.topics;
  if (result.kind !== 'found') return notFoundCard(result, { title: titles.devices, viewer });
  const found = matching(result.value, asked);
  const shown = found.slice(0, MAX_LISTED);
  const name = foreign(asked, 'given', 'private');
  return detailCard({
    title: devices.headline(found.length),
    tone: shown.length > 0 ? 'good' : 'attention',
    lines:
      shown.length === 0
        ? [devices.none(name)]
        : [
            words.find.searched(name),
            ...shown.map((device) => [foreign(nameOf(device), 'name', 'private')]),
            ...(found.length > shown.length ? [devices.more(found.length - shown.length)] : []),
            devices.caveat,
          ],
    freshness: ageOf(result, viewer),
  });
}

/** No model was named. */
export function whichDeviceCard(viewer: PrivateViewer): Card {
  const { topics } = wordsFor(viewer.locale);
  const line = topics.devices.askModel(code('/esim-devices iPhone 13'));
  return detailCard({ title: topics.devices.which, lines: [line] });
}

/** "iphone13" is as good as "iPhone 13". */
function matching(devices: readonly Device[], asked: string): Device[] {
  const wanted = partsOf(asked);
  if (wanted.length === 0) return [];
  return devices
    .filter((device) => {
      const parts = partsOf(nameOf(device));
      return wanted.every((word) => parts.includes(word));
    })
    .toSorted((left, right) => nameOf(left).length - nameOf(right).length);
}

/** Letters and digits apart, in lower case: signs and blanks part nothing that a person means. */
function partsOf(text: string): readonly string[] {
  return [...(text.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? [])];
}

/** With its brand, once. */
function nameOf({ brand, name }: Device): string {
  return brand === '' || name.toLowerCase().startsWith(brand.toLowerCase()) ? name : `${brand} ${name}`;
}
