import { type Agent, type Dispatcher, EnvHttpProxyAgent, Pool, request, setGlobalDispatcher } from 'undici';
import { orAborted } from './clock.ts';

/** The way out of the network: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`. The addresses may hold a password: secrets. */
export interface ProxySettings {
  /** For `https:` and `wss:`; that of `http` where only that is set. */
  readonly https: string | undefined;
  /** For `http:` and `ws:`. */
  readonly http: string | undefined;
  /** Hosts that are asked directly, as undici reads them: with their subdomains, `*` for all, perhaps with a port. */
  readonly except: string;
}

/** Never asked through a proxy: it would look for them on its own machine. */
const THIS_COMPUTER = 'localhost,127.0.0.1,[::1]';
/**
 * So long a proxy may take to say whether it lets somebody through. undici would wait for ever: no signal and none of a request's own
 * time-outs ends one that has no connection yet, and those that hang take the places of all that come after them.
 */
const TUNNEL_MS = 5_000;

/**
 * undici's `request`, whose signal binds from the beginning: undici itself hears it only once there is a connection. Nothing else in the
 * project calls `request`.
 */
export function requestUntil(
  url: string | URL,
  options: NonNullable<Parameters<typeof request<null>>[1]> & { readonly signal: AbortSignal },
): Promise<Dispatcher.ResponseData> {
  return orAborted(request(url, options), options.signal);
}

/** A dispatcher that goes through the proxies; for a client that has one of its own. It belongs to the caller, who closes it. */
export function throughProxy(
  { https = '', http = '', except }: ProxySettings,
  options: Agent.Options = {},
  tunnelMs = TUNNEL_MS,
): Dispatcher {
  // An empty text, not undefined: else undici would look into the environment itself, where quotes may stand around the value.
  return new EnvHttpProxyAgent({
    ...options,
    clientFactory: (origin, pool) => new Pool(origin, { ...pool, headersTimeout: tunnelMs }),
    httpsProxy: https || http,
    httpProxy: http,
    // All of them, also where "*" stands among others.
    noProxy: except.split(/[\s,]+/).includes('*') ? '*' : `${except},${THIS_COMPUTER}`,
  });
}

/**
 * Sends all that has no dispatcher of its own through the proxies: the `fetch` of Node and of Slack's client, discord.js' REST,
 * downloads. They share one global dispatcher, whichever undici they bring (undici's docs, setGlobalDispatcher). Once for a process.
 */
export function useProxy(settings: ProxySettings | undefined): void {
  if (settings) setGlobalDispatcher(throughProxy(settings));
}

/** For people: which proxy is used for what, without a password. */
export function describeProxy({ https, http, except }: ProxySettings): string {
  const way = https ?? http;
  const parts = [
    way === undefined ? [] : `https through ${hostOf(way)}`,
    http ? `http through ${hostOf(http)}` : [],
  ];
  const directly = except === '' ? 'this computer directly' : `this computer and ${except} directly`;
  return [...parts.flat(), directly].join(', ');
}

function hostOf(proxy: string): string {
  const { protocol, host } = new URL(proxy);
  return `${protocol}//${host}`;
}
