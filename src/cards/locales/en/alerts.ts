import type { AlertDeed } from '../../../domain/alert.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';

/** Every word of the alert channel and its buttons. Percentages are 0 to 100. */
export interface AlertWords {
  /** Titles of the parent message; at most 80 characters. */
  usedTitle(masked: string, percent: number): string;
  endingTitle(masked: string, days: number): string;
  creditTitle(percent: number): string;
  used(percent: number): Line;
  /** Share of the data left, by the newest warning. */
  left(percent: number): Line;
  ending(days: number, warnedAt: Span): Line;
  credit(percent: number): Line;
  /** What to do. */
  readonly topUp: Line;
  readonly creditNext: Line;
  readonly labels: Readonly<Record<'package' | 'warnedAt' | 'creditLeft', string>>;
  amount(value: number): string;
  /** `who` is a mention, or somebody on another platform. */
  takenBy(who: Line, since: Span): Line;
  mutedBy(who: Line, until: Span): Line;
  somebodyOn(platform: string): Line;
  /** A line of the thread, which begins with its instant. `remaining` is absent where Airalo does not say. */
  usedEntry(at: Span, percent: number, remaining: number | undefined): Line;
  endingEntry(at: Span, days: number): Line;
  creditEntry(at: Span, percent: number, remaining: number | undefined): Line;
  readonly actions: Readonly<Record<AlertDeed, string>>;
  /** To somebody who wants to take what another person has. */
  held(who: Line, since: Span, freeAt: Span): Line;
  /** An alert that is not remembered any more. */
  readonly gone: Line;
  /** Of the bot itself; a remedy in the operator's words follows on a line of its own. `setting` as in the environment. */
  credentialsRefused(service: string, setting: string): Line;
  credentialsTaken(service: string, setting: string): Line;
  /** Its number is none that Airalo lets be looked up. */
  readonly noIccid: Line;
}

/** The words of the alert channel in English. */
export function alertWords({ counted, number, percent }: Figures): AlertWords {
  const days = (count: number) => counted(count, { one: 'day', other: 'days' });
  const left = (share: number | undefined) => (share === undefined ? '' : `, ${percent(share)} is left`);
  return {
    usedTitle: (masked, share) => `eSIM ${masked}: ${percent(share)} of the data used`,
    endingTitle: (masked, count) => `eSIM ${masked}: ends in ${days(count)}`,
    creditTitle: (share) => `Airalo credit: ${percent(share)} of the limit used`,
    used: (share) => [`Airalo warns that ${percent(share)} of the data is used.`],
    left: (share) => [`At its newest warning ${percent(share)} was left.`],
    ending: (count, warnedAt) => ['As of ', warnedAt, ` the plan ends in ${days(count)}.`],
    credit: (share) => [`Airalo reports ${percent(share)} of the credit limit as used.`],
    topUp: ['A top-up may be possible before the customer is cut off.'],
    creditNext: ['When the limit is reached, Airalo takes no more orders of this account.'],
    labels: { package: 'Package', warnedAt: 'Last warning', creditLeft: 'Credit left' },
    amount: (value) => number(value),
    takenBy: (who, since) => [...who, ' has this, since ', since, '.'],
    mutedBy: (who, until) => [
      'Muted by ',
      ...who,
      ': nothing more is said here about this package until ',
      until,
      ', or until Airalo begins to warn anew.',
    ],
    somebodyOn: (platform) => [`Somebody on ${platform}`],
    usedEntry: (at, share, remaining) => [at, `: ${percent(share)} of the data used${left(remaining)}.`],
    endingEntry: (at, count) => [at, `: ends in ${days(count)}.`],
    creditEntry: (at, share, remaining) => [
      at,
      `: ${percent(share)} of the credit limit used`,
      remaining === undefined ? '.' : `, ${number(remaining)} left.`,
    ],
    actions: { show: 'Show usage', take: 'I have this', mute: 'Mute', unmute: 'Unmute' },
    held: (who, since, freeAt) => [
      ...who,
      ' has this, since ',
      since,
      '. If they do not give it back, you can take it from ',
      freeAt,
      ' on.',
    ],
    gone: ['This alert is too old to act on.'],
    credentialsRefused: (service, setting) => [
      `${service} refuses the bot's credentials (${setting}); until that is mended it cannot work there.`,
    ],
    credentialsTaken: (service, setting) => [`${service} takes the bot's credentials again (${setting}).`],
    noIccid: ['The number in this alert is none that Airalo lets be looked up.'],
  };
}
