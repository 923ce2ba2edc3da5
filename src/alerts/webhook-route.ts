import type { IncomingMessage, ServerResponse } from 'node:http';
import { readWebhook, WEBHOOK_PATH } from '../airalo/webhook-events.ts';
import { isSignature, SIGNATURE_HEADER, signatureHolds } from '../airalo/webhook-signature.ts';
import type { AlertEvent } from '../domain/alert.ts';
import type { Log } from '../log.ts';
import { answer, bodyOf, type HttpRoute, refuseRest } from '../ops/http.ts';
import { StoreError } from '../storage/ports.ts';

/** A warning has some 150 bytes; an order, which is only acknowledged, can hold several eSIMs and their instructions. */
const LARGEST_BODY_BYTES = 256 * 1024;
/** A wish: Airalo's documents name its own 15 minutes only. */
const RETRY_AFTER_SECONDS = 60;

/** What the route needs. */
export interface WebhookParts {
  /** The key of the signatures. */
  readonly clientSecret: string;
  /** Resolves only once the event is durable. */
  receive(event: AlertEvent): Promise<'added' | 'duplicate' | 'unheard'>;
  readonly log: Log;
}

/**
 * `POST /airalo/webhooks`: 200 as soon as the event is durable (Airalo takes anything from 204 on as a failure and repeats it
 * twenty times, 15 minutes apart), 401 for what is not signed by Airalo, 503 while the store takes nothing.
 * 413 for more than 256 KB. What is signed and cannot be read, or is about an order, is answered
 * 200 and dropped.
 */
export function webhookRoutes({ clientSecret, receive, log }: WebhookParts): HttpRoute[] {
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const signature = request.headers[SIGNATURE_HEADER];
    // Before the body is read: whoever has no signature gets no memory either.
    if (!isSignature(signature)) {
      log.warn('A webhook without a signature of Airalo was refused');
      return refuseRest(request, response, 401, 'The signature does not hold.');
    }
    const body = await bodyOf(request, LARGEST_BODY_BYTES);
    if (body === 'broken-off') return void response.destroy();
    if (body === 'too-large') return refuseRest(request, response, 413, 'Too large.');
    if (!signatureHolds(clientSecret, body, signature)) {
      log.warn({ bytes: body.length }, 'A webhook without a signature of Airalo was refused');
      return answer(response, 401, 'The signature does not hold.');
    }
    const event = readWebhook(body.toString('utf8'));
    if (event.kind === 'unreadable') {
      // It would be no more readable the twentieth time.
      log.error({ why: event.why }, 'A signed webhook of Airalo could not be read');
      return answer(response, 200, 'Not understood.');
    }
    if (event.kind === 'order') return answer(response, 200, 'Not needed.');
    try {
      const result = await receive(event);
      log.info({ event: event.kind, result }, 'An alert of Airalo came in');
      answer(response, 200, 'ok');
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log.error({ err: error }, 'An alert could not be stored; Airalo will send it again');
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      answer(response, 503, 'Please send it again.');
    }
  }

  return [
    { method: 'HEAD', path: WEBHOOK_PATH, handle: (_request, response) => answer(response, 200, '') },
    { method: 'POST', path: WEBHOOK_PATH, handle: take },
  ];
}
