import type { Clock } from '../../clock.ts';
import type { NamedChannel } from '../../domain/digest-schedule.ts';
import type { CallResult, Chat, Route, Routes, Stored, Surface } from '../chat/seam.ts';
import { ASKER, addressOf, entryIdOf, lasting, type Place, readAddress } from './address.ts';
import type { FileShelf } from './files.ts';
import { type PageMessage, pagePen } from './message.ts';
import { ROOMS } from './rooms.ts';
import type { PageEntry, Timeline } from './timeline.ts';

/** The demo's page, as the conversation sees it: a service in this process that refuses nothing. */
export type PageChat = Chat<Place, PageMessage>;

/** What it is made from. */
export interface PageChatParts {
  readonly timeline: Timeline;
  readonly files: FileShelf;
  readonly clock: Clock;
}

export const COMMAND = '/esim-usage';
/** As many as Slack and Discord take in one message. */
const MAX_ESIMS = 10;
/** Nobody is warned of an edit here; the number only has to be above what an answer takes. */
const CHANGES = 10;
/** Milliseconds: an answer that takes longer is announced, then filled in, as Slack's adapter does it. */
const FILL_AFTER_MS = [800, 2_500];
const SHOWN: CallResult = { kind: 'ok', value: undefined };

/** How the page does what a conversation needs. What shows something comes to `ok`: no service could refuse it. */
export function createPageChat({ timeline, files, clock }: PageChatParts): PageChat {
  /** Of the bot's; an entry that stands already keeps its room and who may see it. */
  function write(id: string, room: string, message: PageMessage, more: Partial<PageEntry> = {}): void {
    const { isPrivate = room !== ROOMS.bot, ...given } = { ...timeline.get(id), ...more };
    timeline.put({ at: clock.now(), ...given, id, room, isPrivate, author: 'bot', message });
  }

  /** An entry of the bot's, made when it is first shown. */
  function entrySurface(id: string, room: string): Surface<Place, PageMessage> {
    const show = (message: PageMessage) => write(id, timeline.get(id)?.room ?? room, message);
    return {
      changesLeft: () => CHANGES,
      // In the direct message it stands first, as elsewhere: a list is shown by changes of it alone.
      ...(room === ROOMS.bot && {
        async open(placeholder) {
          show(placeholder);
          return { kind: 'ok', value: { entryId: id } };
        },
      }),
      async show(message) {
        show(message);
        return SHOWN;
      },
    };
  }

  return {
    name: 'page',
    pen: pagePen,
    limits: { esims: MAX_ESIMS, fillAfterMs: FILL_AFTER_MS },
    commandIn: () => COMMAND,
    decide: async () => ({ kind: 'allowed' }),
    mayReadMoney: async () => ({ kind: 'allowed' }),
    introduce: async (ctx) => ctx,
    whereabouts: ({ channelId }) => ({
      asker: ASKER,
      spaceId: 'page',
      inDirectMessage: channelId === ROOMS.bot,
      inChannel: channelId !== ROOMS.bot,
    }),
    addressOf,
    lasting,
    // As the page calls it; whoever is at the page is in all of its channels.
    placeNamed: async (ctx, named) =>
      isSupport(named) ? { ...ctx, channelId: ROOMS.support, entryId: undefined } : undefined,
    read: readAddress,
    surface: ({ questionId, channelId }) => entrySurface(entryIdOf(questionId), channelId),
    pressSurfaces({ questionId, channelId, entryId = entryIdOf(questionId) }, apart) {
      const own = entrySurface(entryId, channelId);
      return {
        own,
        aside: apart ? own : entrySurface(entryIdOf(questionId), channelId),
        editsAside: apart,
      };
    },
    routes: (stored) => routesTo(timeline, write, stored),
    async postInChannel({ channelId }, message, key) {
      write(`public-${key}`, channelId, message, { isPrivate: false });
      return SHOWN;
    },
    // Nothing is refused here; the word is asked for by the interface alone.
    channelRefusal: () => 'other',
    fetchFile: files.fetch,
  };
}

function isSupport(named: NamedChannel): boolean {
  return named.kind === 'name' ? named.name === 'support' : named.id === ROOMS.support;
}

/** An edit of what stands there, else a new message that is no more public than the question. */
function routesTo(
  timeline: Timeline,
  write: (id: string, room: string, message: PageMessage, more: Partial<PageEntry>) => void,
  { ctx, toChannel }: Stored<Place>,
): Routes<PageMessage> {
  const { entryId, channelId, byDirectMessage } = ctx;
  const post = (name: string, room: string, more: Partial<PageEntry>): Route<PageMessage> => ({
    name,
    async send(draw, { jobId }) {
      // By the job, so that a repetition changes the first.
      write(`${name}-${jobId}`, room, await draw(), { ...more, arrived: true });
      return { kind: 'delivered', route: name };
    },
  });
  const edit: Route<PageMessage> = {
    name: 'edit',
    async send(draw) {
      const standing = entryId === undefined ? undefined : timeline.get(entryId);
      if (!standing) return { kind: 'next', why: 'no message to edit' };
      write(standing.id, standing.room, await draw(), { arrived: true });
      return { kind: 'delivered', route: 'edit' };
    },
  };
  return {
    edits: [{ ...edit, free: true }],
    ...(toChannel || byDirectMessage ? {} : { ephemeral: post('ephemeral', channelId, { isPrivate: true }) }),
    directMessage: post('direct-message', ROOMS.bot, { isPrivate: false }),
    ...(toChannel ? { channel: post('channel', channelId, { isPrivate: false }) } : {}),
  };
}
