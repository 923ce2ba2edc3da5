import { Routes } from 'discord.js';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';
import type { CallResult, Chat } from '../chat/seam.ts';
import { addressOf, askerOf, inChannel, lasting, type Place, readAddress } from './address.ts';
import type { AccessControl } from './asker.ts';
import { fetchAttachment } from './attachments.ts';
import { type DiscordMessageWithFiles, discordNotice } from './embed.ts';
import { DURABLE_WITHIN_MS, MAX_ICCIDS } from './limits.ts';
import { guildOfSharedChannel } from './named-channel.ts';
import { discordPen } from './pen.ts';
import type { DiscordRest, DiscordResult } from './rest.ts';
import { discordRoutes } from './routes.ts';
import { asideSurface, openDirectMessage, originalSurface, replySurface } from './surface.ts';

/** Discord, as the conversation sees it. */
export type DiscordChat = Chat<Place, DiscordMessageWithFiles>;

/** What has come is shown then, while the rest is still being checked: Discord says "thinking" until the first. */
const FILL_AFTER_MS = [1_500, 3_000];
/** Discord's docs, JSON error codes: the bot does not see the channel, or may not write there. */
const DENIED = ['code 50001', 'code 50013'];

/** How Discord does what a conversation needs. */
export function createDiscordChat(parts: {
  readonly rest: DiscordRest;
  readonly settings: Pick<DiscordSettings, 'apiUrl'>;
  readonly access: AccessControl;
  readonly clock: Clock;
}): DiscordChat {
  const { rest, settings, access, clock } = parts;
  return {
    name: 'discord',
    pen: discordPen,
    limits: { esims: MAX_ICCIDS, fillAfterMs: FILL_AFTER_MS, durableWithinMs: DURABLE_WITHIN_MS },
    // As Discord shows it to the reader, who types it so.
    commandIn: (locale) => `/${wordsFor(locale).commands.usageName}`,
    decide: (ctx) => access.decide(ctx),
    mayReadMoney: (ctx) => access.mayReadMoney(ctx),
    // It told the language with the interaction; a message tells none.
    introduce: async (ctx) => ctx,
    whereabouts: (ctx) => ({
      asker: askerOf(ctx.userId),
      spaceId: ctx.guildId ?? '',
      inDirectMessage: ctx.guildId === undefined,
      // Where only the person has installed the app, the bot is not there.
      inChannel: ctx.guildId !== undefined && ctx.reachable,
    }),
    addressOf,
    lasting,
    async placeNamed(ctx, named) {
      // A name is no way to a channel: Discord turns what is picked into its id.
      const guildId = named.kind === 'id' && (await guildOfSharedChannel(rest, named.id, ctx.userId));
      return guildId ? inChannel(ctx, named.id, guildId) : undefined;
    },
    read: readAddress,
    surface: (ctx, late) => (ctx.token ? originalSurface(rest, ctx) : replySurface(rest, ctx, late)),
    pressSurfaces(ctx, apart) {
      const own = originalSurface(rest, ctx);
      // What answers apart was acknowledged as a new message, which is "the original" from then on.
      return { own, aside: apart ? own : asideSurface(rest, ctx), editsAside: apart };
    },
    routes: (stored) => discordRoutes(rest, clock, stored),
    // The question is the idempotency key: repeated, it gives the same message.
    postInChannel: ({ channelId }, message, key): Promise<DiscordResult<unknown>> => {
      const body = { ...message, nonce: key, enforce_nonce: true };
      return rest.call((by) => by.post(Routes.channelMessages(channelId), { body }));
    },
    channelRefusal: (result: CallResult) =>
      result.kind === 'closed' && DENIED.includes(result.error) ? 'may-not-post' : 'other',
    async sendFile(_ctx, { name, bytes, about }) {
      const notice = discordNotice([about]);
      const files = [{ name, type: 'text/csv', bytes: new Uint8Array(bytes) }];
      const description = notice.content ?? name;
      return {
        kind: 'with',
        message: { ...notice, files, attachments: [{ id: 0, filename: name, description }] },
      };
    },
    fetchFile: (url, mostBytes) => fetchAttachment(clock, settings, url, mostBytes),
    openDirectMessage: (ctx, line) => openDirectMessage(rest, ctx, line),
  };
}
