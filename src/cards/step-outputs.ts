import { expiryOf, hasFigures, type UsageReading } from '../domain/usage.ts';
import type { CachedReply, FreshReply } from '../usage/reply.ts';
import { customerReply } from './customer-reply.ts';
import { createFigures } from './figures.ts';
import { figureOf } from './headline.ts';
import { type PlainTextOptions, plainLine } from './plain-text.ts';
import { foreign, instant } from './spans.ts';
import { type Words, wordsFor } from './words.ts';

/**
 * A reading as the values that the next step of a workflow works with: plain text, and never the eSIM's number. An
 * absent one has nothing to tell.
 */
export interface StepOutputs {
  /** Of the data; of the calls or texts where the plan has no data. */
  readonly left: string;
  readonly total?: string;
  /** Airalo's own word where this version of the bot does not know it; unescaped. */
  readonly status: string;
  readonly ends?: string;
  /** When the figure was read. */
  readonly checked: string;
  /** What can be sent to the customer, as it stands. */
  readonly text: string;
}

/** In whose words, and whose time zone. */
export interface StepReader extends PlainTextOptions {
  /** Of the customer, BCP 47. */
  readonly language: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Pure. */
export function stepOutputs({ reading, asOf }: FreshReply | CachedReply, reader: StepReader): StepOutputs {
  const words = wordsFor(reader.locale);
  const { status, expiresAt } = reading;
  const { language, now, timeZone } = reader;
  const total = totalOf(reading, words);
  const date = (at: number) => plainLine([instant(at, 'date-time')], reader);
  return {
    left: plainSpaced(leftOf(reading, words, now)),
    ...(total === undefined ? {} : { total: plainSpaced(total) }),
    status:
      status.kind === 'known'
        ? words.card.statuses[status.name]
        : plainLine([foreign(status.name, 'status', 'public')], reader),
    ...(expiresAt === undefined ? {} : { ends: date(expiresAt) }),
    checked: date(asOf),
    text: customerReply(reading, { language, now, ...(timeZone === undefined ? {} : { timeZone }) }),
  };
}

/** A next step may compare it with what somebody typed. */
const plainSpaced = (amount: string): string => amount.replace(/[\u00a0\u202f]/g, ' ');

/** What can still be used: of a plan that has ended that is nothing, whatever Airalo counts as unused. */
function leftOf(reading: UsageReading, { card, locale }: Words, now: number): string {
  const { data, status } = reading;
  if (!hasFigures(reading)) return card.notKnown;
  if (data.kind === 'megabytes' && data.total > 0) {
    const isOver =
      expiryOf(reading, now) === 'past' || (status.kind === 'known' && status.name === 'EXPIRED');
    return createFigures(locale).data(isOver ? { ...data, remaining: 0 } : data).remaining;
  }
  return figureOf(reading, card) ?? card.notKnown;
}

function totalOf(reading: UsageReading, { card, locale }: Words): string | undefined {
  const { data } = reading;
  if (!hasFigures(reading)) return undefined;
  if (data.kind === 'unlimited') return card.unlimited;
  const { total } = data;
  return total === undefined || total <= 0
    ? undefined
    : createFigures(locale).data({ remaining: total, total }).total;
}
