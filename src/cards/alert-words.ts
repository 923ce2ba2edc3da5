import type { AlertDeed } from '../domain/alert.ts';
import type { Line, Span } from './card.ts';

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
  /** Its number is none that Airalo lets be looked up. */
  readonly noIccid: Line;
}
