import type { Readable } from 'node:stream';
import { type Clock, deadlineSignal } from '../../clock.ts';
import { requestUntil } from '../../proxy.ts';

/** A file somebody attached, as far as it may be fetched. */
export interface DownloadRequest {
  readonly url: string;
  /** The platform's own servers: nobody else gets the headers, and nothing is fetched from elsewhere. */
  readonly mayAsk: (url: URL) => boolean;
  /** Secret where it names a token; never logged. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes. What is longer is not read to its end. */
  readonly mostBytes: number;
}

/** What fetching comes to. `error` names no address: one may carry a signature. */
export type Download =
  | { readonly kind: 'ok'; readonly bytes: Buffer; readonly contentType: string }
  | { readonly kind: 'too-large' }
  /** Another try leads nowhere: a foreign host, a redirect, a refusal. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Down or slow. */
  | { readonly kind: 'unreachable'; readonly error: string };

/** For the whole of it, body included. */
const TIMEOUT_MS = 15_000;

/**
 * Fetches what a person attached. Redirects are not followed: they would take a token to another host. The announced
 * length is believed only when it is too long; the bytes are counted while they come. Never throws.
 */
export async function download(clock: Clock, wanted: DownloadRequest): Promise<Download> {
  const url = URL.canParse(wanted.url) ? new URL(wanted.url) : undefined;
  if (!url || !wanted.mayAsk(url)) return { kind: 'refused', error: 'not one of the platform’s servers' };
  const deadline = deadlineSignal(clock, TIMEOUT_MS);
  try {
    const { statusCode, headers, body } = await requestUntil(url, {
      headers: { ...wanted.headers },
      signal: deadline.signal,
    });
    // Cutting it off makes an error that nobody waits for.
    body.on('error', () => undefined);
    if (statusCode !== 200) {
      body.destroy();
      const passing = statusCode >= 500 || statusCode === 429;
      return { kind: passing ? 'unreachable' : 'refused', error: `HTTP ${statusCode}` };
    }
    const contentType = String(headers['content-type'] ?? '');
    const bytes = await readAtMost(body, wanted.mostBytes, Number(headers['content-length'] ?? 0));
    return bytes ? { kind: 'ok', bytes, contentType } : { kind: 'too-large' };
  } catch (error) {
    return { kind: 'unreachable', error: error instanceof Error ? error.name : 'network' };
  } finally {
    deadline.dispose();
  }
}

/** Undefined when there is more than that; the connection is cut then. */
async function readAtMost(body: Readable, mostBytes: number, announced: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = announced > mostBytes ? announced : 0;
  if (length === 0)
    for await (const chunk of body) {
      const piece = Buffer.from(chunk);
      length += piece.length;
      if (length > mostBytes) break;
      chunks.push(piece);
    }
  if (length <= mostBytes) return Buffer.concat(chunks);
  body.destroy();
  return undefined;
}
