import { namesCard, namingCard, notFoundCard } from '../cards/find-card.ts';
import { nameKey } from '../domain/known-esim.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import { type FindParts, unlessStoreIsAway } from './find.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** `names` lists the team's names with who gave them, `names trip` those with `trip` in them. */
export function createNamesHandler({
  directory,
  clock,
}: Pick<FindParts, 'directory' | 'clock'>): InquiryHandler {
  return unlessStoreIsAway(clock, async ({ words }, asking) => {
    const part = words.trim();
    const all = await directory.namesOfAll();
    const fitting = all.filter(({ name }) => nameKey(name).includes(nameKey(part)));
    return cardsAnswer([namesCard(part, fitting, asking.asker, viewerOf(asking, clock))]);
  });
}

/** `unname ICCID` and `unname anna-trip` take a name away. */
export function createUnnameHandler({
  directory,
  clock,
}: Pick<FindParts, 'directory' | 'clock'>): InquiryHandler {
  return unlessStoreIsAway(clock, async ({ iccids, words }, asking) => {
    const viewer = viewerOf(asking, clock);
    const called = words.trim();
    const [named, more] = iccids.length > 0 ? iccids : await calledSo(called);
    if (named === undefined && called !== '') return cardsAnswer([notFoundCard(called, viewer)]);
    if (named === undefined || more !== undefined)
      return cardsAnswer([namingCard(undefined, { kind: 'which-name' }, viewer)]);
    const outcome = { kind: (await directory.removeName(named)) ? 'removed' : 'nameless' } as const;
    return cardsAnswer([namingCard(named, outcome, viewer)], [named]);
  });

  /** All that bear the name: with more than one the person is asked which. */
  async function calledSo(called: string) {
    const all = await directory.namesOfAll();
    return all.filter(({ name }) => nameKey(name) === nameKey(called)).map(({ iccid }) => iccid);
  }
}
