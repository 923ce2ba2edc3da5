import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, strong } from '../../spans.ts';

/** Words about finding an eSIM again, and about the names it is found by. */
export interface FindWords {
  readonly title: string;
  /** Which of several. */
  several(count: number, asked: Span): Line;
  /** Behind an eSIM in the list: when the person last asked about it. */
  askedAt(when: Span): Line;
  more(count: number): Line;
  none(asked: Span): Line;
  readonly whatIsFound: Line;
  /** `before` is the name it had until now. */
  named(name: Span, before: Span | undefined): Line;
  /** Names are the whole team's. */
  readonly forEverybody: Line;
  taken(name: Span, masked: string): Line;
  full(most: number): Line;
  is(name: Span): Line;
  readonly nameless: Line;
  readonly removed: Line;
  /** The text is no name. */
  readonly noName: Line;
  readonly howToName: Line;
  /** The store is away. */
  readonly notNow: Line;
  /** In the help. */
  help(command: string): Line;
}

/** Finding and naming. */
export function findWords({ number }: Figures): FindWords {
  return {
    title: 'Find an eSIM',
    several: (count, asked) => [`${number(count)} eSIMs fit “`, asked, '”. Which one?'],
    askedAt: (when) => ['asked about ', when],
    more: (count) => [`And ${number(count)} more: type more digits, or more of the name.`],
    none: (asked) => ['I know no eSIM by “', asked, '”.'],
    whatIsFound: [
      'I find eSIMs by four or more of their last digits (those you asked about or your team has named), by the name your team gave them, and ',
      'by the code of an order whose details I have shown.',
    ],
    named: (name, before) => [
      'This eSIM is now called ',
      name,
      ...(before === undefined ? ['.'] : ['. Before it was ', before, '.']),
    ],
    forEverybody: ['Everybody in your team finds it by that name.'],
    taken: (name, masked) => [
      'Another eSIM is called ',
      name,
      ` already: ${masked}. Choose another name, or take it away there first.`,
    ],
    full: (most) => [
      `There are ${number(most)} names already. Take one away first: `,
      code('name ICCID remove'),
    ],
    is: (name) => ['It is called ', name, '. To take the name away: ', code('name ICCID remove')],
    nameless: ['This eSIM has no name.'],
    removed: ['The name is taken away.'],
    noName: [
      'A name has 1 to 40 letters and digits, with blanks, dashes or underscores in between. It cannot be digits alone or one of my commands.',
    ],
    howToName: ['To give a name: ', code(`name ${ICCID_EXAMPLE} anna-trip`)],
    notNow: ['I cannot read the names right now, and nothing was changed. Please try again in a minute.'],
    help: (command) => [
      strong('Find it again: '),
      code(`${command} name ${ICCID_EXAMPLE} anna-trip`),
      ' gives a name; then ',
      code(`${command} anna-trip`),
      ', its last digits or its order code are enough.',
    ],
  };
}
