import { usageCard } from '../cards/usage-card.ts';
import type { Clock } from '../clock.ts';
import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { Topic } from '../domain/topic.ts';
import type { Log } from '../log.ts';
import type { NoteAudit } from '../usage/audit-trail.ts';
import { aboutOf } from '../usage/esim-search.ts';
import type { QuestionLimits } from '../usage/question-limits.ts';
import { INQUIRY_OUTCOME } from '../usage/usage-service.ts';
import type { Asking, InquiryAnswer, InquiryRouter } from './inquiry-router.ts';
import type { Inquiry } from './question.ts';

/** What is kept of an inquiry, and how many there may be. */
export interface RecordParts {
  readonly noteAudit: NoteAudit;
  readonly limits: QuestionLimits;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of each eSIM somebody got an answer about, so that they find it again. */
  readonly onAsked?: (asker: string, iccid: Iccid) => void;
}

/** Each counts what is looked for, as the search itself does. */
const SEARCHING: ReadonlySet<Topic> = new Set<Topic>(['find', 'order', 'orders']);
/** Answered by lookups, which the router counts and records itself: one question is one row. */
const BY_LOOKUP: ReadonlySet<Topic> = new Set<Topic>(['trend']);

/**
 * The same router, with the limits of the lookups and with a row in the audit for each eSIM asked about: who, where, which topic. What
 * turns out to be a lookup is counted and recorded as one.
 */
export function recordInquiries(router: InquiryRouter, parts: RecordParts): InquiryRouter {
  const { noteAudit, limits, clock, log } = parts;

  /** Asked for each eSIM before anything else is: a question over the limit reads nothing. */
  async function refusal(inquiry: Inquiry, asking: Asking): Promise<InquiryAnswer | undefined> {
    // Codes of orders can be walked through as ICCIDs can.
    const looksFor =
      SEARCHING.has(inquiry.topic) && inquiry.words.trim() !== '' ? [aboutOf(inquiry.words)] : [];
    for (const about of [...inquiry.iccids, ...looksFor]) {
      const until = await limits.refusedUntil(asking, about);
      if (until === undefined) continue;
      const reply = { kind: 'refused', refusal: { reason: 'too-many', until } } as const;
      const card = usageCard(reply, { audience: 'private', locale: asking.locale, now: clock.now() });
      return { kind: 'cards', cards: [card], about: [], refused: true };
    }
    return undefined;
  }

  /** One row for each eSIM, one without an eSIM where none was named. */
  function record(inquiry: Inquiry, asking: Asking, refused: boolean): void {
    const { requestId, asker, place } = asking;
    const outcome = `${INQUIRY_OUTCOME}${inquiry.topic}${refused ? '-refused' : ''}`;
    const rows = inquiry.iccids.length === 0 ? [undefined] : inquiry.iccids;
    for (const iccid of rows) {
      const iccidMasked = iccid === undefined ? '' : maskIccid(iccid);
      log.info({ requestId, iccid: iccidMasked, outcome, asker, place }, 'Inquiry answered');
      if (iccid !== undefined && !refused) parts.onAsked?.(asker, iccid);
      noteAudit({ asker, place, outcome, iccid, requestId });
    }
  }

  return {
    async answer(inquiry, asking) {
      if (BY_LOOKUP.has(inquiry.topic)) return router.answer(inquiry, asking);
      const answer = (await refusal(inquiry, asking)) ?? (await router.answer(inquiry, asking));
      if (answer.kind === 'cards') record(inquiry, asking, answer.refused === true);
      return answer;
    },
  };
}
