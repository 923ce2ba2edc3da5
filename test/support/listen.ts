import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Opens a stand-in on a free port of the loopback; `close` cuts what is still connected. */
export async function listen(server: Server): Promise<{ url: string; close: () => Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Takes a connection and says nothing; it stands in `held` until the other side lets go of it. */
export function holdOpen(stream: Duplex, held: Set<Duplex>): void {
  held.add(stream);
  stream.on('error', () => undefined);
  stream.on('end', () => stream.destroy());
  stream.on('close', () => held.delete(stream));
  stream.resume();
}
