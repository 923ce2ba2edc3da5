import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { StoreError } from '../storage/ports.ts';
import { type Answer, refuse } from './answer.ts';
import { type Caller, callerOf } from './caller.ts';
import type { ApiKeys } from './keys.ts';
import type { Scope } from './scopes.ts';

/** Lets in who has a key. */
export interface Gatekeeper {
  /** The caller, or the answer that refuses them. Never throws for what a client may send. */
  admit(request: IncomingMessage, place: Caller['place']): Promise<Caller | Answer>;
  /** After a wait: the answer for a caller whose key was revoked meanwhile, undefined for one who still has it. Counts nothing. */
  refusedSince(caller: Caller): Promise<Answer | undefined>;
}

/** More than a program needs that heeds what it is told, and few enough that a loop without an end costs nobody else. */
const REQUESTS_A_MINUTE = 240;
const REALM = 'Bearer realm="esim-usage-bot"';

/** Requests are counted in memory, each process for itself. */
export function createGatekeeper(keys: ApiKeys): Gatekeeper {
  const limiter = new RateLimiterMemory({ points: REQUESTS_A_MINUTE, duration: 60 });

  async function admit(request: IncomingMessage, place: Caller['place']): Promise<Caller | Answer> {
    const [, key] = /^Bearer +([\w.~+/=-]{1,200})$/i.exec(request.headers.authorization ?? '') ?? [];
    if (key === undefined) return refuse('no-key', { headers: { 'WWW-Authenticate': REALM } });
    try {
      const holder = await keys.holderOf(key);
      if (!holder) return unknownKey();
      await limiter.consume(holder.id);
      return callerOf(holder, place);
    } catch (error) {
      if (error instanceof StoreError) return unseen();
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      return refuse('too-many-requests', { headers: { 'Retry-After': String(seconds) } });
    }
  }

  async function refusedSince({ keyId }: Caller): Promise<Answer | undefined> {
    try {
      return keyId === undefined || (await keys.find(keyId)) ? undefined : unknownKey();
    } catch (error) {
      if (error instanceof StoreError) return unseen();
      throw error;
    }
  }

  return { admit, refusedSince };
}

function unknownKey(): Answer {
  return refuse('unknown-key', { headers: { 'WWW-Authenticate': `${REALM}, error="invalid_token"` } });
}

/** Nobody is let in whose key cannot be looked up. */
function unseen(): Answer {
  return refuse('store-unavailable', { headers: { 'Retry-After': '5' } });
}

/** The answer for a caller whose key lacks a scope; undefined for one that has it. */
export function refusedFor({ scopes }: Caller, scope: Scope): Answer | undefined {
  if (scopes.includes(scope)) return undefined;
  const challenge = `${REALM}, error="insufficient_scope", scope="${scope}"`;
  return refuse('missing-scope', {
    detail: `It needs the scope ${scope}`,
    headers: { 'WWW-Authenticate': challenge },
  });
}
