import { Agent, type Dispatcher } from 'undici';
import { type ProxySettings, requestUntil, throughProxy } from '../proxy.ts';
import { VERSION } from '../version.ts';
import { AiraloUnavailableError, UnreadableBodyError } from './errors.ts';
import { unpacked } from './unpack.ts';

/** One answer of Airalo's, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | string[] | undefined;
  readonly date: string | undefined;
  /** Empty where the body of an answer that is not 2xx broke off: its status says enough. */
  readonly text: string;
}

/** A request without what all of them have in common. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of the answer's body; 64 KB unless said. */
  readonly largestBytes?: number;
}

/** One request, one answer; no status is an error here, and nothing is tried twice. */
export interface Exchange {
  /**
   * Throws `AiraloUnavailableError` when no answer came, `UnreadableBodyError` when one of 2xx did, so that the call
   * was counted, but its body broke off, ran out of time or is too large.
   */
  send(question: Question, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** Together they stay within the client's budget of eight seconds. */
const CONNECT_MS = 3_000;
const HEADERS_MS = 7_000;
const BODY_MS = 7_000;
/** A usage body has some 300 bytes. */
const LARGEST_BODY_BYTES = 64 * 1024;
/** At four calls a second there is never more than a few under way. */
const CONNECTIONS = 8;

/** The socket side of the client: connection pool, time-outs, a bound on the body. No redirect is followed. */
export function createExchange(baseUrl: string, proxy?: ProxySettings): Exchange {
  const options = {
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_MS },
    headersTimeout: HEADERS_MS,
    bodyTimeout: BODY_MS,
  };
  const agent = proxy ? throughProxy(proxy, options) : new Agent(options);

  async function headersOf(question: Question, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    try {
      return await requestUntil(`${baseUrl}${question.path}`, {
        dispatcher: agent,
        method: question.method,
        signal,
        headers: {
          // Without it an error can come back as a page of HTML with status 500.
          accept: 'application/json',
          // A body of some hundred bytes needs no packing.
          'accept-encoding': 'identity',
          'user-agent': `esim-usage-bot/${VERSION}`,
          ...question.headers,
        },
        ...(question.body === undefined ? {} : { body: question.body }),
      });
    } catch (error) {
      const reason = reasonOf(error);
      throw new AiraloUnavailableError(`No answer from Airalo: ${reason}`, { cause: error, reason });
    }
  }

  return {
    async send(question, signal) {
      const response = await headersOf(question, signal);
      const { 'retry-after': retryAfter, date } = response.headers;
      return {
        status: response.statusCode,
        retryAfter,
        date: typeof date === 'string' ? date : undefined,
        text: await textOf(response, question.largestBytes ?? LARGEST_BODY_BYTES),
      };
    },
    close: () => agent.destroy(),
  };
}

async function textOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  largestBytes: number,
): Promise<string> {
  try {
    const bytes = await unpacked(
      await bytesOf(body, largestBytes),
      headers['content-encoding'],
      largestBytes,
    );
    const text = bytes.toString('utf8');
    // The mark at the beginning is no part of the text; `JSON.parse` would stumble over it.
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch (error) {
    if (statusCode < 200 || statusCode >= 300) return '';
    const reason = reasonOf(error);
    throw new UnreadableBodyError(`The body of Airalo's answer is not whole: ${reason}`, {
      cause: error,
      reason,
    });
  }
}

async function bytesOf(body: Dispatcher.ResponseData['body'], largestBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    // Counted while it comes: a length in a header is only a claim.
    if (bytes > largestBytes) throw new RangeError(`larger than ${largestBytes} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

/** The code where there is one: messages of sockets name hosts and ports, which the log need not repeat. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // A name with several addresses fails once for each.
  const [first] = error instanceof AggregateError ? error.errors : [];
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (first instanceof Error) return reasonOf(first);
  return error instanceof RangeError ? error.message : error.name;
}
