import { request } from 'undici';
import { createPagePlatform, type PagePlatform } from '../../../src/platforms/page/page.ts';
import { ROOMS } from '../../../src/platforms/page/rooms.ts';
import type { PageEntry } from '../../../src/platforms/page/timeline.ts';
import { type BotUnderTest, startBot } from '../../support/bot.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { untilLater } from '../../support/passing-time.ts';

export interface PageBot {
  readonly bot: BotUnderTest;
  readonly clock: ManualClock;
  /** Of the page, with its secret. */
  readonly url: string;
  /** What the page has been told, the latest form of each entry, in the order of its last change. */
  entries(): readonly PageEntry[];
  /** As the page's script does it. */
  act(deed: Readonly<Record<string, unknown>>): Promise<number>;
  say(text: string, more?: Readonly<Record<string, unknown>>): Promise<number>;
  soon(what: string, condition: () => boolean | Promise<boolean>): Promise<unknown>;
  readonly alertsFired: number;
  close(): Promise<void>;
}

/** The whole bot with the page, and a reader of its events. */
export async function startPageBot(): Promise<PageBot> {
  const clock = new ManualClock();
  let page: PagePlatform | undefined;
  let alertsFired = 0;
  const bot = await startBot({
    clock,
    serveHttp: true,
    morePlatforms: (parts) => {
      const facts = {
        esims: [{ iccid: '8910000000001000019', shows: 'a plan' }],
        windowSeconds: 900,
        languages: ['en', 'de'],
      };
      page = createPagePlatform(parts, facts, async () => {
        alertsFired++;
      });
      return [page];
    },
  });
  const url = `${bot.httpUrl}${page?.path ?? ''}`;
  const known = new Map<string, PageEntry>();
  let open = true;
  const reading = (async () => {
    let seen = '0';
    while (open) {
      const { body } = await request(`${url}events`, { headers: { 'last-event-id': seen } });
      let text = '';
      try {
        for await (const chunk of body) {
          text += String(chunk);
          const events = text.split('\n\n');
          text = events.pop() ?? '';
          for (const event of events) {
            const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(event) ?? [];
            if (id === undefined || data === undefined) continue;
            seen = id;
            const entry: PageEntry = JSON.parse(data);
            known.delete(entry.id);
            known.set(entry.id, entry);
          }
        }
      } catch {
        return;
      }
    }
  })().catch(() => undefined);

  async function act(deed: Readonly<Record<string, unknown>>): Promise<number> {
    const sending = request(`${url}do`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: bot.httpUrl },
      body: JSON.stringify({ locale: 'en', timeZone: 'UTC', ...deed }),
    });
    const { statusCode, body } = await sending;
    await body.dump();
    return statusCode;
  }

  const soon = (what: string, condition: () => boolean | Promise<boolean>) =>
    untilLater(clock, what, condition);

  return {
    bot,
    clock,
    url,
    entries: () => [...known.values()],
    act,
    say: (text, more = {}) => act({ kind: 'say', room: ROOMS.bot, look: 'slack', text, ...more }),
    soon,
    get alertsFired() {
      return alertsFired;
    },
    async close() {
      open = false;
      await clock.during(bot.stop());
      await reading;
    },
  };
}
