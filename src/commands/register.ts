import { ConfigError, readConfig } from '../config.ts';
import { createLog } from '../ops/log.ts';
import { useProxy } from '../ops/proxy.ts';
import { registerCommands } from '../platforms/discord/commands.ts';

/** Writes the Discord commands of the manifest, when they differ. `--guild <id>`: on a test server only, at once. */
export async function register({ guild }: { readonly guild?: string }): Promise<number> {
  const config = readConfig(process.env);
  if (!config.discord)
    throw new ConfigError(['DISCORD_TOKEN is missing (Developer Portal, Bot, Reset Token)']);
  useProxy(config.proxy);
  const log = createLog(config.logLevel);
  const scope = guild === undefined ? {} : { guildId: guild };
  const result = await registerCommands(config.discord, { ...scope, log });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return 0;
}
