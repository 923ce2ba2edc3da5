import type { TelegramWorld } from './world.ts';

type Update = { readonly update_id: number } & Record<string, unknown>;
interface Poll {
  answer(result: { readonly updates: readonly Update[] } | { readonly conflict: true }): void;
}

/** The queue of events: kept until an offset confirms them, given to one poller at a time. */
export function createUpdates(world: TelegramWorld) {
  let queue: Update[] = [];
  let nextId = 900_000;
  let polling: Poll | undefined;
  /** Confirmed for good: never given again. */
  let confirmedTo = 0;

  function deliver(): void {
    if (!polling || queue.length === 0) return;
    polling.answer({ updates: queue.slice(0, 100) });
    polling = undefined;
  }

  return {
    push(event: Record<string, unknown>): void {
      queue.push({ update_id: ++nextId, ...event });
      deliver();
    },
    /** The same event again, under the id of its first delivery or a new one. */
    pending: () => queue.length,
    confirmedTo: () => confirmedTo,
    isPolled: () => polling !== undefined,
    /** Telegram's docs, getUpdates: all updates with a lower id than the offset are confirmed. */
    poll(offset: number, timeoutS: number, poll: Poll): () => void {
      if (offset > 0) {
        confirmedTo = Math.max(confirmedTo, offset - 1);
        queue = queue.filter((one) => one.update_id >= offset);
      }
      if (world.webhook !== '') throw new Error('webhook');
      polling?.answer({ conflict: true });
      polling = undefined;
      if (timeoutS === 0 || queue.length > 0) {
        poll.answer({ updates: queue.slice(0, 100) });
        return () => undefined;
      }
      polling = poll;
      const timer = setTimeout(() => {
        if (polling === poll) polling = undefined;
        poll.answer({ updates: [] });
      }, timeoutS * 1000);
      timer.unref();
      return () => {
        clearTimeout(timer);
        if (polling === poll) polling = undefined;
      };
    },
  };
}
export type Updates = ReturnType<typeof createUpdates>;
