import { ConfigError, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { useProxy } from '../proxy.ts';

/**
 * Writes the commands of the manifests, of Discord and of Telegram, where they differ. `--guild <id>`: Discord's on a test server only, at
 * once.
 * Prints one line of JSON for each platform. Throws `ConfigError` without either, and what the
 * platform's call throws.
 */
export async function register({ guild }: { readonly guild?: string }): Promise<number> {
  const config = readConfig(process.env);
  if (!config.discord && !config.telegram)
    throw new ConfigError([
      'DISCORD_TOKEN is missing (Developer Portal, Bot, Reset Token), and so is TELEGRAM_TOKEN (@BotFather)',
    ]);
  useProxy(config.proxy);
  const log = createLog(config.logLevel);
  if (config.discord) {
    const { registerCommands } = await import('../platforms/discord/commands.ts');
    const scope = guild === undefined ? {} : { guildId: guild };
    say(await registerCommands(config.discord, { ...scope, log }));
  }
  if (config.telegram) {
    const { registerTelegramCommands } = await import('../platforms/telegram/setup.ts');
    say(await registerTelegramCommands(config.telegram));
  }
  return 0;
}

function say(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
