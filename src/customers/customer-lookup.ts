import { LRUCache } from 'lru-cache';
import { createCircuit } from '../circuit.ts';
import { type Clock, deadlineSignal } from '../clock.ts';
import type { CustomerLookupSettings } from '../config.ts';
import type { Log } from '../log.ts';
import type { CustomerQueryKind, CustomerRecords, CustomerResult } from '../usage/customer-records.ts';
import { LookupFailedError } from './lookup-errors.ts';
import { createLookupExchange } from './lookup-exchange.ts';
import { readLookupReply } from './lookup-reply.ts';
import { lookupRequest } from './lookup-request.ts';

/** Who is told, and by which clock it goes. */
export interface CustomerLookupParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Of each question that went out; `outcome` is the kind of its result. */
  readonly onCall?: (outcome: CustomerResult['kind'], tookMs: number) => void;
}

/** A person waits for it, and Airalo may have to be asked behind it. */
const BUDGET_MS = 4_000;
/** So long somebody may go on with the same customer without another question. */
const FRESH_MS = 60_000;
const MAX_KEPT = 200;
const COMPLAIN_EVERY_MS = 60_000;

/**
 * The reseller's own records over HTTP: one signed POST for each question, never repeated by itself. Answers are kept for a minute in this
 * process' memory and nowhere else; while the server is away or answers nonsense it is not asked for a while.
 */
export function createCustomerLookup(
  { url, secret, proxy }: CustomerLookupSettings,
  { clock, log, onCall }: CustomerLookupParts,
): CustomerRecords & { close(): Promise<void> } {
  const exchange = createLookupExchange(url, proxy);
  const kept = new LRUCache<string, CustomerResult>({
    max: MAX_KEPT,
    ttl: FRESH_MS,
    ttlResolution: 0,
    perf: clock,
  });
  const asking = new Map<string, Promise<CustomerResult>>();
  let notBefore = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  const circuit = createCircuit({
    clock,
    isFailure: (error) => error instanceof LookupFailedError,
    refusal: (retryAt) => new LookupFailedError('server', NOT_ASKED, { retryAt }),
    onOpen: ({ reason }) =>
      log.error(
        { cause: reason },
        'The server of CUSTOMER_LOOKUP_URL fails again and again, not asked for a while',
      ),
    onClose: () => log.info('The server of CUSTOMER_LOOKUP_URL answers again'),
  });

  async function ask(query: string, kind: CustomerQueryKind, signal: AbortSignal): Promise<CustomerResult> {
    const now = clock.now();
    const text = await exchange.send(lookupRequest(secret, query, kind, now), signal, now);
    const matches = readLookupReply(text);
    if (typeof matches === 'string') throw new LookupFailedError('agreement', matches);
    return { kind: 'found', matches };
  }

  async function result(query: string, kind: CustomerQueryKind): Promise<CustomerResult> {
    const startedAt = clock.now();
    if (startedAt < notBefore && notBefore - startedAt <= MAX_AHEAD_MS)
      return { kind: 'unavailable', until: notBefore };
    const budget = deadlineSignal(clock, BUDGET_MS);
    try {
      const answer = await circuit(() => ask(query, kind, budget.signal), budget.signal);
      onCall?.(answer.kind, clock.now() - startedAt);
      return answer;
    } catch (error) {
      if (!(error instanceof LookupFailedError) && !budget.signal.aborted) throw error;
      const failure = error instanceof LookupFailedError ? error : new LookupFailedError('server', 'TIMEOUT');
      const ended = endOf(failure);
      if (failure.reason !== NOT_ASKED) {
        onCall?.(ended.kind, clock.now() - startedAt);
        tell(failure);
        notBefore = failure.retryAt ?? notBefore;
      }
      return ended;
    } finally {
      budget.dispose();
    }
  }

  /** Once in a while: a server that is away fails every question. */
  function tell({ reason, lies }: LookupFailedError): void {
    const agoMs = clock.now() - toldAt;
    if (agoMs >= 0 && agoMs < COMPLAIN_EVERY_MS) return;
    toldAt = clock.now();
    if (lies === 'server') log.warn({ cause: reason }, 'The reseller’s records could not be asked');
    else
      log.error(
        { cause: reason, remedy: REMEDY },
        'The server of CUSTOMER_LOOKUP_URL does not answer as agreed',
      );
  }

  return {
    async find(query, kind) {
      const key = `${kind}\n${query}`;
      // Not only what is asked for: nobody's eSIMs stay in memory beyond their time.
      kept.purgeStale();
      const known = kept.get(key);
      if (known) return known;
      const running = asking.get(key) ?? result(query, kind).finally(() => asking.delete(key));
      asking.set(key, running);
      const answer = await running;
      if (answer.kind === 'found') kept.set(key, answer);
      return answer;
    },
    close: () => exchange.close(),
  };
}

const NOT_ASKED = 'not asked for a while after many failures';
/** No server may close itself for longer; more means that the clock was put back. */
const MAX_AHEAD_MS = 15 * 60_000;
const REMEDY = 'Compare the server with docs/find.md: its address, its secret, and the JSON it sends';

function endOf({ lies, retryAt }: LookupFailedError): CustomerResult {
  if (lies === 'agreement') return { kind: 'operator-needed' };
  return { kind: 'unavailable', ...(retryAt === undefined ? {} : { until: retryAt }) };
}
