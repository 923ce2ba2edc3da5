import { connect, createServer, type Socket } from 'node:net';
import type { Clock } from '../../src/clock.ts';

/** How the connection to Redis fails. */
export const STORE_LINK_FAULTS = [
  'reset',
  'refused for 8 s',
  'silent for 8 s',
  'silent for 40 s',
  'slow for 8 s',
] as const;
export type StoreLinkFault = (typeof STORE_LINK_FAULTS)[number];

/** Between the bots and Redis: bytes, until it fails. */
export interface StoreProxy {
  readonly port: number;
  fail(fault: StoreLinkFault): void;
  close(): Promise<void>;
}

const LENGTHS_MS: Readonly<Record<StoreLinkFault, number>> = {
  reset: 0,
  'refused for 8 s': 8_000,
  'silent for 8 s': 8_000,
  'silent for 40 s': 40_000,
  'slow for 8 s': 8_000,
};
const SLOW_MS = 400;

export const storeFaultLength = (fault: StoreLinkFault): number => LENGTHS_MS[fault];

export async function startStoreProxy(target: URL, clock: Clock): Promise<StoreProxy> {
  const sockets = new Set<Socket>();
  let way: 'open' | 'silent' | 'slow' = 'open';
  const held: (() => void)[] = [];
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    link(near, far);
    link(far, near);
  });

  function link(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    from.on('data', (bytes: Buffer) => {
      const pass = () => {
        if (!to.destroyed) to.write(bytes);
      };
      if (way === 'silent') held.push(pass);
      else if (way === 'slow') void clock.sleep(SLOW_MS).then(pass);
      else pass();
    });
  }
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const listen = (port: number) =>
    new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const later = (fault: StoreLinkFault, then: () => void) => void clock.sleep(LENGTHS_MS[fault]).then(then);
  return {
    port,
    fail(fault) {
      switch (fault) {
        case 'reset':
          return cut();
        case 'refused for 8 s':
          server.close();
          cut();
          return later(fault, () => void listen(port));
        case 'silent for 8 s':
        case 'silent for 40 s':
          way = 'silent';
          return later(fault, () => {
            way = 'open';
            for (const pass of held.splice(0)) pass();
          });
        case 'slow for 8 s':
          way = 'slow';
          return later(fault, () => {
            way = 'open';
          });
        default:
          return fault satisfies never;
      }
    },
    close: () =>
      new Promise((resolve) => {
        cut();
        if (server.listening) server.close(() => resolve());
        else resolve();
      }),
  };
}
