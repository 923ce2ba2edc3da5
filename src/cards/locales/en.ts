import { ICCID_EXAMPLE, maskIccid } from '../../domain/iccid.ts';
import { createFigures, type Figures } from '../figures.ts';
import { code, instant, mention, strong } from '../spans.ts';
import type { ChatWords, CommandWords, HelpWords, HomeWords, TerminalWords, Words } from '../words.ts';
import { cardWords, EXAMPLE, ICCID_FORM, refusalWords } from './en-cards.ts';
import { topicWords } from './en-topics.ts';
import { watchWords } from './en-watch.ts';

/** English, with the numbers of `locale` (`en-GB`, `en-IN`). */
export function english(locale: string): Words {
  const figures = createFigures(locale);
  return {
    locale,
    actions: {
      refresh: 'Refresh',
      'ask-again': 'Ask again',
      'tell-when-fresh': 'Tell me when fresh',
      cancel: 'Cancel',
      share: 'Share here',
      show: 'Show',
    },
    card: cardWords(figures),
    refusal: refusalWords(figures),
    chat: chatWords(figures),
    home,
    commands,
    help,
    terminal,
    topics: topicWords(figures),
    watch: watchWords(figures),
  };
}

function chatWords({ number, counted }: Figures): ChatWords {
  return {
    checking(iccids, audience) {
      const [only] = iccids;
      if (only === undefined || iccids.length > 1)
        return [`Checking ${counted(iccids.length, { one: 'eSIM', other: 'eSIMs' })} …`];
      return ['Checking eSIM ', audience === 'public' ? maskIccid(only) : code(only), ' …'];
    },
    tooMany: (found, most) => [
      `I found ${number(found)} ICCIDs and can check ${number(most)} at a time. Please send fewer.`,
    ],
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

const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ['fresh', 'read from Airalo'],
  ['cached', 'last reading shown'],
  ['deferred', 'answer promised'],
  ['unknown-esim', 'not known to Airalo'],
  ['declined', 'declined by Airalo'],
  ['too-many', 'too many at once'],
  ['promise-expired', 'no answer'],
  ['promise-cancelled', 'cancelled'],
]);

const home: HomeWords = {
  title: 'eSIM usage',
  pending: 'Answers on their way',
  nonePending: ['Nothing is waiting for Airalo.'],
  pendingItem: (masked, answerAt) => [`eSIM ${masked}, expected at `, instant(answerAt, 'time')],
  recent: 'Your last lookups',
  noneRecent: ['You have not looked up an eSIM yet.'],
  recentItem: (masked, outcome, time) => [
    `eSIM ${masked}, ${OUTCOMES.get(outcome) ?? 'not answered'}, `,
    instant(time, 'date-time'),
  ],
  health: 'State of the bot',
  healthy: ['Everything works.'],
  unhealthy: ['Something is out of order; answers may come late. The operator can see what in the log.'],
  help: 'How to ask',
};

const commands: CommandWords = {
  usageDescription: 'Show the data, calls and texts left on an Airalo eSIM',
  usageHint: '<ICCID>',
  iccidDescription: "The eSIM's number: 18 to 22 digits, or several parted by commas",
  helpDescription: 'How to ask for the usage of an eSIM',
  shortcut: 'Check eSIM usage',
  shortcutDescription: 'Show the usage of the eSIMs named in this message',
};

const help: HelpWords = {
  title: 'eSIM usage',
  lines: (command) => [
    [strong('Ask: '), code(`${command} ${ICCID_EXAMPLE}`), ' or send me the number in a direct message.'],
    ['Several numbers go into one question, parted by commas or line breaks, up to ten.'],
    ['For a message that names eSIMs, use its shortcut ', strong(commands.shortcut), '.'],
    [
      'In a channel only you see the answer; ',
      strong('Share here'),
      ' shows it to everybody with the number shortened to its last four digits.',
    ],
    [
      'Airalo lets each eSIM be read about every 15 minutes. In between I show the last reading with its age, ',
      'and answer by myself as soon as a new one can be had.',
    ],
  ],
};

const terminal: TerminalWords = {
  moreCommands: 'Also: tell <ICCID> (answer when fresh), cancel <ICCID>, help, quit',
  arrived: 'A promised answer has come:',
  cancelled: 'Cancelled.',
  nothingToCancel: 'Nothing is waiting for that eSIM.',
};
