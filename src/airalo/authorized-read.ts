import type { Clock } from '../clock.ts';
import { CredentialsRefusedError, TurnMissedError, UnknownEsimError } from './errors.ts';
import type { Answer, Question } from './exchange.ts';
import { createLoneRefusals } from './lone-refusals.ts';
import type { AiraloCall, Ask } from './measured-exchange.ts';
import { retried } from './retried.ts';
import type { TokenSource } from './token.ts';

/** What reading with a token needs. */
export interface AuthorizedReadParts {
  readonly ask: Ask;
  readonly tokens: TokenSource;
  /** See `AiraloClientOptions`. */
  readonly takeTurn: ((signal: AbortSignal) => Promise<void>) | undefined;
  readonly clock: Clock;
}

/** One GET with a token, whatever is read from its answer. */
export type AuthorizedRead = <T>(
  endpoint: AiraloCall['endpoint'],
  question: Pick<Question, 'path' | 'headers' | 'largestBytes'>,
  read: (answer: Answer) => T,
  signal: AbortSignal,
) => Promise<T>;

const READ_RETRIES = 2;

/** Token, turn, request, in that order; a token that is refused is renewed once, and who is refused alone is told apart. */
export function createAuthorizedRead({ ask, tokens, takeTurn, clock }: AuthorizedReadParts): AuthorizedRead {
  const lone = createLoneRefusals(clock);

  return async (endpoint, question, read, signal) => {
    lone.check(question.path);
    const withToken = <R>(token: string, take: (answer: Answer) => R) =>
      retried(clock, signal, READ_RETRIES, async () => {
        const headers = { ...question.headers, authorization: `Bearer ${token}` };
        await turn(signal);
        return take(await ask(endpoint, { ...question, method: 'GET', headers }, signal));
      });
    const judge = (answer: Answer) => {
      try {
        const value = read(answer);
        lone.served();
        return value;
      } catch (error) {
        if (error instanceof UnknownEsimError) lone.served();
        if (!(error instanceof CredentialsRefusedError)) throw error;
        const refusal = lone.refused(question.path);
        if (refusal.concerns === 'everything') tokens.giveUp(refusal);
        throw refusal;
      }
    };
    const token = await tokens.get(signal);
    const first = await withToken(token, (answer) =>
      answer.status === 401 ? { refusal: answer } : { value: judge(answer) },
    );
    if ('value' in first) return first.value;
    // Revoked or run out early: one new token, one more try, never a loop.
    const another = await tokens.renew(token, signal);
    return another === undefined ? judge(first.refusal) : withToken(another, judge);
  };

  /** Between the token and the request stands nothing else that takes time. */
  async function turn(signal: AbortSignal): Promise<void> {
    try {
      await takeTurn?.(signal);
    } catch (error) {
      throw signal.aborted ? new TurnMissedError({ cause: error }) : error;
    }
  }
}
