import { type App, type Logger, SocketModeReceiver, type webApi } from '@slack/bolt';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { type Clock, deadlineSignal, endsWithin, orAborted } from '../../clock.ts';

/** One connection to Slack, from its `hello` to its end. */
export interface SlackSocket {
  /** `recycle`: Slack will close it soon and wants another to be opened. `lost`: nothing comes through it any more. */
  readonly ended: Promise<'recycle' | 'lost'>;
  /** False as soon as the library has begun to close it, which is long before it says so when the peer is silent. */
  isOpen(): boolean;
  /** Says goodbye to Slack, and cuts the connection where Slack does not answer. Idempotent. */
  close(): Promise<void>;
}

/** What a connection is made from. */
export interface SocketParts {
  /** `xapp-`, with the scope `connections:write`. A secret. */
  readonly appToken: string;
  /** Of the call that asks for the address; the connection itself has no options of ours. */
  readonly clientOptions: webApi.WebClientOptions;
  readonly logger: Logger;
  /** The way through a proxy. */
  readonly dispatcher?: Dispatcher;
  readonly clock: Clock;
}

/** Asking for the address and the upgrade, together: less than the fifteen seconds in which the bot is back. */
const CONNECT_WITHIN_MS = 7_000;
/** Slack's own close frame comes at once or not at all. */
const GOODBYE_MS = 1_000;

const disconnect = z.object({ type: z.literal('disconnect') });

/**
 * Opens one connection with the library's client, whose own reconnecting is off: it gives up for good after one
 * `apps.connections.open` that met the network or a 5xx (`retrieveWSSURL` in @slack/socket-mode 3), waits for an
 * upgrade without end, and closes a connection five seconds before it opens the next. Rejects with the library's
 * error, or with the signal's reason.
 */
export async function openSocket(parts: SocketParts, app: App, signal: AbortSignal): Promise<SlackSocket> {
  const { appToken, clientOptions, logger, clock, dispatcher } = parts;
  const receiver = new SocketModeReceiver({
    appToken,
    ...(dispatcher ? { dispatcher } : {}),
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { ...clientOptions } },
  });
  receiver.init(app);
  const { client } = receiver;
  let gone = false;
  const ended = new Promise<'recycle' | 'lost'>((resolve) => {
    // The library closes at once when Slack announces the end: what is said meanwhile would be lost.
    const [pass] = client.listeners('ws_message');
    client.removeAllListeners('ws_message');
    client.on('ws_message', (data: unknown, isBinary: unknown) => {
      if (isDisconnect(data)) resolve('recycle');
      else pass?.call(client, data, isBinary);
    });
    client.on('close', () => {
      gone = true;
      resolve('lost');
    });
  });
  /** The second call does not wait for the peer's close frame, which may never come. */
  const cut = () => {
    void client.disconnect();
    if (!gone) void client.disconnect();
  };
  const starting = client.start();
  const budget = deadlineSignal(clock, CONNECT_WITHIN_MS, signal);
  try {
    await orAborted(starting, budget.signal);
  } catch (error) {
    cut();
    // Its address may still come, and the library would then connect.
    starting.then(cut, () => undefined);
    throw error;
  } finally {
    budget.dispose();
  }
  return {
    ended,
    isOpen: () => !gone && client.websocket?.isActive() === true,
    async close() {
      if (gone) return;
      const left = new Promise<void>((resolve) => client.once('close', () => resolve()));
      void client.disconnect();
      if (!(await endsWithin(clock, left, GOODBYE_MS)) && !gone) cut();
    },
  };
}

function isDisconnect(data: unknown): boolean {
  // Spares every other message a second parsing.
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return false;
  try {
    return disconnect.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
