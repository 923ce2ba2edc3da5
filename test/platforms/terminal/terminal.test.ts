import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describePlatform } from '../../contract/platform-contract.ts';
import { startTerminalBot, type TerminalBot } from './terminal-bot.ts';

const ACTIVE = '8910000000001000019';
const USED_UP = '8910000000001000092';

/** Each card, and each line beside the cards, is one message. */
const messagesIn = (output: string) =>
  output.split(/(?=^┌)|(?<=^└.*\n)/m).filter((part) => part.trim() !== '');

describePlatform('The terminal', async () => {
  const it_ = await startTerminalBot();
  return {
    bot: it_.bot,
    ask: async (text) => it_.type(text),
    cancel: async (iccid) => it_.type(`cancel ${iccid}`),
    secrets: () => [],
    shown: () => messagesIn(it_.output()).map((text) => ({ text, isPublic: false })),
    soon: it_.soon,
    async pass(durationMs) {
      it_.clock.advance(durationMs);
    },
    close: it_.close,
  };
});

describe('the prompt of the terminal', () => {
  let it_: TerminalBot;
  const says = (pattern: RegExp) =>
    it_.soon(`${pattern} in ${it_.output()}`, () => pattern.test(it_.output()));

  beforeEach(async () => {
    it_ = await startTerminalBot();
  });
  afterEach(() => it_.close());

  it.each(['help', '/esim-usage', '/esim-usage help', 'HELP'])('%j shows the help', async (line) => {
    it_.type(line);
    await says(/tell <ICCID>/);
  });

  it('takes the command, a bare number, and several at once', async () => {
    it_.type(`/esim-usage ${ACTIVE}`);
    await says(/1\.3\sGB/);
    it_.type('the customer wrote 8910 0000 0000 1000 027 and 8910000000001000035');
    await says(/…0027 · Unlimited[\s\S]*…0035 · 8\sGB of 10\sGB · Calls 63 of 100\smin · Texts 41 of 50/);
  });

  it('"tell" promises the next figure and shows it when it is there', async () => {
    it_.type(ACTIVE);
    await says(/1\.3\sGB/);
    it_.type(`tell ${ACTIVE}`);
    await says(/I’ll (update this|post it here)/);
    it_.clock.advance(900_000);
    await says(/1\.2\sGB left of 5\sGB/);
  });

  it('"step" shows the outputs that a workflow of Slack gets, and a word where there is no figure', async () => {
    it_.type(`step ${ACTIVE}`);
    await says(/^left: 1\.3 GB$[\s\S]*^total: 5 GB$[\s\S]*^status: Active$[\s\S]*^text: .*1\.3\sGB/m);
    expect(it_.output()).not.toContain(ACTIVE.slice(0, 12));
    it_.type('step 8910000000001999999');
    await says(/Airalo|eSIM not found|doesn’t know/);
  });

  it('"cancel" for what nobody promised says so', async () => {
    it_.type(`cancel ${ACTIVE}`);
    await says(/No answer is on its way for that eSIM/);
  });

  it('says of a digest that it lasts as long as the terminal, and not of a look at it', async () => {
    it_.type('digest now');
    await says(/Nothing to report right now/);
    expect(it_.output()).not.toMatch(/only until you quit/);
    it_.type('digest daily 9:00');
    await says(/only until you quit[\s\S]*Digest set: /);
  });

  it('"quit" ends the conversation', async () => {
    it_.type('quit');
    await it_.soon('the end', () => it_.ended);
  });

  it('the end of a piped input waits for what was promised', async () => {
    it_.type(USED_UP);
    await says(/I’ll post it here/);
    it_.endInput();
    it_.clock.advance(900_000);
    await says(/2\.6\sGB left of 3\sGB/);
    await it_.soon('the end', () => it_.ended);
  });
});
