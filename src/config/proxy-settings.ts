import type { ProxySettings } from '../proxy.ts';
import type { Cleaned } from './cleaned.ts';

/** In small letters too, which then win, as with curl and undici. */
const NAMES = { https: 'HTTPS_PROXY', http: 'HTTP_PROXY', except: 'NO_PROXY' } as const;

/** The proxies an environment names; undefined when none. */
export function proxySettings(env: Cleaned): ProxySettings | undefined {
  const https = said(env, NAMES.https);
  const http = said(env, NAMES.http);
  if (https === undefined && http === undefined) return undefined;
  return { https, http, except: said(env, NAMES.except) ?? '' };
}

/** A sentence for each one that cannot be used. */
export function proxyProblems(env: Cleaned): string[] {
  return [NAMES.https, NAMES.http].flatMap((name) => {
    const value = said(env, name);
    const usable = value === undefined || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol));
    return usable
      ? []
      : [`${name} must be the address of an HTTP proxy, such as http://proxy.example.com:3128`];
  });
}

/** Of an environment, these alone: for who checks settings that are not in it yet. */
export function proxyVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = Object.values(NAMES).flatMap((name) => [name, name.toLowerCase()]);
  return Object.fromEntries(names.map((name) => [name, env[name]]));
}

/**
 * Programs of a system agree on the small letters first: curl takes `http_proxy` in no other form.
 */
function said(env: Cleaned, name: string): string | undefined {
  return env[name.toLowerCase()] ?? env[name];
}
