import { wordsFor } from '../../cards/words.ts';
import { findIccids } from '../../domain/iccid.ts';
import { asksInWords } from '../../inquiries/question.ts';
import type { UsageService } from '../../usage/platform.ts';
import { type Answering, splitAsked } from './answering.ts';
import type { Ask } from './ask.ts';
import { cardNoteOf, rememberCard } from './card-note.ts';
import type { ListIntake } from './lists.ts';
import type { Press, PressScreens } from './presses.ts';
import type { Screen } from './screen.ts';
import { type Chat, type RequestContext, readerOf } from './seam.ts';
import type { ShortAnswers } from './short-answers.ts';
import type { Patience } from './task-tracker.ts';

/** Who answers what. */
export interface AskParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly usageService: UsageService;
  readonly short: ShortAnswers<P, M>;
  readonly answering: Answering<P, M>;
  readonly lists: ListIntake<P, M>;
  readonly press: Press<P, M>;
  readonly patiently: Patience;
}

/** Whatever a person may ask, to the one who answers it. `pressed`: where a press answers, for a press. */
export function createAskAnswerer<P extends RequestContext, M>({
  chat,
  usageService,
  short,
  answering,
  lists,
  press,
  patiently,
}: AskParts<P, M>) {
  return answerAsk;

  async function answerAsk(ctx: P, ask: Ask, screen: Screen<M>, pressed?: PressScreens<M>): Promise<void> {
    switch (ask.kind) {
      case 'text':
        return answering.answerText(ctx, ask.text, screen);
      case 'message':
        return answering.answerMessage(ctx, ask.text, screen);
      case 'mention':
        return offer(ctx, ask.text, screen);
      case 'promise':
        return answerPromises(ctx, ask.text, screen);
      case 'help':
        return screen.finish(short.help(ctx));
      case 'list':
        return lists.answer(ctx, ask.files, screen);
      case 'list-from-channel':
        return lists.answerFromChannel(ctx, ask.files, screen);
      case 'list-in-channel':
        return lists.answerInChannel(ctx, ask.seenByAll, screen);
      case 'press':
        return press(ask.press, ctx, pressed ?? { own: screen, aside: screen, late: false });
      default:
        return ask satisfies never;
    }
  }

  /** "Tell me when fresh", where it is written rather than pressed. */
  async function answerPromises(ctx: P, text: string, screen: Screen<M>): Promise<void> {
    const { asked, leftOut } = splitAsked(findIccids(text), text, chat.limits.esims);
    if (asked.length === 0) return answering.answerMessage(ctx, text, screen);
    const refusal = await short.refusalFor(ctx);
    if (refusal !== undefined) return screen.finish(refusal);
    await answering.answerIccids(ctx, asked, screen, {
      put: (request) => usageService.promise(request),
      leftOut,
    });
  }

  /** Where no answer can be private it is behind a button, and who presses is checked; what names no eSIM goes to the direct message. */
  async function offer(ctx: P, text: string, screen: Screen<M>): Promise<void> {
    const { chat: words, actions } = wordsFor(ctx.locale);
    const { asked, leftOut } = splitAsked(findIccids(text), text, chat.limits.esims);
    if (asked.length === 0)
      return asksInWords(text)
        ? answerBeside(ctx, text, screen)
        : screen.finish(short.notice(ctx, words.nothingReadable));
    const handle = await rememberCard(usageService, cardNoteOf(chat, ctx, asked, leftOut));
    await screen.finish(chat.pen.offer(words.privately, actions.show, handle, readerOf(ctx)), handle);
  }

  /** In the direct message, since whom it is about concerns nobody else; `screen`, which all can read, says only that it is there. */
  async function answerBeside(ctx: P, text: string, screen: Screen<M>): Promise<void> {
    const { chat: words } = wordsFor(ctx.locale);
    const opened = await patiently(
      async () =>
        (await chat.openDirectMessage?.(ctx, short.notice(ctx, words.checking([], 'private')))) ?? NO_WAY,
    );
    if (opened.kind !== 'ok')
      return screen.finish(short.notice(ctx, words.onlyPrivately(chat.commandIn(ctx.locale))));
    const { ctx: there, change } = opened.value;
    await answering.answerText(there, text, {
      fill: async (draw) => void (await change(draw())),
      finish: async (message) => void (await patiently(() => change(message))),
    });
    await screen.finish(short.notice(ctx, words.answeredElsewhere));
  }
}

const NO_WAY = { kind: 'closed', error: 'no direct messages' } as const;
