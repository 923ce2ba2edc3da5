import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { SlackSettings } from '../../config.ts';
import type { HttpRoute } from '../../ops/http.ts';
import { type Platform, StartError } from '../../usage/platform.ts';
import { createConversation } from '../chat/conversation.ts';
import { createTaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { readAddress } from './address.ts';
import { createSlackAlertBoard } from './alerts.ts';
import { createAccessControl } from './asker.ts';
import { createSlackChat } from './chat.ts';
import { openListeners } from './listeners.ts';
import { createSlackListBoard } from './lists.ts';
import { createTransport } from './transport.ts';
import { CLIENT_OPTIONS, callSlackTwice, type SlackClient } from './web.ts';

/** Slack, over Socket Mode or on the bot's own HTTP server (`routes`). */
export interface SlackPlatform extends Platform {
  readonly routes: readonly HttpRoute[];
}

/** The part of `auth.test` that the bot goes by. */
const identity = z.object({
  team_id: z.string(),
  user_id: z.string(),
  is_enterprise_install: z.boolean().optional(),
});

/**
 * Real Bolt on either transport; what it hears goes to the desk, what the outbox owes comes back by
 * `deliver`.
 */
export function createSlackPlatform(settings: SlackSettings, parts: PlatformParts): SlackPlatform {
  const { desk, clock } = parts;
  const log = parts.log.child({ platform: 'slack' });
  const transport = createTransport(settings, log, clock, (outcome, tookMs) =>
    parts.onAcknowledged?.('slack', outcome, tookMs),
  );
  // A client of our own beside Bolt's: with time-outs, without Bolt's waiting and repeating.
  const client: SlackClient = new webApi.WebClient(settings.botToken, {
    ...CLIENT_OPTIONS,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
    logger: transport.app.logger,
  });
  const { run, patiently, isOver, end } = createTaskTracker(clock, log);
  let ownTeamId = '';

  const access = createAccessControl(client, settings.access, clock, () => ownTeamId, settings.balanceGroups);
  const chat = createSlackChat({ client, settings, access, clock, log });
  const conversation = createConversation({ ...parts, chat, patiently, isOver, log });

  openListeners(transport.app, {
    client,
    chat,
    desk,
    conversation,
    clock,
    log,
    run,
    ownTeamId: () => ownTeamId,
  });
  transport.app.error(async (error) => {
    log.error({ err: error }, 'Slack sent something that could not be handled');
  });

  return {
    name: 'slack',
    routes: transport.routes,
    async start() {
      ownTeamId = await whoAmI();
      await transport.open();
      log.info({ team: ownTeamId, transport: settings.transport.kind }, 'Connected to Slack');
    },
    async stop() {
      await transport
        .close()
        .catch((error: unknown) => log.debug({ err: error }, 'Slack was closed already'));
      await end();
    },
    health: () => transport.health(),
    async mayReceive(address) {
      const stored = readAddress(address);
      if (!stored) return { kind: 'refused', need: { kind: 'check-failed' } };
      return access.decide(stored.ctx);
    },
    deliver: conversation.deliver,
    resume: conversation.resume,
    bulkBoard: createSlackListBoard({ chat, client, clock }),
    ...(settings.alertChannel === undefined
      ? {}
      : {
          alertBoard: createSlackAlertBoard({
            client,
            channel: settings.alertChannel,
            locale: parts.alertLocale,
            clock,
            log,
          }),
        }),
  };

  /** The workspace of the token. A refused token, or one of a whole organisation, ends the start with the remedy. */
  async function whoAmI(): Promise<string> {
    const result = await callSlackTwice(clock, async () => identity.parse(await client.auth.test()));
    if (result.kind === 'operator')
      throw new StartError(`Slack refuses the bot: ${result.error}`, result.remedy);
    if (result.kind !== 'ok')
      throw new StartError(
        `Slack does not answer: ${result.error}`,
        'Check the network, and SLACK_API_URL where it is set; then start again',
      );
    // Such a token belongs to no single workspace, and the policy is of one.
    if (result.value.is_enterprise_install)
      throw new StartError(
        'The token is installed for a whole organisation',
        'Install the app in one workspace and use the token of that installation',
      );
    return result.value.team_id;
  }
}
