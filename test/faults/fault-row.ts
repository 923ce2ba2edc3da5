import type { TestContext } from 'vitest';
import { plainText } from '../../src/cards/plain-text.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import type { Reply } from '../../src/usage/reply.ts';

/** One row of docs/faults.md: each cell is what the test has seen, in a sentence. */
export interface FaultRow {
  readonly saw: string;
  readonly kept: string;
  readonly recovery: string;
}

declare module 'vitest' {
  interface TaskMeta {
    fault?: FaultRow;
  }
}

export function report({ task }: TestContext, row: FaultRow): void {
  task.meta.fault = row;
}

/** The words of a card, as a person reads them; times differ with each run. */
export function wordsOf(reply: Reply, now = Date.now()): string {
  const card = usageCard(reply, { audience: 'private', locale: 'en', now });
  return plainText(card, { locale: 'en', timeZone: 'UTC' })
    .replaceAll('\n', ' · ')
    .replace(/\d{1,2}:\d\d [AP]M/g, 'HH:MM');
}
