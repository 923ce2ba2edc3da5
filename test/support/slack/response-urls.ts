import type { IncomingMessage, ServerResponse } from 'node:http';
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
    url.original ??= added;
  }
  if (fault?.lostAnswer) return void response.destroy();
  response.writeHead(200).end('ok');
}

function put(
  workspace: Workspace,
  channel: string,
  userId: string,
  body: Record<string, unknown>,
): SlackPost {
  const post: SlackPost = {
    channel,
    ts: workspace.nextTs(),
    onlyFor: userId,
    via: 'response_url',
    forms: [messageOf(body)],
  };
  workspace.posts.push(post);
  return post;
}
