import type { IncomingMessage, ServerResponse } from 'node:http';
import { FILE_METHODS } from './file-routes.ts';
import { blocksOf, breachOf, modalBreachOf } from './rules.ts';
import { conversationInfo, conversationsOf, missingHistoryScope, missingScope } from './scopes.ts';
import { STEP_METHODS } from './steps.ts';
import { VIEW_METHODS } from './views.ts';
import { APP_TOKEN, BOT_TOKEN, BOT_USER, type SlackPost, TEAM, type Workspace } from './workspace.ts';

type Args = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

const MAX_BLOCKS = 50;
const MAX_VIEW_BLOCKS = 100;

/** Slack's Web API, as far as the bot calls it, with its error codes. */
export async function answerWebApi(
  workspace: Workspace,
  socketUrl: () => string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = (request.url ?? '').replace(/^\/api\//, '').split('?')[0] ?? '';
  const args = argsOf(await bodyOf(request), request.headers['content-type']);
  workspace.calls.push({ method, args });
  const fault = workspace.takeFault(method);
  if (fault?.hang) return;
  if (fault?.reset) return void response.destroy();
  if (fault?.page) return void response.writeHead(200).end('<!doctype html><title>Sign in</title>');
  if (fault?.status === 429) return void response.writeHead(429).end();
  if (fault?.retryAfter !== undefined) {
    response.writeHead(429, { 'retry-after': String(fault.retryAfter) }).end();
    return;
  }
  if (fault?.status !== undefined) {
    response.writeHead(fault.status).end('upstream');
    return;
  }
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? args.token;
  const answer = fault?.error ? failure(fault.error) : perform(workspace, socketUrl, method, args, token);
  if (fault?.lostAnswer) return void response.destroy();
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-oauth-scopes': [...workspace.scopes].join(','),
  });
  response.end(JSON.stringify(answer));
}

function perform(
  workspace: Workspace,
  socketUrl: () => string,
  method: string,
  args: Args,
  token: unknown,
): Answer {
  const refusal = typeof token === 'string' ? workspace.refusedTokens.get(token) : undefined;
  if (refusal !== undefined) return failure(refusal);
  if (method === 'apps.connections.open')
    return token === APP_TOKEN ? { ok: true, url: socketUrl() } : failure('invalid_auth');
  if (token !== BOT_TOKEN) return failure('invalid_auth');
  const handler = METHODS[method];
  if (!handler) return failure('unknown_method');
  return missingScope(workspace, method) ?? handler(workspace, args);
}

const METHODS: Readonly<Record<string, (workspace: Workspace, args: Args) => Answer>> = {
  ...FILE_METHODS,
  ...STEP_METHODS,
  ...VIEW_METHODS,
  'auth.test': ({ enterprise }) => ({
    ok: true,
    team_id: enterprise?.wide ? enterprise.id : TEAM,
    ...(enterprise ? { enterprise_id: enterprise.id, is_enterprise_install: enterprise.wide } : {}),
    team: 'Test',
    user_id: BOT_USER,
    user: 'bot',
    bot_id: 'BBOT',
  }),
  'users.info': (workspace, args) => {
    const user = workspace.users.get(String(args.user));
    return user ? { ok: true, user } : failure('user_not_found');
  },
  'users.conversations': conversationsOf,
  'usergroups.users.list': (workspace, args) => {
    if (workspace.enterprise?.wide && args.team_id === undefined) return failure('missing_argument');
    const home = workspace.groupHomes.get(String(args.usergroup)) ?? TEAM;
    if (args.team_id !== undefined && args.team_id !== home) return failure('no_such_subteam');
    const users = workspace.groups.get(String(args.usergroup));
    return users ? { ok: true, users } : failure('no_such_subteam');
  },
  'conversations.open': (workspace, args) => {
    const user = String(args.users);
    if (!workspace.users.has(user)) return failure('user_not_found');
    return { ok: true, channel: { id: workspace.directMessageOf(user) } };
  },
  'conversations.info': (workspace, args) => conversationInfo(workspace, String(args.channel)),
  'conversations.history': (workspace, args) =>
    historyOf(workspace, args, ({ threadTs }) => threadTs === undefined),
  'conversations.replies': (workspace, args) =>
    historyOf(workspace, args, ({ ts, threadTs }) => (threadTs ?? ts) === args.ts),
  'chat.postMessage': (workspace, args) => {
    const channel = String(args.channel);
    const closed = closedTo(workspace, channel) ?? refusalOf(workspace, messageOf(args));
    if (closed) return failure(closed);
    const post = put(workspace, args, { channel, via: 'chat.postMessage' });
    return { ok: true, channel, ts: post.ts };
  },
  'chat.postEphemeral': (workspace, args) => {
    const channel = String(args.channel);
    const user = String(args.user);
    const closed = closedTo(workspace, channel) ?? refusalOf(workspace, messageOf(args));
    if (closed) return failure(closed);
    if (!workspace.members.get(channel)?.has(user)) return failure('user_not_in_channel');
    const post = put(workspace, args, { channel, via: 'chat.postEphemeral', onlyFor: user });
    return { ok: true, message_ts: post.ts };
  },
  'chat.update': (workspace, args) => {
    const post = workspace.posts.find(({ channel, ts }) => channel === args.channel && ts === args.ts);
    if (!post || post.deleted || post.onlyFor !== undefined) return failure('message_not_found');
    const breach = refusalOf(workspace, messageOf(args));
    if (breach) return failure(breach);
    post.forms.push(messageOf(args));
    return { ok: true, channel: post.channel, ts: post.ts };
  },
  'blocks.validate': ({ refusedBlocks }, { message, view }) => {
    const payload = JSON.parse(String(message ?? view));
    const breach = view === undefined ? breachOf(payload, MAX_BLOCKS) : viewBreachOf(payload);
    const unknown = blocksOf(payload).findIndex(({ type }) => refusedBlocks.has(type));
    if (!breach && unknown < 0) return { ok: true };
    const [code = '', where = ''] = (breach ?? `: blocks.${unknown}.type`).split(': ');
    const errors = [
      {
        pointer: `/${where.replaceAll('.', '/')}`,
        code: 'failed_constraint',
        message: code || 'unknown type',
      },
    ];
    return { ok: false, error: view === undefined ? 'invalid_message' : 'invalid_view', errors };
  },
  'views.publish': (workspace, args) => {
    const view = typeof args.view === 'string' ? JSON.parse(args.view) : args.view;
    const breach = breachOf(view, MAX_VIEW_BLOCKS);
    if (breach) return failure(breach);
    workspace.views.set(String(args.user_id), view);
    return { ok: true };
  },
};

/** A limit, or a block that this workspace does not know. */
export function refusalOf({ refusedBlocks }: Workspace, message: unknown): string | undefined {
  const breach = breachOf(message, MAX_BLOCKS);
  if (breach) return breach;
  const unknown = blocksOf(message).find(({ type }) => refusedBlocks.has(type));
  return unknown && 'invalid_blocks';
}

function viewBreachOf(view: { readonly type?: string }): string | undefined {
  return view.type === 'modal' ? modalBreachOf(view) : breachOf(view, MAX_VIEW_BLOCKS);
}

/** Newest first, and no more than asked for. */
function historyOf(workspace: Workspace, args: Args, belongs: (post: SlackPost) => boolean): Answer {
  const channel = String(args.channel);
  const refusal = missingHistoryScope(workspace, channel);
  if (refusal) return refusal;
  const messages = workspace
    .publicIn(channel)
    .filter((post) => belongs(post) && Number(post.ts) >= Number(args.oldest ?? 0))
    .toReversed()
    .slice(0, Number(args.limit ?? 100))
    .map(({ ts, metadata }) => ({ ts, metadata }));
  return { ok: true, messages };
}

function put(
  workspace: Workspace,
  args: Args,
  where: Pick<SlackPost, 'channel' | 'via'> & { readonly onlyFor?: string },
): SlackPost {
  const thread = args.thread_ts === undefined ? {} : { threadTs: String(args.thread_ts) };
  const post: SlackPost = {
    ...where,
    ...thread,
    ts: workspace.nextTs(),
    metadata: typeof args.metadata === 'string' ? JSON.parse(args.metadata) : args.metadata,
    forms: [messageOf(args)],
  };
  workspace.posts.push(post);
  return post;
}

export function messageOf(args: Args): { text: string; blocks: unknown } {
  const blocks = typeof args.blocks === 'string' ? JSON.parse(args.blocks) : (args.blocks ?? []);
  return { text: String(args.text ?? ''), blocks };
}

/** A direct message is open to the bot; a channel only when it is a member. */
function closedTo(workspace: Workspace, channel: string): string | undefined {
  if (channel.startsWith('D')) return undefined;
  const members = workspace.members.get(channel);
  if (!members) return 'channel_not_found';
  if (!members.has(BOT_USER)) return 'not_in_channel';
  return workspace.archived.has(channel) ? 'is_archived' : undefined;
}

function failure(error: string): Answer {
  return { ok: false, error };
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function argsOf(body: string, type: string | undefined): Args {
  if (type?.includes('json')) return body === '' ? {} : JSON.parse(body);
  return Object.fromEntries(new URLSearchParams(body));
}
