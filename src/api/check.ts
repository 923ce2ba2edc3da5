import type { HttpApiSettings } from '../config.ts';
import { howToRun } from '../how-to-run.ts';
import type { Finding } from '../ops/doctor.ts';
import type { ApiKeys } from './keys.ts';

/** What the API's settings are judged by. */
export interface ApiCheckParts {
  readonly settings: HttpApiSettings;
  /** Of the bot's own server. */
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly keys: Pick<ApiKeys, 'list'>;
}

/** This computer alone calls under these. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** Whether somebody can ask, under which address, and where callbacks may go. Throws `StoreError` where the keys cannot be read. */
export async function checkHttpApi({ settings, host, publicUrl, keys }: ApiCheckParts): Promise<Finding[]> {
  const names = (await keys.list()).map(({ name }) => name);
  return [
    names.length === 0 ? KEYLESS : { level: 'ok', what: `${names.length} key(s): ${names.join(', ')}` },
    reachedBy(host, publicUrl),
    {
      level: 'ok',
      what: settings.privateCallbacks
        ? 'callbacks may be plain http and lead into private networks (HTTP_API_PRIVATE_CALLBACKS)'
        : 'callbacks go to https on the public internet alone',
    },
  ];
}

const KEYLESS: Finding = {
  level: 'warning',
  what: 'HTTP_API is on and there is no key: nobody can ask',
  remedy: howToRun('keys add <name> --scopes usage'),
};

function reachedBy(host: string, publicUrl: string | undefined): Finding {
  if (publicUrl !== undefined) return { level: 'ok', what: `called as ${publicUrl}/v1 and /mcp` };
  if (LOOPBACK.test(host))
    return {
      level: 'ok',
      what: 'called from this computer alone, or by a proxy on it: PUBLIC_URL is not set',
    };
  return {
    level: 'warning',
    what: `HOST is ${host} and PUBLIC_URL is not set: keys would travel in plain http`,
    remedy:
      'Put TLS in front of the bot, and set PUBLIC_URL to that https address: /mcp then takes no other name',
  };
}
