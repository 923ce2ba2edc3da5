import type { Arena } from './arena.ts';
import type { Asked } from './chats/chat.ts';
import type { ShownAnswer } from './shown.ts';

/** What one contender did in one scenario. What is absent it does not have: n/a. */
export interface Figures {
  readonly calls?: CallFigures;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  /** Commands that ended with a figure, of how many. */
  readonly answers?: { readonly asked: number; readonly answered: number };
  /** Of the answers it promised for later. */
  readonly promised?: PromiseFigures;
  /** From the instant Airalo named until the answer stood there. */
  readonly latenessP99Ms?: number;
  readonly cpuMicrosPerCommand?: number;
  /** The longest that the process' event loop stood still before the last acknowledgement. */
  readonly loopDelayMs?: number;
  /** Messages and edits, for each question. */
  readonly messagesPerQuestion?: number;
}

interface PromiseFigures {
  readonly delivered: number;
  readonly lost: number;
  /** Stood there a second time, as a message of its own. */
  readonly doubled: number;
  /** The same edit of the same message made again, as after a crash: delivered twice, and seen once. */
  readonly repeatedEdits: number;
}

export interface CallFigures {
  /** Usage questions to Airalo. */
  readonly made: number;
  /** The fewest with which it could have learnt what it has. */
  readonly least: number;
  readonly refused: number;
  /** Refusals that a bot which remembers would not have caused. */
  readonly avoidable: number;
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function ackFigures(asked: readonly Asked[]): Pick<Figures, 'ackP50Ms' | 'ackP99Ms'> {
  const acks = asked.map(({ ackMs }) => ackMs);
  return { ackP50Ms: percentile(acks, 0.5), ackP99Ms: percentile(acks, 0.99) };
}

/**
 * The calls since the warm-up. The least are one for each eSIM of which a reading was had, and those whose failure nobody could foresee; of
 * these, `refusals` were answered 429.
 */
export function callFigures(
  { simulator, warmUpCalls }: Arena,
  unforeseeable: { readonly failures: number; readonly refusals: number } = { failures: 0, refusals: 0 },
): { readonly calls: CallFigures } {
  const calls = simulator.calls.slice(warmUpCalls);
  const read = new Set(calls.filter(({ status }) => status === 200).map(({ iccid }) => iccid)).size;
  const refused = calls.filter(({ status }) => status === 429).length;
  const avoidable = Math.max(0, refused - unforeseeable.refusals);
  return { calls: { made: calls.length, least: read + unforeseeable.failures, refused, avoidable } };
}

export function answerFigures(shown: readonly ShownAnswer[], asked: number): Pick<Figures, 'answers'> {
  const answered = shown.filter(({ hasFigure }) => hasFigure).length;
  return { answers: { asked, answered: Math.min(answered, asked) } };
}

/** Of what was measured several times: the median of each of its speeds, so that one stall of the machine is nobody's. */
export function mediansOf(
  times: readonly Pick<Figures, 'ackP50Ms' | 'ackP99Ms'>[],
): Pick<Figures, 'ackP50Ms' | 'ackP99Ms'> {
  return {
    ackP50Ms: median(times.map(({ ackP50Ms }) => ackP50Ms)),
    ackP99Ms: median(times.map(({ ackP99Ms }) => ackP99Ms)),
  };
}

/** Nothing for a contender that made no promise. */
export function promiseFigures(shown: readonly ShownAnswer[], asked: number): Pick<Figures, 'promised'> {
  const promised = shown.filter(({ wasPromised }) => wasPromised);
  if (promised.length === 0) return {};
  const inPlace = promised.filter(({ hasFigure }) => hasFigure).length;
  const moreMessages = Math.max(0, shown.length - asked);
  const figuresAlone = shown.filter(({ wasPromised, hasFigure }) => hasFigure && !wasPromised).length;
  // Discord lets a private answer be edited for a quarter of an hour: what is due later comes as a message of its own.
  const owed = Math.max(0, figuresAlone - (asked - promised.length));
  const elsewhere = Math.min(promised.length - inPlace, moreMessages, owed);
  const delivered = inPlace + elsewhere;
  const repeatedEdits = shown.reduce((sum, { finals }) => sum + Math.max(0, finals - 1), 0);
  const doubled = moreMessages - elsewhere;
  return { promised: { delivered, lost: promised.length - delivered, doubled, repeatedEdits } };
}
