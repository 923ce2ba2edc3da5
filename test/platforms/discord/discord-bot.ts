import { type BotOptions, startBot, type World } from '../../support/bot.ts';
import { type DiscordStandIn, startDiscord } from '../../support/discord/discord.ts';
import type { Channel, Guild, StoredMessage, User } from '../../support/discord/world.ts';
import { MANAGE_GUILD } from '../../support/discord/world.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { type RestartableBot, startRestartableBot } from '../../support/restartable-bot.ts';

export const ACTIVE = '8910000000001000019';
export const VOICE = '8910000000001000035';
export const USED_UP = '8910000000001000092';
export const WINDOW_MS = 900_000;

export interface DiscordBot extends RestartableBot {
  readonly discord: DiscordStandIn;
  /** Holds the role that may manage the server. */
  readonly anna: User;
  /** A member without any role. */
  readonly ben: User;
  readonly guild: Guild;
  readonly channel: Channel;
  readonly managerRole: string;
  /** The bot's messages in a channel, once there are `count` and none is "thinking". */
  answers(where?: Channel, count?: number): Promise<StoredMessage[]>;
  /** Waits until the newest message of the bot there matches. */
  shows(pattern: RegExp, where?: Channel): Promise<StoredMessage>;
}

/** Everything a message says, as one text; what joins words is not seen. */
export function textOf({ body }: StoredMessage): string {
  return JSON.stringify([body.content, body.embeds, body.components]).replaceAll('\u2060', '');
}

/** The whole bot beside an imitated Discord with one server: a manager, a plain member, one channel. */
export async function startDiscordBot(
  env: (
    world: Pick<DiscordBot, 'guild' | 'channel' | 'managerRole' | 'anna' | 'ben'>,
  ) => Record<string, string> = () => ({}),
  options: BotOptions = {},
  rules: Parameters<typeof startDiscord>[1] = {},
): Promise<DiscordBot> {
  const clock = new ManualClock();
  const discord = await startDiscord(clock, rules);
  const { people } = discord;
  const owner = people.person('owner');
  const [anna, ben] = [people.person('anna'), people.person('ben')];
  const guild = people.guild('Support', owner);
  const managerRole = people.role(guild, MANAGE_GUILD);
  people.join(guild, anna, [managerRole]);
  people.join(guild, ben);
  const channel = people.channel(guild);
  const start = (world?: World) =>
    startBot({
      clock,
      env: {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.apiUrl,
        ...env({ guild, channel, managerRole, anna, ben }),
      },
      ...options,
      ...(world ? { world } : {}),
    });
  const running = await startRestartableBot(clock, start, discord);
  const answers = (where = channel, count = 1) =>
    running.soon(`${count} answer(s)`, () => {
      const messages = discord.fromBot(where);
      return messages.length >= count && messages.every(({ loading }) => !loading) && messages;
    });
  return {
    discord,
    ...running,
    // Another one after a restart.
    get bot() {
      return running.bot;
    },
    anna,
    ben,
    guild,
    channel,
    managerRole,
    answers,
    shows: (pattern, where = channel) =>
      running.soon(`a message with ${pattern}`, () => {
        const newest = discord.fromBot(where).at(-1);
        return newest && pattern.test(textOf(newest)) && newest;
      }),
  };
}
