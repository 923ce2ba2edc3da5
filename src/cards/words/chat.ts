import { ICCID_EXAMPLE, maskIccid } from '../../domain/iccid.ts';
import type { Line, Span, Viewer } from '../card.ts';
import type { Say } from '../say.ts';
import { code, copyables, instant, mention } from '../spans.ts';

/** What a platform says outside a card. */
export interface ChatWords {
  /** The placeholder until the answer is there; without an eSIM while the question is only being read. */
  checking(iccids: readonly string[], audience: Viewer['audience']): Line;
  /** Beside the first `most` of a question; `which` as the person gave them. */
  leftOut(most: number, which: readonly string[]): Line;
  /** Numbers that have lost digits, as they were given: foreign. */
  changed(given: readonly string[]): Line;
  /** A message or a command without an ICCID in it. */
  readonly nothingReadable: Line;
  /** A search asked for where everybody reads, of somebody the bot cannot write to; `command` with its slash. */
  onlyPrivately(command: string): Line;
  /** A button whose card is not remembered any more; `command` with its slash. */
  cardTooOld(command: string): Line;
  /** A file that was asked for in a channel is in the direct message; or it could not be sent. */
  readonly answeredElsewhere: Line;
  readonly fileElsewhere: Line;
  readonly fileNotSent: Line;
  /** Somebody else's button. */
  readonly notYours: Line;
  /** Beside a card that was refreshed too early; epoch ms, told as a time of day. */
  refreshNotBefore(at: number): Line;
  /** Epoch ms, told as a time of day. */
  promiseMade(at: number): Line;
  /** What was owed will not come, as the person wished. */
  readonly promiseCancelled: Line;
  /** There was nothing to cancel any more, or it was somebody else's. */
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
  /** In a group, to somebody whom the bot may not write to yet: beside a button that opens their private chat. */
  readonly openPrivately: Line;
  /** On that button; at most 30 characters. */
  readonly openChat: string;
  /** Sharing did not work for another reason. */
  readonly notShared: Line;
  /** Introduces the help where a text was not understood. */
  readonly notUnderstood: Line;
  /** Title: the command that is nearest to what was typed. */
  didYouMean(meant: string): string;
  /** Below it: what was typed, which is foreign. */
  unknownWord(asked: Span): Line;
  /** Whether an answer on its way was cancelled, by command. */
  cancelledFor(masked: string, cancelled: boolean): Line;
  /** In place of a mention, where nobody draws its name: a raw id tells nothing. */
  readonly mentioned: Readonly<Record<'person' | 'channel' | 'group', string>>;
}

/** What is said outside a card. */
export function chatWords({ text, line }: Say): ChatWords {
  return {
    checking(iccids, audience) {
      const [only] = iccids;
      if (only === undefined) return line('chat.checking');
      if (iccids.length > 1) return line('chat.checking.several', { count: iccids.length });
      return line('chat.checking.one', { esim: audience === 'public' ? maskIccid(only) : code(only) });
    },
    leftOut: (most, which) => line('chat.leftOut', { most, which: copyables(which) }),
    changed: (given) => line('chat.changed', { given: copyables(given) }),
    nothingReadable: line('chat.nothingReadable', { example: ICCID_EXAMPLE }),
    onlyPrivately: (command) => line('chat.onlyPrivately', { command }),
    cardTooOld: (command) => line('chat.cardTooOld', { command }),
    answeredElsewhere: line('chat.answeredElsewhere'),
    fileElsewhere: line('chat.fileElsewhere'),
    fileNotSent: line('chat.fileNotSent'),
    notYours: line('chat.notYours'),
    refreshNotBefore: (at) => line('chat.refreshNotBefore', { at: instant(at, 'time') }),
    promiseMade: (at) => line('chat.promiseMade', { at: instant(at, 'time') }),
    promiseCancelled: line('chat.promiseCancelled'),
    promiseNotCancelled: line('chat.promiseNotCancelled'),
    alreadyWorking: line('chat.alreadyWorking'),
    sharedBy: (personId) => line('chat.sharedBy', { person: mention('person', personId) }),
    answerReady: (personId) => [
      ...(personId === undefined ? [] : [mention('person', personId), ' ']),
      text('chat.answerReady'),
    ],
    failure: (reference) =>
      reference === undefined ? line('chat.failure') : line('chat.failure.reference', { reference }),
    inviteFirst: line('chat.inviteFirst'),
    mayNotPost: line('chat.mayNotPost'),
    privately: line('chat.privately'),
    openPrivately: line('chat.openPrivately'),
    openChat: text('chat.openChat'),
    notShared: line('chat.notShared'),
    notUnderstood: line('chat.notUnderstood'),
    didYouMean: (meant) => text('chat.didYouMean', { meant }),
    unknownWord: (asked) => line('chat.unknownWord', { asked }),
    cancelledFor: (masked, cancelled) =>
      line(cancelled ? 'chat.cancelledFor' : 'chat.cancelledFor.none', { masked }),
    mentioned: {
      person: text('chat.mentioned.person'),
      channel: text('chat.mentioned.channel'),
      group: text('chat.mentioned.group'),
    },
  };
}
