import { type AttachedFile, attachedFile } from './file-routes.ts';
import { blocksOf } from './rules.ts';
import type { Push, SlackStandIn } from './slack.ts';
import { newTrigger } from './views.ts';
import { lastForm, type SlackPost, TEAM } from './workspace.ts';

export interface Where {
  readonly user?: string;
  readonly channel?: string;
  readonly team?: string;
  readonly thread?: string;
  /** To send the same again. */
  readonly id?: string;
}

/** `/esim-usage …` typed in a channel. */
export function command(slack: SlackStandIn, text: string, where: Where = {}): Push {
  const user = where.user ?? 'UANNA';
  const channel = where.channel ?? 'CSUPPORT';
  return {
    kind: 'command',
    payload: {
      command: '/esim-usage',
      text,
      team_id: where.team ?? TEAM,
      user_id: user,
      channel_id: channel,
      channel_name: channel.startsWith('D') ? 'directmessage' : 'support',
      trigger_id: where.id ?? newTrigger(slack.workspace, user),
      response_url: slack.responseUrl(slack.workspace.newResponseUrl(user, channel)),
      token: 'legacy',
      api_app_id: 'A1',
    },
  };
}

export function event(slack: SlackStandIn, where: Where, content: Record<string, unknown>): Push {
  return {
    kind: 'event',
    payload: {
      type: 'event_callback',
      token: 'legacy',
      team_id: where.team ?? TEAM,
      api_app_id: 'A1',
      event_id: where.id ?? slack.workspace.nextId('Ev'),
      event_time: 1,
      authorizations: [{ team_id: TEAM, user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
      event: { ...content, ...(where.thread === undefined ? {} : { thread_ts: where.thread }) },
    },
  };
}

/** A line in the direct message with the bot. */
export function directMessage(
  slack: SlackStandIn,
  text: string,
  where: Where = {},
  more: Record<string, unknown> = {},
): Push {
  const user = where.user ?? 'UANNA';
  const channel = slack.workspace.directMessageOf(user);
  const ts = slack.workspace.nextTs();
  return event(slack, where, { type: 'message', channel_type: 'im', channel, user, text, ts, ...more });
}

/** Files dropped into the direct message with the bot, with a word or without. */
export function filesInDirectMessage(
  slack: SlackStandIn,
  files: readonly AttachedFile[],
  text = '',
  where: Where = {},
): Push {
  const attached = files.map((file) => attachedFile(slack.workspace, file));
  return directMessage(slack, text, where, { subtype: 'file_share', files: attached });
}

export function mention(slack: SlackStandIn, text: string, where: Where = {}): Push {
  const user = where.user ?? 'UANNA';
  const ts = slack.workspace.nextTs();
  const channel = where.channel ?? 'CSUPPORT';
  return event(slack, where, { type: 'app_mention', channel, user, text: `<@UBOT> ${text}`, ts });
}

export function homeOpened(slack: SlackStandIn, user = 'UANNA'): Push {
  const channel = slack.workspace.directMessageOf(user);
  return event(slack, {}, { type: 'app_home_opened', tab: 'home', user, channel });
}

/** A press on a button of somebody's App Home, found by the start of its action id. */
export function pressOnHome(slack: SlackStandIn, kind: string, user = 'UANNA'): Push {
  const view = slack.workspace.views.get(user);
  const found = blocksOf({ blocks: view?.blocks })
    .flatMap((block) => {
      if (block.type === 'actions') return block.elements;
      return block.type === 'section' && block.accessory ? [block.accessory] : [];
    })
    .find(({ action_id: id }) => id.startsWith(kind));
  if (!found) throw new Error(`No button ${kind} on the App Home`);
  return {
    kind: 'interactive',
    payload: {
      type: 'block_actions',
      trigger_id: newTrigger(slack.workspace, user),
      user: { id: user, team_id: TEAM },
      team: { id: TEAM },
      container: { type: 'view', view_id: 'VHOME' },
      view: { id: 'VHOME', type: 'home', private_metadata: view?.private_metadata ?? '' },
      actions: [{ ...found, block_id: 'b', action_ts: '1' }],
    },
  };
}

/** The newest form of somebody's is sent with a text in its field. */
export function submitForm(slack: SlackStandIn, text: string, user = 'UANNA'): Push {
  const view = slack.workspace.modals.at(-1);
  const [field] = blocksOf({ blocks: view?.blocks }).flatMap((block) =>
    block.type === 'input' ? [block] : [],
  );
  if (field?.block_id === undefined) throw new Error('No form');
  const values = {
    [field.block_id]: { [field.element.action_id]: { type: 'plain_text_input', value: text } },
  };
  return {
    kind: 'interactive',
    payload: {
      type: 'view_submission',
      trigger_id: slack.workspace.nextId('trigger.'),
      user: { id: user, team_id: TEAM },
      team: { id: TEAM },
      view: { ...view, id: 'VFORM', state: { values } },
    },
  };
}

/** The app's shortcut on a message; `more` stands in the message beside its text. */
export function shortcut(
  slack: SlackStandIn,
  messageText: string,
  where: Where = {},
  more: Record<string, unknown> = {},
): Push {
  const user = where.user ?? 'UANNA';
  const channel = where.channel ?? 'CSUPPORT';
  return {
    kind: 'interactive',
    payload: {
      type: 'message_action',
      callback_id: 'check_esim_usage',
      trigger_id: where.id ?? slack.workspace.nextId('trigger.'),
      response_url: slack.responseUrl(slack.workspace.newResponseUrl(user, channel)),
      user: { id: user, team_id: where.team ?? TEAM },
      team: { id: TEAM },
      channel: { id: channel },
      message_ts: '1.1',
      message: { type: 'message', text: messageText, user: 'UBEN', ts: '1.1', ...more },
    },
  };
}

/** A press on a button of a message, found by the start of its action id, or by its words: choices of a menu share the id. */
export function press(slack: SlackStandIn, post: SlackPost, kind: string, where: Where = {}): Push {
  const button = buttonsOf(post).find(({ action_id: id, text }) => id.startsWith(kind) || text.text === kind);
  if (!button) throw new Error(`No button ${kind} among ${buttonsOf(post).map(({ action_id: id }) => id)}`);
  return pressOn(slack, post, button.payload, where);
}

/** A press on a button of a message as Slack sends it. */
export function pressOn(slack: SlackStandIn, post: SlackPost, payload: object, where: Where = {}): Push {
  const user = where.user ?? post.onlyFor ?? 'UANNA';
  const url = slack.workspace.newResponseUrl(user, post.channel, post);
  return {
    kind: 'interactive',
    payload: {
      type: 'block_actions',
      trigger_id: where.id ?? slack.workspace.nextId('trigger.'),
      response_url: slack.responseUrl(url),
      user: { id: user, team_id: where.team ?? TEAM },
      team: { id: TEAM },
      container: {
        type: 'message',
        channel_id: post.channel,
        message_ts: post.ts,
        is_ephemeral: post.onlyFor !== undefined,
      },
      channel: { id: post.channel },
      actions: [{ ...payload, block_id: 'b', action_ts: '1' }],
    },
  };
}

/** A button, or a choice of a menu, which is found by the action id that its button would have. */
export interface Pressable {
  readonly action_id: string;
  readonly text: { readonly text: string };
  readonly value?: string | undefined;
  /** What Slack sends for it. */
  readonly payload: object;
}

/** Everything that can be pressed or chosen on a message (Slack's docs, block_actions payload). */
export function buttonsOf(post: SlackPost | undefined): Pressable[] {
  return blocksOf(lastForm(post)).flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((element): Pressable[] =>
          element.type === 'button'
            ? [{ ...element, payload: element }]
            : element.options.map(({ text, value }) => ({
                action_id: `${element.action_id.split(':')[0]}:${value.split('|')[0]}`,
                text,
                value,
                payload: {
                  type: element.type,
                  action_id: element.action_id,
                  selected_option: { text, value },
                },
              })),
        )
      : [],
  );
}
