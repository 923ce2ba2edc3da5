import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

/** One question as it came over the wire. */
interface HeardQuestion {
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** A reseller's server that does what a test says. */
export interface LookupServer {
  readonly url: string;
  readonly heard: readonly HeardQuestion[];
  /** Taken from the next question on. */
  answer: (response: ServerResponse) => void;
  close(): Promise<void>;
}

/** Answers with these matches until told otherwise. */
export async function startLookupServer(matches: unknown = []): Promise<LookupServer> {
  const heard: HeardQuestion[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ body: Buffer.concat(chunks).toString(), headers: request.headers });
      it_.answer(response);
    });
  });
  const { url, close } = await listen(server);
  const it_: LookupServer = {
    url: `${url}/lookup`,
    heard,
    answer: (response) => json(response, { matches }),
    close,
  };
  return it_;
}

export function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
