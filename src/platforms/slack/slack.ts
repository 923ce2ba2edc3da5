import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { SlackSettings } from '../../config.ts';
import type { HttpRoute } from '../../ops/http.ts';
import { type Platform, StartError } from '../../usage/platform.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { createQuestionRuns } from '../question-runs.ts';
import { createActions } from './actions.ts';
import { routesOf } from './address.ts';
import { createAlertPress, createSlackAlertBoard } from './alerts.ts';
import { createAnswering } from './answering.ts';
import { createAccessDesk } from './asker.ts';
import { createDelivery } from './delivery.ts';
import { openDoors } from './doors.ts';
import { createListBoard, createListDoor } from './lists.ts';
import { homeOf, type Installation } from './membership.ts';
import { createTransport } from './transport.ts';
import { CLIENT_OPTIONS, callSlackTwice, type SlackClient } from './web.ts';

/** Slack, over Socket Mode or on the bot's own HTTP server (`routes`). */
export interface SlackPlatform extends Platform {
  readonly routes: readonly HttpRoute[];
}

/** The part of `auth.test` that the bot goes by. */
const identity = z.object({
  team_id: z.string().nullish(),
  user_id: z.string(),
  enterprise_id: z.string().nullish(),
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
  const { run, patiently, end } = createQuestionRuns(clock, log);
  let installation: Installation = { teamId: '', organisationWide: false };

  const access = createAccessDesk(client, settings.access, clock, () => installation, settings.balanceGroups);
  const answering = createAnswering({
    client,
    desk,
    inquiries: parts.inquiries,
    access,
    patiently,
    clock,
    log,
  });
  const pressAlert = createAlertPress({ desk, alerts: parts.alerts, answering });
  const lists = createListDoor({ settings, bulk: parts.bulk, answering, clock, log });
  const press = createActions({ client, desk, answering, pressAlert, lists, clock, log });
  const deliver = createDelivery({ client, desk, clock });

  openDoors(transport.app, {
    client,
    desk,
    access,
    answering,
    lists,
    press,
    patiently,
    clock,
    log,
    run,
    ownTeamId: () => homeOf(installation),
  });
  transport.app.error(async (error) => {
    log.error({ err: error }, 'Slack sent something that could not be handled');
  });

  return {
    name: 'slack',
    routes: transport.routes,
    async start() {
      installation = await whoAmI();
      await transport.open();
      log.info({ team: homeOf(installation), transport: settings.transport.kind }, 'Connected to Slack');
    },
    async stop() {
      await transport
        .close()
        .catch((error: unknown) => log.debug({ err: error }, 'Slack was closed already'));
      await end();
    },
    health: () => transport.health(),
    async mayReceive(address) {
      const routes = routesOf(address);
      if (!routes) return { kind: 'refused', need: { kind: 'check-failed' } };
      return access.decide(routes);
    },
    deliver,
    bulkBoard: createListBoard({ client, clock }),
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

  /** What the token was installed for. A refused one ends the start with the remedy. */
  async function whoAmI(): Promise<Installation> {
    const result = await callSlackTwice(clock, async () => identity.parse(await client.auth.test()));
    if (result.kind === 'operator')
      throw new StartError(`Slack refuses the bot: ${result.error}`, result.remedy);
    if (result.kind !== 'ok')
      throw new StartError(
        `Slack does not answer: ${result.error}`,
        'Check the network, and SLACK_API_URL where it is set; then start again',
      );
    const { team_id: teamId, enterprise_id: enterpriseId, is_enterprise_install: wide } = result.value;
    const home = teamId ?? enterpriseId;
    if (!home || (wide && !enterpriseId))
      throw new StartError(
        'Slack does not say which workspace or organisation the token is of',
        'Install the app again and copy the new token',
      );
    return {
      teamId: home,
      organisationWide: wide === true,
      ...(enterpriseId ? { enterpriseId } : {}),
    };
  }
}
