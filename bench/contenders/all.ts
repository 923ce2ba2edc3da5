import { HAS_REDIS } from '../../test/support/redis-server.ts';

/** Somebody who is measured: a program of this folder before an imitated chat. */
export interface Contender {
  /** As the tables have it. */
  readonly name: string;
  readonly is: 'the bot' | 'a peer' | 'the floor' | 'the card';
  readonly chat: 'Slack' | 'Discord';
  readonly script: URL;
  /** Absent for those whose processes share nothing but files. */
  readonly store?: 'Redis';
}

const SCRIPTS = {
  bot: new URL('./esim-usage-bot.ts', import.meta.url),
  botOnRedis: new URL('./esim-usage-bot-on-redis.ts', import.meta.url),
  bolt: new URL('./bolt-airalo-sdk.ts', import.meta.url),
  chatSdk: new URL('./chat-airalo-sdk.ts', import.meta.url),
  boltFloor: new URL('./floor.ts', import.meta.url),
  discordJs: new URL('./discord-airalo-sdk.ts', import.meta.url),
  chatSdkOnDiscord: new URL('./chat-discord-airalo-sdk.ts', import.meta.url),
  discordFloor: new URL('./discord-floor.ts', import.meta.url),
  boltCard: new URL('./card.ts', import.meta.url),
  discordCard: new URL('./discord-card.ts', import.meta.url),
};
const BOT = { name: 'esim-usage-bot', is: 'the bot', script: SCRIPTS.bot } as const;
const BOT_ON_REDIS = {
  name: 'esim-usage-bot on Redis',
  is: 'the bot',
  store: 'Redis',
  script: SCRIPTS.botOnRedis,
} as const;

/** In the order of the tables. */
const BEFORE_SLACK: readonly Contender[] = [
  { chat: 'Slack', ...BOT },
  { chat: 'Slack', ...BOT_ON_REDIS },
  { chat: 'Slack', name: 'Bolt + airalo-sdk', is: 'a peer', script: SCRIPTS.bolt },
  { chat: 'Slack', name: 'Chat SDK + airalo-sdk', is: 'a peer', script: SCRIPTS.chatSdk },
  { chat: 'Slack', name: 'Bolt, a constant', is: 'the floor', script: SCRIPTS.boltFloor },
];
const BEFORE_DISCORD: readonly Contender[] = [
  { chat: 'Discord', ...BOT },
  { chat: 'Discord', ...BOT_ON_REDIS },
  { chat: 'Discord', name: 'discord.js + airalo-sdk', is: 'a peer', script: SCRIPTS.discordJs },
  { chat: 'Discord', name: 'Chat SDK + airalo-sdk', is: 'a peer', script: SCRIPTS.chatSdkOnDiscord },
  { chat: 'Discord', name: 'discord.js, a constant', is: 'the floor', script: SCRIPTS.discordFloor },
];

/** Beside the floor where the CPU time is measured: the same handler, which sends the bot's card. */
export const CARDS: Readonly<Record<Contender['chat'], Contender>> = {
  Slack: { chat: 'Slack', name: 'Bolt, the same card', is: 'the card', script: SCRIPTS.boltCard },
  Discord: {
    chat: 'Discord',
    name: 'discord.js, the same card',
    is: 'the card',
    script: SCRIPTS.discordCard,
  },
};

/** Those that this machine can run: without a `redis-server` there is nobody on Redis. */
export const SLACK_CONTENDERS = BEFORE_SLACK.filter(canRun);
export const DISCORD_CONTENDERS = BEFORE_DISCORD.filter(canRun);

function canRun({ store }: Contender): boolean {
  return store !== 'Redis' || HAS_REDIS;
}
