import { BOT_USER, type Workspace } from './workspace.ts';

/** The scope of each method whose need does not depend on the conversation (docs.slack.dev, methods). */
const NEEDED: Readonly<Record<string, string>> = {
  'users.info': 'users:read',
  'usergroups.users.list': 'usergroups:read',
  'conversations.open': 'im:write',
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
};

type Refusal = { ok: false; error: string; needed?: string; provided?: string };

/** Slack's refusal where a scope is missing, which names what is needed and what there is. */
export function missingScope(workspace: Workspace, method: string): Refusal | undefined {
  const needed = NEEDED[method];
  return needed === undefined || workspace.scopes.has(needed) ? undefined : lacking(workspace, needed);
}

/** The scope for reading what was said depends on the kind of the conversation. */
export function missingHistoryScope(workspace: Workspace, channel: string): Refusal | undefined {
  const ofChannel = workspace.privateChannels.has(channel) ? 'groups:history' : 'channels:history';
  const needed = channel.startsWith('D') ? 'im:history' : ofChannel;
  return workspace.scopes.has(needed) ? undefined : lacking(workspace, needed);
}

/** `conversations.info`: a private channel is shown to its members only. */
export function conversationInfo(workspace: Workspace, id: string) {
  const members = workspace.members.get(id);
  const isPrivate = workspace.privateChannels.has(id);
  const needed = isPrivate ? 'groups:read' : 'channels:read';
  if (!workspace.scopes.has(needed)) return lacking(workspace, needed);
  const isMember = members?.has(BOT_USER) ?? false;
  if (!members || (isPrivate && !isMember)) return { ok: false, error: 'channel_not_found' };
  return {
    ok: true,
    channel: {
      id,
      name: id.slice(1).toLowerCase(),
      is_channel: !isPrivate,
      is_group: isPrivate,
      is_im: false,
      is_mpim: false,
      is_private: isPrivate,
      is_archived: workspace.archived.has(id),
      is_member: isMember,
      is_general: false,
      is_shared: false,
      num_members: members.size,
    },
  };
}

/** `users.conversations`: the channels of a person, two a page; of the private ones those that the bot is in as well. */
export function conversationsOf(workspace: Workspace, args: Readonly<Record<string, unknown>>) {
  const isPrivate = args.types === 'private_channel';
  const needed = isPrivate ? 'groups:read' : 'channels:read';
  if (!workspace.scopes.has(needed)) return lacking(workspace, needed);
  if (workspace.enterprise?.wide && args.team_id === undefined)
    return { ok: false, error: 'missing_argument' };
  const user = String(args.user);
  if (!workspace.users.has(user)) return { ok: false, error: 'user_not_found' };
  const all = [...workspace.members]
    .filter(([id, members]) => members.has(user) && workspace.privateChannels.has(id) === isPrivate)
    .filter(([, members]) => !isPrivate || members.has(BOT_USER))
    .map(([id]) => ({ id, name: id.slice(1).toLowerCase(), is_archived: workspace.archived.has(id) }));
  const from = Number(args.cursor ?? 0);
  const next = from + 2 < all.length ? String(from + 2) : '';
  return { ok: true, channels: all.slice(from, from + 2), response_metadata: { next_cursor: next } };
}

function lacking(workspace: Workspace, needed: string): Refusal {
  return { ok: false, error: 'missing_scope', needed, provided: [...workspace.scopes].join(',') };
}
