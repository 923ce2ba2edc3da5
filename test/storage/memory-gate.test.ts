import { describe, expect, test } from 'vitest';
import { createMemoryGate } from '../../src/storage/memory/memory-gate.ts';
import { describeGate } from '../contract/gate-contract.ts';
import { ManualClock } from '../support/manual-clock.ts';

describeGate('In memory', async () => {
  const clock = new ManualClock();
  const gate = createMemoryGate(clock);
  return {
    gate,
    other: gate,
    clock,
    advance: async (durationMs) => clock.advance(durationMs),
    cleanUp: async () => undefined,
  };
});

describe('In memory: bounded size', () => {
  const leader = (gate: ReturnType<typeof createMemoryGate>, key: string) => gate.tryAcquire(key, 1_000);

  test('refuses a further key until the first of the known ones opens', async () => {
    const clock = new ManualClock();
    const gate = createMemoryGate(clock, 2);
    await leader(gate, 'a');
    clock.advance(400);
    await leader(gate, 'b');
    const openAt = ManualClock.START + 1_000;
    expect(await leader(gate, 'c')).toEqual({ state: 'closed', openAt });
    expect((await gate.tryAcquire('a', 1_000)).state).toBe('in-flight');
    clock.advance(600);
    expect((await leader(gate, 'c')).state).toBe('leader');
    expect((await gate.peek('b')).state).toBe('in-flight');
  });

  test('lets a known key be taken again when full', async () => {
    const clock = new ManualClock();
    const gate = createMemoryGate(clock, 1);
    const first = await leader(gate, 'a');
    clock.advance(1_000);
    const again = await leader(gate, 'a');
    expect([first.state, again.state]).toEqual(['leader', 'leader']);
  });
});
