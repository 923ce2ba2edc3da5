import { randomBytes } from 'node:crypto';
import { type Clock, deadlineSignal } from '../clock.ts';
import type { CustomerLookupSettings } from '../config.ts';
import type { Finding } from '../ops/doctor.ts';
import { LookupFailedError } from './lookup-errors.ts';
import { createLookupExchange, type LookupExchange } from './lookup-exchange.ts';
import { readLookupReply } from './lookup-reply.ts';
import { lookupRequest } from './lookup-request.ts';

/** Of nobody, and of no shop (RFC 2606): whoever looks for it finds nothing. */
const NOBODY = 'doctor@esim-usage-bot.invalid';
/** As long as a person's question may take. */
const BUDGET_MS = 4_000;
const SECRET = 'CUSTOMER_LOOKUP_SECRET';
const ADDRESS = 'CUSTOMER_LOOKUP_URL';
const FORM = 'Compare what it sends with docs/find.md';

/**
 * Asks the reseller's server for a customer there is not, signed as every question is, then once more with a signature of nobody's, which it
 * should refuse. Never throws for what a server may do, and reads nothing of anybody.
 */
export async function checkCustomerLookup(
  { url, secret, proxy }: CustomerLookupSettings,
  clock: Clock,
): Promise<Finding[]> {
  const exchange = createLookupExchange(url, proxy);
  try {
    const failure = await failureOf(exchange, secret, clock);
    if (failure !== undefined) return [findingOf(failure)];
    const found: Finding = { level: 'ok', what: `the server of ${ADDRESS} answers as agreed` };
    const stranger = await failureOf(exchange, randomBytes(32).toString('base64'), clock);
    return stranger === undefined ? [found, UNVERIFIED] : [found];
  } finally {
    await exchange.close();
  }
}

const UNVERIFIED: Finding = {
  level: 'warning',
  what: `the server of ${ADDRESS} answers a wrong signature, too: whoever knows its address reads your customers`,
  remedy:
    'Have it verify each request (docs/find.md, To verify a request; docs/customer-lookup-server.mjs does)',
};

/** Undefined where the answer is as agreed. */
async function failureOf(
  exchange: LookupExchange,
  secret: string,
  clock: Clock,
): Promise<LookupFailedError | undefined> {
  const deadline = deadlineSignal(clock, BUDGET_MS);
  const now = clock.now();
  try {
    const read = readLookupReply(
      await exchange.send(lookupRequest(secret, NOBODY, 'email', now), deadline.signal, now),
    );
    return typeof read === 'string' ? new LookupFailedError('agreement', read) : undefined;
  } catch (error) {
    if (error instanceof LookupFailedError && !deadline.signal.aborted) return error;
    if (deadline.signal.aborted) return new LookupFailedError('server', `no answer in ${BUDGET_MS / 1000} s`);
    throw error;
  } finally {
    deadline.dispose();
  }
}

function findingOf({ lies, reason, status }: LookupFailedError): Finding {
  if (status === 401 || status === 403)
    return {
      level: 'error',
      what: `the server of ${ADDRESS} refuses the bot (${reason})`,
      remedy: `Set the same ${SECRET} on both sides, and the clocks of both by the network: it refuses what is older than five minutes`,
    };
  if (status === 429)
    return {
      level: 'warning',
      what: `not checked: the server of ${ADDRESS} asks to wait (${reason})`,
      remedy: 'Ask the doctor again in a minute',
    };
  if (lies === 'agreement')
    return status === undefined
      ? {
          level: 'error',
          what: `the server of ${ADDRESS} answers otherwise than agreed: ${reason}`,
          remedy: FORM,
        }
      : {
          level: 'error',
          what: `the server of ${ADDRESS} takes no question there (${reason})`,
          remedy: `Correct ${ADDRESS}: redirects are not followed, and the answer is a 200 to a POST`,
        };
  return status === undefined
    ? {
        level: 'error',
        what: `the server of ${ADDRESS} cannot be reached (${reason})`,
        remedy: `Start it, check the network (DNS, certificate, proxy, firewall), and ${ADDRESS}`,
      }
    : {
        level: 'error',
        what: `the server of ${ADDRESS} fails (${reason})`,
        remedy: 'See its own log, and what stands between it and the bot',
      };
}
