import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { CustomerLookupSettings } from './config.ts';
import { createCustomerLookup } from './customers/customer-lookup.ts';
import type { Log } from './log.ts';
import { createSeal, keyedHash } from './storage/sealed/seal.ts';
import { createAccountSearch } from './usage/account-search.ts';
import type { NoteAudit } from './usage/audit-trail.ts';
import type { DetailReader } from './usage/detail-reader.ts';
import type { EsimDirectory } from './usage/esim-directory.ts';
import { createEsimSearch, type EsimSearch } from './usage/esim-search.ts';
import type { QuestionLimits } from './usage/question-limits.ts';
import { type QuestionVeil, veilWith } from './usage/question-veil.ts';

/** What finding eSIMs is made from. */
export interface SearchParts {
  readonly settings: CustomerLookupSettings | undefined;
  readonly storeKey: Buffer | undefined;
  readonly directory: EsimDirectory;
  readonly details: DetailReader;
  readonly limits: QuestionLimits;
  readonly noteAudit: NoteAudit;
  readonly onLookup?: (outcome: string, tookMs: number) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** The search, and what has to be closed with it. */
export interface OpenSearch {
  readonly search: EsimSearch;
  close(): Promise<void>;
}

/** The one search of the process, for every door to it. */
export function openSearch({
  settings,
  storeKey,
  directory,
  details,
  limits,
  noteAudit,
  onLookup,
  clock,
  log,
}: SearchParts): OpenSearch {
  const records =
    settings && createCustomerLookup(settings, { clock, log, ...(onLookup ? { onCall: onLookup } : {}) });
  const hashKey = storeKey ?? (settings && Buffer.from(settings.secret));
  const search = createEsimSearch({
    directory,
    account: createAccountSearch(details),
    records,
    limits,
    onEmail: ({ asker, place }, email, outcome) =>
      noteAudit({
        asker,
        place,
        outcome: `search-email-${outcome}`,
        ...(hashKey ? { hash: keyedHash(hashKey, email) } : {}),
      }),
  });
  return { search, close: async () => records?.close() };
}

/**
 * Only where people can ask by e-mail and the store has no key of its own: the key is made from the secret of the records, which every
 * process has.
 */
export function questionVeil(
  settings: CustomerLookupSettings | undefined,
  storeKey: Buffer | undefined,
): QuestionVeil | undefined {
  if (!settings || storeKey) return undefined;
  const key = createHash('sha256').update('esim-usage-bot questions').update(settings.secret).digest();
  return veilWith(createSeal([key]));
}
