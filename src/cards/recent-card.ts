import { type Iccid, maskIccid } from '../domain/iccid.ts';
import { type Reply, readingIn } from '../usage/reply.ts';
import type { AskAction, Card, Line, PrivateViewer, Row, Tone } from './card.ts';
import { CARD_LIMITS, MAX_LISTED } from './limits.ts';
import { needsAttention } from './list-card.ts';
import { shortIdentity } from './reading-parts.ts';
import { clip, dotted, instantFrom } from './spans.ts';
import { usageCard } from './usage-card.ts';
import { type Words, wordsFor } from './words.ts';

/** An eSIM somebody has asked about, with what is known of it without asking Airalo. */
export interface RecentEsim {
  readonly iccid: Iccid;
  readonly name?: string;
  readonly reply: Reply | undefined;
}

/** The first line of its usage card, which eSIM it is, and how old the figure is. */
interface RecentParts {
  readonly tone: Tone;
  readonly figure: string;
  readonly esim: Line;
  /** Absent where nothing is known. */
  readonly checkedAt?: number;
}

/** What a list says of one; its figure is the first line of its card, in the same words. */
export function recentParts({ iccid, name, reply }: RecentEsim, viewer: PrivateViewer): RecentParts {
  const names = name === undefined ? new Map() : new Map([[iccid, name]]);
  const esim = shortIdentity(iccid, { ...viewer, names });
  if (reply === undefined) return { tone: 'neutral', figure: wordsFor(viewer.locale).list.waiting, esim };
  const { tone, title } = usageCard(reply, viewer);
  const checkedAt = readingIn(reply)?.asOf;
  return { tone, figure: title, esim, ...(checkedAt === undefined ? {} : { checkedAt }) };
}

/**
 * The eSIMs a person asked about last, the newest first, as far as one list goes; choosing one looks it up. Nothing is
 * asked of Airalo for it.
 */
export function recentCard(recent: readonly RecentEsim[], viewer: PrivateViewer): Card {
  const words = wordsFor(viewer.locale);
  const { home, list, actions } = words;
  const shown = recent.slice(0, MAX_LISTED);
  const card = {
    tone: 'neutral',
    meters: [],
    facts: [],
    freshness: [],
    actions: [],
  } as const;
  if (shown.length === 0) return { ...card, title: home.noneRecent, lines: [] };
  const known = shown.map((one) => recentParts(one, viewer));
  const troubled = known.filter(({ tone }) => needsAttention(tone)).length;
  const isUnknown = troubled === 0 && known.some(({ checkedAt }) => checkedAt === undefined);
  return {
    ...card,
    title: isUnknown ? home.recent : home.recentHeadline(troubled),
    lines: [],
    table: {
      caption: list.newestFirst,
      columns: [
        { label: list.columns.esim, align: 'text' },
        { label: list.columns.left, align: 'text' },
        { label: list.columns.checked, align: 'text' },
      ],
      rows: known.map((parts) => rowOf(parts, viewer, words)),
    },
    menu: {
      kind: 'choice',
      label: actions['ask-again'],
      options: shown.map(
        ({ iccid, name }, about): AskAction => ({
          kind: 'ask',
          topic: 'usage',
          about,
          label: clip(name ?? maskIccid(iccid), CARD_LIMITS.actionLabel),
          style: 'normal',
        }),
      ),
    },
  };
}

function rowOf({ tone, figure, esim, checkedAt }: RecentParts, { now }: PrivateViewer, { card }: Words): Row {
  const at = checkedAt === undefined ? undefined : instantFrom(now, checkedAt, 'relative');
  return {
    tone,
    cells: [esim, [figure], at ? [at] : []],
    line: dotted([esim, [figure], ...(at ? [card.asOf(at)] : [])]),
  };
}
