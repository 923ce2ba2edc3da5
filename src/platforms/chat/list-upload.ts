import type { Card } from '../../cards/card.ts';
import { usageCard } from '../../cards/usage-card.ts';
import type { BulkRefusal } from '../../domain/bulk.ts';
import type { Log } from '../../log.ts';
import type { AccessDecision } from '../../usage/access.ts';
import type { BulkService, BulkUpload, NamedFile } from '../../usage/bulk-board.ts';
import type { Download } from './download.ts';

/** A file beside a message, before it is fetched. */
export interface AttachedFile extends NamedFile {
  /** By the platform's own word. */
  readonly size: number;
  readonly url: string;
  /** Present where the event only names the file, and what it is has to be asked for. */
  readonly unseenId?: string | undefined;
}

/**
 * Fetches a list and hands it over; undefined when it is taken, and its message is the list's from then on. Otherwise
 * why not, for the person. Never fetches what is too large by the platform's own word.
 */
export async function takeList(
  bulk: BulkService,
  files: readonly AttachedFile[],
  fetch: (url: string, mostBytes: number) => Promise<Download>,
  upload: Omit<BulkUpload, 'bytes'>,
  log: Log,
): Promise<BulkRefusal | undefined> {
  const picked = bulk.pick(files);
  if (picked.kind === 'none') return picked.refusal;
  const tooLarge = { kind: 'too-large', mostKb: Math.floor(bulk.mostBytes / 1024) } as const;
  if (picked.file.size > bulk.mostBytes) return tooLarge;
  const found = await fetch(picked.file.url, bulk.mostBytes);
  switch (found.kind) {
    case 'ok':
      return bulk.start({ ...upload, bytes: found.bytes });
    case 'too-large':
      return tooLarge;
    case 'refused':
    case 'unreachable':
      log[found.kind === 'refused' ? 'error' : 'warn'](
        { requestId: upload.requestId, error: found.error },
        'A list could not be fetched',
      );
      return { kind: 'not-fetched' };
    default:
      return found satisfies never;
  }
}

/** The last word on a list whose asker may not read it any more. */
export function notAllowedCard(
  { need }: Extract<AccessDecision, { kind: 'refused' }>,
  locale: string,
  now: number,
): Card {
  return usageCard(
    { kind: 'refused', refusal: { reason: 'not-allowed', need } },
    { audience: 'private', locale, now },
  );
}
