import { digestCard, digestNoteLine } from '../../cards/digest-card.ts';
import type { Clock } from '../../clock.ts';
import type { DigestReport } from '../../usage/digest-report.ts';
import type { DeliveryContext, DeliveryOutcome, ReplyAddress, UsageService } from '../../usage/platform.ts';
import { rememberCard } from './card-note.ts';
import { byFirstOpenRoute } from './route-attempts.ts';
import { type Chat, type RequestContext, readerOf } from './seam.ts';

/**
 * Brings a digest: into its channel with every number masked, or, where it was set in a direct message, to its owner; what is the matter
 * with it always to its owner alone. Never goes on to another place than the one it was set for.
 */
export function createDigestReporter<P extends RequestContext, M>({
  chat,
  usageService,
  clock,
}: {
  readonly chat: Chat<P, M>;
  readonly usageService: UsageService;
  readonly clock: Clock;
}) {
  return async function report(
    address: ReplyAddress,
    told: DigestReport,
    context: DeliveryContext,
  ): Promise<DeliveryOutcome> {
    const stored = chat.read(address);
    if (!stored) return { kind: 'undeliverable', reason: 'The stored address cannot be read' };
    const { ctx, toChannel } = stored;
    const routes = chat.routes(stored);
    const route = told.kind === 'digest' && toChannel ? routes.channel : routes.directMessage;
    if (!route) return { kind: 'undeliverable', reason: 'There is no such channel' };
    const reader = readerOf(ctx);

    async function draw(handle: string): Promise<M> {
      if (told.kind !== 'digest') return chat.pen.notice([digestNoteLine(told, ctx.locale)], reader);
      const viewer = { locale: ctx.locale, now: clock.now() };
      const card = digestCard(told, { ...viewer, toChannel });
      return chat.pen.message([{ card, handle: { note: handle, index: 0, jobId: '' } }], reader);
    }

    // Remembered once, and noted with the address: a search after a crash goes by it.
    const handle = told.kind !== 'digest' ? '' : stored.handle === '' ? await noteFor() : stored.handle;
    const attempt = () => route.send(() => draw(handle), { ...context, handle });
    return byFirstOpenRoute('final', [attempt], routes.remedy);

    function noteFor(): Promise<string> {
      return rememberCard(usageService, {
        iccids: told.kind === 'digest' ? told.rows.map(({ iccid }) => iccid) : [],
        messageKey: stored?.messageKey ?? '',
        spaceId: chat.whereabouts(ctx).spaceId,
        userId: ctx.userId,
        channelId: ctx.channelId,
        inDirectMessage: !toChannel,
      });
    }
  };
}
