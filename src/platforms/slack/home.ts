import type { ActionsBlock, ContextBlock, HeaderBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { Card, Line } from '../../cards/card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import { maskIccid } from '../../domain/iccid.ts';
import type { PendingReply, RecentLookup, UsageService } from '../../usage/platform.ts';
import { readerOf } from '../chat/seam.ts';
import { askerOf } from './address.ts';
import { button, header, section } from './block-kit.ts';
import { COMMAND, SHORTCUT } from './chat.ts';
import { SLACK_LIMITS } from './limits.ts';
import { mrkdwnLine } from './mrkdwn.ts';
import { callSlackTwice, type SlackClient } from './web.ts';

/** The action id of the Cancel buttons there; their value is the job's id. */
export const HOME_CANCEL = 'esim-home-cancel';
/** Begins the action ids of the Stop buttons there; their value is the words of the question. */
export const HOME_WATCHES = 'esim-home-watches';
/** With the ten lookups and the help far below the hundred blocks of a view. */
const MAX_PENDING = 15;
const MAX_RECENT = 10;

/** Whose App Home it is. */
export interface HomeReader {
  /** Of the workspace or organisation that names the asker; see `homeOf`. */
  readonly teamId: string;
  readonly userId: string;
  readonly locale: string;
  readonly timeZone?: string | undefined;
}

interface HomeContent {
  /** Promised answers that are still owed, of Slack alone. */
  readonly pending: readonly PendingReply[];
  /** Their own last lookups, with masked numbers. */
  readonly recent: readonly RecentLookup[];
  /** The list of watches, whose buttons stop them. */
  readonly watches?: Card;
  /** False while the store cannot be read. */
  readonly healthy: boolean;
}

type HomeBlock = HeaderBlock | SectionBlock | ContextBlock | ActionsBlock;

/**
 * Fills the reader's App Home: what is on its way, what they asked last, whether all is well, how to ask. The caller
 * has checked who it is (`refusal` for those who may not ask). Never throws; the kind is that of the call.
 */
export async function publishHome(
  parts: { readonly client: SlackClient; readonly usageService: UsageService; readonly clock: Clock },
  reader: HomeReader,
  /** What to show instead, for somebody who may not ask. */
  refusal?: readonly KnownBlock[],
  watches?: Card,
): Promise<{ readonly kind: string }> {
  const blocks =
    refusal ??
    homeBlocks(
      { ...(await contentFor(parts.usageService, reader)), ...(watches ? { watches } : {}) },
      reader,
      parts.clock.now(),
    );
  // Publishing replaces the whole view, so a repetition shows nothing twice.
  return callSlackTwice(parts.clock, () =>
    parts.client.views.publish({ user_id: reader.userId, view: { type: 'home', blocks: [...blocks] } }),
  );
}

async function contentFor(usageService: UsageService, reader: HomeReader): Promise<HomeContent> {
  const asker = askerOf(reader);
  try {
    const [pending, recent] = await Promise.all([
      usageService.pendingOf(asker),
      usageService.recentOf(asker, MAX_RECENT),
    ]);
    return { pending: pending.filter(({ address }) => address.platform === 'slack'), recent, healthy: true };
  } catch {
    // Without the store the view still says how to ask, and that something is wrong.
    return { pending: [], recent: [], healthy: false };
  }
}

/** Pure; within the hundred blocks of a view (Slack's docs, views.publish). ICCIDs are masked. `now` in epoch ms. */
export function homeBlocks(
  { pending, recent, watches, healthy }: HomeContent,
  reader: HomeReader,
  now: number,
): HomeBlock[] {
  const { home, actions } = wordsFor(reader.locale);
  const line = (spans: Line) => section(mrkdwnLine(spans, readerOf(reader)));
  const pendingBlocks = pending.slice(0, MAX_PENDING).map(
    ({ iccid, answerAt, jobId }): HomeBlock => ({
      ...line(home.pendingItem(maskIccid(iccid), answerAt)),
      accessory: button(HOME_CANCEL, actions.cancel, jobId, 'normal'),
    }),
  );
  const outcomes = new Map(Object.entries(home.outcomes));
  const recentBlocks = recent.map(({ iccidMasked, outcome, at }) =>
    line(home.recentItem(iccidMasked, outcomes.get(outcome) ?? home.outcomes.other, at)),
  );
  const help = helpCard({ audience: 'private', locale: reader.locale, now }, COMMAND, SHORTCUT);
  const blocks: HomeBlock[] = [
    header(home.pending),
    ...(pendingBlocks.length > 0 ? pendingBlocks : [line(home.nonePending)]),
    ...(watches ? watchBlocks(watches, line) : []),
    header(home.recent),
    ...(recentBlocks.length > 0 ? recentBlocks : [line(home.noneRecent)]),
    header(home.health),
    line(healthy ? home.healthy : home.unhealthy),
    header(home.help),
    ...help.lines.map(line),
  ];
  return blocks.slice(0, SLACK_LIMITS.viewBlocks);
}

/**
 * The buttons name the eSIMs, masked; the card's own lines have them in full, and stand there only without buttons.
 */
function watchBlocks(card: Card, line: (spans: Line) => HomeBlock): HomeBlock[] {
  const elements = card.actions.map((action, index) =>
    button(
      `${HOME_WATCHES}:${index}`,
      action.label,
      action.kind === 'ask' ? (action.words ?? '') : '',
      'normal',
    ),
  );
  const list: HomeBlock[] = elements.length > 0 ? [{ type: 'actions', elements }] : card.lines.map(line);
  return [header(card.title), ...list];
}
