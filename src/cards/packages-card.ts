import type { PackageRecord } from '../domain/details.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, Line, PrivateViewer } from './card.ts';
import { ageOf, detailCard, esimTitle, notFoundCard } from './detail-card.ts';
import { MAX_LISTED } from './limits.ts';
import { shownPercent } from './meters.ts';
import { iccidFact } from './reading-parts.ts';
import { foreign, instant } from './spans.ts';
import type { PackageParts } from './topic-words.ts';
import { type Words, wordsFor } from './words.ts';

/**
 * Every package and top-up of an eSIM, the newest first, with its state and its dates; at most `MAX_LISTED`, and how
 * many there are beside.
 */
export function packagesCard(
  iccid: Iccid,
  result: DetailResult<PackageRecord[]>,
  viewer: PrivateViewer,
): Card {
  const title = esimTitle('packages', iccid, viewer);
  if (result.kind !== 'found') return notFoundCard(result, { title, iccid, viewer });
  const words = wordsFor(viewer.locale);
  const { packages } = words.topics;
  const newestFirst = result.value.toSorted((left, right) => beginOf(right) - beginOf(left));
  const shown = newestFirst.slice(0, MAX_LISTED);
  const older = newestFirst.length - shown.length;
  return detailCard({
    title,
    tone: shown.some(({ status }) => status.kind === 'known' && status.name === 'ACTIVE')
      ? 'good'
      : 'neutral',
    lines: [
      ...(shown.length === 0 ? [packages.none] : shown.map((one) => packageLine(one, viewer, words))),
      ...(older > 0 ? [packages.older(older)] : []),
    ],
    facts: iccidFact(iccid, viewer),
    freshness: ageOf(result, viewer),
  });
}

/** One that has not begun is newer than all that have. */
function beginOf({ activatedAt, expiredAt }: PackageRecord): number {
  return activatedAt ?? expiredAt ?? Number.MAX_SAFE_INTEGER;
}

/** What Airalo left empty is left out of the sentence. */
function packageLine(one: PackageRecord, viewer: PrivateViewer, words: Words): Line {
  const { packages } = words.topics;
  const { status, title, activatedAt } = one;
  const left = leftOf(one, words);
  const end = endOf(one, viewer.now);
  return packages.line({
    title: title === undefined ? packages.nameless : foreign(title, 'name', 'private'),
    isTopUp: one.type === 'topup',
    status:
      status.kind === 'known' ? words.card.statuses[status.name] : foreign(status.name, 'status', 'private'),
    ...(left === undefined ? {} : { left }),
    ...(activatedAt === undefined ? {} : { startedAt: instant(activatedAt, 'date') }),
    ...(end === undefined ? {} : { end }),
  });
}

/** Only of a package that still counts: what was left of an expired one is lost. */
function leftOf({ status, data }: PackageRecord, words: Words): string | undefined {
  if (status.kind === 'known' && !['ACTIVE', 'NOT_ACTIVE'].includes(status.name)) return undefined;
  if (data?.kind === 'unlimited') return words.card.unlimited;
  if (data?.remaining === undefined) return undefined;
  const allowance = { remaining: data.remaining, total: data.total };
  return words.card.left('data', allowance, shownPercent(allowance));
}

/** The day it was used up where that is known, else the end of its time, in the past or ahead. */
function endOf({ status, finishedAt, expiredAt }: PackageRecord, now: number): PackageParts['end'] {
  const usedUp = status.kind === 'known' && status.name === 'FINISHED';
  if (usedUp && finishedAt !== undefined) return { kind: 'used-up', at: instant(finishedAt, 'date') };
  if (expiredAt === undefined) return undefined;
  return { kind: expiredAt <= now ? 'ended' : 'ends', at: instant(expiredAt, 'date') };
}
