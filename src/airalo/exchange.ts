import { Agent, type Dispatcher, request } from 'undici';
import { AiraloUnavailableError, UnreadableBodyError } from './errors.ts';

/** One answer of Airalo's, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | string[] | undefined;
  readonly date: string | undefined;
  readonly text: string;
}

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Exchange {
  /** Throws `AiraloUnavailableError` when there is no whole answer, `UnreadableBodyError` when it is too large. */
  send(question: Question, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

const CONNECT_MS = 3_000;
const HEADERS_MS = 7_000;
const BODY_MS = 7_000;
/** A usage body has some 300 bytes. */
const LARGEST_BODY_BYTES = 64 * 1024;
const CONNECTIONS = 8;

/** The socket side of the client: connection pool, time-outs, a bound on the body. No redirect is followed. */
export function createExchange(baseUrl: string, userAgent: string): Exchange {
  const agent = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_MS },
    headersTimeout: HEADERS_MS,
    bodyTimeout: BODY_MS,
  });
  return {
    async send(question, signal) {
      try {
        const response = await request(`${baseUrl}${question.path}`, {
          dispatcher: agent,
          method: question.method,
          signal,
          headers: {
            // Without it an error can come back as a page of HTML with status 500.
            accept: 'application/json',
            'accept-encoding': 'identity',
            'user-agent': userAgent,
            ...question.headers,
          },
          ...(question.body === undefined ? {} : { body: question.body }),
        });
        return await whole(response);
      } catch (error) {
        if (error instanceof UnreadableBodyError) throw error;
        throw new AiraloUnavailableError(`No answer from Airalo: ${reasonOf(error)}`, { cause: error });
      }
    },
    close: () => agent.destroy(),
  };
}

async function whole(response: Dispatcher.ResponseData): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > LARGEST_BODY_BYTES)
      throw new UnreadableBodyError(`Airalo's answer is larger than ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(part);
  }
  const { 'retry-after': retryAfter, date } = response.headers;
  return {
    status: response.statusCode,
    retryAfter,
    date: typeof date === 'string' ? date : undefined,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The code where there is one: messages of sockets name hosts and ports, which the log need not repeat. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.name;
}
