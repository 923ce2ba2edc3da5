import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { StartError } from '../../usage/platform.ts';
import { reconnectDelayMs, throttledCause } from '../reconnect-pace.ts';
import type { Installation } from './membership.ts';
import { callSlack, type SlackClient, type SlackResult } from './web.ts';

/** The first calls to Slack: an outage is waited for, a refusal is a `StartError`. */
export interface SignIn {
  /** Asks until Slack says yes or no. Undefined when the bot stops first. */
  untilAnswered<T>(call: () => Promise<T>): Promise<Extract<SlackResult<T>, { kind: 'ok' }> | undefined>;
  /** What the token was installed for. Undefined when the bot stops first. */
  installationOf(client: SlackClient): Promise<Installation | undefined>;
  /** Why Slack has not answered yet. */
  away(): string | undefined;
}

/** The part of `auth.test` that the bot goes by. */
const identity = z.object({
  team_id: z.string().nullish(),
  user_id: z.string(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().optional(),
});

/** Also where Slack asks for more: `/healthz` takes a longer silence for a bot that has stopped trying. */
const MAX_WAIT_MS = 60_000;

/** `leaving` is aborted when the bot stops. */
export function createSignIn(clock: Clock, log: Log, leaving: AbortSignal): SignIn {
  let away: string | undefined;
  const sayAway = throttledCause(clock, (cause) =>
    log.warn({ cause }, 'Slack does not answer at the start: it is asked again and again'),
  );

  async function untilAnswered<T>(
    call: () => Promise<T>,
  ): Promise<Extract<SlackResult<T>, { kind: 'ok' }> | undefined> {
    for (let failures = 1; !leaving.aborted; failures++) {
      const result = await callSlack(clock, call);
      if (result.kind === 'ok') return result;
      if (result.kind === 'operator')
        throw new StartError(`Slack refuses the bot: ${result.error}`, result.remedy);
      if (result.kind === 'closed')
        throw new StartError(
          `Slack refuses the bot: ${result.error}`,
          'Install the app again, then start again',
        );
      away = result.error;
      sayAway(result.error);
      const waitMs = Math.max(reconnectDelayMs(failures), (result.notBefore ?? 0) - clock.now());
      await clock.sleep(Math.min(waitMs, MAX_WAIT_MS), leaving).catch(() => undefined);
    }
    return undefined;
  }

  return {
    untilAnswered,
    async installationOf(client) {
      const found = await untilAnswered(async () => identity.parse(await client.auth.test()));
      return found && installationOf(found.value);
    },
    away: () => away,
  };
}

/**
 * What the token was installed for: a workspace, or a whole organisation. Throws a `StartError` where Slack does not
 * say.
 */
function installationOf(found: z.infer<typeof identity>): Installation {
  const { team_id: teamId, enterprise_id: enterpriseId, is_enterprise_install: wide } = found;
  const home = teamId ?? enterpriseId;
  if (!home || (wide && !enterpriseId))
    throw new StartError(
      'Slack does not say which workspace or organisation the token is of',
      'Install the app again and copy the new token',
    );
  return { teamId: home, organisationWide: wide === true, ...(enterpriseId ? { enterpriseId } : {}) };
}
