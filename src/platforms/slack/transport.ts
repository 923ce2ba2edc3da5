import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Clock } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import type { HttpRoute } from '../../ops/http.ts';
import type { Log } from '../../ops/log.ts';
import { throughProxy } from '../../ops/proxy.ts';
import type { PlatformHealth } from '../../usage/platform.ts';
import { takeEvent } from './http-events.ts';
import { type AcknowledgementTold, TimedApp } from './timed-app.ts';
import { CLIENT_OPTIONS } from './web.ts';

/** Commands, events and interactivity alike come here over HTTP. */
export const EVENTS_PATH = '/slack/events';

/** How questions reach the bot: over a socket it opens, or over its own HTTP server. */
export interface Transport {
  readonly app: TimedApp;
  readonly routes: readonly HttpRoute[];
  open(): Promise<void>;
  close(): Promise<void>;
  health(): PlatformHealth;
}

/**
 * Socket Mode where there is an app token, else HTTP on the bot's own server, where Bolt checks each
 * signature.
 */
export function createTransport(
  settings: SlackSettings,
  log: Log,
  clock: Clock,
  told: AcknowledgementTold,
): Transport {
  const logger = boltLogger(log);
  const clientOptions = {
    ...CLIENT_OPTIONS,
    logger,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
  };
  const { botToken: token, transport } = settings;
  // Without `deferInitialization` the constructor would call Slack before anybody could hear of a failure.
  const common = { token, clientOptions, logger, deferInitialization: true, tokenVerificationEnabled: true };
  if (transport.kind === 'socket') {
    const receiver = new SocketModeReceiver({
      appToken: transport.appToken,
      // The library makes a dispatcher of its own for its socket, which knows of no proxy.
      ...(settings.proxy ? { dispatcher: throughProxy(settings.proxy) } : {}),
      logger,
      installerOptions: { clientOptions },
    });
    return overSocket(new TimedApp({ ...common, receiver }, clock, told), receiver);
  }
  // Bolt refuses a wrong or stale signature (older than five minutes) before anything is parsed.
  const receiver = new HTTPReceiver({
    signingSecret: transport.signingSecret,
    endpoints: EVENTS_PATH,
    logger,
  });
  return overHttp(new TimedApp({ ...common, receiver }, clock, told), receiver, transport.signingSecret);
}

function overSocket(app: TimedApp, receiver: SocketModeReceiver): Transport {
  let connected = false;
  receiver.client.on('connected', () => {
    connected = true;
  });
  // Slack's docs: a socket is refreshed now and then, announced by a `disconnect`; the client comes back by itself.
  for (const lost of ['disconnected', 'reconnecting', 'connecting'])
    receiver.client.on(lost, () => {
      connected = false;
    });
  return {
    app,
    routes: [],
    async open() {
      await app.init();
      await receiver.start();
    },
    close: async () => receiver.stop(),
    health: () => ({ ready: connected, detail: connected ? 'socket connected' : 'socket not connected' }),
  };
}

function overHttp(app: TimedApp, receiver: HTTPReceiver, signingSecret: string): Transport {
  let open = false;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    // Before the token is verified nothing can be answered: Slack sends events again.
    if (open) await takeEvent(receiver, signingSecret, request, response);
    else response.writeHead(503).end();
  };
  return {
    app,
    routes: [{ method: 'POST', path: EVENTS_PATH, handle }],
    async open() {
      await app.init();
      open = true;
    },
    async close() {
      open = false;
    },
    health: () => ({ ready: open, detail: open ? `POST ${EVENTS_PATH}` : 'not started' }),
  };
}

/** Bolt's words in our log, a level lower: it is verbose about what we handle ourselves. */
function boltLogger(log: Log): Logger {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (...words: unknown[]) => {
      log[level]({ from: 'bolt' }, words.map(String).join(' '));
    };
  return {
    debug: () => undefined,
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
