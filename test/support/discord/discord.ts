import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../../../src/clock.ts';
import { listen } from '../listen.ts';
import { applicationRoutes } from './application-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { createFaults, type Fault, type RouteName } from './faults.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { createPeople, type People } from './people.ts';
import { type BucketRule, type Call, createRest } from './rest.ts';
import { type Channel, createWorld, type StoredMessage, type World } from './world.ts';

export interface DiscordStandIn {
  /** For `DISCORD_API_URL`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly people: People;
  /** Every REST call, oldest first; those of one route when named. */
  calls(route?: RouteName): Call[];
  failNext(route: RouteName, fault: Fault, times?: number): void;
  /** While it is true every call is reset and no connection is taken. */
  away(is: boolean): void;
  mend(): void;
  /** The bot's own messages in a channel that are still there, oldest first. */
  fromBot(channel: Channel): StoredMessage[];
  close(): Promise<void>;
}

const MANIFEST = new URL('../../../manifests/discord-commands.json', import.meta.url);

/** Discord on the loopback: gateway and REST, on `clock`. The project's commands count as registered, unless told not to be. `reachedAs` as with Slack's. */
export async function startDiscord(
  clock: Clock,
  {
    registered = true,
    reachedAs = '127.0.0.1',
    bucket,
  }: { readonly registered?: boolean; readonly reachedAs?: string; readonly bucket?: BucketRule } = {},
): Promise<DiscordStandIn> {
  const world = createWorld(clock);
  const faults = createFaults();
  let gatewayUrl = '';
  const routes = [
    ...interactionRoutes(world),
    ...channelRoutes(world),
    ...applicationRoutes(world, () => gatewayUrl),
  ];
  const { server, calls } = createRest(world, routes, faults, bucket);
  const gateway = createGateway(world, server, () => gatewayUrl);
  let isAway = false;
  server.on('connection', (socket) => {
    if (isAway) socket.destroy();
  });
  const { url: local, close } = await listen(server);
  const url = local.replace('127.0.0.1', reachedAs);
  world.url = url;
  gatewayUrl = `${url.replace('http', 'ws')}/gateway`;
  if (registered)
    world.commands.set('global', z.array(z.unknown()).parse(JSON.parse(readFileSync(MANIFEST, 'utf8'))));
  return {
    apiUrl: `${url}/api`,
    token: world.token,
    world,
    gateway,
    people: createPeople(world, gateway),
    calls: (route) => calls.filter((call) => route === undefined || call.route === route),
    failNext: faults.next,
    away(is) {
      isAway = is;
      if (!is) return;
      gateway.cutAll();
      server.closeAllConnections();
    },
    mend: faults.clear,
    fromBot: (channel) =>
      channel.messages.filter((message) => message.authorId === world.bot.id && !message.deleted),
    async close() {
      gateway.stop();
      await close();
    },
  };
}
