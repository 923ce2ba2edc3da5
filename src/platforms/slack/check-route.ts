import { createHmac, randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Config } from '../../config.ts';
import type { Finding } from '../../ops/doctor.ts';
import { requestUntil } from '../../proxy.ts';
import { EVENTS_PATH } from './transport.ts';

/** Slack's own patience with an address (Slack's docs, Events API). */
const TIMEOUT_MS = 3_000;
const UNKNOWABLE = 'whether Slack reaches it from outside cannot be seen from here';

/**
/**
 * Asks the bot that runs on this computer as Slack would: a signed `url_verification`, whose challenge must come back
 * (Slack's docs, Verifying requests from Slack; Events API). It is answered before any listener: nobody sees it.
 * `address` is where the bot's own server listens. Never throws: a bot that does not run is a warning.
 */
export async function checkRoute(signingSecret: string, address: Config['http']): Promise<Finding> {
  const { port } = address;
  if (port === 0)
    return {
      level: 'warning',
      what: `HTTP: POST ${EVENTS_PATH} was not tried, since PORT is 0`,
      remedy: 'Set PORT to the port that the public address leads to',
    };
  const at = `${hostToAsk(address.host)}:${port}`;
  const challenge = randomUUID();
  const answer = await ask(`http://${at}${EVENTS_PATH}`, signingSecret, challenge);
  if (answer === undefined)
    return {
      level: 'warning',
      what: `HTTP: no bot runs at ${at}, so POST ${EVENTS_PATH} was not tried`,
      remedy: 'Start the bot, then ask the doctor again',
    };
  if (answer.status === 200 && answer.text.includes(challenge))
    return {
      level: 'ok',
      what: `HTTP: POST ${EVENTS_PATH} at ${at} answers what Slack signs; ${UNKNOWABLE}`,
    };
  return {
    level: 'error',
    what: `HTTP: POST ${EVENTS_PATH} at ${at} answers ${answer.status}`,
    remedy: remedyOf(answer.status),
  };
}

/** By what the bot's own server answers: Bolt's 401, our 503 before the token is verified, anybody's 404. */
function remedyOf(status: number): string {
  if (status === 401)
    return 'The bot that runs has another SLACK_SIGNING_SECRET: copy it (Basic Information), start the bot again';
  if (status === 503) return 'The bot is starting, or Slack does not let it in: look at its log';
  return 'Another program answers there, or a bot without Slack over HTTP: see HOST, PORT, SLACK_SIGNING_SECRET';
}

/**
 * Signed over `v0:<seconds>:<body>`, as Slack does it (Slack's docs, Verifying requests). Undefined when nobody
 * answers.
 */
async function ask(
  url: string,
  signingSecret: string,
  challenge: string,
): Promise<{ readonly status: number; readonly text: string } | undefined> {
  const body = JSON.stringify({ type: 'url_verification', token: 'doctor', challenge });
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  try {
    const response = await requestUntil(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': at,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.statusCode, text: await response.body.text() };
  } catch {
    return undefined;
  }
}

/** A server that listens everywhere is asked on the loopback: the address of "everywhere" is nobody's. */
function hostToAsk(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}
