import type { Clock } from '../clock.ts';
import type { AiraloClient } from './client.ts';
import { BALANCE_QUESTION } from './details/account.ts';
import { AiraloUnavailableError, CredentialsRefusedError, IpNotAllowedError } from './errors.ts';

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
      if (error instanceof CredentialsRefusedError || error instanceof IpNotAllowedError)
        noteRefused(error.code, error.remedy);
      else if (!(error instanceof AiraloUnavailableError)) noteTaken();
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
    readUsage: (iccid, signal) => heard(client.readUsage(iccid, signal)),
    readDetail: (question, signal) => heard(client.readDetail(question, signal)),
    async close() {
      closing.abort();
      await client.close();
    },
  };
}
