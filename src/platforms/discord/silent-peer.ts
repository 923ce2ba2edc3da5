import type { Clock } from '../../clock.ts';

/** A WebSocket of `ws`, as far as it is watched here. */
export interface PingableSocket {
  on(event: 'message' | 'pong' | 'close' | 'open', hear: () => void): unknown;
  ping(): void;
  terminate(): void;
}

const PING_EVERY_MS = 5_000;
/** The process was asleep, and has not listened either. */
const LATE_MS = 1_000;
const CLOSED = 'the socket is closed';

/**
 * Gives a socket up on which nothing has come for two pings. discord.js knows a peer that falls silent without closing by its heartbeats
 * alone, which Discord wants every 41 s: it took up to 82 s (measured). Every endpoint must answer a ping (RFC 6455, 5.5.2); one that never
 * has is left alone. Pings are no events, of which Discord allows 120 a minute.
 */
export function giveUpWhenSilent(socket: PingableSocket, clock: Clock): void {
  const over = new AbortController();
  let answers = false;
  let heard = true;
  socket.on('message', () => {
    heard = true;
  });
  socket.on('pong', () => {
    answers = heard = true;
  });
  socket.on('close', () => over.abort(CLOSED));
  socket.on('open', async () => {
    // At once: a peer that falls silent within the first seconds must be known as one that answers.
    socket.ping();
    for (let at = clock.now(); await isDue(); at = clock.now()) {
      const isLate = clock.now() - at > PING_EVERY_MS + LATE_MS;
      if (answers && !heard && !isLate) return socket.terminate();
      heard = false;
      socket.ping();
    }
  });

  /** False once the socket is closed. */
  function isDue(): Promise<boolean> {
    return clock.sleep(PING_EVERY_MS, over.signal).then(
      () => true,
      () => false,
    );
  }
}
