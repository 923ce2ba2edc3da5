import type { Log } from '../../log.ts';
import type { DeliveryOutcome, QuestionHold, UsageService } from '../../usage/platform.ts';
import { drawAnswerReady } from './drawing.ts';
import { byFirstOpenRoute } from './route-attempts.ts';
import {
  type CallResult,
  type Chat,
  messageKeyOf,
  type RequestContext,
  type RouteContext,
  type Stored,
  type Surface,
} from './seam.ts';
import { noteStanding } from './standing-card.ts';
import type { Patience } from './task-tracker.ts';

/**
 * Where one answer appears: filled in while it comes, and given its last form. The policy of it is the same on every
 * platform.
 */
export interface Screen<M> {
  /** Shows what has come where that costs nothing that the last form may need. */
  fill(draw: () => M): Promise<void>;
  /** The last form. `handle`: of its note, for a line that can only say that there is an answer. */
  finish(message: M, handle?: string): Promise<void>;
}

/** The route of an answer that stands where it was asked. */
export const FIRST_ANSWER = 'first answer';

/** What became of the last form; undefined while nothing was owed. */
export interface Outcome {
  result?: DeliveryOutcome;
}

/** What showing needs. */
export interface ScreenParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly usageService: Pick<UsageService, 'keep'>;
  readonly patiently: Patience;
  /** The bot has left: see `TaskTracker`. */
  readonly isOver: () => boolean;
  readonly log: Log;
}

/** The answer of a question that was just asked: its own surface first, then whatever other route is open. */
export function liveScreen<P extends RequestContext, M>(
  { chat, usageService, patiently, isOver, log }: ScreenParts<P, M>,
  ctx: () => P,
  surface: Surface<P, M>,
  hold: QuestionHold,
  outcome: Outcome,
): Screen<M> {
  /** What the platform refuses for good may be the picture, not the answer. */
  async function showFitting(message: M): Promise<CallResult> {
    const result = await patiently(() => surface.show(message));
    const lighter = result.kind === 'closed' ? chat.pen.withoutFiles?.(message) : undefined;
    return lighter === undefined ? result : patiently(() => surface.show(lighter));
  }

  return {
    async fill(draw) {
      if (!isOver() && surface.changesLeft() > 0 && (await hold.ours())) await surface.show(draw());
    },
    async finish(message, handle) {
      // Another process is at it by now, or will be: a second answer would be one too many.
      if (isOver() || !(await hold.ours())) {
        outcome.result = { kind: 'retry', error: 'the question is not ours any more' };
        return;
      }
      const shown = await showFitting(message);
      if (shown.kind === 'ok' || shown.kind === 'retry') {
        outcome.result = shown.kind === 'ok' ? { kind: 'delivered', route: FIRST_ANSWER } : shown;
        return;
      }
      const { questionId: requestId } = ctx();
      log.warn({ requestId, error: shown.error }, 'An answer could not be shown where it belongs');
      const context: RouteContext = {
        jobId: hold.jobId,
        saveAddress: (address) => hold.save({ address }),
        ...cardContext(usageService, handle),
      };
      outcome.result = await byColdRoutes(chat, ctx(), message, context, false);
    },
  };
}

/** The answer of a question that another process took, or that could not be shown at once. Nothing is filled in. */
export function lateScreen<P extends RequestContext, M>(
  { chat, usageService }: Pick<ScreenParts<P, M>, 'chat' | 'usageService'>,
  ctx: () => P,
  context: Pick<RouteContext, 'jobId' | 'saveAddress'>,
  outcome: Outcome,
  mayEdit: boolean,
): Screen<M> {
  return {
    fill: async () => undefined,
    async finish(message, handle) {
      const withCard = { ...context, ...cardContext(usageService, handle) };
      outcome.result = await byColdRoutes(chat, ctx(), message, withCard, mayEdit);
    },
  };
}

/** Where it stands is worth a try to keep: without it what was promised comes as a message of its own. */
function cardContext(
  usageService: Pick<UsageService, 'keep'>,
  handle: string | undefined,
): Pick<RouteContext, 'handle' | 'noteStanding'> {
  if (handle === undefined) return {};
  return {
    handle,
    noteStanding: (address) => noteStanding(usageService, handle, address).catch(() => undefined),
  };
}

/**
 * A whole answer, by the routes of its place; a picture that is refused is left out. `mayEdit`: there is a message
 * that may be replaced.
 */
async function byColdRoutes<P extends RequestContext, M>(
  chat: Chat<P, M>,
  ctx: P,
  message: M,
  context: RouteContext,
  mayEdit: boolean,
): Promise<DeliveryOutcome> {
  const messageKey = messageKeyOf(chat.name, ctx);
  const stored: Stored<P> = { ctx, iccids: [], messageKey, handle: '', toChannel: false };
  const { edits, ephemeral, directMessage, channelLine, remedy } = chat.routes(stored);
  const { handle } = context;
  const forms = [message, chat.pen.withoutFiles?.(message)].flatMap((form) =>
    form === undefined ? [] : [form],
  );
  const routes = [...(mayEdit ? edits : []), ...(ephemeral ? [ephemeral] : []), directMessage];
  const attempts = routes.flatMap((route) =>
    forms.map((form) => () => route.send(async () => form, context)),
  );
  // Without a note there is nothing that its button could open.
  const line =
    channelLine && handle !== undefined
      ? [() => channelLine.send(async () => drawAnswerReady(chat.pen, ctx, handle), context)]
      : [];
  return byFirstOpenRoute('final', [...attempts, ...line], remedy);
}
