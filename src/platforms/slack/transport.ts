import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import type { Clock } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import type { Log } from '../../log.ts';
import type { HttpRoute } from '../../ops/http.ts';
import { throughProxy } from '../../proxy.ts';
import type { PlatformHealth } from '../../usage/platform.ts';
import { takeEvent } from './http-events.ts';
import { type AppTokenTold, keepSocket, type SocketKeeper } from './socket-keeper.ts';
import { type AcknowledgementTold, TimedApp } from './timed-app.ts';
import { CLIENT_OPTIONS } from './web.ts';

/** Commands, events and interactivity alike come here over HTTP. */
export const EVENTS_PATH = '/slack/events';

/** How questions reach the bot: over a socket it opens, or over its own HTTP server. */
export interface Transport {
  readonly app: TimedApp;
  /** Empty over a socket; else the one path that Slack is given in the app's settings. */
  readonly routes: readonly HttpRoute[];
  /**
   * After `app.init()`. Resolves once questions come; rejects with a `StartError` where Slack refuses the app token.
   */
  open(): Promise<void>;
  /** Takes no more questions. What is being worked on is left to its tracker. */
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
  appToken: AppTokenTold,
): Transport {
  const logger = boltLogger(log);
  const clientOptions = {
    ...CLIENT_OPTIONS,
    logger,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
  };
  const { botToken: token, transport } = settings;
  // Without `deferInitialization` the constructor would call Slack before anybody could hear of a failure.
  const common = {
    token,
    clientOptions,
    logger,
    deferInitialization: true,
    tokenVerificationEnabled: true,
    // Nothing is kept in it, and it costs a twentieth of an acknowledgement.
    convoStore: false as const,
    // What an execution of the workflow step brings along is a secret that nobody needs.
    attachFunctionToken: false,
  };
  if (transport.kind === 'socket') {
    const keeper = keepSocket(
      {
        appToken: transport.appToken,
        clientOptions: { ...clientOptions, logger: quiet(logger) },
        logger: quiet(logger),
        clock,
        // The library makes a dispatcher of its own for its socket, which knows of no proxy.
        ...(settings.proxy ? { dispatcher: throughProxy(settings.proxy) } : {}),
      },
      log,
      appToken,
    );
    return overSocket(new TimedApp({ ...common, receiver: keeper }, clock, told, log), keeper);
  }
  // Bolt refuses a wrong or stale signature (older than five minutes) before anything is parsed.
  const receiver = new HTTPReceiver({
    signingSecret: transport.signingSecret,
    endpoints: EVENTS_PATH,
    logger,
    // For the app to see whether anybody hears its acknowledgement.
    customPropertiesExtractor: ({ socket }) => ({ connection: socket }),
  });
  const app = new TimedApp({ ...common, receiver }, clock, told, log);
  return overHttp(app, receiver, transport.signingSecret);
}

function overSocket(app: TimedApp, keeper: SocketKeeper): Transport {
  return {
    app,
    routes: [],
    open: () => keeper.start(),
    close: () => keeper.stop(),
    health: () => keeper.health(),
  };
}

function overHttp(app: TimedApp, receiver: HTTPReceiver, signingSecret: string): Transport {
  let open = false;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    // Before the token is verified nothing can be answered: Slack sends events again.
    if (open) await takeEvent(receiver, signingSecret, request, response);
    // The 503 also tells the doctor that the bot runs and is not let in yet.
    else response.writeHead(503).end();
  };
  return {
    app,
    routes: [{ method: 'POST', path: EVENTS_PATH, handle }],
    async open() {
      open = true;
    },
    async close() {
      open = false;
    },
    health: () => ({
      ready: open,
      detail: open ? `POST ${EVENTS_PATH}` : 'not open before Slack has taken the token',
      stalled: false,
    }),
  };
}

/** What the socket's client says of an outage, the keeper says once and better. */
function quiet(logger: Logger): Logger {
  return { ...logger, warn: logger.info, error: logger.info };
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
