import { type AiraloClient, createAiraloClient } from './airalo/client.ts';
import { watchAiraloCredentials } from './airalo/credential-watch.ts';
import type { Clock } from './clock.ts';
import type { AiraloSettings } from './config.ts';
import type { Log } from './log.ts';
import type { Metrics } from './ops/metrics.ts';
import type { CallGate, CallPace, Registry } from './storage/ports.ts';
import { createSendTurns } from './usage/call-line.ts';
import type { CredentialService } from './usage/credentials.ts';
import { createTokenShare } from './usage/token-share.ts';

/** What all processes share, and who is told of the calls. */
export interface AiraloParts {
  readonly registry: Registry;
  readonly gate: CallGate;
  readonly pace: CallPace;
  readonly paceIntervalMs: number;
  readonly credentials: CredentialService;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
}

/** As the log and the alert channel name them. */
const AIRALO_CREDENTIALS = 'AIRALO_CLIENT_SECRET';

/** The one client of the process: its token and its pace are shared with the others, its credentials watched. */
export function openAiralo(
  settings: AiraloSettings,
  { registry, gate, pace, paceIntervalMs, credentials, metrics, clock, log }: AiraloParts,
): AiraloClient {
  return watchAiraloCredentials(
    createAiraloClient({
      ...settings,
      clock,
      log,
      tokenShare: createTokenShare(registry, gate, clock),
      takeTurn: createSendTurns({ pace, clock, intervalMs: paceIntervalMs }),
      onCall: ({ endpoint, status, tookMs }) => metrics.airaloCalled(endpoint, String(status), tookMs),
    }),
    clock,
    {
      refused: (error, remedy) =>
        credentials.refused({ name: AIRALO_CREDENTIALS, service: 'airalo', error, remedy }),
      taken: () => credentials.taken(AIRALO_CREDENTIALS),
    },
  );
}
