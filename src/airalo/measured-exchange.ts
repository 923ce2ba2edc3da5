import type { Clock } from '../clock.ts';
import type { DetailEndpoint } from './detail-question.ts';
import type { Answer, Exchange, Question } from './exchange.ts';

/** One request, for the metrics: `network` where no status came back. */
export interface AiraloCall {
  readonly endpoint: 'usage' | 'token' | 'notifications' | DetailEndpoint;
  readonly status: number | 'network';
  readonly tookMs: number;
}

/** Sends one request, under the name by which the metrics know it. Fails as `Exchange.send` does. */
export type Ask = (
  endpoint: AiraloCall['endpoint'],
  question: Question,
  signal: AbortSignal,
) => Promise<Answer>;

/** An exchange whose every request is told to `onCall`. */
export function measuredExchange(
  exchange: Pick<Exchange, 'send'>,
  clock: Clock,
  onCall: ((call: AiraloCall) => void) | undefined,
): Ask {
  return async (endpoint, question, signal) => {
    const startedAt = clock.now();
    let status: AiraloCall['status'] = 'network';
    try {
      const answer = await exchange.send(question, signal);
      status = answer.status;
      return answer;
    } finally {
      onCall?.({ endpoint, status, tookMs: clock.now() - startedAt });
    }
  };
}
