import { ICCID_EXAMPLE, type Iccid, luhnHolds, maskIccid } from '../domain/iccid.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, Fact, Line, PrivateViewer, Span } from './card.ts';
import { DETAIL_LIMITS } from './limits.ts';
import { iccidFact } from './reading-parts.ts';
import { code, dotted, foreign, instantFrom, lineLength } from './spans.ts';
import type { EsimTopic } from './topic-words.ts';
import { usageCard } from './usage-card.ts';
import { wordsFor } from './words.ts';

/** What Airalo told, with its age. */
export type Found<T> = Extract<DetailResult<T>, { kind: 'found' }>;
/** Every other end of a question. */
export type NotFound = Exclude<DetailResult<never>, { kind: 'found' }>;

/**
 * A card of details within `DETAIL_LIMITS`, whatever Airalo sent; the most important lines come first. A line that is
 * too long is left out, and a shorter one behind it may still fit.
 */
export function detailCard(card: Pick<Card, 'title'> & Partial<Card>): Card {
  let left: number = DETAIL_LIMITS.text;
  const lines = (card.lines ?? []).slice(0, DETAIL_LIMITS.lines).filter((line) => {
    const length = lineLength(line);
    if (length > left) return false;
    left -= length;
    return true;
  });
  return {
    tone: 'neutral',
    meters: [],
    actions: [],
    ...card,
    lines,
    facts: (card.facts ?? []).slice(0, DETAIL_LIMITS.facts),
    freshness: (card.freshness ?? []).slice(0, DETAIL_LIMITS.freshnessLines),
  };
}

/**
 * How old the answer is, and from when on Airalo may be asked again. With `late`, why there is none that is newer.
 */
export function ageOf(found: Found<unknown>, viewer: PrivateViewer): Line[] {
  const { card, refusal } = wordsFor(viewer.locale);
  const checked = card.asOf(instantFrom(viewer.now, found.asOf, 'relative'));
  const again = comingOrNow(found.askableAt, viewer.now);
  switch (found.late) {
    case 'airalo-unavailable':
      return [dotted([checked, card.nextTry(again)]), card.lastReading];
    case 'operator-needed':
      return [checked, ...refusal.operatorNeeded.slice(0, 1), card.thisIsTheLast];
    case 'not-found':
      return [checked, ...refusal.doubtedEsim(again)];
    case 'declined':
      return [checked, card.thisIsTheLast];
    case 'rate-limited':
    case 'busy':
    case undefined:
      return [dotted([checked, card.nextCheck(again)])];
    default:
      return found.late satisfies never;
  }
}

/** A fact with foreign text in it; none where there is no text. */
export function foreignFact(label: string, text: string | undefined): Fact[] {
  return text === undefined ? [] : [{ label, value: [foreign(text, 'name', 'private')] }];
}

/**
 * Why there is nothing to show, in the words of a lookup where they are the same. `iccid` absent: the question was
 * about no eSIM, such as one for the balance.
 */
export function notFoundCard(
  result: NotFound,
  {
    title,
    iccid,
    viewer,
  }: { readonly title: string; readonly iccid?: Iccid; readonly viewer: PrivateViewer },
): Card {
  const words = wordsFor(viewer.locale);
  const about = iccid === undefined ? {} : { iccid };
  const facts = iccid === undefined ? [] : iccidFact(iccid, viewer);
  switch (result.kind) {
    case 'wait': {
      const line = words.topics.askAgain(result.because, comingOrNow(result.until, viewer.now));
      return detailCard({ title, tone: 'waiting', lines: [line], facts });
    }
    case 'recycled':
      return detailCard({
        title: words.card.headline.withdrawn,
        tone: 'bad',
        lines: [words.card.nextSteps.RECYCLED],
        facts,
      });
    case 'unknown-esim': {
      const checkDigitOff = iccid !== undefined && !luhnHolds(iccid);
      const refusal = { reason: 'unknown-esim', checkDigitOff, refreshableAt: result.askableAt } as const;
      return usageCard({ kind: 'refused', ...about, refusal }, viewer);
    }
    case 'operator-needed':
      return usageCard(
        { kind: 'refused', ...about, refusal: { reason: 'operator-needed', cause: result.cause } },
        viewer,
      );
    case 'declined':
      return usageCard(
        { kind: 'refused', ...about, refusal: { reason: 'declined', detail: result.detail } },
        viewer,
      );
    default:
      return result satisfies never;
  }
}

/** A topic about one eSIM, and no eSIM was named. */
export function whichEsimCard(topic: EsimTopic, viewer: PrivateViewer): Card {
  const { topics, refusal } = wordsFor(viewer.locale);
  const example = code(`/esim-usage ${topic} ${ICCID_EXAMPLE}`);
  return detailCard({ title: refusal.titles['malformed-iccid'], lines: [topics.needsIccid(example)] });
}

/** The title of a card about one eSIM, which shows no more than its last four digits. */
export function esimTitle(topic: EsimTopic, iccid: Iccid, viewer: PrivateViewer): string {
  return wordsFor(viewer.locale).topics.esimTitle(topic, maskIccid(iccid));
}

/** A time of day for what is still ahead; `now` for what may be done at once. */
export function comingOrNow(at: number, now: number): Span | 'now' {
  return at <= now ? 'now' : instantFrom(now, at, 'time');
}
