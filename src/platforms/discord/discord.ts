import type { DiscordSettings } from '../../config.ts';
import { type Platform, StartError } from '../../usage/platform.ts';
import { createConversation } from '../chat/conversation.ts';
import { createTaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { readAddress } from './address.ts';
import { createDiscordAlertBoard } from './alerts.ts';
import { createAccessControl } from './asker.ts';
import { createDiscordChat } from './chat.ts';
import { createGateway } from './gateway.ts';
import { openListeners } from './listeners.ts';
import { createDiscordListBoard } from './lists.ts';
import { createDiscordRest } from './rest.ts';
import { createSuggest } from './suggestions.ts';

/**
 * Discord: events over the gateway, answers by REST and stored ids. No interaction object is kept: it would die with the
 * process, while the application's id and the token can be used by any (Discord's docs, Followup Messages).
 */
export function createDiscordPlatform(settings: DiscordSettings, parts: PlatformParts): Platform {
  const { clock } = parts;
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
  const access = createAccessControl(rest, settings.access, clock, ownGuilds, settings.balanceRoles);
  const { run, patiently, isOver, end } = createTaskTracker(clock, log);
  const chat = createDiscordChat({ rest, settings, access, clock });
  const conversation = createConversation({ ...parts, chat, patiently, isOver, log });

  openListeners(gateway.client, {
    rest,
    conversation,
    suggest: createSuggest({ rest, conversation, knownTo: parts.knownTo, log }),
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
      const stored = readAddress(address);
      if (!stored) return { kind: 'refused', need: { kind: 'check-failed' } };
      return access.decide(stored.ctx);
    },
    deliver: conversation.deliver,
    resume: conversation.resume,
    bulkBoard: createDiscordListBoard({ chat, rest, clock }),
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
