import type { AlertDeed } from '../../domain/alert.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** Every word of the alert channel and its buttons. Percentages are 0 to 100. */
export interface AlertWords {
  /** Titles of the parent message; at most 80 characters. `percent` is what is left, `masked` names the eSIM. */
  usedTitle(masked: string, percent: number): string;
  /** `days` to the end of the plan, as Airalo warned of it. */
  endingTitle(masked: string, days: number): string;
  /** Of the partner's credit: `percent` is what is used. */
  creditTitle(percent: number): string;
  /** Share of the data left, by the newest warning. */
  left(percent: number): Line;
  /** Beside a warning about the data: the end of the plan, and when that was warned of. */
  ending(days: number, warnedAt: Span): Line;
  /** Behind the name of the package. */
  warned(at: Span): Line;
  creditLeft(amount: number): Line;
  /** What to do. */
  readonly topUp: Line;
  readonly creditNext: Line;
  /** `who` is a mention, or somebody on another platform. */
  takenBy(who: Line, since: Span): Line;
  /** `until` is a date; the face stays where it is meanwhile. */
  mutedBy(who: Line, until: Span): Line;
  /** In place of a mention, where the person's id would mean nothing. */
  somebodyOn(platform: string): Line;
  /** The same behind “by”, within a sentence. */
  bySomebodyOn(platform: string): Line;
  /** A line of the thread, which begins with its instant. `remaining` is absent where Airalo does not say. */
  usedEntry(at: Span, percent: number, remaining: number | undefined): Line;
  endingEntry(at: Span, days: number): Line;
  creditEntry(at: Span, percent: number, remaining: number | undefined): Line;
  /** On the buttons; `release` stands in place of `take` while somebody has it. */
  readonly actions: Readonly<Record<AlertDeed | 'release', string>>;
  /** To somebody who wants to take what another person has, `since` when; from `freeAt` on anybody may take it. */
  held(who: Line, since: Span, freeAt: Span): Line;
  /** An alert that is not remembered any more. */
  readonly gone: Line;
  /** Its number is none that Airalo lets be looked up. */
  readonly noIccid: Line;
  /**
   * Of the bot itself; a remedy in the operator's words follows on a line of its own. `setting` as in the
   * environment.
   */
  credentialsRefused(service: string, setting: Span): Line;
  credentialsTaken(service: string, setting: Span): Line;
}

/** The words of the alert channel. */
export function alertWords({ text, line }: Say): AlertWords {
  return {
    usedTitle: (masked, percent) => text('alerts.usedTitle', { masked, percent: percent / 100 }),
    endingTitle: (masked, days) => text('alerts.endingTitle', { masked, days }),
    creditTitle: (percent) => text('alerts.creditTitle', { percent: percent / 100 }),
    left: (percent) => line('alerts.left', { percent: percent / 100 }),
    ending: (days, warnedAt) => line('alerts.ending', { days, warnedAt }),
    warned: (at) => line('alerts.warned', { at }),
    creditLeft: (amount) => line('alerts.creditLeft', { amount }),
    topUp: line('alerts.topUp'),
    creditNext: line('alerts.creditNext'),
    takenBy: (who, since) => line('alerts.takenBy', { who, since }),
    mutedBy: (who, until) => line('alerts.mutedBy', { who, until }),
    somebodyOn: (platform) => line('alerts.somebodyOn', { platform }),
    bySomebodyOn: (platform) => line('alerts.bySomebodyOn', { platform }),
    usedEntry: (at, percent, remaining) =>
      remaining === undefined
        ? line('alerts.usedEntry.alone', { at, percent: percent / 100 })
        : line('alerts.usedEntry', { at, percent: percent / 100, remaining: remaining / 100 }),
    endingEntry: (at, days) => line('alerts.endingEntry', { at, days }),
    creditEntry: (at, percent, remaining) =>
      remaining === undefined
        ? line('alerts.creditEntry.alone', { at, percent: percent / 100 })
        : line('alerts.creditEntry', { at, percent: percent / 100, remaining }),
    actions: {
      show: text('alerts.actions.show'),
      take: text('alerts.actions.take'),
      release: text('alerts.actions.release'),
      mute: text('alerts.actions.mute'),
      unmute: text('alerts.actions.unmute'),
    },
    held: (who, since, freeAt) => line('alerts.held', { who, since, freeAt }),
    gone: line('alerts.gone'),
    noIccid: line('alerts.noIccid'),
    credentialsRefused: (service, setting) => line('alerts.credentialsRefused', { service, setting }),
    credentialsTaken: (service, setting) => line('alerts.credentialsTaken', { service, setting }),
  };
}
