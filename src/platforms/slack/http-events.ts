import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPModuleFunctions, type HTTPReceiver } from '@slack/bolt';
import { answer, bodyOf, refuseRest } from '../../ops/http.ts';

/** Slack's largest payloads, a message with many blocks, have some 100 KB. */
const LARGEST_BODY_BYTES = 512 * 1024;

/**
 * Gives Bolt a request whose body is read already (it takes one under `rawBody`), so that a refused body ends its
 * connection cleanly. What is signed and no JSON object at all (`null`, a number) is refused here: Bolt fails on it
 * without an answer. Everything else, first of all a signature that does not hold, is answered by Bolt. A body above
 * the limit gets 413, whoever sent it: it is not read to its end to check a signature.
 */
export async function takeEvent(
  receiver: HTTPReceiver,
  signingSecret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const rawBody = await bodyOf(request, LARGEST_BODY_BYTES);
  if (rawBody === 'broken-off') return void response.destroy();
  if (rawBody === 'too-large') return refuseRest(request, response, 413, 'Too large.');
  const buffered = Object.assign(request, { rawBody });
  if (mayBeNoObject(buffered) && (await isSignedButNoObject(signingSecret, buffered)))
    return answer(response, 400, 'Not understood.');
  receiver.requestListener(buffered, response);
}

/** What every real payload is told by at once: else each would be verified and parsed twice, here and by Bolt. */
function mayBeNoObject({ headers, rawBody }: IncomingMessage & { readonly rawBody: Buffer }): boolean {
  const text = rawBody.toString();
  // As Bolt tells the two apart.
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return !text.startsWith('{');
  return text.includes('payload=') && !text.startsWith('payload=%7B');
}

async function isSignedButNoObject(
  signingSecret: string,
  request: IncomingMessage & { rawBody: Buffer },
): Promise<boolean> {
  try {
    const verified = await HTTPModuleFunctions.parseAndVerifyHTTPRequest({ signingSecret }, request);
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(verified);
    return typeof body !== 'object' || body === null || Array.isArray(body);
  } catch {
    // Bolt knows the status and the words for each of these.
    return false;
  }
}
