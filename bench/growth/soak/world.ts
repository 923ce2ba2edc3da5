import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../../src/airalo/simulator/simulator.ts';
import type { Clock } from '../../../src/clock.ts';
import { WEBHOOK_SECRET } from '../../../test/support/airalo-webhooks.ts';
import { type DiscordStandIn, startDiscord } from '../../../test/support/discord/discord.ts';
import { type Channel, MANAGE_GUILD, type User } from '../../../test/support/discord/world.ts';
import { listen } from '../../../test/support/listen.ts';
import { type SlackStandIn, startSlack } from '../../../test/support/slack/slack.ts';
import { BOT_USER, TEAM } from '../../../test/support/slack/workspace.ts';
import { createCalendar, followCalendar } from './calendar.ts';
import { openSoakStore, type SoakStore, type StoreEngine } from './store.ts';

/** Everything around the bot of a soak: Airalo, Slack, Discord, the store, and the time of all of them. */
export interface SoakWorld {
  readonly clock: Clock;
  readonly simulator: Simulator;
  readonly slack: SlackStandIn;
  readonly discord: DiscordStandIn;
  readonly store: SoakStore;
  readonly esims: readonly string[];
  readonly slackPeople: readonly string[];
  readonly discordPeople: readonly User[];
  /** The channel of the support agents in Discord; in Slack it is `CSUPPORT`. */
  readonly channel: Channel;
  /** Settings of the bot. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const CLIENT = { clientId: 'soak-client', clientSecret: WEBHOOK_SECRET };
/** As many as have different last four digits, which is what a public card shows of them. */
const ESIMS = 800;
const PEOPLE_EACH = 30;

export async function createSoakWorld(engine: StoreEngine): Promise<SoakWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'esim-soak-'));
  const calendarPath = join(folder, 'calendar');
  createCalendar(calendarPath);
  const clock = followCalendar(calendarPath);
  const simulator = await startSimulator({ ...CLIENT, profile: 'strict15', clock });
  const slack = await startSlack('socket', clock);
  const slackPeople = Array.from({ length: PEOPLE_EACH }, (_, index) => `USOAK${index}`);
  for (const id of slackPeople) {
    slack.workspace.users.set(id, { id, team_id: TEAM, locale: 'en-GB', tz: 'Europe/Berlin' });
    slack.workspace.members.get('CSUPPORT')?.add(id);
  }
  slack.workspace.members.set('CALERTS', new Set([BOT_USER]));
  const discord = await startDiscord(clock);
  const { people } = discord;
  const guild = people.guild('Support', people.person('owner'));
  const role = people.role(guild, MANAGE_GUILD);
  const discordPeople = Array.from({ length: PEOPLE_EACH }, (_, index) => people.person(`soak${index}`));
  for (const user of discordPeople) people.join(guild, user, [role]);
  const [channel, alerts] = [people.channel(guild), people.channel(guild)];
  // Slack's client gives a socket up that it has heard nothing from for five seconds of the calendar.
  const meeting = await listen(
    createServer((_request, response) => {
      for (const socket of slack.sockets) socket.pong();
      response.end();
    }),
  );
  const store = await openSoakStore(engine, folder, calendarPath);
  return {
    clock,
    simulator,
    slack,
    discord,
    store,
    esims: simulator.addEsims(ESIMS),
    slackPeople,
    discordPeople,
    channel,
    env: {
      AIRALO_CLIENT_ID: CLIENT.clientId,
      AIRALO_CLIENT_SECRET: CLIENT.clientSecret,
      AIRALO_BASE_URL: simulator.url,
      ...slack.env,
      SLACK_ALERT_CHANNEL: 'CALERTS',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_ALERT_CHANNEL: alerts.id,
      STORE_URL: store.url,
      PORT: '0',
      SOAK_CALENDAR: calendarPath,
      SOAK_MEETING: meeting.url,
    },
    async close() {
      await Promise.all([simulator.close(), slack.close(), discord.close(), meeting.close()]);
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
