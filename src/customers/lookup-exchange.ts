import { Agent, type Dispatcher } from 'undici';
import { type ProxySettings, requestUntil, throughProxy } from '../proxy.ts';
import { VERSION } from '../version.ts';
import { LookupFailedError } from './lookup-errors.ts';
import type { LookupRequest } from './lookup-request.ts';

/** One POST to the reseller's server: the text of a 200, or a `LookupFailedError`. */
export interface LookupExchange {
  send(asked: LookupRequest, signal: AbortSignal, now: number): Promise<string>;
  close(): Promise<void>;
}

const CONNECT_MS = 2_000;
const CONNECTIONS = 4;
/** A hundred eSIMs with their labels have some ten kilobytes. */
const LARGEST_BYTES = 256 * 1024;
/** How long a server may wish not to be asked. */
const MAX_WAIT_MS = 15 * 60_000;

/** The socket side: no redirect is followed, so that nothing that is signed goes elsewhere; no more of a body is read than may come. */
export function createLookupExchange(url: string, proxy?: ProxySettings): LookupExchange {
  const options = { connections: CONNECTIONS, connect: { timeout: CONNECT_MS } };
  const agent = proxy ? throughProxy(proxy, options) : new Agent(options);

  async function answerTo({ body, headers }: LookupRequest, signal: AbortSignal) {
    try {
      return await requestUntil(url, {
        dispatcher: agent,
        method: 'POST',
        signal,
        body,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': `esim-usage-bot/${VERSION}`,
          ...headers,
        },
      });
    } catch (error) {
      throw new LookupFailedError('server', reasonOf(error), { cause: error });
    }
  }

  return {
    async send(asked, signal, now) {
      const response = await answerTo(asked, signal);
      const { statusCode: status, headers, body } = response;
      if (status !== 200) {
        // Not read: the connection is given up with it.
        body.on('error', () => undefined).destroy();
        const away = status >= 500 || status === 429 || status === 408;
        const retryAt = retryAfter(headers['retry-after'], now);
        throw new LookupFailedError(away ? 'server' : 'agreement', `status ${status}`, { retryAt, status });
      }
      return textOf(response);
    },
    close: () => agent.destroy(),
  };
}

async function textOf({ headers, body }: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      // Counted while it comes: a length in a header is only a claim.
      if (bytes > LARGEST_BYTES) throw new RangeError(`larger than ${LARGEST_BYTES} bytes`);
      chunks.push(part);
    }
  } catch (error) {
    throw new LookupFailedError(error instanceof RangeError ? 'agreement' : 'server', reasonOf(error), {
      cause: error,
    });
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
    throw new LookupFailedError('agreement', 'packed, which was not asked for');
  return Buffer.concat(chunks).toString('utf8');
}

/** Whole seconds; the other form, a date, is seldom and left out. */
function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const seconds = Number(header);
  return header !== undefined && Number.isInteger(seconds) && seconds > 0
    ? now + Math.min(seconds * 1000, MAX_WAIT_MS)
    : undefined;
}

/** The code where there is one: messages of sockets name hosts and ports. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const [first] = error instanceof AggregateError ? error.errors : [];
  if (first instanceof Error) return reasonOf(first);
  return error instanceof RangeError ? error.message : error.name;
}
