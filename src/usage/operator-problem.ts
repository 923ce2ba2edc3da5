import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Ending, OPERATOR_RETRY_MS } from './read-endings.ts';
import type { OperatorCause } from './reply.ts';

/** What only the operator can mend, such as refused credentials: remembered, so that not every question tries again. */
export interface OperatorProblem {
  /** What keeps everybody from asking now. */
  standing(): OperatorCause | undefined;
  /** Tells the operator; what concerns one question alone keeps no other waiting. */
  note(ending: Extract<Ending, { kind: 'operator-needed' }>, error: Error): void;
  /** Airalo has answered. */
  clear(): void;
}

/** Of one process: another one finds out by itself. */
export function createOperatorProblem(clock: Clock, log: Log): OperatorProblem {
  let problem: { readonly cause: OperatorCause; readonly until: number } | undefined;

  return {
    /** Nothing by a clock that was put back. */
    standing() {
      const leftMs = (problem?.until ?? 0) - clock.now();
      return leftMs > 0 && leftMs <= OPERATOR_RETRY_MS ? problem?.cause : undefined;
    },
    note(ending, error) {
      if (ending.concerns === 'one-question') {
        // Without the remedy: it would send the operator to credentials that serve.
        log.warn({ cause: ending.cause }, `${error.message}; the others are not kept waiting for it`);
        return;
      }
      log.error({ err: error }, `${error.message}. Remedy: ${remedyOf(error)}`);
      problem = { cause: ending.cause, until: ending.until };
    },
    clear() {
      problem = undefined;
    },
  };
}

function remedyOf(error: Error): string {
  return 'remedy' in error && typeof error.remedy === 'string' ? error.remedy : '';
}
