import type { HomeView } from '@slack/types';
import type { Card, Line } from '../../cards/card.ts';
import type { Clock } from '../../clock.ts';
import type { KnownEsim } from '../../domain/known-esim.ts';
import type { UsageService } from '../../usage/platform.ts';
import { rememberCard } from '../chat/card-note.ts';
import { askerOf } from './address.ts';
import { type HomeContent, type HomeReader, homeBlocks } from './home-view.ts';
import { callSlackTwice, type SlackClient, type SlackResult } from './web.ts';

const MAX_RECENT = 10;

/** What filling it needs. */
export interface HomeParts {
  readonly client: SlackClient;
  readonly usageService: UsageService;
  readonly knownTo: (asker: string) => Promise<readonly KnownEsim[]>;
  readonly clock: Clock;
}

/** What stands there beside what the usage service knows. */
export interface HomeExtras {
  /** Of the person; the form answers there. */
  readonly directMessage: string;
  /** What to show instead, for somebody who may not ask. */
  readonly refusal?: HomeView['blocks'] | undefined;
  readonly watches?: Card | undefined;
  readonly notice?: Line | undefined;
}

/** Fills the reader's App Home: what is on its way, what they watch, what they asked last. Airalo is not asked. */
export async function publishHome(
  parts: HomeParts,
  reader: HomeReader,
  { directMessage, refusal, watches, notice }: HomeExtras,
): Promise<SlackResult<unknown>> {
  const more = { ...(watches ? { watches } : {}), ...(notice ? { notice } : {}) };
  const blocks =
    refusal ??
    homeBlocks({ ...(await contentFor(parts, reader, directMessage)), ...more }, reader, parts.clock.now());
  const view: HomeView = { type: 'home', private_metadata: directMessage, blocks: [...blocks] };
  // Publishing replaces the whole view, so a repetition shows nothing twice.
  return callSlackTwice(parts.clock, () => parts.client.views.publish({ user_id: reader.userId, view }));
}

async function contentFor(
  { usageService, knownTo }: HomeParts,
  reader: HomeReader,
  channelId: string,
): Promise<HomeContent> {
  const asker = askerOf(reader);
  try {
    const [pending, unreadable, known] = await Promise.all([
      usageService.pendingOf(asker),
      usageService.unreadableOf(asker),
      knownTo(asker),
    ]);
    const asked = known.filter(({ askedAt }) => askedAt !== undefined).slice(0, MAX_RECENT);
    const iccids = asked.map(({ iccid }) => iccid);
    const { teamId: spaceId, userId } = reader;
    const [recent, note] = await Promise.all([
      Promise.all(asked.map(async (one) => ({ ...one, reply: await usageService.peek(one.iccid) }))),
      rememberCard(usageService, {
        iccids,
        messageKey: '',
        spaceId,
        userId,
        channelId,
        inDirectMessage: true,
      }),
    ]);
    const own = pending.filter(({ address }) => address.platform === 'slack');
    return { pending: own, unreadable, recent, note, healthy: true };
  } catch {
    // Without the store the view still says how to ask, and that something is wrong.
    return { pending: [], recent: [], note: '', healthy: false };
  }
}
