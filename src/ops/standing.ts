import type { CredentialService } from '../usage/credentials.ts';
import type { Platform } from '../usage/platform.ts';
import type { Standing } from './metrics.ts';

/** What the metrics say of the services the bot depends on; the terminal and the demo's page are none. */
export function standingOf(platforms: readonly Platform[], credentials: CredentialService): Standing {
  const refused = credentials.refusals().map(({ service }) => service);
  const services = ['airalo', ...platforms.map(({ name }) => name)].filter(
    (name) => name !== 'terminal' && name !== 'page',
  );
  return {
    connected: new Map(platforms.map((platform) => [platform.name, platform.health().ready])),
    refused: new Map(services.map((name) => [name, refused.some((one) => one === name)])),
  };
}
