import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/bulk/csv-rows.ts';
import { findIccids } from '../../src/domain/iccid.ts';
import { readQuestion } from '../../src/inquiries/question.ts';
import { type DiscordBot, startDiscordBot, textOf } from '../platforms/discord/discord-bot.ts';
import { type SlackBot, startSlackBot } from '../platforms/slack/slack-bot.ts';
import { directMessage, shortcut } from '../support/slack/people.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { FILES } from './files.ts';
import { DISCORD, SLACK } from './messages.ts';
import { TEXTS as PASTED } from './texts.ts';
import { THREAD_DISCORD, THREAD_FILES, THREAD_SLACK, THREAD_TEXTS } from './threads.ts';

const TEXTS = [...PASTED, ...THREAD_TEXTS];

/** Everything that a person gave comes out as an answer, or as a sentence that says why not; never as the help. */
const HELP = /I did not understand/i;

/** One by its number, several in a table by the last digits. */
function names(text: string, iccids: readonly string[]): boolean {
  return iccids.every((iccid) => text.includes(iccids.length > 1 ? `…${iccid.slice(-4)}` : iccid));
}

describe('read alone', () => {
  it.each(TEXTS)('%s', (_source, text, iccids) => {
    expect(findIccids(text)).toEqual(iccids);
    expect(readQuestion(text)).toMatchObject(
      iccids.length > 0 ? { kind: 'lookup', iccids } : { kind: 'none' },
    );
  });

  it.each([...FILES, ...THREAD_FILES])('%s', async (_source, text, iccids) => {
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\uFEFF${text.replace(/^\uFEFF/u, '')}`, 'utf16le'),
    ]) {
      const list = await readCsv(bytes);
      const found =
        list.kind === 'list' ? list.rows.flatMap((row) => ('iccid' in row ? row.iccid : [])) : list;
      expect(found).toEqual(iccids);
    }
  });
});

describe('through Slack', () => {
  let it_: SlackBot;
  beforeAll(async () => {
    it_ = await startSlackBot('socket');
  });
  afterAll(() => it_.close());
  const answers = (channel: string) => it_.slack.workspace.seenBy('UANNA', channel);

  async function shown(channel: string, before: number, iccids: readonly string[]): Promise<void> {
    await it_.soon('the answer', () => {
      const text = lastForm(answers(channel).at(-1)).text;
      if (answers(channel).length <= before || /^Checking|moment/i.test(text)) return false;
      return iccids.length === 0 ? text !== '' : names(text, iccids);
    });
    if (iccids.length > 0) expect(lastForm(answers(channel).at(-1)).text).not.toMatch(HELP);
  }

  it.each(TEXTS)('as a direct message: %s', async (_source, text, iccids) => {
    const before = answers('DANNA').length;
    await it_.slack.push(directMessage(it_.slack, text));
    await shown('DANNA', before, iccids);
  });

  it.each([...SLACK, ...THREAD_SLACK])(
    'passed on to the bot, and by the shortcut: %s',
    async (_source, more, iccids) => {
      const before = [answers('DANNA').length, answers('CSUPPORT').length] as const;
      await it_.slack.push(directMessage(it_.slack, '', {}, more));
      await shown('DANNA', before[0], iccids);
      await it_.slack.push(shortcut(it_.slack, '', {}, more));
      await shown('CSUPPORT', before[1], iccids);
    },
  );
});

describe('through Discord', () => {
  let it_: DiscordBot;
  beforeAll(async () => {
    it_ = await startDiscordBot();
  });
  afterAll(() => it_.close());

  async function shown(
    where: DiscordBot['channel'],
    before: number,
    iccids: readonly string[],
  ): Promise<void> {
    await it_.soon('the answer', () => {
      const answers = it_.discord.fromBot(where);
      const newest = answers.at(-1);
      if (!newest || answers.length <= before || newest.loading) return false;
      return iccids.length === 0 || names(textOf(newest), iccids);
    });
  }

  it.each(TEXTS)('as a direct message: %s', async (_source, text, iccids) => {
    const there = it_.discord.people.directMessages(it_.anna);
    const before = it_.discord.fromBot(there).length;
    it_.discord.people.write(it_.anna, there, text);
    await shown(there, before, iccids);
  });

  it.each([...DISCORD, ...THREAD_DISCORD])(
    'passed on to the bot, and by the command on it: %s',
    async (_source, more, iccids) => {
      const there = it_.discord.people.directMessages(it_.anna);
      const before = [it_.discord.fromBot(there).length, it_.discord.fromBot(it_.channel).length] as const;
      it_.discord.people.write(it_.anna, there, '', [], more);
      await shown(there, before[0], iccids);
      const target = it_.discord.people.write(it_.ben, it_.channel, '');
      it_.discord.people.check({ by: it_.anna, in: it_.channel }, target, more);
      await shown(it_.channel, before[1], iccids);
    },
  );
});
