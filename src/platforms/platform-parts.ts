import type { Clock } from '../clock.ts';
import type { KnownEsim } from '../domain/known-esim.ts';
import type { InquiryRouter } from '../inquiries/inquiry-router.ts';
import type { Log } from '../log.ts';
import type { AlertService } from '../usage/alert-board.ts';
import type { BulkService } from '../usage/bulk-board.ts';
import type { CredentialReport } from '../usage/credentials.ts';
import type { PlatformName, StartError, UsageService } from '../usage/platform.ts';
import type { NamesOf } from './chat/seam.ts';

/** What every platform is made from, beside its own settings. */
export interface PlatformParts {
  readonly usageService: UsageService;
  readonly inquiries: InquiryRouter;
  readonly alerts: AlertService;
  readonly bulk: BulkService;
  /** What a person may be offered while they type: their own recent eSIMs, and those the team has named. */
  readonly knownTo: (asker: string) => Promise<readonly KnownEsim[]>;
  /** What the team calls its eSIMs; those without a name are left out. Never throws. Absent: nobody names any. */
  readonly namesOf?: NamesOf;
  /** Of what is posted in alert channels, BCP 47. */
  readonly alertLocale: string;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * The service has closed the connection for good (intents refused, token reset): what that means for the process is not
   * the platform's to decide. It is started anew when the process goes on.
   */
  lost(platform: PlatformName, error: StartError): void;
  /** Told whether the service takes the platform's credentials, as often as that shows. */
  readonly credentials: CredentialReport;
  /**
   * Told of each acknowledgement, for the metrics: whether it went out, and how long after the question had come in.
   * People see the platform's own error where none comes within three seconds.
   */
  readonly onAcknowledged?: (platform: PlatformName, outcome: 'sent' | 'lost', tookMs: number) => void;
}
