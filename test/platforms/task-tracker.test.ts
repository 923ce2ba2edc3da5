import { describe, expect, it } from 'vitest';
import { createTaskTracker } from '../../src/platforms/chat/task-tracker.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

type Sent = { readonly kind: 'ok' | 'closed' | 'retry'; readonly notBefore?: number };

/** Sends what the script says, one result after the other, and notes when. */
function script(clock: ManualClock, ...results: readonly Sent[]) {
  const at: number[] = [];
  const startedAt = clock.now();
  const send = async (): Promise<Sent> => {
    at.push(clock.now() - startedAt);
    return results[at.length - 1] ?? { kind: 'retry' };
  };
  return { send, at };
}

/** Runs it to its end, while time goes on in steps of a second. */
async function ended(clock: ManualClock, work: Promise<Sent>): Promise<Sent> {
  let done = false;
  void work.finally(() => {
    done = true;
  });
  await until('the end', () => {
    if (!done) clock.advance(1_000);
    return done;
  });
  return work;
}

describe('patience with a platform', () => {
  const runsOn = (clock: ManualClock) => createTaskTracker(clock, captureLog().log);

  it('tries three times more within half a minute, then gives up', async () => {
    const clock = new ManualClock();
    const { send, at } = script(clock);
    expect(await ended(clock, runsOn(clock).patiently(send))).toEqual({ kind: 'retry' });
    expect(at).toHaveLength(4);
    expect(at.at(-1)).toBeGreaterThanOrEqual(30_000);
  });

  it('ends with the first success, and with the first refusal', async () => {
    for (const kind of ['ok', 'closed'] as const) {
      const clock = new ManualClock();
      const { send, at } = script(clock, { kind: 'retry' }, { kind });
      expect(await ended(clock, runsOn(clock).patiently(send))).toEqual({ kind });
      expect(at).toHaveLength(2);
    }
  });

  it('waits as long as the platform asks, unless that is too long for a first answer', async () => {
    const clock = new ManualClock();
    const soon = script(clock, { kind: 'retry', notBefore: clock.now() + 15_000 }, { kind: 'ok' });
    await ended(clock, runsOn(clock).patiently(soon.send));
    expect(soon.at[1]).toBeGreaterThanOrEqual(15_000);
    const late = script(clock, { kind: 'retry', notBefore: clock.now() + 60_000 });
    await runsOn(clock).patiently(late.send);
    expect(late.at).toEqual([0]);
  });

  it('ends at once when the bot leaves', async () => {
    const clock = new ManualClock();
    const runs = runsOn(clock);
    const { send, at } = script(clock);
    const work = runs.patiently(send);
    await runs.end();
    expect(await work).toEqual({ kind: 'retry' });
    expect(at).toEqual([0]);
  });
});
