import type { EsimDetails } from '../domain/details.ts';
import { type Iccid, maskIccidsIn } from '../domain/iccid.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, Fact, Line, PrivateViewer } from './card.ts';
import { ageOf, detailCard, esimTitle, foreignFact, notFoundCard } from './detail-card.ts';
import { FOREIGN_LIMITS } from './limits.ts';
import { iccidFact } from './reading-parts.ts';
import { copyable, foreign, instant, link, withWholeSizes } from './spans.ts';
import { type Words, wordsFor } from './words.ts';

/**
 * The order an eSIM came with, its package, brand and sharing link; the button asks for all its packages. Private:
 * link and code together open the eSIM. `about`: its place in the message.
 */
export function esimCard(
  iccid: Iccid,
  result: DetailResult<EsimDetails>,
  viewer: PrivateViewer,
  about = 0,
): Card {
  const title = esimTitle('esim', iccid, viewer);
  if (result.kind !== 'found') return notFoundCard(result, { title, iccid, viewer });
  const words = wordsFor(viewer.locale);
  const { value } = result;
  return detailCard({
    title: value.recycled ? words.card.headline.withdrawn : (headlineOf(value) ?? title),
    tone: value.recycled ? 'bad' : 'neutral',
    lines: [...(value.recycled ? [words.card.nextSteps.RECYCLED] : []), ...sharingLines(value, words)],
    facts: [...iccidFact(iccid, viewer), ...factsOf(value, words)],
    freshness: ageOf(result, viewer),
    actions: [
      { kind: 'ask', topic: 'packages', about, label: words.topics.buttons.packages, style: 'normal' },
    ],
  });
}

/**
 * The link, its code on the same line, and a warning below; of a withdrawn eSIM nothing is said where there is none.
 */
function sharingLines({ sharing, recycled }: EsimDetails, { topics: { esim } }: Words): Line[] {
  if (!sharing) return recycled ? [] : [esim.notShared];
  const { href, accessCode } = sharing;
  const code = accessCode === undefined ? [] : esim.accessCode(copyable(accessCode));
  return [[link(esim.sharingLink, href), ...code], esim.secret];
}

/** Of a title it is not known where it is drawn: a name that could be read as markup or as a link stays among the facts. */
const COULD_BE_MARKUP = /[*_~`|\\<>[\]@#]|:\/\//;

/** The name of its package where it can be the headline. */
function headlineOf({ packageTitle = '', recycled }: EsimDetails): string | undefined {
  const name = packageTitle.trim();
  if (recycled || name === '' || name.length > FOREIGN_LIMITS.name || COULD_BE_MARKUP.test(name))
    return undefined;
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(name) || maskIccidsIn(name) !== name ? undefined : withWholeSizes(name);
}

/** The most useful first: what is too many is left out at the end. */
function factsOf(details: EsimDetails, { topics: { esim } }: Words): Fact[] {
  const { labels } = esim;
  const { packageTitle, orderCode, orderStatus, createdAt, validityDays, recycledAt } = details;
  const status = orderStatus === undefined ? [] : [' · ', foreign(orderStatus, 'status', 'private')];
  const order: Fact[] =
    orderCode === undefined ? [] : [{ label: labels.order, value: [copyable(orderCode), ...status] }];
  const at = (label: string, when: number | undefined): Fact[] =>
    when === undefined ? [] : [{ label, value: [instant(when, 'date')] }];
  return [
    ...(headlineOf(details) === undefined ? foreignFact(labels.package, packageTitle) : []),
    ...order,
    ...at(labels.ordered, createdAt),
    ...(validityDays === undefined ? [] : [{ label: labels.validity, value: [esim.days(validityDays)] }]),
    ...foreignFact(labels.data, details.dataAmount),
    ...foreignFact(labels.note, details.description),
    ...foreignFact(labels.brand, details.brand ?? esim.unbranded),
    ...at(labels.withdrawn, recycledAt),
    ...(details.roaming === true ? [{ label: labels.roaming, value: [esim.roamingOn] }] : []),
    ...foreignFact(labels.apn, details.apn),
  ];
}
