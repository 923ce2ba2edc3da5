import type { ActionsBlock, Button, ContextBlock, HeaderBlock, ModalView, SectionBlock } from '@slack/types';
import type { Card, Line } from '../../cards/card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { rowLines } from '../../cards/plain-text.ts';
import { type RecentEsim, recentParts } from '../../cards/recent-card.ts';
import { SIGNS } from '../../cards/signs.ts';
import { dotted, instantFrom, strong } from '../../cards/spans.ts';
import { type Words, wordsFor } from '../../cards/words.ts';
import { maskIccid } from '../../domain/iccid.ts';
import type { PendingReply } from '../../usage/platform.ts';
import { readerOf } from '../chat/seam.ts';
import { button, header, section } from './block-kit.ts';
import { COMMAND, SHORTCUT } from './chat.ts';
import { cut, SLACK_LIMITS } from './limits.ts';
import { mrkdwnLine } from './mrkdwn.ts';

/** The action ids there. Of Cancel the value is the job's id, of Stop the words of the question, of Check again `note|index`. */
export const HOME = {
  ask: 'esim-home-ask',
  help: 'esim-home-help',
  check: 'esim-home-check',
  cancel: 'esim-home-cancel',
  /** Begins them: an id must be unique. */
  watches: 'esim-home-watches',
} as const;
/** The form behind "Check an eSIM": its callback id, and the block and the action id of its field. */
export const ASK_FORM = { id: 'esim-ask', field: 'asked' } as const;
/** With ten recent eSIMs and ten watches far below the hundred blocks of a view. */
const MAX_PENDING = 15;
/** Slack's docs, view object: of a title and of a button. */
const MODAL_WORD = 24;

/** Whose App Home it is. */
export interface HomeReader {
  readonly teamId: string;
  readonly userId: string;
  readonly locale: string;
  readonly timeZone?: string | undefined;
}

/** What there is to show. */
export interface HomeContent {
  readonly pending: readonly PendingReply[];
  /** How many more the store cannot open. */
  readonly unreadable?: number;
  readonly recent: readonly RecentEsim[];
  /** Of the note about the recent ones. */
  readonly note: string;
  /** The list of watches, whose choices stop them. */
  readonly watches?: Card;
  readonly healthy: boolean;
  /** What came of the press before. */
  readonly notice?: Line;
}

type HomeBlock = HeaderBlock | SectionBlock | ContextBlock | ActionsBlock;

/** Pure; within the limits of a view. ICCIDs are masked. What there is none of takes no room. */
export function homeBlocks(content: HomeContent, reader: HomeReader, now: number): HomeBlock[] {
  const { unreadable = 0 } = content;
  const words = wordsFor(reader.locale);
  const { home } = words;
  const line = (spans: Line) => section(mrkdwnLine(spans, readerOf(reader)));
  const withButton = (spans: Line, accessory: Button): HomeBlock => ({ ...line(spans), accessory });
  const pending = content.pending
    .slice(0, MAX_PENDING)
    .map(({ iccid, answerAt, jobId }) =>
      withButton(
        home.pendingItem(maskIccid(iccid), answerAt),
        button(HOME.cancel, words.actions.cancel, jobId, 'normal'),
      ),
    );
  const recent = content.recent.map((one, index) =>
    withButton(
      recentLine(one, reader, now, words),
      button(`${HOME.check}:${index}`, words.actions['ask-again'], `${content.note}|${index}`, 'normal'),
    ),
  );
  const blocks: HomeBlock[] = [
    ...(content.healthy ? [] : [line(['⚠️ ', ...home.unhealthy])]),
    {
      type: 'actions',
      elements: [button(HOME.ask, home.ask, '', 'primary'), button(HOME.help, home.help, '', 'normal')],
    },
    ...(content.notice ? [line(content.notice)] : []),
    header(home.recent),
    ...(recent.length > 0 ? recent : [line([home.noneRecent])]),
    ...(pending.length + unreadable > 0
      ? [header(home.pending(content.pending.length + unreadable)), ...pending]
      : []),
    ...(unreadable > 0 ? [line(home.unreadable(unreadable))] : []),
    ...(content.watches ? watchBlocks(content.watches, words.watch.stopIt, line, withButton) : []),
  ];
  return blocks.slice(0, SLACK_LIMITS.viewBlocks);
}

/** The figure, which eSIM, and how old it is. */
function recentLine(one: RecentEsim, { locale }: HomeReader, now: number, { card }: Words): Line {
  const { tone, figure, esim, checkedAt } = recentParts(one, { audience: 'private', locale, now });
  const age = checkedAt === undefined ? [] : [card.asOf(instantFrom(now, checkedAt, 'relative'))];
  return [`${SIGNS[tone]} `, strong(figure), '\n', ...dotted([esim, ...age])];
}

/** What was just done, then a line each with its Stop. */
function watchBlocks(
  { title, lines, table, menu }: Card,
  stopIt: string,
  line: (spans: Line) => HomeBlock,
  withButton: (spans: Line, accessory: Button) => HomeBlock,
): HomeBlock[] {
  if (!table || !menu) return [];
  const rows = rowLines(table);
  return [
    header(title),
    ...lines.map(line),
    ...menu.options.map((stop, index) =>
      withButton(
        rows[index] ?? [],
        button(`${HOME.watches}:${index}`, stopIt, stop.kind === 'ask' ? (stop.words ?? '') : '', 'normal'),
      ),
    ),
  ];
}

/** The form behind "Check an eSIM"; `directMessage` is where its answer goes. */
export function askForm(locale: string, directMessage: string): ModalView {
  const { home, commands, actions } = wordsFor(locale);
  return {
    type: 'modal',
    callback_id: ASK_FORM.id,
    private_metadata: directMessage,
    title: word(home.title),
    submit: word(home.check),
    close: word(actions.cancel),
    blocks: [
      {
        type: 'input',
        block_id: ASK_FORM.field,
        label: { type: 'plain_text', text: commands.iccidDescription, emoji: true },
        hint: { type: 'plain_text', text: home.comesIn, emoji: true },
        element: { type: 'plain_text_input', action_id: ASK_FORM.field, focus_on_load: true },
      },
    ],
  };
}

/** How to ask, behind a button. */
export function helpModal(reader: HomeReader, now: number): ModalView {
  const card = helpCard({ audience: 'private', locale: reader.locale, now }, COMMAND, SHORTCUT);
  return {
    type: 'modal',
    title: word(wordsFor(reader.locale).home.title),
    blocks: card.lines.map((spans) => section(mrkdwnLine(spans, readerOf(reader)))),
  };
}

function word(text: string) {
  return { type: 'plain_text', text: cut(text, MODAL_WORD), emoji: true } as const;
}
