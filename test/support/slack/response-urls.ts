import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Push } from './slack.ts';
import { bodyOf, messageOf, refusalOf } from './web-api.ts';
import type { SlackPost, Workspace } from './workspace.ts';

const MAX_USES = 5;

/** A response URL: 30 minutes, five uses, and only ever for the person it was given for. */
export async function answerResponseUrl(
  workspace: Workspace,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = JSON.parse(await bodyOf(request));
  const url = workspace.responseUrls.get(id);
  const fault = workspace.takeFault('response_url');
  if (fault?.hang) return;
  if (fault?.status !== undefined) return void response.writeHead(fault.status).end();
  if (!url || url.endsAt <= workspace.now()) return void response.writeHead(404).end('expired_url');
  if (url.uses >= MAX_USES) return void response.writeHead(200).end('{"ok":false,"error":"used_url"}');
  const breach = refusalOf(workspace, messageOf(body));
  if (breach) return void response.writeHead(400).end(breach);
  url.uses++;
  if (body.response_type !== 'ephemeral') return void response.writeHead(400).end('not_private');
  if (body.replace_original === true && url.original) url.original.forms.push(messageOf(body));
  else {
    const added = put(workspace, url.channelId, url.userId, body);
    // Slack's docs: of a press it is the message that held the button, whatever was added since; of a command the first that was shown.
    if (workspace.replacesByCommandUrl) url.original ??= added;
  }
  if (fault?.lostAnswer) return void response.destroy();
  response.writeHead(200).end('ok');
}

const acknowledgement = z.looseObject({ response_type: z.literal('ephemeral'), text: z.string() });

/**
 * What the acknowledgement of a command says, as JSON. Of a message that Slack refuses the bot never hears: the person sees an error, so
 * here the test does.
 */
export function showAcknowledgement(workspace: Workspace, push: Push, said: unknown): void {
  if (push.kind !== 'command' || typeof said !== 'object' || said === null || Object.keys(said).length === 0)
    return;
  const body = acknowledgement.parse(said);
  const breach = refusalOf(workspace, messageOf(body));
  if (breach) throw new Error(`Slack refuses what an acknowledgement says: ${breach}`);
  const { channel_id: channel = '', user_id: user = '', response_url: url = '' } = push.payload;
  const post = put(workspace, channel, user, body, 'acknowledgement');
  const given = workspace.responseUrls.get(url.split('/').at(-1) ?? '');
  if (given) given.acknowledgement = post;
}

function put(
  workspace: Workspace,
  channel: string,
  userId: string,
  body: Record<string, unknown>,
  via = 'response_url',
): SlackPost {
  const post: SlackPost = { channel, ts: workspace.nextTs(), onlyFor: userId, via, forms: [messageOf(body)] };
  workspace.posts.push(post);
  return post;
}
