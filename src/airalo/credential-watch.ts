import type { Clock } from '../clock.ts';
import type { AiraloClient } from './client.ts';
import { BALANCE_QUESTION } from './details/account.ts';
import {
  AiraloUnavailableError,
  CredentialsRefusedError,
  IpNotAllowedError,
  TurnMissedError,
  UnreadableBodyError,
} from './errors.ts';

/** Told whether Airalo takes the credentials. */
export interface AiraloCredentialTold {
  refused(error: string, remedy: string): void;
  taken(): void;
}

/** A refused credential is asked about by itself: a bot that is not ready may be asked nothing else any more. */
const ASK_AGAIN_MS = 2 * 60_000;

/** The same client, which also tells how its credentials fare. */
export function watchAiraloCredentials(
  client: AiraloClient,
  clock: Clock,
  told: AiraloCredentialTold,
): AiraloClient {
  const closing = new AbortController();
  let isRefused = false;

  async function heard<T>(work: Promise<T>): Promise<T> {
    try {
      const value = await work;
      noteTaken();
      return value;
    } catch (error) {
      if (isRefusal(error)) noteRefused(error.code, error.remedy);
      else if (!saysNothing(error)) noteTaken();
      throw error;
    }
  }

  /** A token alone is no proof: it can be had from an address that may not read. */
  async function prepared(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (isRefusal(error)) noteRefused(error.code, error.remedy);
      throw error;
    }
  }

  function noteTaken(): void {
    isRefused = false;
    told.taken();
  }

  function noteRefused(code: string, remedy: string): void {
    told.refused(code, remedy);
    if (!isRefused) void askUntilTaken();
    isRefused = true;
  }

  /** By a read, since the token alone can be had from an address that may not read. */
  async function askUntilTaken(): Promise<void> {
    do {
      await clock.sleep(ASK_AGAIN_MS, closing.signal).catch(() => undefined);
      if (closing.signal.aborted || !isRefused) return;
      await heard(client.readDetail(BALANCE_QUESTION, closing.signal)).catch(() => undefined);
    } while (isRefused);
  }

  return {
    ...client,
    prepare(signal) {
      const preparing = client.prepare(signal);
      return preparing && prepared(preparing);
    },
    readUsage: (iccid, signal) => heard(client.readUsage(iccid, signal)),
    readDetail: (question, signal) => heard(client.readDetail(question, signal)),
    async close() {
      closing.abort();
      await client.close();
    },
  };
}

/** Of everything: a question that alone is refused is its own affair. */
function isRefusal(error: unknown): error is CredentialsRefusedError | IpNotAllowedError {
  if (error instanceof CredentialsRefusedError) return error.concerns === 'everything';
  return error instanceof IpNotAllowedError;
}

/** No answer of Airalo's own to a request that left, or one that speaks of a single question. */
function saysNothing(error: unknown): boolean {
  return (
    error instanceof AiraloUnavailableError ||
    error instanceof UnreadableBodyError ||
    error instanceof TurnMissedError ||
    error instanceof CredentialsRefusedError
  );
}
