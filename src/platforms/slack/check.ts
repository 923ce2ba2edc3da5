import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { systemClock } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import type { Finding } from '../../ops/doctor.ts';
import { CLIENT_OPTIONS, callSlack } from './web.ts';

/** What the bot calls and listens to; `manifests/slack-app.yaml` asks for the same, and a test compares them. */
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

/** One of them, to look for an earlier try in the alert channel. */
const HISTORY_SCOPES = ['channels:history', 'groups:history'];

const identity = z.object({
  team: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Checks the tokens with real calls: who we are, which scopes we have, whether a socket can be opened. */
export async function checkSlack(settings: SlackSettings): Promise<Finding[]> {
  const options = {
    ...CLIENT_OPTIONS,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
  };
  const client = new webApi.WebClient(settings.botToken, { ...options, logLevel: webApi.LogLevel.ERROR });
  const found = await callSlack(systemClock, async () => identity.parse(await client.auth.test()));
  if (found.kind !== 'ok') return [refused('SLACK_BOT_TOKEN', found)];
  const { team, user, response_metadata: metadata } = found.value;
  const findings: Finding[] = [{ level: 'ok', what: `signed in to ${team} as ${user}` }];
  const needed = settings.access.groups.length > 0 ? [...NEEDED_SCOPES, 'usergroups:read'] : NEEDED_SCOPES;
  const missing = metadata?.scopes && needed.filter((scope) => !metadata.scopes?.includes(scope));
  if (missing && missing.length > 0)
    findings.push({
      level: 'error',
      what: `missing scopes: ${missing.join(', ')}`,
      remedy: 'Add them (OAuth & Permissions, Bot Token Scopes) and install the app again',
    });
  const scopes = metadata?.scopes;
  if (settings.alertChannel !== undefined && scopes && !HISTORY_SCOPES.some((one) => scopes.includes(one)))
    findings.push({
      level: 'warning',
      what: 'an alert that was being sent when the bot was killed may be posted twice: its channel cannot be searched',
      remedy: 'Add channels:history (private channel: groups:history) and install the app again',
    });
  if (settings.transport.kind === 'http') {
    findings.push({ level: 'ok', what: 'HTTP: Slack must reach POST /slack/events of this bot' });
    return findings;
  }
  const app = new webApi.WebClient(settings.transport.appToken, {
    ...options,
    logLevel: webApi.LogLevel.ERROR,
  });
  const socket = await callSlack(systemClock, () => app.apps.connections.open({}));
  findings.push(
    socket.kind === 'ok'
      ? { level: 'ok', what: 'a socket can be opened' }
      : refused('SLACK_APP_TOKEN', socket),
  );
  return findings;
}

function refused(name: string, result: { readonly error: string; readonly remedy?: string }): Finding {
  const remedy = result.remedy ?? 'Check the network, and SLACK_API_URL where it is set';
  return { level: 'error', what: `${name}: ${result.error}`, remedy };
}
