import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotUnderTest } from '../support/bot.ts';

/** One message of the bot's, as everybody's clients show it now. */
interface Shown {
  readonly text: string;
  /** Anybody in that place can read it. */
  readonly isPublic: boolean;
}

/** A whole bot on one platform, and one allowed person who asks it in a place that others read too. */
export interface PlatformUnderTest {
  readonly bot: BotUnderTest;
  ask(text: string): Promise<unknown>;
  /** All messages of the bot, wherever they are, oldest first. */
  shown(): Shown[];
  /** Tokens, signing secrets, response URLs: what no log may hold. */
  secrets(): readonly string[];
  /** Cancels the promise in the newest message. */
  cancel(iccid: string): Promise<unknown>;
  /** Waits for real I/O while time creeps on. */
  soon(what: string, condition: () => boolean | Promise<boolean>): Promise<unknown>;
  /** Lets what is under way end, then moves the time. */
  pass(durationMs: number): Promise<void>;
  /** Absent where nothing is there to restart: a terminal ends with its process. */
  restart?(): Promise<void>;
  close(): Promise<void>;
}

const WINDOW_MS = 900_000;
const ACTIVE = '8910000000001000019';
const USED_UP = '8910000000001000092';

/** Each of the simulated eSIMs and what its card must say. */
const CARDS: readonly (readonly [iccid: string, says: RegExp])[] = [
  [ACTIVE, /1\.3 GB of 5 GB left \(26%\)/],
  ['8910000000001000027', /Unlimited/],
  ['8910000000001000035', /63 of 100 minutes[\s\S]*41 of 50/],
  ['8910000000001000043', /[Nn]ot (yet )?(active|started)/],
  ['8910000000001000050', /used up/i],
  ['8910000000001000068', /recycled|withdrawn|taken back/i],
  ['8910000000001000076', /expired/i],
  ['8910000000001000084', /reports no usage for this eSIM/],
  ['89852000000000100014', /Unlimited/],
  ['89852000000000100022', /SUSPENDED/],
];

/** What every platform must do, whatever it is made of. `start` opens a new world each time. */
export function describePlatform(name: string, start: () => Promise<PlatformUnderTest>): void {
  let it_: PlatformUnderTest;
  const newest = () => it_.shown().at(-1)?.text ?? '';
  const says = (pattern: RegExp) => it_.soon(`${pattern} in ${newest()}`, () => pattern.test(newest()));
  const calls = () => it_.bot.simulator.calls.length;

  describe(`${name}, as every platform,`, () => {
    beforeEach(async () => {
      it_ = await start();
    });
    afterEach(async () => {
      for (const { text, isPublic } of it_.shown())
        if (isPublic) expect(text.replace(/[ -]/g, '')).not.toMatch(/\d{18}/);
      await it_.close();
      const logged = it_.bot.log.text();
      const numbers = it_.bot.simulator.esims.map(({ iccid }) => iccid);
      for (const secret of [...numbers, ...it_.secrets(), 'test-secret'])
        expect(logged).not.toContain(secret);
    });

    it.each(CARDS)('shows the card of %s', async (iccid, card) => {
      await it_.ask(iccid);
      await says(card);
      expect(newest()).toContain(iccid);
      expect(calls()).toBe(1);
    });

    it('answers a second question from the cache, with its age', async () => {
      await it_.ask(ACTIVE);
      await says(/1\.3 GB/);
      await it_.pass(180_000);
      const before = it_.shown().length;
      await it_.ask(ACTIVE);
      await it_.soon('a second answer', () => it_.shown().length > before);
      await says(/1\.3 GB of 5 GB/);
      expect(calls()).toBe(1);
    });

    it('promises when Airalo wants to be asked later, and keeps the promise once, by itself', async () => {
      await it_.ask(USED_UP);
      await says(/I will answer here/);
      await it_.pass(WINDOW_MS);
      await says(/2\.6 GB of 3 GB/);
      await it_.pass(WINDOW_MS);
      expect(it_.shown().filter(({ text }) => /2\.6 GB of 3 GB/.test(text))).toHaveLength(1);
      expect(it_.bot.simulator.refusals).toBe(1);
    });

    it('keeps a promise across a restart', async () => {
      if (!it_.restart) return;
      await it_.ask(USED_UP);
      await says(/I will answer here/);
      await it_.pass(0);
      await it_.restart();
      await it_.pass(WINDOW_MS);
      await says(/2\.6 GB of 3 GB/);
      expect(it_.shown().filter(({ text }) => /2\.6 GB of 3 GB/.test(text))).toHaveLength(1);
    });

    it('forgets a promise that is cancelled', async () => {
      await it_.ask(USED_UP);
      await says(/I will answer here/);
      await it_.cancel(USED_UP);
      await says(/[Cc]ancelled/);
      const before = calls();
      await it_.pass(WINDOW_MS * 2);
      expect(it_.shown().some(({ text }) => /2\.6 GB/.test(text))).toBe(false);
      expect(calls()).toBe(before);
    });

    it('says what is wrong with a number, and asks nobody', async () => {
      await it_.ask('89-1000-0000');
      await says(/10 digits; an ICCID has 18 to 22/);
      expect(calls()).toBe(0);
    });

    it('says that Airalo does not know an eSIM, with the digits and the hint of the check digit', async () => {
      await it_.ask('8944500000000000008');
      await says(/doesn’t know/);
      expect(newest()).toContain('8944500000000000008');
      expect(newest()).toMatch(/check digit/);
    });

    it('says that its operator is needed when the credentials are refused, and tells the operator how', async () => {
      it_.bot.simulator.inject('token', { kind: 'status', status: 401 }, 9);
      await it_.ask(ACTIVE);
      await says(/operator/);
      expect(it_.bot.log.text()).toMatch(/AIRALO_CLIENT_ID/);
    });

    it('promises an answer when Airalo is down, and gives it when Airalo is back', async () => {
      it_.bot.simulator.inject('usage', { kind: 'status', status: 503 }, 3);
      await it_.ask(ACTIVE);
      await says(/Airalo/);
      await it_.pass(31_000);
      // Airalo has counted the calls it failed at, as it well may: the promise moves once more.
      const depth = () => it_.bot.app.store.outbox.depth();
      await it_.soon('a further call', async () => calls() === 4 && (await depth()).active === 0);
      await it_.pass(WINDOW_MS);
      await says(/1\.3 GB of 5 GB/);
    });
  });
}
