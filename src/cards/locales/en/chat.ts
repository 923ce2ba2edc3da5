import { maskIccid } from '../../../domain/iccid.ts';
import type { Line, Viewer } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, copyables, instant, mention } from '../../spans.ts';
import { EXAMPLE, ICCID_FORM } from './refusal.ts';

/** What a platform says outside a card. */
export interface ChatWords {
  /** The placeholder until the answer is there; without an eSIM while the question is only being read. */
  checking(iccids: readonly string[], audience: Viewer['audience']): Line;
  tooMany(found: number, most: number): Line;
  /** Beside the first `most` of a question; `which` as the person gave them. */
  leftOut(most: number, which: readonly string[]): Line;
  /** Numbers that have lost digits, as they were given: foreign. */
  changed(given: readonly string[]): Line;
  /** A message or a command without an ICCID in it. */
  readonly nothingReadable: Line;
  /** A button whose card is not remembered any more; `command` with its slash. */
  cardTooOld(command: string): Line;
  /** Somebody else's button. */
  readonly notYours: Line;
  refreshNotBefore(at: number): Line;
  promiseMade(at: number): Line;
  readonly promiseCancelled: Line;
  readonly promiseNotCancelled: Line;
  /** The same question is being answered already. */
  readonly alreadyWorking: Line;
  /** Stands beside a card that was made public. */
  sharedBy(personId: string): Line;
  /** Public, free of customer data: the asker cannot be written to, the Show button opens the answer. */
  answerReady(personId?: string): Line;
  /** Something failed on our side; `reference` is what the operator finds in the log. */
  failure(reference?: string): Line;
  /** Sharing needs the bot in the channel. */
  readonly inviteFirst: Line;
  /** Sharing needs permissions in the channel. */
  readonly mayNotPost: Line;
  /** Beside the button under a mention of the bot: the answer is private. */
  readonly privately: Line;
  /** Sharing did not work for another reason. */
  readonly notShared: Line;
  /** Introduces the help where a text was not understood. */
  readonly notUnderstood: Line;
}

/** What is said outside a card. */
export function chatWords({ number, counted }: Figures): ChatWords {
  return {
    checking(iccids, audience) {
      const [only] = iccids;
      if (only === undefined) return ['One moment …'];
      if (iccids.length > 1) return [`Checking ${counted(iccids.length, { one: 'eSIM', other: 'eSIMs' })} …`];
      return ['Checking eSIM ', audience === 'public' ? maskIccid(only) : code(only), ' …'];
    },
    tooMany: (found, most) => [
      `I found ${number(found)} ICCIDs and can check ${number(most)} at a time. Please send fewer.`,
    ],
    leftOut: (most, which) => [
      `I check ${number(most)} at a time. Left out, please ask again for them: `,
      ...copyables(which),
      '.',
    ],
    changed: (given) => ['Left out, since a spreadsheet has changed them: ', ...copyables(given), '.'],
    nothingReadable: [`I found no ICCID there. ${ICCID_FORM}. `, ...EXAMPLE],
    cardTooOld: (command) => ['This card is too old to act on. Please ask again: ', code(`${command} ICCID`)],
    notYours: ['Only the person who asked can do that. You can ask for yourself.'],
    refreshNotBefore: (time) => ['Airalo lets this eSIM be read again at ', instant(time, 'time'), '.'],
    promiseMade: (time) => ['I will tell you at ', instant(time, 'time'), '.'],
    promiseCancelled: ['Cancelled. I will not answer this question any more.'],
    promiseNotCancelled: ['That could not be cancelled: it was answered or cancelled before.'],
    alreadyWorking: ['I am on it already.'],
    sharedBy: (personId) => ['Shared by ', mention('person', personId)],
    answerReady: (personId) => [
      ...(personId === undefined ? [] : [mention('person', personId), ' ']),
      'Your eSIM answer is ready.',
    ],
    failure: (reference) => [
      'Something went wrong on my side. Please try again in a minute.',
      ...(reference === undefined
        ? []
        : [" If it happens again, tell the bot's operator this reference: ", code(reference)]),
    ],
    inviteFirst: [
      'I am not in this channel, so I cannot share here. Invite me with ',
      code('/invite'),
      ', then press again.',
    ],
    mayNotPost: [
      'I may not write in this channel. An administrator can allow me View Channel, Send Messages and Embed Links.',
    ],
    privately: ['I answer privately: press the button, and only you will see it.'],
    notShared: ['That could not be shared just now. Please try again in a minute.'],
    notUnderstood: ['I could not find an ICCID in that.'],
  };
}
