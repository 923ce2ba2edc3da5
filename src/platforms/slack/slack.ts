import type { SlackSettings } from '../../config.ts';
import type { HttpRoute } from '../../ops/http.ts';
import type { Platform } from '../../usage/platform.ts';
import { createConversation } from '../chat/conversation.ts';
import { createTaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { readAddress } from './address.ts';
import { createSlackAlertBoard } from './alerts.ts';
import { createAccessControl } from './asker.ts';
import { createSlackChat } from './chat.ts';
import { DURABLE_WITHIN_MS } from './limits.ts';
import { openListeners } from './listeners.ts';
import { createSlackListBoard } from './lists.ts';
import { homeOf, type Installation } from './membership.ts';
import { createSignIn } from './sign-in.ts';
import { openStepListener } from './step-listener.ts';
import { createTransport } from './transport.ts';
import { CLIENT_OPTIONS, callSlack, type SlackClient, WatchedClient } from './web.ts';
import { createWorkflowStep } from './workflow-step.ts';

/** Slack, over Socket Mode or on the bot's own HTTP server (`routes`, empty over a socket). */
export interface SlackPlatform extends Platform {
  readonly routes: readonly HttpRoute[];
}

/** Before Slack has said what the token is of. */
const NOWHERE: Installation = { teamId: '', organisationWide: false };
/** One cheap call a minute (Slack's docs: auth.test, hundreds a minute). */
const TOKEN_CHECK_MS = 60_000;
/**
 * Real Bolt on either transport; what it hears goes to the usage service, what the outbox owes comes back by
 * `deliver`. Nothing is called before `start`, which rejects with a `StartError` where Slack refuses a token, and
 * waits for as long as Slack is away.
 */
export function createSlackPlatform(settings: SlackSettings, parts: PlatformParts): SlackPlatform {
  const { usageService, clock } = parts;
  const log = parts.log.child({ platform: 'slack' });
  const credential = (name: string) => ({
    refused: (error: string, remedy: string) =>
      parts.credentials.refused({ name, service: 'slack', error, remedy }),
    taken: () => parts.credentials.taken(name),
  });
  const transport = createTransport(
    settings,
    log,
    clock,
    (outcome, tookMs) => parts.onAcknowledged?.('slack', outcome, tookMs),
    credential('SLACK_APP_TOKEN'),
  );
  // A client of our own beside Bolt's: with time-outs, without Bolt's waiting and repeating.
  const client: SlackClient = new WatchedClient(
    settings.botToken,
    {
      ...CLIENT_OPTIONS,
      ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
      logger: transport.app.logger,
    },
    clock,
    credential('SLACK_BOT_TOKEN'),
  );
  const leaving = new AbortController();
  const signIn = createSignIn(clock, log, leaving.signal);
  const { run, patiently, persistently, isOver, end } = createTaskTracker(clock, log);
  /** Held from the first `auth.test` to the end of the process: until then nobody's membership can be judged. */
  let installation: Installation | undefined;

  const access = createAccessControl(
    client,
    settings.access,
    clock,
    () => installation ?? NOWHERE,
    settings.balanceGroups,
    () => parts.credentials.isRefused('SLACK_BOT_TOKEN'),
  );
  const chat = createSlackChat({ client, settings, access, clock, log });
  const conversation = createConversation({ ...parts, chat, patiently, isOver, log });

  openListeners(transport.app, {
    client,
    chat,
    usageService,
    knownTo: parts.knownTo,
    conversation,
    clock,
    log,
    run,
    persistently,
    mostBytes: parts.bulk.mostBytes,
    ownTeamId: () => homeOf(installation ?? NOWHERE),
  });
  const workflowStep = createWorkflowStep({
    client,
    access,
    policy: settings.access,
    usageService,
    locale: parts.alertLocale,
    durableWithinMs: DURABLE_WITHIN_MS,
    clock,
    log,
  });
  openStepListener(transport.app, {
    workflowStep,
    ownTeamId: () => homeOf(installation ?? NOWHERE),
    run,
    log,
  });
  transport.app.error(async (error) => {
    log.error({ err: error }, 'Slack sent something that could not be handled');
  });

  return {
    name: 'slack',
    routes: transport.routes,
    async start() {
      installation = await signIn.installationOf(client);
      if (!installation) return;
      // Bolt asks who it is, too, before it lets anything in.
      if (!(await signIn.untilAnswered(() => transport.app.init()))) return;
      await transport.open();
      if (leaving.signal.aborted) return;
      log.info({ team: homeOf(installation), transport: settings.transport.kind }, 'Connected to Slack');
      void watchToken();
    },
    async stop() {
      leaving.abort();
      await transport
        .close()
        .catch((error: unknown) => log.debug({ err: error }, 'Slack was closed already'));
      await end();
    },
    health() {
      if (installation) return transport.health();
      return { ready: false, detail: `not connected (${signIn.away() ?? 'connecting'})`, stalled: false };
    },
    async mayReceive(address) {
      const step = workflowStep.read(address);
      const stored = readAddress(address);
      // Before Slack has said whose workspace this is, everybody would seem to come from another.
      if (!installation) return { kind: 'refused', need: { kind: 'check-failed' } };
      if (step) return workflowStep.decide(step);
      return stored ? access.decide(stored.ctx) : { kind: 'refused', need: { kind: 'check-failed' } };
    },
    async deliver(address, reply, context) {
      const step = workflowStep.read(address);
      return step
        ? workflowStep.deliver(step, reply, context)
        : conversation.deliver(address, reply, context);
    },
    report: conversation.report,
    async resume(question, context) {
      // Before Slack has said whose workspace this is nobody can be checked.
      if (!installation) return { kind: 'retry', error: 'not connected yet' };
      const step = workflowStep.read(question.address);
      return step ? workflowStep.resume(step, question, context) : conversation.resume(question, context);
    },
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

  /** A revoked token shows only when it is used: a bot that nobody asks would seem to be well. */
  async function watchToken(): Promise<void> {
    while (!leaving.signal.aborted) {
      await clock.sleep(TOKEN_CHECK_MS, leaving.signal).catch(() => undefined);
      if (!leaving.signal.aborted) await callSlack(clock, () => client.auth.test());
    }
  }
}
