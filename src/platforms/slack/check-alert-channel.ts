import { z } from 'zod';
import { systemClock } from '../../clock.ts';
import type { Finding } from '../../ops/doctor.ts';
import { callSlack, type SlackClient } from './web.ts';

/** Slack's docs, conversation object. Absent in a direct message: `name`, `is_member`. */
const found = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_archived: z.boolean().optional(),
    is_member: z.boolean().optional(),
    is_im: z.boolean().optional(),
  }),
});

/** Slack's docs, conversations.info: one of these is needed to look at a channel. The bot itself does without. */
const LOOKING = 'channels:read (groups:read for a private channel)';

/**
 * Whether alerts can be posted to `SLACK_ALERT_CHANNEL`. Without the scope `chat:write.public`, which the bot does
 * not ask for, that takes a member of the channel (Slack's docs, chat.postMessage). `channel` is an id or `#name` as
 * the setting has it, `botName` is for the remedy. Nothing is posted. Never throws: what Slack refuses is a finding.
 */
export async function checkAlertChannel(
  client: SlackClient,
  channel: string,
  botName: string,
): Promise<Finding> {
  const invite = `Type /invite @${botName} in that channel`;
  const result = await callSlack(systemClock, async () =>
    found.parse(await client.conversations.info({ channel })),
  );
  switch (result.kind) {
    case 'ok':
      return standing(result.value.channel, channel, invite);
    // A private channel the bot is not in looks like none at all.
    case 'closed':
      return {
        level: 'error',
        what: `SLACK_ALERT_CHANNEL: the bot sees no channel ${channel} (${result.error})`,
        remedy: `Use the channel's id (at the end of its About), and where it is private: ${invite}`,
      };
    case 'operator':
      return result.error === 'missing_scope'
        ? {
            level: 'warning',
            what: `SLACK_ALERT_CHANNEL: not looked at, that takes ${LOOKING}`,
            remedy: `${invite}; or add the scope, install the app again and ask the doctor again`,
          }
        : { level: 'error', what: `SLACK_ALERT_CHANNEL: ${result.error}`, remedy: result.remedy };
    case 'retry':
      return {
        level: 'warning',
        what: `SLACK_ALERT_CHANNEL: not looked at (${result.error})`,
        remedy: 'Ask the doctor again in a minute',
      };
    default:
      return result satisfies never;
  }
}

/** What Slack shows of the channel, as the operator needs it; `invite` is the remedy for a bot that is not in it. */
function standing(
  { name, is_archived: archived, is_member: member, is_im: direct }: z.infer<typeof found>['channel'],
  channel: string,
  invite: string,
): Finding {
  const shown = name === undefined ? channel : `#${name}`;
  if (archived)
    return {
      level: 'error',
      what: `SLACK_ALERT_CHANNEL: ${shown} is archived`,
      remedy: 'Restore the channel, or set SLACK_ALERT_CHANNEL to another',
    };
  if (member || direct) return { level: 'ok', what: `alerts can be posted to ${shown}` };
  return {
    level: 'error',
    what: `SLACK_ALERT_CHANNEL: the bot is no member of ${shown}`,
    remedy: invite,
  };
}
