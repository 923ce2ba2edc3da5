import type { AlertDeed } from '../domain/alert.ts';
import type { Topic } from '../domain/topic.ts';

/**
 * A card is neutral data: what to show, not how. Each platform renders it with one pure function. Nothing in it is escaped;
 * foreign text is marked and escaped by the renderer.
 */
export interface Card {
  /** Plain text, at most 150 characters; the ICCID in it is already masked where it must be. */
  readonly title: string;
  /** A colour at most; always said in words as well. */
  readonly tone: 'good' | 'attention' | 'bad' | 'neutral' | 'waiting';
  /** Status and next step, in sentences. */
  readonly lines: readonly Line[];
  readonly meters: readonly Meter[];
  readonly facts: readonly Fact[];
  /** How old the figure is, when it can be refreshed, what will happen by itself. */
  readonly freshness: readonly Line[];
  readonly actions: readonly Action[];
  /** Beside the card, where the platform can; what it shows is said in words as well. */
  readonly picture?: Picture;
}

/** A PNG and what is seen on it, at most 1000 characters: Slack refuses more. */
export interface Picture {
  readonly name: string;
  readonly png: Uint8Array;
  readonly alt: string;
}

/** One paragraph; spans are joined without a space. */
export type Line = readonly Span[];

/** A piece of a line that a renderer must treat in its own way; plain text is a string. */
export type Span =
  | string
  /**
   * Drawn in the viewer's own zone where the platform can. `relative` ("3 minutes ago") is used only within twelve hours
   * of now, so where the client does not count by itself the renderer shows it like `time`. `day` is told by its weekday too.
   */
  | {
      readonly kind: 'instant';
      readonly at: number;
      readonly style: 'time' | 'day' | 'date' | 'date-time' | 'relative';
    }
  /** Digits to copy. */
  | { readonly kind: 'code'; readonly text: string }
  /** Text from outside: to be escaped in full. */
  | { readonly kind: 'foreign'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  /** Made by `link` alone: `href` is https, and holds nothing that a chat would take for the end of the link. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  /** Platform ids, drawn as a mention that alerts nobody. `group` is a Slack user group or a Discord role. */
  | { readonly kind: 'channel' | 'group' | 'person'; readonly id: string };

/** One allowance: its bar is drawn in text, and its numbers stand beside it. */
export interface Meter {
  /** `Data`, `Calls`, `Texts`. */
  readonly label: string;
  /** Ten cells of `█` and `░`; absent where there is nothing to measure (unlimited). */
  readonly bar?: string;
  /** `1.3 GB of 5 GB left (26%)`. */
  readonly text: string;
}

/** A label and its value. */
export interface Fact {
  readonly label: string;
  readonly value: Line;
}

/** A button. The platform adds what it needs to find the card again. */
export type Action = CardAction | AskAction | AlertAction | ListAction;

/** Does something with the card it stands on. */
export interface CardAction {
  readonly kind: 'refresh' | 'tell-when-fresh' | 'cancel' | 'share' | 'show';
  readonly label: string;
  readonly style: 'primary' | 'normal' | 'danger';
}

/** Asks a question of its own, answered privately in a new message to whoever presses. */
export interface AskAction {
  readonly kind: 'ask';
  readonly topic: Topic;
  /** Which of the eSIMs remembered with the message; absent: the one the card is about. */
  readonly about?: number;
  /** Further words of the question: letters, digits, spaces, `-` and `_`, at most 40 characters, never an ICCID. */
  readonly words?: string;
  readonly label: string;
  readonly style: 'primary' | 'normal' | 'danger';
}

/** Stands on an alert in a channel; everybody there may press it. */
export interface AlertAction {
  readonly kind: 'alert';
  readonly deed: AlertDeed;
  readonly label: string;
  readonly style: 'primary' | 'normal' | 'danger';
}

/** Stands on the message about a list; its handle is the list's job. */
interface ListAction {
  readonly kind: 'cancel-list';
  readonly label: string;
  readonly style: 'primary' | 'normal' | 'danger';
}

/** Who will see the card. `public`: the ICCID is masked and no button that belongs to one person is shown. */
export interface Viewer {
  readonly audience: 'private' | 'public';
  /** BCP 47; falls back to English. */
  readonly locale: string;
  readonly now: number;
}

/** For cards that must never be drawn for others: activation data, prices, the balance. */
export interface PrivateViewer extends Viewer {
  readonly audience: 'private';
}
