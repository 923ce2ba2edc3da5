import { createAiraloClient } from '../airalo/client.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import type { Finding } from '../ops/doctor.ts';

/** What is asked for together and tried with one call. */
export interface Part {
  /** The person is asked by it: `Use Slack?`. */
  readonly name: 'Airalo' | 'Slack' | 'Discord' | 'Telegram';
  /** Whether the person is asked first if it is wanted at all. */
  readonly optional: boolean;
  readonly settings: readonly {
    readonly name: string;
    /** Where a person finds it. */
    readonly where: string;
    /** Typed without being shown. */
    readonly secret: boolean;
  }[];
}

const SLACK_APP = 'api.slack.com/apps, your app (made from manifests/slack-app.yaml)';
const DISCORD_APP = 'discord.com/developers/applications, your application';

/** In the order in which they are asked for. */
export const PARTS: readonly Part[] = [
  {
    name: 'Airalo',
    optional: false,
    settings: [
      {
        name: 'AIRALO_CLIENT_ID',
        where: 'Airalo Partner Platform, Developer, API credentials',
        secret: false,
      },
      { name: 'AIRALO_CLIENT_SECRET', where: 'the same page', secret: true },
    ],
  },
  {
    name: 'Slack',
    optional: true,
    settings: [
      {
        name: 'SLACK_BOT_TOKEN',
        where: `${SLACK_APP}, OAuth & Permissions, Bot User OAuth Token: xoxb-…`,
        secret: true,
      },
      {
        name: 'SLACK_APP_TOKEN',
        where: 'the same app, Basic Information, App-Level Tokens, with connections:write: xapp-…',
        secret: true,
      },
    ],
  },
  {
    name: 'Discord',
    optional: true,
    settings: [{ name: 'DISCORD_TOKEN', where: `${DISCORD_APP}, Bot, Reset Token`, secret: true }],
  },
  {
    name: 'Telegram',
    optional: true,
    settings: [
      { name: 'TELEGRAM_TOKEN', where: '@BotFather in Telegram, /mybots, your bot, API Token', secret: true },
      {
        name: 'TELEGRAM_ALLOWED_USERS',
        where: 'ids of those who are answered, parted by commas; the bot tells each person it refuses theirs',
        secret: false,
      },
    ],
  },
];

/** Tries a part's credentials with a real call. Findings, never a secret; throws as the checks of the doctor do. */
export async function checkFor({ name }: Part, config: Config): Promise<readonly Finding[]> {
  const missing: Finding = { level: 'error', what: `${name}: nothing was entered` };
  switch (name) {
    case 'Airalo':
      return config.airalo ? await checkAiralo(config.airalo) : [missing];
    case 'Slack': {
      if (!config.slack) return [missing];
      const { checkSlack } = await import('../platforms/slack/check.ts');
      return checkSlack(config.slack, config.http);
    }
    case 'Discord': {
      if (!config.discord) return [missing];
      const { checkDiscord } = await import('../platforms/discord/check.ts');
      return checkDiscord(config.discord);
    }
    case 'Telegram': {
      if (!config.telegram) return [missing];
      const { checkTelegram } = await import('../platforms/telegram/setup.ts');
      return checkTelegram(config.telegram);
    }
    default:
      return name satisfies never;
  }
}

/** Costs one of the three tokens that Airalo grants in a minute (its page on rate limits). */
async function checkAiralo(settings: NonNullable<Config['airalo']>): Promise<readonly Finding[]> {
  const client = createAiraloClient({ ...settings, clock: systemClock, log: createLog('silent') });
  try {
    await client.checkAccess();
    return [{ level: 'ok', what: 'Airalo: a token was issued' }];
  } finally {
    await client.close();
  }
}
