import type { Contender } from './contenders/all.ts';
import type { CallFigures, Figures } from './figures.ts';

export interface PeerResult {
  readonly scenario: string;
  /** Its name, as it is kept in `results.json`. */
  readonly contender: string;
  readonly is: Contender['is'];
  readonly figures: Figures;
}

const NOT_THERE = 'n/a';

/** A row for each scenario and contender: every figure as measured, and beside it the ratio that makes it comparable. */
export function peersRows(results: readonly PeerResult[]): Record<string, string>[] {
  return results.map(({ scenario, contender, figures }) => {
    const floor = results.find((other) => other.scenario === scenario && other.is === 'the floor')?.figures;
    const { calls, answers, promised, latenessP99Ms } = figures;
    return {
      scenario,
      contender,
      'calls / least': calls ? overLeast(calls) : NOT_THERE,
      '429 (avoidable)': calls ? `${calls.refused} (${calls.avoidable})` : NOT_THERE,
      'ack p50 ms': figures.ackP50Ms.toFixed(1),
      'ack p99 ms (× floor)': withRatio(figures.ackP99Ms, floor?.ackP99Ms, 1),
      'CPU µs a command (× floor)': withRatio(figures.cpuMicrosPerCommand, floor?.cpuMicrosPerCommand, 0),
      answered: answers ? `${answers.answered} of ${answers.asked}` : NOT_THERE,
      'promised: kept/lost/doubled/edited again': promised
        ? `${promised.delivered}/${promised.lost}/${promised.doubled}/${promised.repeatedEdits}`
        : NOT_THERE,
      'lateness p99 ms': latenessP99Ms === undefined ? NOT_THERE : latenessP99Ms.toFixed(0),
    };
  });
}

function withRatio(value: number | undefined, floor: number | undefined, digits: number): string {
  if (value === undefined) return NOT_THERE;
  return floor ? `${value.toFixed(digits)} (${(value / floor).toFixed(2)})` : value.toFixed(digits);
}

function overLeast({ made, least }: CallFigures): string {
  return least === 0 ? `${made} / 0` : `${made} / ${least} = ${(made / least).toFixed(2)}`;
}
