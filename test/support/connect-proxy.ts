import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { holdOpen, listen } from './listen.ts';

export interface ConnectProxy {
  readonly url: string;
  /** What it was asked to connect to, as `host:port`, oldest first. */
  readonly tunnels: readonly string[];
  /** Requests to fetch something itself, which no client of ours may make: they are not private. */
  readonly plain: readonly string[];
  close(): Promise<void>;
}

/** A name that no resolver knows (RFC 2606): whoever reaches it has come through the proxy. */
export const BEHIND_PROXY = 'behind-the-proxy.invalid';

/** A forward proxy as companies run it (RFC 9110, 9.3.6), in front of stand-ins: every name leads to this computer. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const plain: string[] = [];
  const server = createServer((request, response) => {
    plain.push(request.url ?? '');
    response.writeHead(405).end();
  });
  server.on('connect', (request, client, head) => {
    const target = request.url ?? '';
    tunnels.push(target);
    const upstream = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  const { url, close } = await listen(server);
  return { url, tunnels, plain, close };
}

/** A forward proxy that takes whoever comes, and never says whether it lets them through. */
export async function startSilentProxy(): Promise<Pick<ConnectProxy, 'url' | 'close'>> {
  const held = new Set<Duplex>();
  const server = createServer();
  server.on('connect', (_request, client) => holdOpen(client, held));
  const { url, close } = await listen(server);
  return {
    url,
    async close() {
      for (const client of held) client.destroy();
      await close();
    },
  };
}
