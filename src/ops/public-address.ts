import { WEBHOOK_PATH } from '../airalo/webhook-events.ts';
import { requestUntil } from '../proxy.ts';
import type { Finding } from './doctor.ts';

/** Slack gives an address three seconds, Airalo a few more. */
const TIMEOUT_MS = 5_000;
const HIDDEN = 'an address that only the outside reaches cannot be tried from here';

/**
 * Asks `PUBLIC_URL` for the paths that Airalo, Slack over HTTP, and programs will call. Each is asked so that the bot's own server has an
 * answer nobody else would give: HEAD as Airalo asks it at opt-in (200), GET where only POST is taken (405), GET without a key (401).
 * Nothing is signed or sent.
 */
export async function checkPublicAddress(
  publicUrl: string,
  {
    slackPath,
    withApi = false,
  }: { readonly slackPath?: string | undefined; readonly withApi?: boolean } = {},
): Promise<Finding[]> {
  return Promise.all([
    checkPath(publicUrl, 'HEAD', WEBHOOK_PATH, 200),
    ...(slackPath === undefined ? [] : [checkPath(publicUrl, 'GET', slackPath, 405)]),
    ...(withApi ? API_PATHS.map((path) => checkPath(publicUrl, 'GET', path, 401)) : []),
  ]);
}

/** Neither says anything without a key; an eSIM is asked for that no number can be. */
const API_PATHS = ['/v1/esims/0/usage', '/mcp'];

/**
 * An error only where somebody else answers; what cannot be reached from here may be reachable from
 * outside.
 */
async function checkPath(
  publicUrl: string,
  method: 'HEAD' | 'GET',
  path: string,
  expected: number,
): Promise<Finding> {
  const status = await statusOf(`${publicUrl}${path}`, method);
  const at = `PUBLIC_URL: ${publicUrl}${path}`;
  if (status === expected) return { level: 'ok', what: `${at} leads to the bot` };
  if (typeof status === 'string')
    return {
      level: 'warning',
      what: `${at} cannot be reached from here (${status})`,
      remedy: `Check the name, the certificate and the firewall; ${HIDDEN}`,
    };
  if (status >= 502)
    return {
      level: 'warning',
      what: `${at}: the proxy in front of the bot answers ${status}`,
      remedy: 'Start the bot, and have the proxy pass this path on to HOST and PORT',
    };
  return {
    level: 'error',
    what: `${at} does not lead to the bot (status ${status})`,
    remedy: `Have the proxy in front of the bot pass ${path} on unchanged, or correct PUBLIC_URL`,
  };
}

/** The status, or why there was none. */
async function statusOf(url: string, method: 'HEAD' | 'GET'): Promise<number | string> {
  try {
    const { statusCode, body } = await requestUntil(url, { method, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await body.dump();
    return statusCode;
  } catch (error) {
    if (!(error instanceof Error)) return 'no answer';
    return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  }
}
