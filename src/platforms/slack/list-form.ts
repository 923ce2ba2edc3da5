import type { SlashCommand } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import { type Clock, endsWithin } from '../../clock.ts';
import type { UsageService } from '../../usage/platform.ts';
import type { Ask } from '../chat/ask.ts';
import type { Conversation } from '../chat/conversation.ts';
import { type Place, urlOf } from './address.ts';
import type { SlackMessage } from './block-kit.ts';
import type { SlackChat } from './chat.ts';
import { filesOf } from './shared-files.ts';
import { callSlack, type SlackClient } from './web.ts';

/** `callback_id` of the form. */
export const LIST_FORM = 'esim_usage_list';
const FILE = 'file';
/**
 * Slack's docs, file input: by extension; who asks can still name a file as they like, so it is looked at as any
 * other.
 */
const EXTENSIONS = ['csv', 'tsv', 'txt'];
/** A trigger opens a form within three seconds; who asks is checked again when the form comes back. */
const CHECKED_WITHIN_MS = 1_500;
const RECALLED_WITHIN_MS = 500;
/** Where the form does not open: that a list is taken in the direct message, or that this person may not ask. */
const IN_ITS_PLACE: Ask = { kind: 'list-in-channel', seenByAll: false };
/** As long as the response URL of the command lives. */
const KEPT_MS = 30 * 60_000;

/** Where the form was asked for: its answer says there that it comes in the direct message. */
const origin = z.object({
  userId: z.string(),
  channelId: z.string(),
  inDirectMessage: z.boolean(),
  url: z.object({ href: z.string(), endsAt: z.number(), usesLeft: z.number() }),
});
/** Slack's docs, view_submission payload. In an organisation `team` may be null. */
const submission = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  view: z.object({
    id: z.string(),
    private_metadata: z.string().catch(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  }),
});

/** What the form needs. */
export interface ListFormParts {
  readonly client: SlackClient;
  readonly chat: SlackChat;
  readonly conversation: Pick<Conversation<Place, SlackMessage>, 'accept' | 'answer'>;
  readonly usageService: Pick<UsageService, 'remember' | 'recall'>;
  readonly clock: Clock;
  readonly ownTeamId: () => string;
  /** Of a file. */
  readonly mostBytes: number;
}

/** The form that `/esim-usage list` opens: a list where people are, seen by nobody else. */
export function createListForm({
  client,
  chat,
  conversation,
  usageService,
  clock,
  ownTeamId,
  mostBytes,
}: ListFormParts) {
  /** After the acknowledgement. Who may not ask, or whose form Slack does not open, gets a word instead. */
  async function open(command: SlashCommand): Promise<void> {
    const { trigger_id: questionId, channel_id: channelId, user_id: userId } = command;
    const inDirectMessage = command.channel_name === 'directmessage';
    const url = urlOf(command.response_url, clock.now());
    let place: Place = {
      teamId: command.team_id,
      userId,
      channelId,
      inDirectMessage,
      questionId,
      url,
      locale: 'en',
    };
    // Durable as any question: a process that dies before the form is open leaves it to be answered by the word.
    const hold = await conversation.accept(place, IN_ITS_PLACE);
    if (!hold) return;
    const asked = Promise.all([chat.introduce(place), chat.decide(place), note()]);
    const known = (await endsWithin(clock, asked, CHECKED_WITHIN_MS)) ? await asked : undefined;
    if (known) [place] = known;
    const mayAsk = known?.[1].kind !== 'refused';
    const view = listForm(place.locale, known?.[2] ?? '', mostBytes);
    const opened = mayAsk
      ? await callSlack(clock, () => client.views.open({ trigger_id: questionId, view }))
      : undefined;
    if (opened?.kind === 'ok') return hold.done();
    await conversation.answer(place, IN_ITS_PLACE, hold);

    /** The form itself carries no response URL: it passes through the person's client. */
    function note(): Promise<string> {
      const from: z.infer<typeof origin> = { userId, channelId, inDirectMessage, url };
      return usageService.remember(from, KEPT_MS).catch(() => '');
    }
  }

  /** What a form that was sent asks. Throws for what is none of ours. */
  async function questionOf(
    body: unknown,
  ): Promise<{ readonly place: Omit<Place, 'locale'>; readonly ask: Ask }> {
    const { user, team, view } = submission.parse(body);
    const recalling = usageService.recall(view.private_metadata).catch(() => undefined);
    const stored = (await endsWithin(clock, recalling, RECALLED_WITHIN_MS)) ? await recalling : undefined;
    const found = origin.safeParse(stored).data;
    const { channelId, inDirectMessage, url } =
      found?.userId === user.id ? found : { channelId: '', inDirectMessage: false, url: undefined };
    const place = {
      teamId: user.team_id ?? team?.id ?? ownTeamId(),
      userId: user.id,
      channelId,
      inDirectMessage,
      // One form, one list, however often it is sent.
      questionId: view.id,
      ...(url ? { url } : {}),
    };
    return { place, ask: { kind: 'list-from-channel', files: filesOf(view.state.values[FILE]?.[FILE]) } };
  }

  return { open, questionOf };
}

/** The form itself: one file of at most `mostBytes`. `note`: where it was asked for. */
export function listForm(locale: string, note: string, mostBytes: number): ModalView {
  const { bulk } = wordsFor(locale);
  return {
    type: 'modal',
    callback_id: LIST_FORM,
    private_metadata: note,
    title: plain(bulk.title),
    submit: plain(bulk.form.send),
    close: plain(bulk.cancel),
    blocks: [
      {
        type: 'input',
        block_id: FILE,
        label: plain(bulk.form.file(Math.floor(mostBytes / 1024))),
        element: { type: 'file_input', action_id: FILE, filetypes: EXTENSIONS, max_files: 1 },
      },
    ],
  };
}

/** Whether a command asks for the form. */
export function asksForForm(text: string): boolean {
  return /^\s*lists?\s*$/iu.test(text);
}

function plain(text: string) {
  return { type: 'plain_text', text } as const;
}
