import { Agent, request as forward, type IncomingMessage } from 'node:http';

/** What the service itself has answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Passes requests on to the service, and its answers back with the addresses in them replaced. */
export interface Forwarding {
  send(request: IncomingMessage, body: Buffer): Promise<Answer>;
  close(): void;
}

export function createForwarding(upstream: URL, rewrite: (bytes: Buffer) => Buffer): Forwarding {
  const agent = new Agent({ keepAlive: true });
  return {
    send: (request, body) =>
      new Promise((resolve, reject) => {
        const { host: _host, connection: _connection, ...headers } = request.headers;
        const { hostname: host, port } = upstream;
        const { method, url: path } = request;
        const going = forward({ host, port, agent, method, path, headers }, (answer) => {
          bytesOf(answer).then((bytes) => resolve(answerOf(answer, rewrite(bytes))), reject);
        });
        going.on('error', reject);
        going.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Without what belongs to the connection between the two alone. */
function answerOf({ statusCode, headers }: IncomingMessage, body: Buffer): Answer {
  const { connection: _kept, 'keep-alive': _alive, 'transfer-encoding': _coding, ...rest } = headers;
  return { status: statusCode ?? 502, headers: { ...rest, 'content-length': String(body.length) }, body };
}

export async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
