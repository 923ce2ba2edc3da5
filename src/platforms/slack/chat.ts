import type { Clock } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import type { Log } from '../../log.ts';
import { type Chat, readerOf } from '../chat/seam.ts';
import { addressOf, askerOf, inChannel, lasting, type Place, readAddress } from './address.ts';
import type { AccessControl } from './asker.ts';
import { createBestForms } from './best-form.ts';
import { type SlackMessage, standInForPictures } from './block-kit.ts';
import { findEarlierTry } from './earlier-try.ts';
import { fetchFile, sendToPerson } from './files.ts';
import { DURABLE_WITHIN_MS, MAX_ICCIDS } from './limits.ts';
import { mrkdwnLine } from './mrkdwn.ts';
import { channelOfPerson } from './named-channel.ts';
import { content, slackPen } from './pen.ts';
import { createPictureSender } from './pictures.ts';
import { slackRoutes } from './routes.ts';
import { inspectFiles } from './shared-files.ts';
import { ephemeralSurface, messageSurface, openDirectMessage, replySurface, urlSurface } from './surface.ts';
import { callSlack, type SlackClient } from './web.ts';

/** Slack, as the conversation sees it: its places hold ids and response URLs, its messages are Block Kit. */
export type SlackChat = Chat<Place, SlackMessage>;

/** What it is made from. */
export interface SlackChatParts {
  /** Web API with the bot's token, neither waiting nor repeating by itself (`CLIENT_OPTIONS`). */
  readonly client: SlackClient;
  /** For the download of attached files, which is no call of the Web API. */
  readonly settings: Pick<SlackSettings, 'botToken' | 'apiUrl'>;
  readonly access: AccessControl;
  readonly clock: Clock;
  readonly log: Log;
}

/** Slack keeps the name of a command in the app's manifest, in one language for everybody. */
export const COMMAND = '/esim-usage';
/** As in the app's manifest: Slack shows it to everybody in one language. */
export const SHORTCUT = 'Check eSIM usage';
/** An answer that takes longer is announced; then what has come is shown, while the rest is still being checked. */
const FILL_AFTER_MS = [800, 2_500];
/** Slack's words for "the bot is not in there". */
const NOT_A_MEMBER = ['not_in_channel', 'channel_not_found'];
/** Marks a message for everybody, by the press or the question that it comes from. */
const PUBLIC_MARK = 'esim_usage_shared';

/** How Slack does what a conversation needs. */
export function createSlackChat({ client, settings, access, clock, log }: SlackChatParts): SlackChat {
  const sendPictures = createPictureSender({ client, clock, log });
  const bestForms = createBestForms(clock);
  const formsFor = (place: Place) => bestForms(place.teamId, (cards) => sendPictures(place, cards));
  return {
    name: 'slack',
    pen: slackPen,
    limits: { esims: MAX_ICCIDS, fillAfterMs: FILL_AFTER_MS, durableWithinMs: DURABLE_WITHIN_MS },
    commandIn: () => COMMAND,
    shortcutName: SHORTCUT,
    decide: (ctx) => access.decide(ctx),
    mayReadMoney: ({ userId }) => access.mayReadMoney(userId),
    async introduce(ctx) {
      const person = await access.person(ctx.teamId, ctx.userId);
      // Where Slack does not say, the answer is in English; whether they may ask at all is decided apart.
      if (!person) return ctx;
      const zone = person.timeZone === undefined ? {} : { timeZone: person.timeZone };
      return { ...ctx, teamId: person.teamId, locale: person.locale, ...zone };
    },
    whereabouts: (ctx) => ({
      asker: askerOf(ctx),
      spaceId: ctx.teamId,
      inDirectMessage: ctx.inDirectMessage,
      inChannel: !ctx.inDirectMessage,
      ...(ctx.threadTs === undefined ? {} : { threadId: ctx.threadTs }),
    }),
    addressOf,
    lasting,
    async placeNamed(ctx, named) {
      const person = await access.person(ctx.teamId, ctx.userId);
      // Named by the organisation, whose token is for all of its workspaces (`homeOf`).
      const workspaces = ctx.teamId.startsWith('E') ? (person?.workspaces ?? []) : [];
      const whose = { userId: ctx.userId, workspaces };
      const channelId = await channelOfPerson(client, clock, whose, named);
      return channelId === undefined ? undefined : inChannel(ctx, channelId);
    },
    read: readAddress,
    surface(ctx, late) {
      // Works where the bot is no member too: the URL needs no membership.
      const inBestForm = formsFor(ctx);
      if (ctx.url) return urlSurface(clock, ctx.url.href, 'new', inBestForm);
      // An answer to a direct message stands in the conversation; in a channel only the asker is to see it.
      return ctx.inDirectMessage
        ? replySurface(clock, client, ctx, late, inBestForm)
        : ephemeralSurface(clock, client, ctx, inBestForm);
    },
    pressSurfaces(ctx) {
      const href = ctx.url?.href ?? '';
      const inBestForm = formsFor(ctx);
      return {
        // Slack's docs: an ephemeral message cannot be changed by `chat.update`, only through a response URL.
        own: ctx.message
          ? messageSurface(clock, client, ctx.message, inBestForm)
          : urlSurface(clock, href, 'replace', inBestForm),
        aside: urlSurface(clock, href, 'beside', inBestForm),
        editsAside: false,
      };
    },
    routes: (stored) => slackRoutes(client, clock, stored, formsFor(stored.ctx)),
    async postInChannel({ channelId: channel, threadTs }, message, key, late) {
      const where = { channel, threadTs };
      // Slack has no idempotency key for a new message, so after a crash the channel is searched for the mark.
      const isIt = (payload: Readonly<Record<string, unknown>>) => payload.key === key;
      const earlier = late ? await findEarlierTry(client, clock, where, undefined, isIt) : undefined;
      // Where the search is refused (no history scope in channels) it is sent: twice rather than never.
      if (earlier?.kind === 'retry' || (earlier?.kind === 'ok' && earlier.value)) return earlier;
      const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
      const metadata = { event_type: PUBLIC_MARK, event_payload: { key } };
      const quiet = { unfurl_links: false, unfurl_media: false };
      return callSlack(clock, () =>
        client.chat.postMessage({ channel, ...thread, ...content(message), metadata, ...quiet }),
      );
    },
    channelRefusal: (result) =>
      result.kind !== 'ok' && NOT_A_MEMBER.includes(result.error) ? 'not-a-member' : 'other',
    async sendFile({ userId, inDirectMessage, ...reader }, { name, bytes, about }) {
      const sent = await sendToPerson(
        clock,
        client,
        userId,
        { name, bytes },
        mrkdwnLine(about, readerOf(reader)),
      );
      if (sent.kind === 'ok') return { kind: 'sent', elsewhere: !inDirectMessage };
      return {
        kind: 'failed',
        error: sent.kind === 'operator' ? `${sent.error}: ${sent.remedy}` : sent.error,
      };
    },
    fetchFile: (url, mostBytes) => fetchFile(clock, settings, url, mostBytes),
    inspectFiles: (files) => inspectFiles(clock, client, files),
    openDirectMessage: (ctx, line) => openDirectMessage(clock, client, ctx, line, formsFor(ctx)),
    // What Slack draws itself needs no picture, unless the workspace refuses the chart: then its form sends it.
    prepare: async (ctx, cards) => (standInForPictures(cards) ? cards : sendPictures(ctx, cards)),
  };
}
