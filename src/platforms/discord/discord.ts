import { Routes } from 'discord.js';
import type { DiscordSettings } from '../../config.ts';
import type { Platform } from '../../usage/platform.ts';
import { createConversation } from '../chat/conversation.ts';
import { createTaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { readAddress } from './address.ts';
import { createDiscordAlertBoard } from './alerts.ts';
import { createAccessControl } from './asker.ts';
import { createDiscordChat } from './chat.ts';
import { createGateway } from './gateway.ts';
import { type ListenerParts, openListeners } from './listeners.ts';
import { createDiscordListBoard } from './lists.ts';
import { createDiscordRest } from './rest.ts';
import { createSuggest } from './suggestions.ts';

const TOKEN = 'DISCORD_TOKEN';
/** Between two looks whether the token is still taken. */
const TOKEN_CHECK_MS = 60_000;

/**
 * Discord: events over the gateway, answers by REST and stored ids. No interaction object is kept: it would die with
 * the process, while the application's id and the token can be used by any (Discord's docs, Followup Messages).
 */
export function createDiscordPlatform(settings: DiscordSettings, parts: PlatformParts): Platform {
  const { clock } = parts;
  const log = parts.log.child({ platform: 'discord' });
  const leaving = new AbortController();
  const rest = createDiscordRest(settings, clock, () => {
    // Where the gateway was refused for it, that has been told.
    if (gateway.isRefused()) return;
    const remedy = 'DISCORD_TOKEN was reset: copy the new one (Developer Portal, Bot, Reset Token)';
    parts.credentials.refused({ name: TOKEN, service: 'discord', error: '401', remedy });
  });
  const gateway = createGateway(settings, {
    clock,
    log,
    attach: (client) => openListeners(client, listening),
    lost: (error) => parts.lost('discord', error),
  });
  const access = createAccessControl(
    rest,
    settings.access,
    clock,
    gateway.guildIds,
    settings.balanceRoles,
    () => gateway.isRefused() || parts.credentials.isRefused(TOKEN),
  );
  const { run, patiently, isOver, end } = createTaskTracker(clock, log);
  const chat = createDiscordChat({ rest, settings, access, clock });
  const conversation = createConversation({ ...parts, chat, patiently, isOver, log });

  const listening: ListenerParts = {
    rest,
    conversation,
    suggest: createSuggest({ rest, conversation, knownTo: parts.knownTo, log }),
    clock,
    log,
    run,
    onAcknowledged: (outcome, tookMs) => parts.onAcknowledged?.('discord', outcome, tookMs),
  };
  /** From the first connection on: until then the bot knows no servers, and can judge nobody. */
  let hasStarted = false;

  /** A token that was reset shows only when it is used: a bot that nobody asks would seem to be well. */
  async function watchToken(): Promise<void> {
    while (!leaving.signal.aborted) {
      await clock.sleep(TOKEN_CHECK_MS, leaving.signal).catch(() => undefined);
      if (leaving.signal.aborted) return;
      const answered = await rest.call((by) => by.get(Routes.user()));
      // Most calls about an interaction go by its own token and say nothing of the bot's.
      if (answered.kind === 'ok') parts.credentials.taken(TOKEN);
    }
  }

  return {
    name: 'discord',
    async start() {
      await gateway.open();
      if (leaving.signal.aborted) return;
      log.info({ guilds: gateway.guildIds().length }, 'Connected to Discord');
      if (!hasStarted) void watchToken();
      hasStarted = true;
    },
    async stop() {
      leaving.abort();
      await gateway.close();
      await end();
    },
    health: () => gateway.health(),
    async mayReceive(address) {
      const stored = readAddress(address);
      // Before the first connection it is not known which servers the bot is in.
      if (!stored || !hasStarted) return { kind: 'refused', need: { kind: 'check-failed' } };
      return access.decide(stored.ctx);
    },
    deliver: conversation.deliver,
    report: conversation.report,
    async resume(question, context) {
      // Before the first connection nobody can be checked.
      if (!hasStarted) return { kind: 'retry', error: 'not connected yet' };
      return conversation.resume(question, context);
    },
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
