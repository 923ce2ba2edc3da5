import type { CallResult, Chat, Pen, RequestContext, Route, Surface } from '../chat/seam.ts';
import { renderLines, renderText, type TextOptions } from './text.ts';

/** There is one person at a terminal, and nobody else reads it: nothing is checked. */
export const ASKER = 'terminal:you';
/** As in Slack, so that what a help card says holds here too. */
export const COMMAND = '/esim-usage';
/** A screen has room for as many as somebody types. */
const MAX_ESIMS = 100;
const PREFIX = 'terminal:';

/** A terminal, as the conversation sees it: what is printed cannot be changed, and nobody has buttons. */
export type TerminalChat = Chat<RequestContext, string>;

/**
 * `print` writes one answer; `arrived` one that comes by itself, where the person may be typing. `text`: how wide, in
 * colour or not, in whose language and zone.
 */
export function createTerminalChat(
  text: TextOptions,
  print: (answer: string) => void,
  arrived: (answer: string) => void,
): TerminalChat {
  const pen: Pen<string> = {
    message: (cards, _reader, notice) =>
      [
        ...(notice ? [renderLines([notice], text)] : []),
        ...cards.map(({ card }) => renderText(card, text)),
      ].join('\n'),
    notice: (lines) => renderLines(lines, text),
    offer: (line) => renderLines([line], text),
  };
  const surface: Surface<RequestContext, string> = {
    changesLeft: () => 0,
    async show(message) {
      print(message);
      return SHOWN;
    },
  };
  const route: Route<string> = {
    name: 'terminal',
    async send(draw) {
      arrived(await draw());
      return { kind: 'delivered', route: 'terminal' };
    },
  };
  return {
    name: 'terminal',
    pen,
    // Nothing is filled in: what is printed once stands there, unfinished, for good.
    limits: { esims: MAX_ESIMS, fillAfterMs: [] },
    commandIn: () => COMMAND,
    decide: async () => ({ kind: 'allowed' }),
    // Whoever sits here has the credentials.
    mayReadMoney: async () => ({ kind: 'allowed' }),
    introduce: async (ctx) => ctx,
    whereabouts: () => ({ asker: ASKER, spaceId: '', inDirectMessage: false, inChannel: false }),
    addressOf: (_ctx, { messageKey }) => ({ platform: 'terminal', asker: ASKER, messageKey, routes: null }),
    lasting: (ctx) => ctx,
    // Which eSIMs stood together is of no use where each answer is printed below the last.
    read: ({ messageKey }) => ({
      ctx: contextOf(messageKey.slice(PREFIX.length), text),
      iccids: [],
      messageKey,
      handle: '',
      toChannel: false,
    }),
    surface: () => surface,
    pressSurfaces: () => ({ own: surface, aside: surface, editsAside: true }),
    // What is printed cannot be edited: a promise whose time has moved is not told of again.
    routes: () => ({ edits: [], directMessage: route }),
    postInChannel: async (_ctx, message) => {
      print(message);
      return SHOWN;
    },
    // Nothing is refused here.
    channelRefusal: () => 'other',
  };
}

/** Of one typed line. */
export function contextOf(questionId: string, { locale, timeZone }: TextOptions): RequestContext {
  return {
    questionId,
    userId: 'you',
    channelId: 'terminal',
    locale,
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

const SHOWN: CallResult = { kind: 'ok', value: undefined };
