import { createHmac } from 'node:crypto';
import { Agent, type Dispatcher } from 'undici';
import type { z } from 'zod';
import { type Clock, deadlineSignal } from '../clock.ts';
import { type ProxySettings, requestUntil, throughProxy } from '../proxy.ts';
import type { DeliveryOutcome } from '../usage/platform.ts';
import { VERSION } from '../version.ts';
import { PrivateAddressError, publicLookup, wrongWithCallback } from './callback-target.ts';
import { instant } from './replies.ts';
import type { callbackBody } from './schemas.ts';

/** Sends callbacks. */
export interface CallbackSender {
  /** One try. Never throws for what a receiver may do; nothing of its answer is read but the status and the type. */
  send(
    url: string,
    secret: string,
    content: Omit<z.infer<typeof callbackBody>, 'sentAt'>,
    signal: AbortSignal,
  ): Promise<DeliveryOutcome>;
  close(): Promise<void>;
}

/** HMAC-SHA256 of the raw body in hex; the body holds `sentAt`, so that an old one can be told. */
const SIGNATURE_HEADER = 'esim-usage-signature';
/** Connection, answer and all. */
const TIMEOUT_MS = 10_000;
/** The receiver asks for another try later (RFC 9110, RFC 6585, RFC 8470). */
const LATER = [408, 425, 429];
const MAX_RETRY_AFTER_S = 3_600;

/** `privateAllowed`: also plain http and private networks. Through a proxy names are resolved by the proxy, which then decides where it goes. */
export function createCallbackSender({
  privateAllowed,
  proxy,
  clock,
}: {
  readonly privateAllowed: boolean;
  readonly proxy: ProxySettings | undefined;
  readonly clock: Clock;
}): CallbackSender {
  const connect = { timeout: TIMEOUT_MS, ...(privateAllowed ? {} : { lookup: publicLookup }) };
  const dispatcher: Dispatcher = proxy ? throughProxy(proxy, { connect }) : new Agent({ connect });

  return {
    async send(url, secret, content, signal) {
      const wrong = wrongWithCallback(url, privateAllowed);
      if (wrong !== undefined)
        return { kind: 'undeliverable', reason: `No callback is sent there: ${wrong}` };
      const body = JSON.stringify({ ...content, sentAt: instant(clock.now()) });
      const deadline = deadlineSignal(clock, TIMEOUT_MS, signal);
      try {
        // Redirects are not followed (undici's default): the answer is meant for this address alone.
        const response = await requestUntil(url, {
          dispatcher,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': `esim-usage-bot/${VERSION}`,
            'idempotency-key': content.id,
            [SIGNATURE_HEADER]: createHmac('sha256', secret).update(body).digest('hex'),
          },
          body,
          signal: deadline.signal,
        });
        // Read by nobody, however long it is.
        response.body.on('error', () => undefined).destroy();
        return outcomeOf(response, clock.now());
      } catch (error) {
        if (isPrivate(error))
          return {
            kind: 'undeliverable',
            reason: 'No callback is sent there: it leads into a private network',
          };
        return { kind: 'retry', error: codeOf(error) };
      } finally {
        deadline.dispose();
      }
    },
    close: () => dispatcher.destroy(),
  };
}

function outcomeOf({ statusCode, headers }: Dispatcher.ResponseData, now: number): DeliveryOutcome {
  const [type = ''] = [headers['content-type'] ?? ''].flat();
  // The word of something in between: a proxy's sign-in or its refusal, a host without the receiver.
  const isPage = /^text\/html\b/i.test(type);
  if (statusCode >= 200 && statusCode < 300)
    return isPage
      ? { kind: 'retry', error: 'a page instead of an answer' }
      : { kind: 'delivered', route: 'callback' };
  const error = `HTTP ${statusCode}`;
  const mayPass = statusCode >= 500 || LATER.includes(statusCode) || (isPage && statusCode >= 400);
  if (mayPass) {
    const [seconds = ''] = [headers['retry-after'] ?? ''].flat();
    if (!/^\d+$/.test(seconds)) return { kind: 'retry', error };
    return { kind: 'retry', error, notBefore: now + Math.min(Number(seconds), MAX_RETRY_AFTER_S) * 1000 };
  }
  const reason = `The receiver answered ${error}${statusCode < 400 ? '; redirects are not followed' : ''}`;
  return { kind: 'undeliverable', reason };
}

function isPrivate(error: unknown): boolean {
  if (error instanceof PrivateAddressError) return true;
  return error instanceof Error && error.cause !== undefined && isPrivate(error.cause);
}

/** A code, or a name: messages of sockets name hosts. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'network';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
