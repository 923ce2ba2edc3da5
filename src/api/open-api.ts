import type { Clock } from '../clock.ts';
import type { HttpApiSettings } from '../config.ts';
import type { Log } from '../log.ts';
import type { HttpRoute } from '../ops/http.ts';
import type { ProxySettings } from '../proxy.ts';
import type { Platform } from '../usage/platform.ts';
import { createCallbackSender } from './callback-delivery.ts';
import { createCallbackPlatform } from './callback-platform.ts';
import type { Caller } from './caller.ts';
import { createGatekeeper } from './gatekeeper.ts';
import { httpApiRoutes } from './http-api.ts';
import type { ApiKeys } from './keys.ts';
import { mcpRoute } from './mcp/mcp-route.ts';
import type { Questions } from './questions.ts';

/** What the HTTP API and MCP over HTTP are made from. */
export interface OpenApiParts {
  readonly settings: HttpApiSettings;
  readonly proxy: ProxySettings | undefined;
  readonly keys: ApiKeys;
  readonly questions: Questions;
  countRows(caller: Caller, rows: number): Promise<number | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}

/** `/v1` and `/mcp`, and the platform by which what is promised there is kept. */
export function openApi(parts: OpenApiParts): {
  readonly platform: Platform;
  readonly routes: readonly HttpRoute[];
} {
  const { settings, keys, questions, proxy, countRows, clock, log } = parts;
  const { privateCallbacks, hostnames } = settings;
  const gatekeeper = createGatekeeper(keys);
  const sender = createCallbackSender({ privateAllowed: privateCallbacks, proxy, clock });
  const routes = [
    ...httpApiRoutes({ questions, gatekeeper, countRows, privateCallbacks, clock, log }),
    mcpRoute({ questions, gatekeeper, hostnames, clock, log }),
  ];
  return { platform: createCallbackPlatform(keys, sender), routes };
}
