import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';

interface Tunnel {
  readonly near: Socket;
  readonly far: Socket;
  /** Nothing comes through any more, and nobody is told. */
  isSilent: boolean;
}

/** Connections that have become sockets: bytes in both directions. */
export interface Tunnels {
  open(request: IncomingMessage, near: Socket, head: Buffer): Tunnel;
  cut(tunnel: Tunnel): void;
  silence(tunnel: Tunnel): void;
  /** Those that are open. */
  all(): readonly Tunnel[];
  close(): void;
}

export function createTunnels(upstream: URL, rewrite: (bytes: Buffer) => Buffer, moved: () => void): Tunnels {
  const open = new Set<Tunnel>();
  return {
    open(request, near, head) {
      const far = connect(Number(upstream.port), upstream.hostname);
      const tunnel: Tunnel = { near, far, isSilent: false };
      open.add(tunnel);
      const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
      far.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
      near.on('data', (bytes: Buffer) => {
        moved();
        if (!tunnel.isSilent) far.write(bytes);
      });
      far.on('data', (bytes: Buffer) => {
        moved();
        if (!tunnel.isSilent) near.write(rewrite(bytes));
      });
      const end = (other: Socket) => () => {
        moved();
        open.delete(tunnel);
        if (!tunnel.isSilent) other.end();
      };
      far.on('error', () => undefined);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const)
        for (const event of ['end', 'close']) one.on(event, end(other));
      return tunnel;
    },
    cut({ near, far }) {
      near.resetAndDestroy();
      far.destroy();
    },
    silence(tunnel) {
      tunnel.isSilent = true;
      open.delete(tunnel);
      tunnel.far.destroy();
    },
    all: () => [...open],
    close() {
      for (const { far } of open) far.destroy();
    },
  };
}
