import { describe, expect, test } from 'vitest';
import { type Mark, marksOfCost, marksRows, peerMarks } from '../../bench/marks.ts';
import type { PeerResult } from '../../bench/peers-table.ts';
import { cachedCpu } from '../../bench/scenarios/cached-cpu.ts';
import { differentEsims } from '../../bench/scenarios/different-esims.ts';

const result = (
  scenario: string,
  contender: string,
  is: PeerResult['is'],
  figures: PeerResult['figures'],
) => ({
  scenario,
  contender,
  is,
  figures,
});
const RESULTS: readonly PeerResult[] = [
  result(cachedCpu.name, 'bot', 'the bot', { ackP50Ms: 1, ackP99Ms: 6, cpuMicrosPerCommand: 600 }),
  result(cachedCpu.name, 'floor', 'the floor', { ackP50Ms: 1, ackP99Ms: 5, cpuMicrosPerCommand: 400 }),
  result(differentEsims.name, 'bot', 'the bot', { ackP50Ms: 1, ackP99Ms: 900, loopDelayMs: 1_200 }),
  result(differentEsims.name, 'floor', 'the floor', { ackP50Ms: 1, ackP99Ms: 300, loopDelayMs: 20 }),
];
const met = (marks: readonly Mark[]) =>
  Object.fromEntries(marks.map((mark) => [mark.cost, marksRows([mark])[0]?.met]));

describe('the marks of a run', () => {
  test('each cost stands beside the floor of the same scenario, met or missed', () => {
    expect(met(marksOfCost(peerMarks('Slack', RESULTS)))).toEqual({
      'cached CPU on Slack': 'MISSED',
      'cached acknowledgement': 'met',
      'acknowledgement of 500 at once': 'MISSED',
      'loop held up by 500 at once': 'MISSED',
    });
  });

  test('a mark that exactly reaches its limit is met', () => {
    expect(marksRows([{ mark: 'one', most: 1.25, measured: 1.25 }])).toMatchObject([{ met: 'met' }]);
  });

  test('what a run was too short for is neither', () => {
    expect(marksRows([{ mark: 'one', most: 1, measured: Number.NaN }])).toMatchObject([
      { met: 'not measured' },
    ]);
  });

  test('they come in one order, whichever part has measured them', () => {
    const mark = (cost: Mark['cost']): Mark => ({
      mark: String(cost),
      most: 1,
      measured: 1,
      ...(cost ? { cost } : {}),
    });
    const marks = [mark('soak'), mark(undefined), mark('memory'), mark('cached CPU on Slack')];
    expect(marksOfCost(marks).map(({ cost }) => cost)).toEqual(['cached CPU on Slack', 'memory', 'soak']);
  });
});
