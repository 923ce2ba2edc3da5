import type { AlertDeed } from '../domain/alert.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { Topic } from '../domain/topic.ts';

/**
 * A card is neutral data: what to show, not how. Each platform renders it with one pure function. Nothing in it is
 * escaped; foreign text is marked and escaped by the renderer.
 */
export interface Card {
  /** The answer: plain text, at most 150 characters; the ICCID in it is already masked where it must be. */
  readonly title: string;
  /**
   * A colour at most; always said in words as well. `low` is not yet `bad`, and calls for something other than
   * `attention`.
   */
  readonly tone: Tone;
  /** Drawn below the title. */
  readonly meters: readonly Meter[];
  /** Which eSIM, its status and end, the next step. */
  readonly lines: readonly Line[];
  /** Rows of one kind; drawn below the lines. */
  readonly table?: Table;
  /** Label and value, each on a line or in a column of its own; the most useful first. */
  readonly facts: readonly Fact[];
  /** Small print: how old the figure is, when the next check is due, what will happen by itself. */
  readonly freshness: readonly Line[];
  /** The buttons, the most useful first. */
  readonly actions: readonly Action[];
  /** What else there is, or what to choose from: one control, not a button each. */
  readonly menu?: Menu;
  /** Beside the card, where the platform can; what it shows is said in words as well. */
  readonly picture?: Picture;
  /** The same for a platform that draws it itself: it stands in the place of the picture. */
  readonly chart?: Chart;
}

/** How it stands; each has a sign of its own (`SIGNS`). `waiting` is a promise, `neutral` no judgement at all. */
export type Tone = 'good' | 'low' | 'attention' | 'bad' | 'neutral' | 'waiting';

/** Several of a kind: a table where the platform has one, else a line each. */
export interface Table {
  /** The order of its rows: above it, and for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** `number`: aligned at its end. */
interface Column {
  readonly label: string;
  readonly align: 'text' | 'number';
}

/** As many cells as there are columns; an empty cell has nothing to tell. */
export interface Row {
  /** Absent where there is nothing to judge: then it has no sign. */
  readonly tone?: Tone;
  readonly cells: readonly Line[];
  /** The same where no heading says what a cell means; absent: the cells tell it. */
  readonly line?: Line;
}

/** `more` hides what is seldom wanted; `choice` is a question of its own, and `label` asks it. */
export interface Menu {
  readonly kind: 'more' | 'choice';
  readonly label: string;
  /** One of them is taken; the card does not change by being chosen from. */
  readonly options: readonly (CardAction | AskAction)[];
}

/** A PNG and what is seen on it, at most 1000 characters: Slack refuses more. */
export interface Picture {
  /** File name with its ending, by which an embed finds its picture. */
  readonly name: string;
  readonly png: Uint8Array;
  readonly alt: string;
}

/** An amount at instants evenly apart, the oldest first: two to twenty. */
export interface Chart {
  readonly title: string;
  /** Of the amounts, in the reader's language. */
  readonly unit: string;
  /** How far apart the instants are told. */
  readonly by: 'day' | 'hour';
  /** `at`: epoch ms. */
  readonly points: readonly { readonly at: number; readonly amount: number }[];
}

/** One paragraph; spans are joined without a space. */
export type Line = readonly Span[];

/** A piece of a line that a renderer must treat in its own way; plain text is a string. */
export type Span =
  | string
  /**
   * Drawn in the viewer's own zone where the platform can. `relative` ("3 minutes ago") is used only within twelve
   * hours of now, so where the client does not count by itself the renderer shows it like `time`. `day` is told by
   * its weekday too.
   */
  | {
      readonly kind: 'instant';
      readonly at: number;
      readonly style: 'time' | 'day' | 'date' | 'date-time' | 'relative';
    }
  /** How far off an instant is, in words ("in 11 days"); a client that counts by itself draws it anew. */
  | { readonly kind: 'away'; readonly at: number; readonly text: string }
  /** Digits to copy. */
  | { readonly kind: 'code'; readonly text: string }
  /** Text from outside: to be escaped in full. */
  | { readonly kind: 'foreign'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  /** Made by `link` alone: `href` is https, and holds nothing that a chat would take for the end of the link. */
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  /** Platform ids, drawn as a mention that alerts nobody. `group` is a Slack user group or a Discord role. */
  | { readonly kind: 'channel' | 'group' | 'person'; readonly id: string };

/** A bar of text; what it measures stands beside it, or in the title. */
export interface Meter {
  /** Absent where the title says what is measured. */
  readonly label?: string;
  /** Ten cells of `█` and `░`. */
  readonly bar: string;
  /** The same in words, for those who do not see the bar; absent where they stand elsewhere on the card. */
  readonly text?: string;
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
  readonly kind: 'refresh' | 'tell-when-fresh' | 'cancel' | 'share' | 'show' | 'csv';
  readonly label: string;
  /** The label with its time, for readers whose zone is known. */
  readonly timed?: Line;
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
  /** Epoch ms: every "soon", "past" and "ago" on the card is reckoned from it. */
  readonly now: number;
  /** What the team calls its eSIMs, as far as it is known here; never shown in public. */
  readonly names?: ReadonlyMap<Iccid, string>;
}

/** For cards that must never be drawn for others: activation data, prices, the balance. */
export interface PrivateViewer extends Viewer {
  readonly audience: 'private';
}
