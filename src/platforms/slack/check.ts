import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { systemClock } from '../../clock.ts';
import type { Config, SlackSettings } from '../../config.ts';
import type { Finding } from '../../ops/doctor.ts';
import { checkAlertChannel } from './check-alert-channel.ts';
import { checkGroups } from './check-groups.ts';
import { checkRoute } from './check-route.ts';
import { CLIENT_OPTIONS, callSlack, type SlackClient, type SlackResult } from './web.ts';

/**
 * What the bot calls and listens to; `manifests/slack-app.yaml` asks for the same, and a test compares them. No
 * `channels:history` and no `chat:write.public`: the bot reads only what is said to it, and posts only where it was
 * invited.
 */
export const NEEDED_SCOPES = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'im:write',
  'users:read',
] as const;

/** To look for an earlier try in the alert channel: either does, by whether that channel is public or private. */
const HISTORY_SCOPES = ['channels:history', 'groups:history'];

const identity = z.object({
  team: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/**
/**
 * Checks the settings with real calls: who we are, which scopes we have, whether questions reach us over the chosen
 * transport, whether alerts can be posted. `http` is where the bot's own server listens. Never throws: each fault is
 * a finding. A refused bot token is the only one then, since nothing else could be asked.
 */
export async function checkSlack(settings: SlackSettings, http: Config['http']): Promise<Finding[]> {
  const { alertChannel, transport } = settings;
  const client = clientOf(settings, settings.botToken);
  const found = await callSlack(systemClock, async () => identity.parse(await client.auth.test()));
  if (found.kind !== 'ok') return [refused('SLACK_BOT_TOKEN', found)];
  const { team, user, response_metadata: metadata } = found.value;
  const missing = missingScopes(settings, metadata?.scopes);
  return [
    { level: 'ok', what: `signed in to ${team} as ${user}` },
    ...missing,
    // Without the scope each would say the same again.
    ...(missing.length > 0 ? [] : await checkGroups(client, settings)),
    ...unsearchableAlerts(settings, metadata?.scopes),
    transport.kind === 'http'
      ? await checkRoute(transport.signingSecret, http)
      : await checkSocket(settings, transport.appToken),
    ...(alertChannel === undefined ? [] : [await checkAlertChannel(client, alertChannel, user)]),
  ];
}

/** `granted` is what Slack says beside every answer (`x-oauth-scopes`); absent where a proxy drops it. */
function missingScopes(
  { access, balanceGroups }: SlackSettings,
  granted: readonly string[] | undefined,
): Finding[] {
  const needed =
    access.groups.length + balanceGroups.length > 0 ? [...NEEDED_SCOPES, 'usergroups:read'] : NEEDED_SCOPES;
  const missing = granted ? needed.filter((scope) => !granted.includes(scope)) : [];
  if (missing.length === 0) return [];
  const remedy = 'Add them (OAuth & Permissions, Bot Token Scopes) and install the app again';
  return [{ level: 'error', what: `missing scopes: ${missing.join(', ')}`, remedy }];
}

/** Without the history an alert that was being sent when the bot died cannot be found again. */
function unsearchableAlerts(
  { alertChannel }: SlackSettings,
  granted: readonly string[] | undefined,
): Finding[] {
  if (alertChannel === undefined || !granted) return [];
  if (HISTORY_SCOPES.some((one) => granted.includes(one))) return [];
  return [
    {
      level: 'warning',
      what: 'an alert that was being sent when the bot was killed may be posted twice: its channel cannot be searched',
      remedy: 'Add channels:history (private channel: groups:history) and install the app again',
    },
  ];
}

/** Asks for the address of a socket and does not connect to it: a second connection would take questions away. */
async function checkSocket(settings: SlackSettings, appToken: string): Promise<Finding> {
  const app = clientOf(settings, appToken);
  const socket = await callSlack(systemClock, () => app.apps.connections.open({}));
  if (socket.kind === 'ok') return { level: 'ok', what: 'a socket can be opened' };
  return refused('SLACK_APP_TOKEN', socket);
}

/** Not a `WatchedClient`: the doctor asks once and says itself what it finds. */
function clientOf({ apiUrl }: SlackSettings, token: string): SlackClient {
  return new webApi.WebClient(token, {
    ...CLIENT_OPTIONS,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    logLevel: webApi.LogLevel.ERROR,
  });
}

/** Only a refusal of Slack's own says anything about the token. */
function refused(name: string, result: Exclude<SlackResult<unknown>, { kind: 'ok' }>): Finding {
  switch (result.kind) {
    case 'operator':
      return { level: 'error', what: `${name}: ${result.error}`, remedy: result.remedy };
    case 'closed':
      return {
        level: 'error',
        what: `${name}: ${result.error}`,
        remedy: 'Install the app again (manifests/slack-app.yaml) and copy the token',
      };
    case 'retry':
      if (result.error === 'ratelimited')
        return {
          level: 'warning',
          what: `${name}: not checked, Slack asks to wait (429); that says nothing against the token`,
          remedy: 'Ask the doctor again in a minute',
        };
      return {
        level: 'error',
        what: `${name}: no answer of Slack’s own (${result.error}); that says nothing against the token`,
        remedy:
          'Check the network and what stands in it (HTTPS_PROXY, a firewall), and SLACK_API_URL where it is set',
      };
    default:
      return result satisfies never;
  }
}
