import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';

/**
 * What Airalo's server shows for a 500 when it was not asked for JSON. Its title is the one that
 * was seen.
 */
export const HTML_ERROR = '<!DOCTYPE html><html><title>Airalo Partners - Server Error</title></html>';
/** Far above the client's bound. */
const HUGE_BYTES = 1_000_000;

/** A JSON answer. */
export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** A 429 as documented: only a top-level message, and the header when there is one. */
export function sendRateLimited(response: ServerResponse, retryAfter: string | undefined): void {
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
  send(response, 429, { message: 'Too Many Attempts.' });
}

/**
 * Answers with the fault; false when the fault only changes the usual answer. After a true nothing
 * more may be written to the response.
 */
export function sendDamaged(fault: Fault, response: ServerResponse): boolean {
  switch (fault.kind) {
    case 'status':
      sendStatus(response, fault.status, fault.body);
      return true;
    case 'rate-limited':
      sendRateLimited(response, fault.retryAfter);
      return true;
    case 'drop-connection':
      response.destroy();
      return true;
    case 'truncated':
      // Ends within a number: half a figure must not be taken for a whole one.
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"data":{"remaining":13');
      return true;
    case 'not-json':
      // As a proxy between the two does it: status 200 and a page.
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>Maintenance</p>');
      return true;
    case 'huge':
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(`{"data":"${'x'.repeat(HUGE_BYTES)}"}`);
      return true;
    case 'hang':
    case 'numbers-as-strings':
    case 'without-voice-and-text':
      return false;
    default:
      return fault satisfies never;
  }
}

/** 5xx come as pages of HTML, the rest as JSON. */
function sendStatus(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined && status >= 500) {
    response.writeHead(status, { 'Content-Type': 'text/html' }).end(HTML_ERROR);
    return;
  }
  send(response, status, body ?? { data: [], meta: { message: `status ${status}` } });
}
