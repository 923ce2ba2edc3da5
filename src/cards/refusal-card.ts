import type { RefusedReply } from '../usage/reply.ts';
import type { Action, Card, Line, Viewer } from './card.ts';
import { lastKnown } from './headline.ts';
import { CARD_LIMITS } from './limits.ts';
import { identityLine, readingParts } from './reading-parts.ts';
import { code, foreign, instantFrom } from './spans.ts';
import type { Words } from './words.ts';

/**
 * Why there is no figure, and what to do. With an older reading (`previous`) it is the card of that one, and says
 * below why there is none that is newer. Pure.
 */
export function refusalCard(reply: RefusedReply, viewer: Viewer, words: Words): Card {
  const { iccid, refusal, previous } = reply;
  const parts = previous && iccid && readingParts(previous.reading, iccid, viewer, words.card);
  return {
    // An older figure is still the answer; why there is none that is newer stands below it.
    ...(parts
      ? lastKnown(parts, words.card)
      : { title: words.refusal.titles[refusal.reason], tone: refusalTone(refusal.reason) }),
    lines: [
      ...linesOf(reply, viewer, words),
      ...(parts?.lines ??
        (iccid === undefined || saysDigits(reply, viewer) ? [] : [identityLine(iccid, viewer)])),
    ].slice(0, CARD_LIMITS.lines),
    meters: parts?.meters ?? [],
    facts: [],
    freshness: previous ? [words.card.asOf(instantFrom(viewer.now, previous.asOf, 'relative'))] : [],
    actions: actionsOf(reply, viewer, words),
  };
}

/** The reason and the next step, in this order. In public nothing that was typed, and no number. */
function linesOf({ iccid, refusal, previous }: RefusedReply, viewer: Viewer, words: Words): readonly Line[] {
  const isPublic = viewer.audience === 'public';
  switch (refusal.reason) {
    case 'malformed-iccid': {
      // What was given may hold somebody's number, however badly written.
      if (isPublic) return [words.refusal.malformed(refusal.problem, undefined)];
      const given = refusal.given.trim() === '' ? undefined : foreign(refusal.given, 'given', 'private');
      return [words.refusal.malformed(refusal.problem, given), words.refusal.example];
    }
    case 'unknown-esim': {
      const { checkDigitOff, refreshableAt } = refusal;
      const again = refreshableAt <= viewer.now ? 'now' : instantFrom(viewer.now, refreshableAt, 'time');
      if (previous) return words.refusal.doubtedEsim(again);
      const digits = isPublic || iccid === undefined ? undefined : code(iccid);
      return words.refusal.unknownEsim(digits, checkDigitOff, again);
    }
    case 'operator-needed':
      return words.refusal.operatorNeeded;
    case 'declined':
      return words.refusal.declined(foreign(refusal.detail, 'detail', viewer.audience));
    case 'not-allowed':
      return words.refusal.notAllowed(refusal.need);
    case 'too-many':
      return words.refusal.tooMany(instantFrom(viewer.now, refusal.until, 'time'));
    case 'store-unavailable':
      return words.refusal.storeUnavailable;
    case 'promise-expired':
      return words.refusal.promiseExpired(instantFrom(viewer.now, refusal.askedAt, 'time'));
    case 'promise-cancelled':
      return words.refusal.promiseCancelled;
    default:
      return refusal satisfies never;
  }
}

/** The digits are what is to be compared there. */
function saysDigits({ refusal, previous }: RefusedReply, { audience }: Viewer): boolean {
  return refusal.reason === 'unknown-esim' && !previous && audience === 'private';
}

/**
 * How it stands with a question that was refused: `bad` where only the operator can help, `attention` where the asker
 * can.
 */
export function refusalTone(reason: RefusedReply['refusal']['reason']): Card['tone'] {
  switch (reason) {
    case 'malformed-iccid':
    case 'not-allowed':
    case 'unknown-esim':
    case 'promise-expired':
    case 'too-many':
      return 'attention';
    case 'operator-needed':
    case 'declined':
    case 'store-unavailable':
      return 'bad';
    case 'promise-cancelled':
      return 'neutral';
    default:
      return reason satisfies never;
  }
}

/** A question that ended unanswered can be put again with one press; the others need something else first. */
function actionsOf({ iccid, refusal }: RefusedReply, viewer: Viewer, { actions }: Words): Action[] {
  if (iccid === undefined) return [];
  if (viewer.audience === 'public') return [{ kind: 'show', label: actions.show, style: 'normal' }];
  const repeatable: readonly string[] = [
    'promise-expired',
    'promise-cancelled',
    'store-unavailable',
    'operator-needed',
  ];
  // Until its time comes, one question more would be refused just so.
  const mayAgain = refusal.reason === 'too-many' && refusal.until <= viewer.now;
  if (!mayAgain && !repeatable.includes(refusal.reason)) return [];
  return [{ kind: 'refresh', label: actions['ask-again'], style: 'normal' }];
}
