import type { Arena } from './arena.ts';

/** What one contender did in one scenario. Undefined: it has no such thing. */
export interface Figures {
  /** Calls to Airalo over the fewest that could have answered everybody. */
  readonly callsOverLeast: number;
  /** 429 that a bot which remembers need not have caused. */
  readonly avoidableRefusals: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  /** Commands that ended with a figure, of all. */
  readonly answered: number;
  readonly asked: number;
  readonly doubled: number;
  /** Between the instant from which an answer was possible and its arrival. */
  readonly latenessP99Ms?: number;
  readonly cpuPerCommandMicros?: number;
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Calls and refusals since `from`, told apart from those that could not be avoided. */
export function callFigures(arena: Arena, from: number, least: number, unavoidableRefusals: number) {
  const calls = arena.world.simulator.calls.slice(from);
  const refused = calls.filter(({ status }) => status === 429).length;
  return {
    callsOverLeast: calls.length / least,
    avoidableRefusals: Math.max(0, refused - unavoidableRefusals),
  };
}

export function ackFigures(acks: readonly number[]) {
  return { ackP50Ms: percentile(acks, 0.5), ackP99Ms: percentile(acks, 0.99) };
}
