import { type Clock, deadlineSignal } from '../clock.ts';
import { CIRCUIT_OPEN } from './circuit.ts';
import type { Complain } from './complaints.ts';
import { AiraloError, AiraloUnavailableError, UnreadableBodyError } from './errors.ts';

/** What bounds the work of one question. */
export interface CallBudgetParts {
  /** For one reading with everything that belongs to it: token, retries, body. */
  readonly budgetMs: number;
  /** Of Airalo, for the log. */
  readonly host: string;
  readonly complain: Complain;
  readonly clock: Clock;
}

/** Runs `work` within the budget, or until `parent` is aborted. What is no `AiraloError` for lack of time becomes one. */
export type WithinBudget = <T>(
  parent: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/** The budget holds for all that is done in it, also for waiting on somebody else's trial call. */
export function createCallBudget({ budgetMs, host, complain, clock }: CallBudgetParts): WithinBudget {
  return async (parent, work) => {
    const budget = deadlineSignal(clock, budgetMs, parent);
    try {
      return await work(budget.signal);
    } catch (error) {
      const failure =
        error instanceof AiraloError || !budget.signal.aborted
          ? error
          : new AiraloUnavailableError('No answer from Airalo within the time there was', {
              cause: error,
              reason: 'TIMEOUT',
            });
      if (parent?.aborted !== true) tell(failure);
      throw failure;
    } finally {
      budget.dispose();
    }
  };

  /** The cause, once in a while: an outage fails every question. */
  function tell(failure: unknown): void {
    const silent = failure instanceof AiraloUnavailableError && failure.reason !== CIRCUIT_OPEN;
    if (!silent && !(failure instanceof UnreadableBodyError)) return;
    const { reason, message } = failure;
    complain(`${reason} ${message}`, { cause: reason, host }, `No usable answer from Airalo: ${message}`);
  }
}
