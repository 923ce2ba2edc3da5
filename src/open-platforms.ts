import type { Config } from './config.ts';
import type { HttpRoute } from './ops/http.ts';
import type { PlatformParts } from './platforms/platform-parts.ts';
import type { Platform } from './usage/platform.ts';

/** A platform, and what it serves over HTTP. */
export type ServingPlatform = Platform & { readonly routes?: readonly HttpRoute[] };

/** Imports only the platforms that are configured: their SDKs are most of the bot's memory and start. */
export async function openPlatforms(
  config: Config,
  parts: PlatformParts,
  further: readonly ServingPlatform[],
): Promise<{ readonly platforms: readonly Platform[]; readonly routes: readonly HttpRoute[] }> {
  const platforms: Platform[] = [...further];
  const routes: HttpRoute[] = further.flatMap((platform) => platform.routes ?? []);
  if (config.slack) {
    const { createSlackPlatform } = await import('./platforms/slack/slack.ts');
    const slack = createSlackPlatform(config.slack, parts);
    platforms.push(slack);
    routes.push(...slack.routes);
  }
  if (config.discord) {
    (await import('./platforms/discord/gateway-sockets.ts')).chooseGatewaySockets(config.proxy);
    const { createDiscordPlatform } = await import('./platforms/discord/discord.ts');
    platforms.push(createDiscordPlatform(config.discord, parts));
  }
  if (config.telegram) {
    const { createTelegramPlatform } = await import('./platforms/telegram/telegram.ts');
    platforms.push(createTelegramPlatform(config.telegram, parts));
  }
  return { platforms, routes };
}
