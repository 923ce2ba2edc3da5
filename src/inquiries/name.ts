import { type NamingOutcome, namingCard } from '../cards/find-card.ts';
import type { Iccid } from '../domain/iccid.ts';
import { readName } from '../domain/known-esim.ts';
import type { EsimDirectory } from '../usage/esim-directory.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import { createFindHandler, type FindParts, unlessStoreIsAway } from './find.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** The same in all languages; so no eSIM can be called so. */
const REMOVE = 'remove';

/** `name ICCID anna-trip` gives a name, `name ICCID remove` takes it away, `name ICCID` says it, `name anna-trip` finds it. */
export function createNameHandler(parts: FindParts): InquiryHandler {
  const { directory, clock } = parts;
  const find = createFindHandler(parts);
  return unlessStoreIsAway(clock, async (inquiry, asking) => {
    const { iccids, words } = inquiry;
    const [iccid] = iccids;
    if (iccid === undefined && words.trim() !== '') return find(inquiry, asking);
    const outcome: NamingOutcome =
      iccid === undefined || iccids.length > 1
        ? { kind: 'which-esim' }
        : await outcomeOf(directory, iccid, words, asking.asker);
    const card = namingCard(iccid, outcome, viewerOf(asking, clock));
    return cardsAnswer([card], iccid === undefined ? [] : [iccid]);
  });
}

/** Throws `StoreError`; the handler around it says that the store is away. */
async function outcomeOf(
  directory: EsimDirectory,
  iccid: Iccid,
  words: string,
  asker: string,
): Promise<NamingOutcome> {
  const wanted = words.trim();
  if (wanted === '') return { kind: 'is', name: await directory.nameOf(iccid) };
  if (wanted.toLowerCase() === REMOVE)
    return { kind: (await directory.removeName(iccid)) ? 'removed' : 'nameless' };
  const name = readName(wanted);
  if (name === undefined) return { kind: 'no-name' };
  return { ...(await directory.setName(iccid, name, asker)), name };
}
