import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import type { TelegramSettings } from '../../config.ts';
import { roomFor } from '../../room-for.ts';
import { type AccessDecision, decideAccess, type MoneyDecision } from '../../usage/access.ts';
import { createTtlCache } from '../chat/ttl-cache.ts';
import type { Place } from './address.ts';
import type { TelegramApi } from './api.ts';

/** Decides who may ask, from facts of Telegram's. */
export interface AccessControl {
  /**
   * From the settings and, for named groups, from `getChatMember`. Never throws: where Telegram is silent it is
   * `check-failed`.
   */
  decide(where: Pick<Place, 'userId' | 'channelId' | 'isGroup'>): Promise<AccessDecision>;
  /** From the settings alone, so that it is known at once. */
  mayReadMoney(where: Pick<Place, 'userId'>): MoneyDecision;
  /** Whoever writes or presses in a group is in it: Telegram need not be asked. */
  sawIn(chatId: string, userId: string): void;
}

/** Facts about a group are believed for so long: short enough for somebody who was just removed. */
const KEPT_MS = 3 * 60_000;
/** People who wrote in a group of late, over all groups; the longest unseen are forgotten, and asked about again. */
const MAX_SEEN = 5_000;
/** Telegram's docs, ChatMember: `restricted` may have left. */
const INSIDE = ['creator', 'administrator', 'member'];

/**
 * Anybody can find a bot and write to it, so nobody is answered whom the settings do not name: by person, or as a
 * member of a named group. Where Telegram does not tell, the person is refused rather than guessed about.
 */
export function createAccessControl(
  api: TelegramApi,
  { access, balanceUsers }: Pick<TelegramSettings, 'access' | 'balanceUsers'>,
  clock: Clock,
  isRefused: () => boolean,
): AccessControl {
  const memberships = createTtlCache<boolean>(clock, KEPT_MS);
  const seen = new LRUCache<string, true>({
    ...roomFor(MAX_SEEN),
    ttl: KEPT_MS,
    ttlResolution: 0,
    perf: clock,
  });

  function isIn(chatId: string, userId: string): Promise<boolean | undefined> {
    const key = `${chatId}:${userId}`;
    // Past its time Telegram is asked, for they may have left.
    if (seen.get(key)) return Promise.resolve(true);
    return memberships(key, async () => {
      const found = await api.call((by) => by.getChatMember(chatId, Number(userId)));
      if (found.kind === 'ok') {
        const { status } = found.value;
        return INSIDE.includes(status) || (found.value.status === 'restricted' && found.value.is_member);
      }
      // Telegram's words for one who was never there; a group that the bot is not in holds nobody either.
      const nobody =
        found.kind === 'closed' && /not found|PARTICIPANT_ID_INVALID|kicked|not a member/i.test(found.error);
      return nobody ? false : undefined;
    });
  }

  return {
    async decide({ userId, channelId, isGroup }) {
      const named = access.users.includes(userId);
      // Where people are named the groups only say where it may be asked: Telegram is spared the call.
      const byGroup = access.spaces.length > 0 && access.users.length === 0;
      const found = byGroup ? await Promise.all(access.spaces.map((chatId) => isIn(chatId, userId))) : [];
      const belongs = found.includes(true);
      if (!belongs && found.includes(undefined)) {
        const because = isRefused() ? { because: 'credentials-refused' as const } : {};
        return { kind: 'refused', need: { kind: 'check-failed', ...because } };
      }
      // In a private chat a member of a named group counts as one who is let in.
      const asker = { userId, standing: 'member' as const, groupIds: [], steward: belongs };
      const place = isGroup ? { spaceId: channelId, channelIds: [channelId] } : {};
      const decision = decideAccess(access, { ...asker, ...place });
      const elsewhere = decision.kind === 'refused' && decision.need.kind === 'space';
      // A group alone lets nobody in who has left it meanwhile.
      if (elsewhere || (decision.kind === 'allowed' && (named || belongs))) return decision;
      return {
        kind: 'refused',
        need: { kind: 'listed', personId: userId, setting: 'TELEGRAM_ALLOWED_USERS' },
      };
    },
    mayReadMoney({ userId }) {
      if (balanceUsers.includes(userId)) return { kind: 'allowed' };
      const setting = 'TELEGRAM_BALANCE_USERS';
      // The list of people stands in the place of a group.
      return balanceUsers.length === 0
        ? { kind: 'not-set-up', setting }
        : { kind: 'not-in-group', groupIds: [setting] };
    },
    sawIn: (chatId, userId) => void seen.set(`${chatId}:${userId}`, true),
  };
}
