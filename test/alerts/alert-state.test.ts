import { describe, expect, it } from 'vitest';
import { type AlertState, faceOf, withEvent } from '../../src/alerts/alert-state.ts';
import type { AlertEvent, AlertLevel } from '../../src/domain/alert.ts';

const HOUR_MS = 60 * 60 * 1000;
const START = Date.UTC(2026, 10, 23, 14);
const used = (percent: number): AlertLevel => ({ kind: 'used', percent });
const ending = (days: number): AlertLevel => ({ kind: 'ending', days });

const lowData = (level: AlertLevel, remainingPercent?: number, packageName = 'plan'): AlertEvent => ({
  kind: 'low-data',
  iccid: '8910000000001000019',
  packageName,
  level,
  ...(remainingPercent === undefined ? {} : { remainingPercent }),
});

/** The state after events, each `[hours after the start, level, package]`. */
function stateAfter(...events: [hours: number, level: AlertLevel, packageName?: string][]): AlertState {
  let state: AlertState | undefined;
  for (const [index, [hours, level, packageName = 'plan']] of events.entries()) {
    const event: AlertEvent = { kind: 'low-data', iccid: '8910000000001000019', packageName, level };
    state = withEvent(state, { id: `e${index}`, at: START + hours * HOUR_MS, event }, 'handle');
  }
  if (!state) throw new Error('No event');
  return state;
}
const claim = { platform: 'slack', personId: 'U1', at: START };
const mute = { platform: 'slack', personId: 'U1', until: START + 1_000 * HOUR_MS };

describe('the state of the warnings about an eSIM', () => {
  it('has the newest of each kind', () => {
    const state = stateAfter([0, used(75)], [30, ending(3)], [40, used(90)]);
    expect(faceOf(state, START)).toMatchObject({
      about: { kind: 'esim', masked: '…0019' },
      used: { percent: 90, at: START + 40 * HOUR_MS },
      ending: { days: 3, at: START + 30 * HOUR_MS },
      latestAt: START + 40 * HOUR_MS,
    });
  });

  it('counts an event once', () => {
    const state = stateAfter([0, used(75)]);
    const [entry] = state.entries;
    expect(entry && withEvent(state, entry, 'other')).toBe(state);
  });

  it.each<[string, Parameters<typeof stateAfter>, 'goes on' | 'begins anew']>([
    [
      'a worse warning',
      [
        [0, used(75)],
        [1, used(90)],
      ],
      'goes on',
    ],
    [
      'another kind of warning',
      [
        [0, used(75)],
        [1, ending(3)],
      ],
      'goes on',
    ],
    [
      'a milder one that comes late',
      [
        [0, used(90)],
        [5, used(75)],
      ],
      'goes on',
    ],
    [
      'an earlier end that comes late',
      [
        [0, ending(1)],
        [5, ending(3)],
      ],
      'goes on',
    ],
    [
      'a milder one a day later',
      [
        [0, used(90)],
        [24, used(75)],
      ],
      'begins anew',
    ],
    [
      'the same one a day later',
      [
        [0, ending(3)],
        [24, ending(3)],
      ],
      'begins anew',
    ],
    [
      'another package',
      [
        [0, used(75)],
        [1, used(90), 'top-up'],
      ],
      'begins anew',
    ],
  ])('%s %3$s', (_what, events, expected) => {
    const before = { ...stateAfter(...events.slice(0, -1)), claim, mute };
    const [hours, level, packageName = 'plan'] = events.at(-1) ?? [0, used(1)];
    const event = { kind: 'low-data', iccid: '8910000000001000019', packageName, level } as const;
    const state = withEvent(before, { id: 'new', at: START + hours * HOUR_MS, event }, 'handle');
    const goesOn = expected === 'goes on';
    expect([state.claim, state.mute]).toEqual(goesOn ? [claim, mute] : [undefined, undefined]);
    expect(state.entries.at(-1)?.quiet).toBe(goesOn);
  });

  it('does not take the face back for a late one', () => {
    expect(stateAfter([0, used(90)], [5, used(75)])).toMatchObject({
      used: { percent: 90 },
      latestAt: START,
    });
  });

  it.each<[string, AlertEvent, AlertEvent, number, Partial<AlertState>]>([
    ['a worse level that names none', lowData(used(75), 25), lowData(used(90)), 1, {}],
    ['an end that names none', lowData(used(90), 9), lowData(ending(1)), 1, { remainingPercent: 9 }],
    ['a new round that names none', lowData(used(90), 9), lowData(used(75)), 24, {}],
    [
      'a new round that begins with an end',
      lowData(used(90), 9),
      lowData(ending(3), undefined, 'top-up'),
      24,
      {},
    ],
    [
      'credit that names none',
      { kind: 'credit', percent: 80, remaining: 1_874 },
      { kind: 'credit', percent: 90 },
      1,
      {},
    ],
  ])('does not go on showing what was left before %s', (_what, first, next, hours, left) => {
    const before = withEvent(undefined, { id: 'first', at: START, event: first }, 'handle');
    const state = withEvent(before, { id: 'next', at: START + hours * HOUR_MS, event: next }, 'handle');
    const { remainingPercent, remaining } = state;
    expect({ remainingPercent, remaining }).toEqual({
      remainingPercent: undefined,
      remaining: undefined,
      ...left,
    });
  });

  it('does not grow without an end', () => {
    const events = Array.from({ length: 100 }, (_, index): [number, AlertLevel] => [index * 24, used(75)]);
    expect(stateAfter(...events).entries).toHaveLength(20);
  });

  it('shows a mute only until its end', () => {
    const state = { ...stateAfter([0, used(75)]), mute };
    expect(faceOf(state, START).mute).toEqual(mute);
    expect(faceOf(state, mute.until).mute).toBeUndefined();
  });
});
