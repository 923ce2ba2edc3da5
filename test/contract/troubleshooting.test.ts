import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes, loggedProblems, unreadLogCalls } from '../support/logged-problems.ts';
import { messagesOf } from '../support/message-files.ts';
import { plainWords } from '../support/plain-words.ts';

const PAGE = new URL('../../docs/troubleshooting.md', import.meta.url);
const page = readFileSync(PAGE, 'utf8');

/** What tells a person that something does not go as they wished. Titles and second sentences of the same card are none of their own. */
const TROUBLE = [
  /^refusal\.(?!titles\.|example$)(?!.*\.(others|next|what)$)/,
  /^refusal\.(declined|operatorNeeded|storeUnavailable)\.what$/,
  /^bulk\.(refusals|notes)\./,
  /^bulk\.(broken|dayUsedUp|tooLarge|tooMany|tooManyCells|unsent)$/,
  /^chat\.(failure|mayNotPost|inviteFirst|notShared|cardTooOld|not(Yours|Understood)|nothingReadable|tooMany|didYouMean)/,
  /^chat\.(leftOut|changed|promiseNotCancelled|refreshNotBefore)$/,
  /^card\.notNoted$/,
  /^find\.(notNow|full|noName|noneTitle|taken|notEverything|records(Away|Broken)|noRecords|emptyOrder(\.status)?)$/,
  /^plans\.(noPlace|none)$/,
  /^watch\.(channel(Closed|Failed)|noChannel|not|tooMany$|ended\.)/,
  /^digest\.(elsewhere|unreadable|tooMany|missed|closed)$/,
  /^topics\.(askAgain\.|tooMany$|balance\.(checkFailed|needsGroup|notSetUp)$)/,
  /^alerts\.(credentialsRefused|gone|noIccid)$/,
];

const english = messagesOf('en');
const troubles = [...english.keys()].filter((id) => TROUBLE.some((kind) => kind.test(id)));

/** Rows of a table: `| first | second | ids |`, where the last column names messages. */
const ROW = /^\| (.+) \| (.+) \| ((?:`[\w.-]+`(?: |(?= \|$)))+) \|$/gm;
const idsIn = (cell: string) => [...cell.matchAll(/`([\w.-]+)`/g)].map(([, id = '']) => id);

/** The page with each row's words as the first message of its ids has them now. */
function withWordsOfToday(): string {
  return page.replace(ROW, (row, _words: string, advice: string, ids: string) => {
    const message = english.get(idsIn(ids)[0] ?? '');
    return message === undefined ? row : `| ${plainWords(message)} | ${advice} | ${ids} |`;
  });
}

/** First cells of the tables about the log and the codes. */
const named = (between: string) => {
  const [, section = ''] = new RegExp(`<!-- ${between} -->([\\s\\S]*?)<!-- end -->`).exec(page) ?? [];
  return [...section.matchAll(/^\| `([^`]+)` \| ./gm)].map(([, first = '']) => first);
};

describe('docs/troubleshooting.md', () => {
  it('has each thing that goes wrong for a person, once', () => {
    const ids = [...page.matchAll(ROW)].flatMap(([, , , cell = '']) => idsIn(cell));
    expect(ids.toSorted()).toEqual(troubles.toSorted());
  });

  it('quotes people’s messages as they are today (else: npm run messages)', async () => {
    await expect(withWordsOfToday()).toMatchFileSnapshot('../../docs/troubleshooting.md');
  });

  it('has each warning and error of the log, once, and none that is gone', () => {
    expect(named('log').toSorted()).toEqual([...loggedProblems()].toSorted());
  });

  it('has the code of each class of error', () => {
    expect(named('codes').toSorted()).toEqual([...errorCodes()].toSorted());
  });

  it('misses no call of the log: each ends in words that can be read here', () => {
    expect(unreadLogCalls()).toEqual([
      // Its callers' sentences are read.
      'src/airalo/complaints.ts',
      // What goes wrong with the command is the remedy it prints.
      'src/commands/usage.ts',
      // The warnings of the store's health are read where they are made.
      'src/lifecycle.ts',
      // Bolt's own words.
      'src/platforms/slack/transport.ts',
    ]);
  });
});
