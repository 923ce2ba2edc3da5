import type { ActionsBlock, Button, ContextBlock, HeaderBlock, ModalView, SectionBlock } from '@slack/types';
import type { Card, Line, Span } from '../../cards/card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { SIGNS } from '../../cards/signs.ts';
import { dotted, foreign, instantFrom, strong } from '../../cards/spans.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { type Words, wordsFor } from '../../cards/words.ts';
import { type Iccid, maskIccid } from '../../domain/iccid.ts';
import type { PendingReply } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
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

/** An eSIM somebody has asked about, with what is known of it without asking Airalo. */
interface RecentEsim {
  readonly iccid: Iccid;
  readonly name?: string;
  readonly reply: Reply | undefined;
}

/** What there is to show. */
export interface HomeContent {
  readonly pending: readonly PendingReply[];
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
    ...(pending.length > 0 ? [header(home.pending), ...pending] : []),
    ...(content.watches ? watchBlocks(content.watches, line, withButton) : []),
    header(home.recent),
    ...(recent.length > 0 ? recent : [line(home.noneRecent)]),
  ];
  return blocks.slice(0, SLACK_LIMITS.viewBlocks);
}

/** The figure, which eSIM, and how old it is. */
function recentLine({ iccid, name, reply }: RecentEsim, reader: HomeReader, now: number, words: Words): Line {
  const named: Span[] = name === undefined ? [] : [foreign(name, 'name', 'private'), ' '];
  const esim: Line = [...named, maskIccid(iccid)];
  if (reply === undefined) return dotted([esim, [words.list.waiting]]);
  const { tone, title } = usageCard(reply, { audience: 'private', locale: reader.locale, now });
  const asOf = asOfOf(reply);
  const age = asOf === undefined ? [] : [words.card.asOf(instantFrom(now, asOf, 'relative'))];
  return [`${SIGNS[tone]} `, strong(title), '\n', ...dotted([esim, ...age])];
}

function asOfOf(reply: Reply): number | undefined {
  switch (reply.kind) {
    case 'fresh':
    case 'cached':
      return reply.asOf;
    case 'deferred':
    case 'refused':
      return reply.previous?.asOf;
    case 'watched':
      return reply.last?.asOf;
    default:
      return reply satisfies never;
  }
}

/** A line each, with its Stop. They are the card's last lines; the ones above say what was just done. */
function watchBlocks(
  { title, lines, menu }: Card,
  line: (spans: Line) => HomeBlock,
  withButton: (spans: Line, accessory: Button) => HomeBlock,
): HomeBlock[] {
  const stops = menu?.options ?? [];
  const above = lines.length - stops.length;
  if (stops.length === 0) return [];
  return [
    header(title),
    ...lines.slice(0, above).map(line),
    ...stops.map((stop, index) =>
      withButton(
        lines[above + index] ?? [],
        button(
          `${HOME.watches}:${index}`,
          stop.label,
          stop.kind === 'ask' ? (stop.words ?? '') : '',
          'normal',
        ),
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
    blocks: [header(card.title), ...card.lines.map((spans) => section(mrkdwnLine(spans, readerOf(reader))))],
  };
}

function word(text: string) {
  return { type: 'plain_text', text: cut(text, MODAL_WORD), emoji: true } as const;
}
