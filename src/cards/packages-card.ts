import type { PackageRecord } from '../domain/details.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, Line, PrivateViewer, Row, Table } from './card.ts';
import { ageOf, detailCard, esimTitle, notFoundCard } from './detail-card.ts';
import { MAX_LISTED } from './limits.ts';
import { shownPercent } from './meters.ts';
import { iccidFact } from './reading-parts.ts';
import { dotted, foreign, instant } from './spans.ts';
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
  const active = result.value.filter(isActive);
  const newestFirst = result.value.toSorted((left, right) => beginOf(right) - beginOf(left));
  const shown = newestFirst.slice(0, MAX_LISTED);
  const older = newestFirst.length - shown.length;
  return detailCard({
    title:
      shown.length === 0
        ? packages.none
        : packages.headline({ active: active.length, count: newestFirst.length }, leftOfAll(active)),
    tone: active.length > 0 ? 'good' : 'neutral',
    lines: older > 0 ? [packages.older(older)] : [],
    ...(shown.length === 0 ? {} : { table: tableOf(shown, viewer, words) }),
    facts: iccidFact(iccid, viewer),
    freshness: ageOf(result, viewer),
  });
}

function isActive({ status }: PackageRecord): boolean {
  return status.kind === 'known' && status.name === 'ACTIVE';
}

/** MB of the active ones together; undefined where there is none, or one of them does not say. */
function leftOfAll(active: readonly PackageRecord[]): number | 'unlimited' | undefined {
  if (active.length === 0) return undefined;
  if (active.every(({ data }) => data?.kind === 'unlimited')) return 'unlimited';
  const left = active.flatMap(({ data }) => (data?.kind === 'megabytes' ? (data.remaining ?? []) : []));
  return left.length < active.length ? undefined : left.reduce((sum, mb) => sum + mb, 0);
}

/** One that has not begun is newer than all that have. */
function beginOf({ activatedAt, expiredAt }: PackageRecord): number {
  return activatedAt ?? expiredAt ?? Number.MAX_SAFE_INTEGER;
}

function tableOf(shown: readonly PackageRecord[], viewer: PrivateViewer, words: Words): Table {
  const { list, topics } = words;
  return {
    caption: list.newestFirst,
    columns: [
      { label: topics.esim.labels.package, align: 'text' },
      { label: list.columns.left, align: 'number' },
      { label: list.columns.status, align: 'text' },
      { label: topics.packages.dates, align: 'text' },
    ],
    rows: shown.map((one) => rowOf(one, viewer, words)),
  };
}

/** What is over is no reason to worry: the usage card says how the eSIM stands. */
function rowOf(one: PackageRecord, { now }: PrivateViewer, words: Words): Row {
  const { packages } = words.topics;
  const { status, title, activatedAt } = one;
  const name = title === undefined ? packages.nameless : foreign(title, 'name', 'private');
  const left = leftOf(one, words);
  const said =
    status.kind === 'known' ? words.card.statuses[status.name] : foreign(status.name, 'status', 'private');
  return {
    tone: isActive(one) ? 'good' : 'neutral',
    cells: [
      one.type === 'topup' ? packages.topUp(name) : [name],
      left === undefined ? [] : [left],
      [said],
      dotted([
        ...(activatedAt === undefined ? [] : [packages.startedAt(instant(activatedAt, 'date'))]),
        ...endOf(one, now, words),
      ]),
    ],
  };
}

/** Only of a package that still counts: what was left of an expired one is lost. */
function leftOf({ status, data }: PackageRecord, words: Words): string | undefined {
  if (status.kind === 'known' && !['ACTIVE', 'NOT_ACTIVE'].includes(status.name)) return undefined;
  if (data?.kind === 'unlimited') return words.card.unlimited;
  if (data?.remaining === undefined) return undefined;
  const allowance = { remaining: data.remaining, total: data.total };
  return allowance.total > 0
    ? words.card.of('data', allowance)
    : words.card.left('data', allowance, shownPercent(allowance));
}

/** The day it was used up where that is known, else the end of its time, in the past or ahead. */
function endOf({ status, finishedAt, expiredAt }: PackageRecord, now: number, words: Words): Line[] {
  const { packages } = words.topics;
  const usedUp = status.kind === 'known' && status.name === 'FINISHED';
  if (usedUp && finishedAt !== undefined) return [packages.end('used-up', instant(finishedAt, 'date'))];
  if (expiredAt === undefined) return [];
  return [packages.end(expiredAt <= now ? 'ended' : 'ends', instant(expiredAt, 'date'))];
}
