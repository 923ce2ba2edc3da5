import type { DiscordSettings } from '../../config.ts';
import { type Platform, StartError } from '../../usage/platform.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { createQuestionRuns } from '../question-runs.ts';
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
import { createSuggest } from './suggestions.ts';

/**
 * Discord: events over the gateway, answers by REST and stored ids. No interaction object is kept: it would die with the
 * process, while the application's id and the token can be used by any (Discord's docs, Followup Messages).
 */
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
  // The cache is filled by the gateway with every server the bot is in; nothing of people is kept in it.
  const ownGuilds = () => [...gateway.client.guilds.cache.keys()];
  const access = createAccessDesk(rest, settings.access, clock, ownGuilds, settings.balanceRoles);
  const { run, patiently, end } = createQuestionRuns(clock, log);
  const answering = createAnswering({
    rest,
    desk,
    inquiries: parts.inquiries,
    access,
    patiently,
    clock,
    log,
  });
  const pressAlert = createAlertPress({ alerts: parts.alerts, answering });
  const lists = createListDoor({ settings, bulk: parts.bulk, answering, clock, log });
  const press = createActions({ rest, desk, answering, pressAlert, lists, clock, log });

  openDoors(gateway.client, {
    rest,
    desk,
    answering,
    lists,
    press,
    suggest: createSuggest({ rest, answering, knownTo: parts.knownTo, log }),
    clock,
    log,
    run,
    onAcknowledged: (outcome, tookMs) => parts.onAcknowledged?.('discord', outcome, tookMs),
  });

  return {
    name: 'discord',
    async start() {
      await gateway.open();
      log.info({ guilds: ownGuilds().length }, 'Connected to Discord');
    },
    async stop() {
      await gateway.close();
      await end();
    },
    health: () => gateway.health(),
    async mayReceive(address) {
      const routes = routesOf(address);
      if (!routes) return { kind: 'refused', need: { kind: 'check-failed' } };
      return access.decide(routes);
    },
    deliver: createDelivery({ rest, desk, clock }),
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
