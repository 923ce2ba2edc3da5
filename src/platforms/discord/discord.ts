import { endsWithin } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';
import { type Platform, StartError } from '../../usage/platform.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { createActions } from './actions.ts';
import { routesOf } from './address.ts';
import { createAlertPress } from './alert-press.ts';
import { createDiscordAlertBoard } from './alerts.ts';
import { createAnswering } from './answering.ts';
import { createAccessDesk } from './asker.ts';
import { createDelivery } from './delivery.ts';
import { openDoors } from './doors.ts';
import { createGateway } from './gateway.ts';
import { createListBoard, createListDoor } from './lists.ts';
import { createDiscordRest } from './rest.ts';

const DRAIN_MS = 4_000;

/** Discord: events over the gateway, answers by REST and stored ids. */
export function createDiscordPlatform(settings: DiscordSettings, parts: PlatformParts): Platform {
  const { desk, clock } = parts;
  const log = parts.log.child({ platform: 'discord' });
  const rest = createDiscordRest(settings, clock, () =>
    parts.fail(
      new StartError(
        'Discord refuses the token again and again',
        'DISCORD_TOKEN was reset: copy the new one (Developer Portal, Bot, Reset Token)',
      ),
    ),
  );
  const gateway = createGateway(settings, { clock, log, fail: parts.fail });
  const ownGuilds = () => [...gateway.client.guilds.cache.keys()];
  const access = createAccessDesk(rest, settings.access, clock, ownGuilds);
  const answering = createAnswering({ desk, inquiries: parts.inquiries, access, clock, log });
  const pressAlert = createAlertPress({ alerts: parts.alerts, answering });
  const lists = createListDoor({ settings, bulk: parts.bulk, answering, clock, log });
  const press = createActions({ rest, desk, answering, pressAlert, lists, clock, log });
  const working = new Set<Promise<unknown>>();

  /** One bad event ends as a line in the log, never the process. */
  function run(requestId: string, work: () => Promise<void>): void {
    log.debug({ requestId }, 'Question taken');
    const running = work()
      .catch((error: unknown) => log.error({ err: error, requestId }, 'A question from Discord failed'))
      .then(() => log.debug({ requestId }, 'Question done'));
    working.add(running);
    void running.finally(() => working.delete(running));
  }

  openDoors(gateway.client, { rest, desk, answering, lists, press, log, run });

  return {
    name: 'discord',
    async start() {
      await gateway.open();
      log.info({ guilds: ownGuilds().length }, 'Connected to Discord');
    },
    async stop() {
      await gateway.close();
      await endsWithin(clock, Promise.allSettled(working), DRAIN_MS);
    },
    health: () => gateway.health(),
    async mayReceive(address) {
      const routes = routesOf(address);
      if (!routes) return { kind: 'refused', need: { kind: 'check-failed' } };
      return access.decide(routes);
    },
    deliver: createDelivery({ rest, desk, clock, log }),
    bulkBoard: createListBoard({ rest, clock }),
    ...(settings.alertChannel === undefined
      ? {}
      : {
          alertBoard: createDiscordAlertBoard({
            rest,
            channelId: settings.alertChannel,
            locale: parts.alertLocale,
            log,
          }),
        }),
  };
}
