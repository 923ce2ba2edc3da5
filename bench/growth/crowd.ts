import { setTimeout as pause } from 'node:timers/promises';
import { inArena } from '../arena.ts';
import { type Asked, ESIMS_OF_AN_ASKER } from '../chats/chat.ts';
import { SLACK_CONTENDERS } from '../contenders/all.ts';
import { percentile } from '../figures.ts';
import type { Engine } from './stocked-store.ts';

const ESIMS = 10_000;
const ASKED_WITHIN_MS = 70_000;
const TICK_MS = 20;
const SAMPLE_MS = 250;
const MB = 1024 ** 2;

export interface CrowdFigures {
  /** Before the first question, and the most while they came and until each had its answer or its promise. */
  readonly restMb: number;
  readonly mostMb: number;
  /** Messages and edits until then, the answers among them that were given meanwhile. */
  readonly messagesPerQuestion: number;
  readonly ackP99Ms: number;
  /** The longest that its event loop stood still. */
  readonly loopDelayMs: number;
  /** Neither answered nor promised anything within a minute of the last. */
  readonly unanswered: number;
}

/**
 * Ten thousand different eSIMs, asked for in Slack by a thousand people within 70 s: more than thirty times what Airalo gives. Nearly all are
 * promised for later, and what the bot keeps of each question is in its memory, or is not.
 */
export async function measureCrowd(engine: Engine): Promise<CrowdFigures> {
  const contender = SLACK_CONTENDERS.find(({ is, store = 'SQLite' }) => is === 'the bot' && store === engine);
  if (!contender) throw new RangeError(`Nobody stands on ${engine}`);
  return inArena(contender, {}, async ({ simulator, corners: [corner] }) => {
    const iccids = simulator.addEsims(ESIMS);
    const { rssBytes: restBytes } = await corner.watchLoop().then(() => corner.use());
    let mostBytes = restBytes;
    let over = false;
    const watch = async () => {
      while (!over) {
        mostBytes = Math.max(mostBytes, (await corner.use()).rssBytes);
        await pause(SAMPLE_MS);
      }
    };
    const watching = watch();
    const asked: Promise<Asked>[] = [];
    const startedAt = performance.now();
    while (asked.length < ESIMS) {
      const due = Math.ceil(((performance.now() - startedAt) / ASKED_WITHIN_MS) * ESIMS);
      for (const iccid of iccids.slice(asked.length, due))
        asked.push(corner.ask(iccid, Math.floor(asked.length / ESIMS_OF_AN_ASKER)));
      await pause(TICK_MS);
    }
    const acks = (await Promise.all(asked)).map(({ ackMs }) => ackMs);
    await corner.answered(ESIMS);
    const shown = corner.shown();
    over = true;
    await watching;
    const { loopDelayMs } = await corner.use();
    return {
      restMb: restBytes / MB,
      mostMb: mostBytes / MB,
      messagesPerQuestion: shown.reduce((sum, { forms }) => sum + forms, 0) / ESIMS,
      ackP99Ms: percentile(acks, 0.99),
      loopDelayMs,
      unanswered: ESIMS - shown.filter(({ says }) => says).length,
    };
  });
}
