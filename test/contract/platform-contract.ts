import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALERT_FACES } from '../support/alert-faces.ts';
import type { BotUnderTest } from '../support/bot.ts';
import { listOf } from '../support/lists.ts';
import { ManualClock } from '../support/manual-clock.ts';

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
  /** Presses the button of the newest message whose label begins so. Absent where there are no buttons. */
  press?(label: string): Promise<unknown>;
  /** Asks, and the platform sends the same question once more. */
  askTwice?(text: string): Promise<unknown>;
  /** Asks as somebody who may not. */
  askAsStranger?(text: string): Promise<unknown>;
  /** Hands a list over in private. */
  sendList?(bytes: Uint8Array): Promise<unknown>;
  /** Closes the routes of the answers so far, best first: as many as are named. */
  readonly routes?: readonly { readonly name: string; close(): void }[];
  close(): Promise<void>;
}

const WINDOW_MS = 900_000;
const ACTIVE = '8910000000001000019';
const USED_UP = '8910000000001000092';
const VOICE = '8910000000001000035';

/** Each of the simulated eSIMs and what its card must say. */
const CARDS: readonly (readonly [iccid: string, says: RegExp])[] = [
  [ACTIVE, /1\.3\sGB left of 5\sGB \(26%\)/],
  ['8910000000001000027', /Unlimited/],
  ['8910000000001000035', /63 of 100\smin[\s\S]*41 of 50/],
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
      await says(/1\.3\sGB/);
      await it_.pass(180_000);
      const before = it_.shown().length;
      await it_.ask(ACTIVE);
      await it_.soon('a second answer', () => it_.shown().length > before);
      await says(/1\.3\sGB left of 5\sGB/);
      expect(calls()).toBe(1);
    });

    it('promises when Airalo wants to be asked later, and keeps the promise once, by itself', async () => {
      await it_.ask(USED_UP);
      await says(/I’ll post it here/);
      await it_.pass(WINDOW_MS);
      await says(/2\.6\sGB left of 3\sGB/);
      await it_.pass(WINDOW_MS);
      expect(it_.shown().filter(({ text }) => /2\.6\sGB left of 3\sGB/.test(text))).toHaveLength(1);
      expect(it_.bot.simulator.refusals).toBe(1);
    });

    it('keeps a promise across a restart', async (test) => {
      if (!it_.restart) return test.skip('nothing is there to restart');
      await it_.ask(USED_UP);
      await says(/I’ll post it here/);
      await it_.pass(0);
      await it_.restart();
      await it_.pass(WINDOW_MS);
      await says(/2\.6\sGB left of 3\sGB/);
      expect(it_.shown().filter(({ text }) => /2\.6\sGB left of 3\sGB/.test(text))).toHaveLength(1);
    });

    it('answers about several eSIMs at once, each with its own figure', async () => {
      await it_.ask(`${ACTIVE} ${VOICE}`);
      await it_.soon('both', () => {
        const text = it_
          .shown()
          .map((one) => one.text)
          .join('\n');
        return /…0019/.test(text) && /…0035/.test(text);
      });
      expect(calls()).toBe(2);
    });

    it('redraws each of several eSIMs from what is known of it, when a promised answer comes', async () => {
      const declined = { data: { iccid: 'no' }, meta: { message: 'the parameter is invalid' } };
      it_.bot.simulator.inject(ACTIVE, { kind: 'status', status: 422, body: declined });
      await it_.ask(`${ACTIVE} ${USED_UP}`);
      await says(/…0019[\s\S]*Airalo declined/);
      await says(/…0092[\s\S]*comes at/);
      await it_.pass(WINDOW_MS);
      await says(/2\.6\sGB (?:left )?of 3\sGB/);
      const all = it_
        .shown()
        .map((one) => one.text)
        .join('\n');
      expect(all).toMatch(/…0019[\s\S]*Airalo declined/);
      expect(all).not.toMatch(/Checking/);
    });

    it('goes on saying what of a question it has left out when a promised answer comes', async () => {
      await it_.ask(`${ACTIVE} ${USED_UP} 8.91E+18`);
      const all = () =>
        it_
          .shown()
          .map(({ text }) => text)
          .join('\n');
      await it_.soon('the promise', () => /comes at|I’ll/.test(all()));
      const left = () => it_.shown().filter(({ text }) => /Left out[^\n]*8\.91E\+18/.test(text)).length;
      expect(left()).toBe(1);
      await it_.pass(WINDOW_MS);
      await it_.soon('the promised answer', () => /2\.6\sGB/.test(all()));
      expect(left()).toBe(1);
    });

    it('answers a question once that is sent twice', async (test) => {
      if (!it_.askTwice) return test.skip('nothing is sent twice there');
      await it_.askTwice(ACTIVE);
      await says(/1\.3\sGB/);
      await it_.pass(5_000);
      expect(it_.shown()).toHaveLength(1);
      expect(calls()).toBe(1);
    });

    it('refuses somebody who may not ask, in private, and asks nobody', async (test) => {
      if (!it_.askAsStranger) return test.skip('nobody else can ask there');
      await it_.askAsStranger(ACTIVE);
      await says(/full members|manage this server/);
      expect(it_.shown().every(({ isPublic }) => !isPublic)).toBe(true);
      expect(calls()).toBe(0);
    });

    it('shares a card with everybody when it is pressed, the number masked; Show answers in private', async (test) => {
      if (!it_.press) return test.skip('nothing can be pressed there');
      await it_.ask(ACTIVE);
      await says(/1\.3\sGB/);
      await it_.press('Share');
      await it_.soon('a public card', () => it_.shown().some(({ isPublic }) => isPublic));
      const shared = it_.shown().find(({ isPublic }) => isPublic);
      expect(shared?.text).toMatch(/…0019/);
      await it_.press('Show');
      await it_.soon('a private card', () => it_.shown().filter(({ isPublic }) => !isPublic).length === 2);
      expect(calls()).toBe(1);
    });

    it('says when it may be refreshed, and promises the next figure, when these are pressed', async (test) => {
      if (!it_.press) return test.skip('nothing can be pressed there');
      await it_.ask(ACTIVE);
      await says(/1\.3\sGB/);
      await says(/next check/);
      await it_.press('Notify me');
      await says(/I’ll update this/);
      await it_.pass(WINDOW_MS);
      await says(/1\.2\sGB left of 5\sGB/);
    });

    it('tells what was watched for, by itself', async () => {
      await it_.ask(`watch ${USED_UP} 25`);
      await says(/I’ll notify you when this eSIM has 25%/);
      await it_.ask('watches');
      await says(/You watch 1 eSIM/);
    });

    it('brings a digest once, to where it was set, with the numbers masked for everybody', async () => {
      const ended = '8910000000001000050';
      await it_.ask(ended);
      await says(/used up/i);
      await it_.ask(`name ${ended} annatrip`);
      await says(/annatrip/);
      await it_.ask('digest now');
      await says(/what a digest would show now[\s\S]*annatrip/);
      const due = new Date(ManualClock.START + 10 * 60_000).toISOString().slice(11, 16);
      await it_.ask(`digest daily ${due} UTC`);
      // In a channel the word to everybody may stand below the answer.
      await it_.soon('the answer', () => it_.shown().some(({ text }) => /Digest set: .*UTC/.test(text)));
      const isDigest = ({ text }: Shown) => /\d+ eSIMs? needs? attention/.test(text);
      const digests = () => it_.shown().filter(isDigest).length;
      const before = digests();
      for (let minute = 0; minute < 20; minute += 2) await it_.pass(2 * 60_000);
      await it_.soon('the digest', () => digests() === before + 1);
      await it_.pass(WINDOW_MS);
      expect(digests()).toBe(before + 1);
      const posted = it_.shown().filter(isDigest);
      for (const { text, isPublic } of posted) if (isPublic) expect(text).not.toContain('annatrip');
      await it_.ask('digest off');
      await says(/won’t come any more/);
    });

    it('brings a list back as a file, and says how it ended', async (test) => {
      if (!it_.sendList) return test.skip('no file can be sent there');
      await it_.sendList(listOf([ACTIVE, VOICE]));
      await it_.soon('its end', () => it_.shown().some(({ text }) => /Your list is done: 2 rows/.test(text)));
    });

    it('shows an alert in its channel, the number masked', async () => {
      const board = it_.bot.app.platforms[0]?.alertBoard;
      const face = ALERT_FACES['the first warning'];
      if (!board || !face) throw new Error('No alert channel');
      expect(await board.post(face, { handle: 'handle-12345', mark: 'alert-1' })).toMatchObject({
        kind: 'ok',
      });
      await it_.soon('the alert', () =>
        it_.shown().some(({ text }) => /…0019: 25% of the data left/.test(text)),
      );
    });

    it.for([1, 2])(
      'brings a promised answer in private when its %i best routes are closed',
      async (closed, test) => {
        const routes = it_.routes ?? [];
        if (routes.length < closed) return test.skip('there are fewer ways to a person there');
        await it_.ask(USED_UP);
        await says(/I’ll post it here/);
        for (const route of routes.slice(0, closed)) route.close();
        await it_.pass(WINDOW_MS);
        const arrived = () =>
          it_.shown().filter(({ text, isPublic }) => !isPublic && /2\.6\sGB left of 3\sGB/.test(text));
        await it_.soon(`the answer without ${routes[closed - 1]?.name}`, () => arrived().length > 0);
        expect(arrived()).toHaveLength(1);
      },
    );

    it('answers after a restart what it was asked before it', async (test) => {
      if (!it_.restart) return test.skip('nothing is there to restart');
      it_.bot.simulator.inject(ACTIVE, { kind: 'hang' });
      await it_.ask(ACTIVE);
      await it_.soon('the question hangs', () => it_.bot.simulator.hanging === 1);
      await it_.restart();
      await says(/I’ll (post|update)/);
      await it_.pass(WINDOW_MS);
      await says(/1\.\d\sGB left of 5\sGB/);
      expect(it_.shown().filter(({ text }) => /1\.\d\sGB left of 5\sGB/.test(text))).toHaveLength(1);
    });

    it('forgets a promise that is cancelled', async () => {
      await it_.ask(USED_UP);
      await says(/I’ll post it here/);
      await it_.cancel(USED_UP);
      await says(/[Cc]ancelled/);
      const before = calls();
      await it_.pass(WINDOW_MS * 2);
      expect(it_.shown().some(({ text }) => /2\.6\sGB/.test(text))).toBe(false);
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
      // What the alert channel is told of it may come before or after.
      await it_.soon('the answer', () => it_.shown().some(({ text }) => /bot admin/.test(text)));
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
      await says(/1\.3\sGB left of 5\sGB/);
    });
  });
}
